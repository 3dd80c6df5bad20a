import { join } from 'node:path';
import type { StoreInfo } from '../store.js';
import type { Document } from './document.js';
import type { Files } from './files.js';
import type { StateSources } from './states.js';
import { filesBeside } from './store-paths.js';
import { attempt, unless } from './system-error.js';

/** Bytes of a file, or of all files in a folder; 0 where it is not there. */
const sizeOf = (files: Files, path: string): number =>
  attempt('read', path, () => {
    const status = unless(['ENOENT'], () => files.status(path));
    if (status === undefined) return 0;
    if (!status.isDirectory()) return Number(status.size);
    return files.list(path).reduce((sum, name) => sum + sizeOf(files, join(path, name)), 0);
  });

const staffIn = (document: Document): number => {
  let staff = 0;
  for (let position = 0; position < document.count; position++) {
    if (document.contactAt(position).category === 'internal') staff += 1;
  }
  return staff;
};

/** Where a store is and how large, by its present state. */
export const infoOf = ({ files, paths, history }: StateSources, document: Document): StoreInfo => {
  const internal = document.index?.internal ?? staffIn(document);
  const { revision, settings } = document.header;
  const backups = attempt('read', paths.folder, () => [paths.backup, ...filesBeside(files, paths).setAside]);
  return {
    location: paths.store,
    kind: 'json',
    exists: attempt('read', paths.store, () => unless(['ENOENT'], () => files.status(paths.store))) !== undefined,
    revision,
    external: document.count - internal,
    internal,
    labels: settings.labels.length,
    fields: settings.fields.length,
    bytes: {
      contacts: sizeOf(files, paths.store),
      history: history.size(),
      backups: backups.reduce((sum, path) => sum + sizeOf(files, path), 0),
    },
    changes: history.list(revision).length,
  };
};
