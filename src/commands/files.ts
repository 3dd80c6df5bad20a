import { createReadStream, constants as fsConstants, type Stats, unlinkSync } from 'node:fs';
import {
  type FileHandle,
  link,
  lstat,
  open,
  readFile,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { ConflictError, NotFoundError, StoreError, systemCode, UsageError } from '../errors.js';
import type { ByteRange } from '../formats/encoding.js';
import { piecesOfStream, readAll } from '../terminal/io.js';
import { partPath, sweepParts } from './part-file.js';
import type { Session } from './session.js';

const unreadable = (path: string, error: unknown): Error => {
  if (systemCode(error) === 'ENOENT')
    return new NotFoundError(`There is no file "${path}".`, 'Check the path.', { cause: error });
  const reasons: Readonly<Record<string, string>> = { EISDIR: 'it is a folder', EACCES: 'no permission' };
  const reason = reasons[systemCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new StoreError(`"${path}" cannot be read: ${reason}.`, 'Check the path and its permissions.', {
    cause: error,
  });
};

/**
 * The bytes of a file, or of standard input where the path is `-`.
 *
 * @throws NotFoundError, StoreError
 */
export const readWhole = async (path: string, session: Session): Promise<Buffer> => {
  if (path === '-') return readAll(session.io.stdin);
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
};

/** A file that can be read more than once, piece by piece. */
export interface Input {
  /** The file's name without its folder; `-` is standard input. */
  readonly name: string;
  /** In bytes, where it is known. */
  readonly size: number | undefined;
  open(range?: ByteRange): AsyncIterable<Uint8Array>;
}

async function* piecesOfFile(path: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
  // A stream's end is its last byte, so it has one at least.
  if (range !== undefined && range.to <= range.from) return;
  try {
    const part = range && { start: range.from, end: range.to - 1 };
    yield* createReadStream(path, { highWaterMark: 256 * 1024, ...part });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What can be read once (a pipe, a FIFO, standard input) as an input, until the session ends. */
const inputAside = async (name: string, pieces: AsyncIterable<Uint8Array>, session: Session): Promise<Input> => {
  const { keepAside } = await import('./input-aside.js');
  const aside = await keepAside(pieces, session.newId);
  session.atClose(aside.close);
  return { name, size: aside.size, open: aside.open };
};

/**
 * A file to read piece by piece. What can be read once, such as standard input or `<(command)`, is kept aside first.
 *
 * @throws NotFoundError, StoreError
 */
export const openInput = async (path: string, session: Session): Promise<Input> => {
  if (path === '-') return inputAside('-', piecesOfStream(session.io.stdin), session);
  let file: Stats;
  try {
    file = await stat(path);
    if (file.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  } catch (error) {
    throw unreadable(path, error);
  }
  const name = basename(path);
  if (!file.isFile()) return inputAside(name, piecesOfFile(path), session);
  return { name, size: file.size, open: (range) => piecesOfFile(path, range) };
};

/** The error of a file or folder that cannot be written. */
export const unwritable = (path: string, error: unknown): Error => {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    ENOSPC: 'the disk is full',
    EACCES: 'no permission',
    EROFS: 'the file system is read-only',
    EISDIR: 'it is a folder',
  };
  const reason = reasons[systemCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new StoreError(`"${path}" cannot be written: ${reason}.`, 'Nothing was written there; name another file.', {
    cause: error,
  });
};

const writeEvery = async (file: FileHandle, bytes: Uint8Array): Promise<void> => {
  let at = 0;
  while (at < bytes.length) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
};

/** The real path behind symbolic links, so that a link stays a link; the path itself where there is nothing yet. */
const target = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch {
    return resolve(path);
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw unwritable(path, error);
  }
};

const refuseExisting = (path: string): never => {
  throw new ConflictError(`"${path}" exists.`, 'Add --force to replace it, or name another file.');
};

/** Whether the path names what is no regular file, such as `/dev/stdout` or a pipe, which is written as it is. */
const isDevice = async (path: string): Promise<boolean> => {
  try {
    const found = await stat(path);
    return !found.isFile() && !found.isDirectory();
  } catch {
    return false;
  }
};

/** @throws StoreError where the path names a folder, or could only name one */
const refuseFolder = async (path: string): Promise<void> => {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder || path.endsWith(sep)) {
    throw unwritable(path, Object.assign(new Error('it is a folder'), { code: 'EISDIR' }));
  }
};

/** A piece in UTF-8. */
const bytesOf = (piece: string | Uint8Array): Uint8Array => (typeof piece === 'string' ? Buffer.from(piece) : piece);

const writeThrough = async (path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> => {
  let file: FileHandle | undefined;
  try {
    file = await open(path, fsConstants.O_WRONLY);
    for await (const piece of pieces) await writeEvery(file, bytesOf(piece));
  } catch (error) {
    throw systemCode(error) === undefined ? error : unwritable(path, error);
  } finally {
    await file?.close();
  }
};

/** Whoever owns a link decides where it leads: nothing is written through one of another user, unless that is root. */
const refuseForeignLink = async (path: string, userId: number | undefined): Promise<void> => {
  let at = resolve(path);
  const seen = new Set<string>();
  while (userId !== undefined && !seen.has(at)) {
    seen.add(at);
    const found = await lstat(at).catch(() => undefined);
    if (found === undefined || !found.isSymbolicLink()) return;
    if (found.uid !== 0 && found.uid !== userId) {
      throw new StoreError(`"${path}" is a link that another user owns.`, 'Nothing was written. Name another file.');
    }
    at = resolve(dirname(at), await readlink(at));
  }
};

/**
 * Refuses a file that may not be written, before the work that it is to tell of is done.
 *
 * @param force whether an existing file may be replaced
 * @throws UsageError where it is the store's, StoreError where it is a folder, ConflictError where it exists
 */
export const refuseTaken = async (
  path: string,
  force: boolean,
  { location }: Pick<Session, 'location'>,
): Promise<void> => {
  await refuseStore(path, location);
  await refuseFolder(path);
  if (!force && !(await isDevice(path)) && (await exists(path))) refuseExisting(path);
};

/** Whether two paths are of one file. */
export const isSameFile = async (one: string, other: string): Promise<boolean> =>
  (await target(one)) === (await target(other));

/** The store, and what is kept beside it: its backup, its history, its index. */
const refuseStore = async (path: string, store: string): Promise<void> => {
  const [file, kept] = await Promise.all([target(path), target(store)]);
  if (file !== kept && !file.startsWith(`${kept}.`) && dirname(file) !== `${kept}.history`) return;
  throw new UsageError(`"${path}" is the store itself, or kept beside it.`, 'Nothing was written. Name another file.');
};

/**
 * Writes a file whole or not at all: aside, synced, and renamed. What is no regular file is written as it is.
 *
 * @param force whether an existing file may be replaced; the store never is
 * @throws ConflictError where the file exists, StoreError where it cannot be written or is a link of another user; the
 *   old file is then as it was
 */
export const writeFileWhole = async (
  path: string,
  pieces: AsyncIterable<string | Uint8Array>,
  force: boolean,
  { location, newId, userId, unfinished }: Pick<Session, 'location' | 'newId' | 'userId' | 'unfinished'>,
): Promise<void> => {
  await refuseStore(path, location);
  await refuseForeignLink(path, userId);
  if (await isDevice(path)) return writeThrough(path, pieces);
  await refuseFolder(path);
  if (!force && (await exists(path))) refuseExisting(path);
  const real = await target(path);
  const aside = partPath(real, newId());
  await sweepParts(real);
  const takeOff = unfinished.add(() => unlinkSync(aside));
  let file: FileHandle | undefined;
  try {
    const mode = await stat(real).then(
      (found) => found.mode & 0o777,
      () => 0o600,
    );
    file = await open(aside, 'wx', mode);
    for await (const piece of pieces) await writeEvery(file, bytesOf(piece));
    await file.sync();
    await file.close();
    file = undefined;
    if (force) await rename(aside, real);
    else {
      // A link fails where a file of that name has come to be meanwhile; a rename would replace it.
      await link(aside, real);
      await unlink(aside);
    }
  } catch (error) {
    await file?.close();
    await unlink(aside).catch(() => undefined);
    if (systemCode(error) === 'EEXIST') refuseExisting(path);
    throw systemCode(error) === undefined ? error : unwritable(path, error);
  } finally {
    takeOff();
  }
};
