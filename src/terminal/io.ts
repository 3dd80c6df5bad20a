import type { Readable, Writable } from 'node:stream';
import { StoreError, systemCode } from '../errors.js';
import type { OutputStream } from './descriptor-output.js';
import { redactPasswords } from './redact.js';

/** How many colours a terminal has: none, 16, 256, or 16 million. */
export type ColourLevel = 0 | 1 | 2 | 3;

/** The world as a command sees it: three streams, and what is known of the terminal behind them. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: Writable;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** The terminal's width in cells; 80 where it is not known. */
  readonly columns: number;
  /** The terminal's height in lines; 24 where it is not known. */
  readonly rows: number;
  readonly colourLevel: ColourLevel;
  /** The terminal shows OSC 8 hyperlinks. */
  readonly hyperlinks: boolean;
}

/** The reader of standard output went away (`| head -1`): no error, the program ends quietly with 0. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';

  constructor() {
    super('The reader of the output went away.');
  }
}

export interface Writer {
  /** Resolves once the text (or UTF-8) is handed to the system, so that whoever waits for it never fills the memory. */
  write(text: string | Uint8Array): Promise<void>;
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EIO: 'the device reports an error',
  EFBIG: 'the file would become too large',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
};

const reasonOf = (error: Error): string => reasons[systemCode(error) ?? ''] ?? error.message;

const outputFailure = (error: Error): Error =>
  systemCode(error) === 'EPIPE'
    ? new OutputClosed()
    : new StoreError(
        `The output cannot be written: ${reasonOf(error)}.`,
        'What was written of it is not complete; send it elsewhere, or make room, and run the command again.',
        { cause: error },
      );

/**
 * Writes results to a stream, standard output as a rule.
 *
 * @throws OutputClosed (from `write`) where the reader has gone
 * @throws StoreError (from `write`) where the stream cannot be written for another reason, such as a full disk
 */
export const createOutput = (stream: OutputStream): Writer => {
  // Node reports a failed write twice, and the event ends the process where nobody listens.
  stream.on('error', () => {});
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error) reject(outputFailure(stream.errored ?? error));
          else resolve();
        });
      }),
  };
};

/**
 * Writes what is not a result (counts, warnings, errors), to standard error as a rule: all messages pass here, and no
 * password does. That nobody reads them is no failure.
 */
export const createMessages = (stream: Writable): Writer => {
  stream.on('error', () => {});
  return {
    write: (text) =>
      new Promise((resolve) => {
        stream.write(typeof text === 'string' ? redactPasswords(text) : text, () => resolve());
      }),
  };
};

/**
 * The bytes of a stream, standard input as a rule, piece by piece.
 *
 * @throws StoreError where it cannot be read
 */
export async function* piecesOfStream(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield Buffer.from(chunk);
  } catch (error) {
    const reason = error instanceof Error ? reasonOf(error) : String(error);
    throw new StoreError(`Standard input cannot be read: ${reason}.`, 'Give the data as a file, or pipe it in.', {
      cause: error,
    });
  }
}

/**
 * All bytes of a stream, standard input as a rule.
 *
 * @throws StoreError where it cannot be read
 */
export const readAll = async (stream: Readable): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of piecesOfStream(stream)) chunks.push(chunk);
  return Buffer.concat(chunks);
};
