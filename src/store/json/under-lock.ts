import type { Unfinished } from '../../unfinished.js';
import { type Files, makeFolder } from './files.js';
import type { Beats } from './heartbeat.js';
import type { History } from './history.js';
import { acquireLock, type Lock, sweepClaims } from './lock.js';
import type { Processes } from './process-identity.js';
import { filesBeside, type StorePaths } from './store-paths.js';
import { attempt, tryTo, unless } from './system-error.js';

/** What work under a store's lock needs. */
export interface LockedPlace {
  readonly files: Files;
  readonly paths: StorePaths;
  readonly history: History;
  readonly processes: Processes;
  readonly now: () => Date;
  /** How long to wait for other writers, in milliseconds. */
  readonly lockTimeout: number;
  readonly warn: (message: string) => void;
  readonly unfinished: Unfinished;
  readonly beats: Beats | undefined;
}

/** What the dead left behind. */
export interface Swept {
  /** A store was being filled, and was not finished. */
  readonly isFilling: boolean;
}

/**
 * Removes what other writers had prepared. It is what makes a lock that changed hands safe: a writer makes its temporary
 * file, then looks whether the lock is its own, and then renames it. Whoever holds the lock after it removes that file
 * before reading, so the rename came before and is seen, or it finds nothing (docs/guarantees.md).
 */
const sweepPrepared = ({ files, paths, history }: LockedPlace, lock: Lock): Swept =>
  attempt('written', paths.store, () => {
    const prepared = [...filesBeside(files, paths).temporary, ...history.prepared()];
    const isFilling = unless(['ENOENT'], () => files.status(paths.filling)) !== undefined;
    if (prepared.length === 0 && !isFilling) return { isFilling };
    // By now the lock may be another's, and among these files some that it prepared.
    lock.assertHeld();
    for (const path of prepared) unless(['ENOENT'], () => files.remove(path));
    files.removeFolder(paths.filling);
    return { isFilling };
  });

/** Removes what this writer has prepared, and its lock: a signal ends it. */
const abandon = ({ files, paths, history }: LockedPlace, lock: Lock): void => {
  const own = filesBeside(files, paths).temporary.filter((path) => path.startsWith(paths.temporary(lock.token)));
  for (const path of [...own, history.preparedBy(lock.token)]) tryTo(() => files.remove(path));
  lock.release();
};

/** Does something under the store's lock, after what the dead left behind is gone. */
export const underLock = async <Result>(
  place: LockedPlace,
  command: string,
  work: (lock: Lock, swept: Swept) => Promise<Result>,
): Promise<Result> => {
  const { files, paths, processes, now, lockTimeout: timeout, unfinished, beats } = place;
  attempt('written', paths.folder, () => makeFolder(files, paths.folder, 0o700));
  const path = paths.lock;
  const lock = await acquireLock({
    files,
    path,
    processes,
    command,
    now,
    timeout,
    unfinished,
    ...(beats && { beats }),
  });
  const takeOff = unfinished.add(() => abandon(place, lock));
  try {
    const swept = sweepPrepared(place, lock);
    tryTo(() => sweepClaims(files, filesBeside(files, paths).claims, processes));
    return await work(lock, swept);
  } finally {
    takeOff();
    const isReleased = tryTo(() => lock.release());
    if (!isReleased) place.warn(`${path} could not be removed; later commands see that it is left over.`);
  }
};
