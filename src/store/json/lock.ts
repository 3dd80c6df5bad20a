import { getBuiltinModule } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { ConflictError, systemCode } from '../../errors.js';
import type { Unfinished } from '../../unfinished.js';
import { type Files, readAll, withFile } from './files.js';
import { type Beats, beatingWhileLong, startBeating, systemBeats } from './heartbeat.js';
import { canBeLookedAt, isDead, type Processes, type ProcessIdentity } from './process-identity.js';
import { attempt, tryTo, unless } from './system-error.js';

/** What a lock file holds. */
interface Holder extends ProcessIdentity {
  /** Told anew for each claim, so that no two locks are alike. */
  readonly token: string;
  readonly command: string;
  /** UTC, ISO 8601. */
  readonly since: string;
}

/** The store's lock, held. */
export interface Lock {
  readonly token: string;
  /** @throws ConflictError where the lock is no longer ours. */
  assertHeld(): void;
  release(): void;
}

export interface LockOptions {
  readonly files: Files;
  /** Of the lock file; those of claims and guards derive from it. */
  readonly path: string;
  readonly processes: Processes;
  /** What the holder does, for those who wait. */
  readonly command: string;
  readonly now: () => Date;
  /** How long to wait for a living holder, in milliseconds. */
  readonly timeout: number;
  readonly unfinished: Unfinished;
  readonly beats?: Beats;
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && 'token' in value && 'pid' in value && 'host' in value;

/** Who holds a lock file: `undefined` where it is not there, `'unknown'` where it does not tell. */
const holderOf = (files: Files, path: string): Holder | 'unknown' | undefined => {
  const text = unless(['ENOENT'], () => withFile(files, path, 'r', (file) => readAll(files, file).toString()));
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : 'unknown';
  } catch {
    return 'unknown';
  }
};

const writeWhole = (files: Files, path: string, text: string): void =>
  withFile(files, path, 'wx', (file) => {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; ) done += files.write(file, bytes, done, bytes.length - done);
    // Without it a failure of the power could leave a lock that does not tell whose it was.
    files.sync(file);
  });

/** Whether the claim's file is now the one at `path` too: only one of many gets there. */
const linked = (files: Files, claim: string, path: string): boolean =>
  unless(['EEXIST'], () => {
    files.link(claim, path);
    return true;
  }) ?? false;

const removeIfThere = (files: Files, path: string): void => unless(['ENOENT'], () => files.remove(path));

const heldBy = (
  holder: Holder | 'unknown' | undefined,
  path: string,
  isElsewhere: boolean,
  { silence }: Beats,
): ConflictError => {
  if (holder === undefined) return new ConflictError('Other commands write to the store all the time.', 'Try again.');
  if (holder === 'unknown') {
    const wayOut = `If nothing writes to the store any more, delete ${path} and try again.`;
    return new ConflictError(`The store is locked, and ${path} does not tell by whom.`, wayOut);
  }
  return new ConflictError(
    `The store is held by \`contacts ${holder.command}\`, process ${holder.pid} on ${holder.host.split(' ')[0]}, since ${holder.since}.`,
    isElsewhere
      ? `It runs on another machine or in another container. If it has died, a command that waits ${silence / 1000} seconds or longer (--lock-timeout) takes over from it.`
      : 'Try again when it has ended, or wait longer with --lock-timeout.',
  );
};

/** Sees, by this process's own clock, for how long files have given no sign of life. */
const createWatch = (files: Files, { every }: Beats) => {
  const seen = new Map<string, { readonly sign: string; readonly at: number; readonly silent: number }>();
  /** For how many milliseconds this process has watched the file without a sign of life. */
  return (path: string, { token }: Holder): number => {
    const written = unless(['ENOENT'], () => files.status(path).mtimeNs);
    const sign = `${token} ${written}`;
    const known = seen.get(path);
    const at = performance.now();
    // While this process itself stood still it watched nothing.
    const silent = known?.sign === sign ? known.silent + Math.min(at - known.at, every / 2) : 0;
    seen.set(path, { sign, at, silent });
    return silent;
  };
};

/** The error where a lock that was held is so no longer. */
const lockLost = (path: string): ConflictError =>
  new ConflictError(
    `This command no longer holds ${path}: it stood still too long, or the file was removed by another program; nothing was written.`,
    'Run the command again.',
  );

/**
 * Renames what the holder of a lock has prepared.
 *
 * @throws ConflictError where it is gone: another process took over the lock and removed it
 */
export const renameIfThere = (
  files: Files,
  prepared: string,
  path: string,
  { assertHeld }: Pick<Lock, 'assertHeld'>,
) => {
  try {
    files.rename(prepared, path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') assertHeld();
    throw error;
  }
};

/**
 * Waits for the store's lock and takes it.
 *
 * The lock file is written whole under a name of its own and then linked to the lock's name, which succeeds for one
 * only. It is taken from a holder that is provably dead at once. One that cannot be looked at (of another machine or
 * container) is dead when it has given no sign of life for long enough; should it live after all, it finds that it holds
 * the lock no longer, and that what it had prepared is gone (docs/guarantees.md).
 *
 * @throws ConflictError after the timeout: names the holder
 * @throws StoreError where the folder cannot be written
 */
export const acquireLock = async (options: LockOptions): Promise<Lock> => {
  const { files, path, processes, command, now, timeout, unfinished, beats = systemBeats } = options;
  const own = processes.own();
  // What makes ids is loaded then already; Node's global `crypto` would load far more.
  const token = getBuiltinModule('node:crypto').randomUUID();
  const claim = `${path}-${own.pid}-${token}`;
  const holder: Holder = { ...own, token, command, since: now().toISOString() };

  const watch = createWatch(files, beats);
  const isGone = (file: string, other: Holder): boolean =>
    canBeLookedAt(other, own) ? isDead(other, own, processes) : watch(file, other) >= beats.silence;

  /**
   * Removes a lock or guard file of a dead holder. Of all who see it one does so, under a guard file that bears the dead
   * one's token, after a second look: by then a living holder's file may stand there. A guard of the dead goes the same way.
   */
  const takeFromTheDead = (file: string, dead: Holder): boolean => {
    const guard = `${path}.guard-${dead.token}`;
    if (!linked(files, claim, guard)) {
      const breaker = holderOf(files, guard);
      if (typeof breaker === 'object' && isGone(guard, breaker)) takeFromTheDead(guard, breaker);
      return false;
    }
    try {
      const present = holderOf(files, file);
      if (typeof present === 'object' && present.token === dead.token && isGone(file, present)) files.remove(file);
    } finally {
      removeIfThere(files, guard);
    }
    return true;
  };

  /** Whether it is worth trying again at once. */
  const tryOnce = (): 'held' | 'free' | Holder | 'unknown' => {
    if (linked(files, claim, path)) return 'held';
    const other = holderOf(files, path);
    if (other === undefined) return 'free';
    return typeof other === 'object' && isGone(path, other) && takeFromTheDead(path, other) ? 'free' : other;
  };

  let end: number | undefined;
  const unclaim = unfinished.add(() => files.remove(claim));
  try {
    attempt('written', path, () => writeWhole(files, claim, JSON.stringify(holder)));
    for (;;) {
      const outcome = attempt('written', path, tryOnce);
      if (outcome === 'held') break;
      // Node loads its clock when it is first asked, which most writers need not.
      end ??= performance.now() + timeout;
      if (performance.now() >= end) {
        const other = outcome === 'free' ? undefined : outcome;
        const isElsewhere = typeof other === 'object' && !canBeLookedAt(other, own);
        throw heldBy(other, path, isElsewhere, beats);
      }
      if (outcome !== 'free') await wait(2 + Math.random() * 58);
    }
  } finally {
    // Left behind it does no harm: the next writer sweeps it.
    tryTo(() => files.remove(claim));
    unclaim();
  }

  const stopBeating = beatingWhileLong(() => startBeating(path, token, beats.every), beats.every / 2);
  const isOurs = () => {
    const present = holderOf(files, path);
    return typeof present === 'object' && present.token === token;
  };
  return {
    token,
    assertHeld: () => {
      if (attempt('read', path, isOurs)) return;
      throw lockLost(path);
    },
    release: () => {
      stopBeating();
      if (isOurs()) files.remove(path);
    },
  };
};

/** Removes the claims and guards that processes left behind when they died. */
export const sweepClaims = (files: Files, claims: readonly string[], processes: Processes): void => {
  const own = processes.own();
  for (const claim of claims) {
    const holder = holderOf(files, claim);
    // A claim that was not written to its end tells by its name alone whose it was.
    const pid = Number(/\.lock-(\d+)-[^/]*$/.exec(claim)?.[1]);
    const dead = typeof holder === 'object' ? isDead(holder, own, processes) : processes.startOf(pid) === undefined;
    if (dead) removeIfThere(files, claim);
  }
};
