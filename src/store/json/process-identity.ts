import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { systemCode } from '../../errors.js';

/** What tells a process from every other, on this machine and elsewhere. A part that the system does not tell is `''`. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the system's own unit: tells it from a later one with the same pid. */
  readonly started: string;
  /** The machine: its name and its machine id. */
  readonly host: string;
  /** Another one after each start of the machine. */
  readonly boot: string;
  /** Pids mean the same only within one pid namespace (container). */
  readonly namespace: string;
}

/** What the lock needs to know about processes. */
export interface Processes {
  own(): ProcessIdentity;
  /** The start of the process with this pid, `''` where the system does not tell, `undefined` where none runs. */
  startOf(pid: number): string | undefined;
}

const readOr = (text: string, read: () => string): string => {
  try {
    return read().trim();
  } catch {
    return text;
  }
};

/**
 * State and start of a process as Linux tells them: the fields 3 and 22 of `/proc/PID/stat` (proc_pid_stat(5)), counted
 * after the command's closing parenthesis, since the command may hold spaces and parentheses.
 */
const statOf = (id: number): { state: string; started: string } => {
  const text = readOr('', () => readFileSync(`/proc/${id}/stat`, 'latin1'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', started: fields[19] ?? '' };
};

const isRunning = (id: number): boolean => {
  try {
    return kill(id, 0);
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
};

/** The processes of this machine, as the system tells of them. */
export const systemProcesses: Processes = {
  own: () => ({
    pid,
    started: statOf(pid).started,
    host: `${hostname()} ${readOr('', () => readFileSync('/etc/machine-id', 'latin1'))}`.trim(),
    boot: readOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')),
    namespace: readOr('', () => readlinkSync('/proc/self/ns/pid')),
  }),
  startOf: (id) => {
    if (!isRunning(id)) return undefined;
    const { state, started } = statOf(id);
    // A zombie runs no more; only its parent has not asked for its exit code.
    return state === 'Z' || state === 'X' ? undefined : started;
  },
};

/**
 * Whether a process, or that it died, can be seen from here: it ran on this machine, and in this pid namespace or before
 * the machine's last start.
 */
export const canBeLookedAt = (process: ProcessIdentity, own: ProcessIdentity): boolean =>
  process.host === own.host &&
  (process.boot === own.boot ? process.namespace === own.namespace : process.boot !== '' && own.boot !== '');

/**
 * Whether a process is provably dead: it ran on this machine (`own` is one that runs here now) before its last start,
 * or in this pid namespace and no process has its pid and start. Of another machine or container nothing can be proved.
 */
export const isDead = (process: ProcessIdentity, own: ProcessIdentity, processes: Processes): boolean => {
  if (process.host !== own.host) return false;
  if (process.boot !== own.boot) return process.boot !== '' && own.boot !== '';
  if (process.namespace !== own.namespace) return false;
  const started = processes.startOf(process.pid);
  return started === undefined || (started !== '' && process.started !== '' && started !== process.started);
};
