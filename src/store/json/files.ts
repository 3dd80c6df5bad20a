import fs, { type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../../errors.js';

/**
 * The calls of the file system that the store makes, each throwing the system's error (`code`, `errno`).
 *
 * All but one are synchronous: a transaction's steps must follow one another, and each is one call, so that a test can
 * fail the nth of them or die there.
 */
export interface Files {
  open(path: string, flags: string, mode?: number): number;
  close(file: number): void;
  /** How many bytes were read: 0 at the end of the file, perhaps fewer than asked for. */
  read(file: number, buffer: Buffer, offset: number, length: number, position: number): number;
  /** How many bytes were written, perhaps fewer than asked for. */
  write(file: number, buffer: Buffer, offset: number, length: number): number;
  sync(file: number): void;
  /** Does what `sync` does, while the caller goes on. */
  startSync(file: number): Promise<void>;
  changeMode(file: number, mode: number): void;
  changeOwner(file: number, user: number, group: number): void;
  /** Sets when the file was last written, in milliseconds since 1970. */
  changeTime(file: number, time: number): void;
  statusOf(file: number): BigIntStats;
  status(path: string): BigIntStats;
  list(folder: string): string[];
  /** Makes the folder and those above it that are not there; the uppermost that was made, or nothing. */
  makeFolder(path: string, mode: number): string | undefined;
  link(existing: string, path: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Removes a folder with all that is in it; does nothing where there is none. */
  removeFolder(path: string): void;
  realPath(path: string): string;
  readLink(path: string): string;
}

/** The file system itself. */
export const systemFiles: Files = {
  open: (path, flags, mode) => fs.openSync(path, flags, mode),
  close: (file) => fs.closeSync(file),
  read: (file, buffer, offset, length, position) => fs.readSync(file, buffer, offset, length, position),
  write: (file, buffer, offset, length) => fs.writeSync(file, buffer, offset, length),
  sync: (file) => fs.fsyncSync(file),
  startSync: promisify(fs.fsync),
  changeMode: (file, mode) => fs.fchmodSync(file, mode),
  changeOwner: (file, user, group) => fs.fchownSync(file, user, group),
  changeTime: (file, time) => fs.futimesSync(file, time / 1000, time / 1000),
  statusOf: (file) => fs.fstatSync(file, { bigint: true }),
  status: (path) => fs.statSync(path, { bigint: true }),
  list: (folder) => fs.readdirSync(folder),
  makeFolder: (path, mode) => fs.mkdirSync(path, { recursive: true, mode }),
  link: (existing, path) => fs.linkSync(existing, path),
  rename: (from, to) => fs.renameSync(from, to),
  remove: (path) => fs.unlinkSync(path),
  removeFolder: (path) => fs.rmSync(path, { recursive: true, force: true }),
  realPath: (path) => fs.realpathSync(path),
  readLink: (path) => fs.readlinkSync(path),
};

/** Opens a file, works with it, and closes it whatever happens. */
export const withFile = <Result>(files: Files, path: string, flags: string, work: (file: number) => Result): Result => {
  const file = files.open(path, flags, 0o600);
  try {
    return work(file);
  } finally {
    files.close(file);
  }
};

/** The whole of an open file, from its beginning. */
export const readAll = (files: Files, file: number): Buffer => {
  const buffer = Buffer.allocUnsafe(Number(files.statusOf(file).size));
  let filled = 0;
  while (filled < buffer.length) {
    const read = files.read(file, buffer, filled, buffer.length - filled, filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
};

/** Makes a folder's entries (names made, renamed, removed) safe on the disk. */
export const syncFolder = (files: Files, folder: string): void =>
  withFile(files, folder, 'r', (file) => files.sync(file));

/**
 * Makes the name of a file that took another's place safe on the disk.
 *
 * @throws StoreError where the disk does not confirm it: the new file is there, but may go with the power
 */
export const confirmReplaced = (files: Files, path: string): void => {
  try {
    syncFolder(files, dirname(path));
  } catch (error) {
    throw new StoreError(
      `The disk did not confirm the new ${path}: a power failure could still undo it.`,
      'See whether the disk is well.',
      { cause: error },
    );
  }
};

/**
 * Makes a folder and those above it that are not there, and their names safe on the disk: else a failure of the power
 * could take a new folder away with all that was synced in it.
 */
export const makeFolder = (files: Files, path: string, mode: number): void => {
  const uppermost = files.makeFolder(path, mode);
  if (uppermost === undefined) return;
  for (let folder = path; folder.length >= uppermost.length; folder = dirname(folder)) {
    syncFolder(files, dirname(folder));
  }
};
