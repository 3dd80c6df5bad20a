import { basename, join } from 'node:path';
import { confirmReplaced, type Files, syncFolder } from './files.js';
import { type StorePaths, storePaths } from './store-paths.js';
import { attempt, tryTo, unless } from './system-error.js';

/**
 * Fills the place of a store that is not there, under its lock: the store is written in a folder beside it, and what is
 * renamed last is its file. A history whose file never came belongs to no store, and the next writer sweeps it.
 *
 * @param fill writes the store at a path, with whatever follows from it
 * @param landed is called as soon as the store is in its place
 */
export const fillAside = async <Result>(
  files: Files,
  paths: StorePaths,
  fill: (path: string) => Promise<Result>,
  landed: () => void,
): Promise<Result> => {
  const folder = `${paths.store}.filling`;
  const aside = storePaths(files, join(folder, basename(paths.store)));
  attempt('written', folder, () => {
    // Who held the lock before and left it is dead.
    files.removeFolder(folder);
    files.makeFolder(folder, 0o700);
  });
  try {
    const result = await fill(aside.store);
    attempt('written', paths.store, () => {
      unless(['ENOENT'], () => files.rename(aside.history, paths.history));
      syncFolder(files, paths.folder);
      files.rename(aside.store, paths.store);
    });
    landed();
    confirmReplaced(files, paths.store);
    return result;
  } finally {
    tryTo(() => files.removeFolder(folder));
  }
};
