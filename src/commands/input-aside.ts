import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError, systemCode } from '../errors.js';
import type { ByteRange } from '../formats/encoding.js';

/** Bytes that are kept in memory; what is longer goes to a file. */
const mostInMemory = 1 << 20;
const pieceSize = 1 << 18;

/** An input that can be read once, kept so that it can be read from its beginning again and again. */
export interface InputAside {
  readonly size: number;
  open(range?: ByteRange): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const unkept = (error: unknown): unknown => {
  if (systemCode(error) === undefined) return error;
  const reason = systemCode(error) === 'ENOSPC' ? 'the disk is full' : (error as Error).message;
  return new StoreError(
    `The input cannot be kept in ${tmpdir()}: ${reason}.`,
    'Make room there, name another folder with TMPDIR, or give the data as a file.',
    { cause: error },
  );
};

/** A file without a name, so that nothing is left of it, however the process ends. */
const unnamedFile = async (newId: () => string): Promise<FileHandle> => {
  const path = join(tmpdir(), `contacts-input-${newId()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
};

const writeEvery = async (file: FileHandle, bytes: Uint8Array): Promise<void> => {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
};

async function* piecesOf(file: FileHandle, { from, to }: ByteRange): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; ) {
    const length = Math.min(pieceSize, to - at);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Reads a pipe, a terminal or another input that can be read once to its end, and keeps what came: a mebibyte in memory,
 * more in a file without a name in the folder for temporary files.
 *
 * @param newId makes the file's name while it has one
 * @throws StoreError where it cannot be kept; what the input itself throws, as it is
 */
export const keepAside = async (input: AsyncIterable<Uint8Array>, newId: () => string): Promise<InputAside> => {
  const waiting: Uint8Array[] = [];
  let file: FileHandle | undefined;
  let size = 0;
  const keep = async (piece: Uint8Array): Promise<void> => {
    if (file === undefined) {
      waiting.push(piece);
      if (size + piece.length <= mostInMemory) return;
      file = await unnamedFile(newId);
      for (const each of waiting.splice(0)) await writeEvery(file, each);
    } else {
      await writeEvery(file, piece);
    }
  };
  try {
    for await (const piece of input) {
      await keep(piece).catch((error) => {
        throw unkept(error);
      });
      size += piece.length;
    }
  } catch (error) {
    await file?.close();
    throw error;
  }
  const kept = file;
  return {
    size,
    async *open(range = { from: 0, to: size }) {
      if (kept === undefined) yield Buffer.concat(waiting).subarray(range.from, range.to);
      else yield* piecesOf(kept, range);
    },
    close: async () => {
      await kept?.close();
    },
  };
};
