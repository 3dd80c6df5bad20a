import type { BigIntStats } from 'node:fs';
import type { Edit } from '../../../contacts/change.js';
import type { ContactLines } from '../contact-lines.js';
import type { Document, Placed } from '../document.js';
import { identityOf } from '../file-identity.js';
import { type Files, withFile } from '../files.js';
import type { StorePaths } from '../store-paths.js';
import { tryTo } from '../system-error.js';
import type { PlannedChanges } from './changes.js';
import { readContents } from './index-file.js';
import { IndexFault } from './pages.js';
import { readChanges } from './read-changes.js';
import { SearchIndex } from './search-index.js';

/** Gives `undefined` for whatever is wrong with an index or its file: it is never needed. */
export const unlessFailing = <Result>(work: () => Result): Result | undefined => {
  let result: Result | undefined;
  try {
    tryTo(() => {
      result = work();
    });
  } catch (error) {
    if (!(error instanceof IndexFault)) throw error;
  }
  return result;
};

/** An index while its file is open. */
export interface OpenIndex {
  readonly index: SearchIndex;
  readonly revision: number;
  close(): void;
}

/** Opens the index of a store's file; `undefined` where there is none, or it belongs to another state of the file. */
export const openIndex = async (
  files: Files,
  paths: StorePaths,
  status: BigIntStats,
): Promise<OpenIndex | undefined> => {
  const file = unlessFailing(() => files.open(paths.index, 'r'));
  if (file === undefined) return undefined;
  const close = (): void => void tryTo(() => files.close(file));
  const identity = identityOf(status);
  const read = unlessFailing(() => readContents(files, file));
  if (read?.contents.identity === identity) {
    const index = unlessFailing(() => new SearchIndex(read.contents, read.pages));
    if (index) return { index, revision: read.contents.revision, close };
  } else if (read !== undefined) {
    const changes = unlessFailing(() => readChanges(files, paths.indexChanges));
    if (changes?.identity === identity && changes.since === read.contents.identity) {
      return { index: new SearchIndex(read.contents, read.pages, changes), revision: changes.revision, close };
    }
  }
  close();
  return undefined;
};

/**
 * Writes a file aside and renames it, unless it is not wanted any more then; whether it was done. Where anything fails,
 * nothing is left of it.
 */
export const replaceFile = (
  files: Files,
  path: string,
  temporary: string,
  write: (file: number) => void,
  isWanted: () => boolean = () => true,
): boolean => {
  let isReplaced = false;
  tryTo(() => {
    withFile(files, temporary, 'wx', write);
    if (!isWanted()) return;
    files.rename(temporary, path);
    isReplaced = true;
  });
  if (!isReplaced) tryTo(() => files.remove(temporary));
  return isReplaced;
};

/** Builds the index of a store's file, which is open; whether it is there now. */
export const buildIndex = async (
  files: Files,
  paths: StorePaths,
  lines: ContactLines,
  status: BigIntStats,
  revision: number,
): Promise<boolean> => {
  const { writeIndex } = await import('./build.js');
  const { Output } = await import('../output.js');
  const identity = identityOf(status);
  const temporary = paths.temporary(`index-${Math.random().toString(36).slice(2)}`);
  return replaceFile(
    files,
    paths.index,
    temporary,
    (file) => writeIndex(new Output(files, file), lines, { identity, revision }),
    () => identityOf(files.status(paths.store)) === identity,
  );
};

/** What an index has to be told of a change (`changesAfter`), also `undefined` where the index is damaged. */
export const changesOf = async (
  index: SearchIndex,
  before: Document,
  placed: readonly Placed[],
  edits: readonly Edit[],
  next: { readonly revision: number; readonly count: number },
): Promise<PlannedChanges | undefined> => {
  const { changesAfter } = await import('./changes.js');
  return unlessFailing(() => changesAfter(index, before, placed, edits, next));
};

/**
 * Tells an index of the change that led to the file as it now is. Where that fails, the index does not fit the file, and
 * is built again by who next wants it.
 */
export const followChange = async (
  files: Files,
  paths: StorePaths,
  planned: PlannedChanges,
  status: BigIntStats,
): Promise<void> => {
  const { writeChanges } = await import('./changes.js');
  const changes = { ...planned, identity: identityOf(status) };
  const temporary = paths.temporary(`index-${Math.random().toString(36).slice(2)}`);
  replaceFile(files, paths.indexChanges, temporary, (file) => writeChanges(files, file, changes));
};

/** Removes the index and what belongs to it. */
export const removeIndex = (files: Files, paths: StorePaths): void => {
  for (const path of [paths.indexChanges, paths.index]) tryTo(() => files.remove(path));
};
