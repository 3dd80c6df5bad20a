import { basename, dirname, join, resolve } from 'node:path';
import { StoreError } from '../../errors.js';
import type { Files } from './files.js';
import { unless } from './system-error.js';

/** The names of a store's files; all derive from the real path, so that every way to the store finds the same lock. */
export interface StorePaths {
  readonly store: string;
  readonly folder: string;
  readonly backup: string;
  readonly history: string;
  readonly lock: string;
  /** What is found out about the contacts, so that they need not be read; derived, and worth nothing by itself. */
  readonly index: string;
  /** What has changed since the index was built. */
  readonly indexChanges: string;
  /** A file that is being written, named by a token. */
  temporary(token: string): string;
  /** Where a store is written that is filled by a copy, before it takes its place. */
  readonly filling: string;
  /** The store's present file where `store restore` puts another in its place. */
  setAside(sound: boolean, at: string): string;
}

/** A store's files that lie beside it, by what they are. */
export interface Beside {
  readonly temporary: readonly string[];
  readonly setAside: readonly string[];
  /** Of processes that wait for the lock, or take one over from the dead. */
  readonly claims: readonly string[];
}

/** The path behind symbolic links, also where the file or its folder is not there yet. */
const realPathOf = (files: Files, path: string, links = 0): string => {
  const real = unless(['ENOENT'], () => files.realPath(path));
  if (real !== undefined) return real;
  const target = unless(['ENOENT', 'EINVAL', 'ENOTDIR'], () => files.readLink(path));
  if (target !== undefined) {
    if (links === 40) throw new StoreError(`${path} is a symbolic link that leads nowhere.`, 'Mend the link.');
    return realPathOf(files, resolve(dirname(path), target), links + 1);
  }
  const folder = dirname(path);
  return folder === path ? path : join(realPathOf(files, folder, links), basename(path));
};

/** The paths of the store that a path leads to. */
export const storePaths = (files: Files, path: string): StorePaths => {
  const store = realPathOf(files, resolve(path));
  return {
    store,
    folder: dirname(store),
    backup: `${store}.bak`,
    history: `${store}.history`,
    lock: `${store}.lock`,
    index: `${store}.index`,
    indexChanges: `${store}.index-changes`,
    filling: `${store}.filling`,
    temporary: (token) => `${store}.tmp-${token}`,
    setAside: (sound, at) => `${store}.${sound ? 'replaced' : 'damaged'}-${at.replaceAll(':', '-')}`,
  };
};

/** What lies beside a store, as absolute paths; a folder is among it where a history was set aside. */
export const filesBeside = (files: Files, paths: StorePaths): Beside => {
  const name = basename(paths.store);
  const beginning = (...starts: string[]) =>
    names
      .filter((entry) => starts.some((start) => entry.startsWith(name + start)))
      .map((entry) => join(paths.folder, entry));
  const names = unless(['ENOENT'], () => files.list(paths.folder)) ?? [];
  return {
    temporary: beginning('.tmp-'),
    setAside: beginning('.damaged-', '.replaced-'),
    claims: beginning('.lock-', '.lock.guard-'),
  };
};
