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
}

/** A state that was written aside and is safe on the disk. */
export interface Written<Prepared> {
  readonly ino: bigint;
  readonly size: bigint;
  readonly prepared: Prepared | undefined;
}

/** Prepares what is done after a state was written; it is told where each part was. */
type Prepare<Prepared> = (placed: readonly Placed[]) => Promise<Prepared>;

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
  { path, replaced, time }: Aside,
  prepare: Prepare<Prepared> | undefined,
): Promise<Written<Prepared>> => {
  const output = new Output(files, file);
  const placed: Placed[] = [];
  document.writeTo(output, prepare && ((part) => placed.push(part)));
  const { size, uid, gid, ino } = files.statusOf(file);
  if (size !== BigInt(output.length)) {
    throw new StoreError(
      `${path} cannot be written: ${size} of ${output.length} bytes arrived. Nothing was changed.`,
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
