import { getBuiltinModule } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { ConflictError } from '../../errors.js';
import { type Files, readAll, withFile } from './files.js';
import { isDead, type Processes, type ProcessIdentity } from './process-identity.js';
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

const heldBy = (holder: Holder | 'unknown' | undefined, path: string, knowable: boolean): ConflictError => {
  if (holder === undefined) return new ConflictError('Other commands write to the store all the time.', 'Try again.');
  const wayOut = `If nothing writes to the store any more, delete ${path} and try again.`;
  if (holder === 'unknown') return new ConflictError(`The store is locked, and ${path} does not tell by whom.`, wayOut);
  return new ConflictError(
    `The store is held by \`contacts ${holder.command}\`, process ${holder.pid} on ${holder.host.split(' ')[0]}, since ${holder.since}.`,
    knowable ? 'Try again when it has ended, or wait longer with --lock-timeout.' : wayOut,
  );
};

/**
 * Waits for the store's lock and takes it.
 *
 * The lock file is written whole under a name of its own and then linked to the lock's name, which succeeds for one
 * only. It is taken from a holder that is provably dead, and from no other: not from one that is merely stopped, and not
 * from one of another machine.
 *
 * @throws ConflictError after the timeout: names the holder
 * @throws StoreError where the folder cannot be written
 */
export const acquireLock = async ({ files, path, processes, command, now, timeout }: LockOptions): Promise<Lock> => {
  const own = processes.own();
  // What makes ids is loaded then already; Node's global `crypto` would load far more.
  const token = getBuiltinModule('node:crypto').randomUUID();
  const claim = `${path}-${own.pid}-${token}`;
  const holder: Holder = { ...own, token, command, since: now().toISOString() };

  /**
   * Removes a lock or guard file of a dead holder. Of all who see it one does so, under a guard file that bears the dead
   * one's token, after a second look: by then a living holder's file may stand there. A guard of the dead goes the same way.
   */
  const takeFromTheDead = (file: string, dead: Holder): boolean => {
    const guard = `${path}.guard-${dead.token}`;
    if (!linked(files, claim, guard)) {
      const breaker = holderOf(files, guard);
      if (typeof breaker === 'object' && isDead(breaker, own, processes)) takeFromTheDead(guard, breaker);
      return false;
    }
    try {
      const present = holderOf(files, file);
      if (typeof present === 'object' && present.token === dead.token) files.remove(file);
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
    return typeof other === 'object' && isDead(other, own, processes) && takeFromTheDead(path, other) ? 'free' : other;
  };

  let end: number | undefined;
  try {
    attempt('written', path, () => writeWhole(files, claim, JSON.stringify(holder)));
    for (;;) {
      const outcome = attempt('written', path, tryOnce);
      if (outcome === 'held') break;
      // Node loads its clock when it is first asked, which most writers need not.
      end ??= performance.now() + timeout;
      if (performance.now() >= end) {
        const other = outcome === 'free' ? undefined : outcome;
        const knowable = typeof other === 'object' && other.host === own.host && other.namespace === own.namespace;
        throw heldBy(other, path, knowable);
      }
      if (outcome !== 'free') await wait(2 + Math.random() * 58);
    }
  } finally {
    // Left behind it does no harm: the next writer sweeps it.
    tryTo(() => files.remove(claim));
  }

  const isOurs = () => {
    const present = holderOf(files, path);
    return typeof present === 'object' && present.token === token;
  };
  return {
    token,
    assertHeld: () => {
      if (attempt('read', path, isOurs)) return;
      throw new ConflictError(`${path} was removed by another program; nothing was written.`, 'Run the command again.');
    },
    release: () => {
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
