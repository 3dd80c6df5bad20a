import { type Files, readAll, withFile } from '../files.js';
import type { Arrangement } from './arrangement.js';
import { checksumOfBytes } from './index-file.js';
import { IndexFault } from './pages.js';

/** What the file of an index's changes holds: the store as it now is, told by an index of an earlier state of it. */
export interface IndexChanges {
  /** The identity of the file that the index was made from. */
  readonly since: string;
  readonly identity: string;
  readonly revision: number;
  readonly count: number;
  readonly internal: number;
  readonly arrangement: Arrangement;
}

/**
 * What a file of changes holds.
 *
 * @throws IndexFault where it is damaged
 */
export const readChanges = (files: Files, path: string): IndexChanges => {
  const bytes = withFile(files, path, 'r', (file) => readAll(files, file));
  const json = bytes.subarray(bytes.indexOf('\n') + 1);
  if (Number(bytes.toString('latin1', 0, bytes.length - json.length)) !== checksumOfBytes(json)) {
    throw new IndexFault('The changes of the index are damaged.');
  }
  return JSON.parse(json.toString());
};
