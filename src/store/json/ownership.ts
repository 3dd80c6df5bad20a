import { geteuid } from 'node:process';
import { type Files, withFile } from './files.js';
import type { StorePaths } from './store-paths.js';
import { attempt, tryTo, unless } from './system-error.js';

const setGroup = 0o2000;
const writableByGroup = 0o020;

/** Whether a store's folder is one that a group shares: what is made in it belongs to the group, which may write there. */
export const isSharedFolder = (files: Files, { folder }: StorePaths): boolean =>
  attempt('read', folder, () => {
    const mode = Number(unless(['ENOENT', 'ENOTDIR'], () => files.status(folder).mode) ?? 0);
    return (mode & setGroup) !== 0 && (mode & writableByGroup) !== 0;
  });

/** Whose a store is, where root works with it and it is not root's own. */
const ownerOf = (files: Files, { store }: StorePaths): { readonly uid: number; readonly gid: number } | undefined => {
  if (geteuid?.() !== 0) return undefined;
  const status = attempt('read', store, () => unless(['ENOENT', 'ENOTDIR'], () => files.status(store)));
  if (status === undefined || (status.uid === 0n && status.gid === 0n)) return undefined;
  return { uid: Number(status.uid), gid: Number(status.gid) };
};

/**
 * Files of which all that come to be are for those whom the store is for: for the group whose folder it is in, whatever
 * the umask; and for the store's owner where root writes, who would otherwise be locked out of the history.
 */
export const filesOfStore = (files: Files, paths: StorePaths, isShared: boolean): Files => {
  const owner = ownerOf(files, paths);
  if (!isShared && owner === undefined) return files;
  const handOver = (file: number, mode: number): void => {
    if (owner) tryTo(() => files.changeOwner(file, owner.uid, owner.gid));
    if (isShared) files.changeMode(file, mode);
  };
  return {
    ...files,
    open: (path, flags, mode) => {
      const file = files.open(path, flags, mode);
      if (!flags.startsWith('wx')) return file;
      try {
        handOver(file, 0o660);
      } catch (error) {
        tryTo(() => files.close(file));
        throw error;
      }
      return file;
    },
    makeFolder: (path, mode) => {
      const uppermost = files.makeFolder(path, mode);
      if (uppermost !== undefined) withFile(files, path, 'r', (folder) => handOver(folder, 0o2770));
      return uppermost;
    },
  };
};
