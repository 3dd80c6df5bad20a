import { type Files, readAll, withFile } from '../files.js';
import type { IndexChanges } from './access.js';

/** What a file of changes holds. It throws where there is none, or it is damaged. */
export const readChanges = (files: Files, path: string): IndexChanges => {
  const text = withFile(files, path, 'r', (file) => readAll(files, file)).toString();
  return JSON.parse(text) as IndexChanges;
};
