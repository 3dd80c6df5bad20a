import { syncFolder } from './files.js';
import { removeIndex } from './search-index/access.js';
import type { StateSources } from './states.js';
import { filesBeside } from './store-paths.js';
import { attempt, unless } from './system-error.js';

/**
 * Erases history and backups for good, and all that was kept aside, under the store's lock.
 *
 * @param erased is called as soon as they are gone
 */
export const eraseKept = ({ files, paths, history }: StateSources, erased: () => void): void =>
  attempt('written', paths.history, () => {
    history.erase();
    removeIndex(files, paths);
    unless(['ENOENT'], () => files.remove(paths.backup));
    for (const path of filesBeside(files, paths).setAside) files.removeFolder(path);
    erased();
    syncFolder(files, paths.folder);
  });

/**
 * Keeps aside all that there is of a store, under its lock, so that the next change begins a new one. The names are those
 * of a store again: the first of them can be looked at with `--store`, and restored there.
 *
 * @param at when, UTC, ISO 8601
 * @returns where the file, its history and its backup are kept; those that were not there are left out
 */
export const keepAside = ({ files, paths }: StateSources, at: string): readonly string[] => {
  const aside = paths.setAside(true, at);
  const moves: readonly (readonly [string, string])[] = [
    // First: what lies beside a missing store still brings it back, where the rest is not done.
    [paths.store, aside],
    [paths.history, `${aside}.history`],
    [paths.backup, `${aside}.bak`],
  ];
  return attempt('written', paths.store, () => {
    removeIndex(files, paths);
    const kept = moves.flatMap(
      ([from, to]) =>
        unless(['ENOENT'], () => {
          files.rename(from, to);
          return [to];
        }) ?? [],
    );
    syncFolder(files, paths.folder);
    return kept;
  });
};
