import { basename, join } from 'node:path';
import type { Unfinished } from '../../unfinished.js';
import { confirmReplaced, type Files, syncFolder } from './files.js';
import { type Lock, renameIfThere } from './lock.js';
import { placeEmpty } from './place-empty.js';
import { type StorePaths, storePaths } from './store-paths.js';
import { attempt, tryTo, unless } from './system-error.js';

/**
 * Fills the place of a store that is empty or not there, under its lock: the store is written in a folder beside it, and
 * what is renamed last is its file. Until then an empty file stands in its place, so that a history which came before
 * its file is one that the store has not reached, and the next writer sweeps it.
 *
 * @param lock held by whoever fills it
 * @param fill writes the store at a path, with whatever follows from it
 * @param landed is called as soon as the store is in its place
 */
export const fillAside = async <Result>(
  files: Files,
  paths: StorePaths,
  lock: Lock,
  unfinished: Unfinished,
  fill: (path: string) => Promise<Result>,
  landed: () => void,
): Promise<Result> => {
  const { filling: folder } = paths;
  const aside = storePaths(files, join(folder, basename(paths.store)));
  attempt('written', folder, () => {
    files.makeFolder(folder, 0o700);
  });
  const takeOff = unfinished.add(() => files.removeFolder(folder));
  try {
    const result = await fill(aside.store);
    attempt('written', paths.store, () => {
      placeEmpty(files, paths, lock);
      unless(['ENOENT'], () => files.rename(aside.history, paths.history));
      syncFolder(files, paths.folder);
      renameIfThere(files, aside.store, paths.store, lock);
    });
    landed();
    confirmReplaced(files, paths.store);
    return result;
  } finally {
    takeOff();
    tryTo(() => files.removeFolder(folder));
  }
};
