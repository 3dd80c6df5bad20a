import { emptyDocument } from './document.js';
import { type Files, syncFolder, withFile } from './files.js';
import type { Lock } from './lock.js';
import { Output } from './output.js';
import type { StorePaths } from './store-paths.js';
import { tryTo, unless } from './system-error.js';

/**
 * Puts an empty state where no store is yet; whether it did. It is done before the first change is written to the
 * history: so a history beside no store belongs to one that is missing, never to one that a process died of making.
 *
 * @param lock held by whoever makes the first change
 * @throws ConflictError where it is held no longer
 */
export const placeEmpty = (files: Files, paths: StorePaths, lock: Pick<Lock, 'token' | 'assertHeld'>): boolean => {
  const temporary = paths.temporary(`${lock.token}-empty`);
  try {
    withFile(files, temporary, 'wx', (file) => {
      emptyDocument.writeTo(new Output(files, file));
      files.sync(file);
    });
    lock.assertHeld();
    const isPlaced = unless(['EEXIST'], () => {
      files.link(temporary, paths.store);
      return true;
    });
    if (isPlaced) syncFolder(files, paths.folder);
    return isPlaced ?? false;
  } finally {
    tryTo(() => files.remove(temporary));
  }
};
