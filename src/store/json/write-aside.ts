import type { BigIntStats } from 'node:fs';
import { StoreError } from '../../errors.js';
import type { Document, Placed } from './document.js';
import type { Files } from './files.js';
import { Output } from './output.js';
import { tryTo } from './system-error.js';

/** A file that a state is to be written to, before it takes the place of another. */
export interface Aside {
  readonly temporary: string;
  /** The file whose place it is to take, for messages, and its status; `undefined` where it is not there yet. */
  readonly path: string;
  readonly replaced: BigIntStats | undefined;
  /** The time that the file is to bear, in milliseconds since 1970. */
  readonly time: number;
  /** After how many bytes the disk is set to work each time, while the next ones are written; a quarter of a gibibyte. */
  readonly syncEvery?: number;
}

/** A state that was written aside and is safe on the disk. */
export interface Written<Prepared> {
  readonly ino: bigint;
  readonly size: bigint;
  readonly prepared: Prepared | undefined;
}

/** Prepares what is done after a state was written; it is told where each part was. */
type Prepare<Prepared> = (placed: readonly Placed[]) => Promise<Prepared>;

/** Writes a state to an open file, and has the disk at work on a large one before all of it is written; its bytes. */
const writeSyncing = async (
  files: Files,
  file: number,
  syncEvery: number,
  write: (output: Output) => void,
): Promise<number> => {
  const syncs: Promise<void>[] = [];
  const output = new Output(files, file, (flushed) => {
    if (flushed >= (syncs.length + 1) * syncEvery) syncs.push(files.startSync(file));
  });
  try {
    write(output);
  } finally {
    // Also where that fails: a file must not be closed while the disk is at work on it.
    await Promise.allSettled(syncs);
  }
  await Promise.all(syncs);
  return output.length;
};

/** Waits for both, also where one of them fails: nothing goes on behind the back of who handles that. */
const both = async <Result>(one: Promise<void>, other: Promise<Result> | undefined): Promise<Result | undefined> => {
  await Promise.allSettled([one, other]);
  await one;
  return other;
};

const write = async <Prepared>(
  files: Files,
  file: number,
  document: Document,
  { path, replaced, time, syncEvery = 2 ** 28 }: Aside,
  prepare: Prepare<Prepared> | undefined,
): Promise<Written<Prepared>> => {
  const placed: Placed[] = [];
  const length = await writeSyncing(files, file, syncEvery, (output) =>
    document.writeTo(output, prepare && ((part) => placed.push(part))),
  );
  const { size, uid, gid, ino } = files.statusOf(file);
  if (size !== BigInt(length)) {
    throw new StoreError(
      `${path} cannot be written: ${size} of ${length} bytes arrived. Nothing was changed.`,
      'See whether the disk or the file server is well, and run the command again.',
    );
  }
  if (replaced) {
    // A store that root writes to stays its owner's. Who may not give files away keeps it as far as the system lets.
    const { uid: user, gid: group } = replaced;
    if (uid !== user || gid !== group) tryTo(() => files.changeOwner(file, Number(user), Number(group)));
    files.changeMode(file, Number(replaced.mode) & 0o777);
  }
  files.changeTime(file, time);
  const prepared = await both(files.startSync(file), prepare?.(placed));
  return { ino, size, prepared };
};

/**
 * Writes a state to a file of its own, every byte of it, and syncs it.
 *
 * @param prepare is done while the disk is at work
 */
export const writeAside = async <Prepared>(
  files: Files,
  document: Document,
  aside: Aside,
  prepare?: Prepare<Prepared>,
): Promise<Written<Prepared>> => {
  const file = files.open(aside.temporary, 'wx', 0o600);
  try {
    return await write(files, file, document, aside, prepare);
  } finally {
    files.close(file);
  }
};
