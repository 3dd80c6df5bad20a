import { readdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDead, type Processes, type ProcessIdentity, systemProcesses } from '../store/json/process-identity.js';
import { hashOfText } from '../store/json/search-index/key-hash.js';

/** A file that no process writes to for so long is nobody's any more, in milliseconds: a day. */
const longest = 86_400_000;

/** What tells the machine and container of a process from others, in a few characters. */
const placeOf = ({ host, boot, namespace }: ProcessIdentity): string =>
  hashOfText(`${host} ${boot} ${namespace}`).toString(36);

/**
 * The name under which a file is written before it takes its place: it tells which process writes it, so that another
 * one can see whether it is left over.
 */
export const partPath = (path: string, id: string, processes: Processes = systemProcesses): string => {
  const own = processes.own();
  const writer = [own.pid, own.started || '0', placeOf(own)].join('-');
  return join(dirname(path), `.${basename(path)}.${writer}.${id}.part`);
};

const written = /^(?:(\d+)-(\d+)-([0-9a-z]+)\.)?[0-9a-z]{12}\.part$/;

/** Removes what dead processes left behind when they wrote to a path; where nobody can tell, what is a day old. */
export const sweepParts = async (path: string, processes: Processes = systemProcesses): Promise<void> => {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const own = processes.own();
  const isLeftOver = async (name: string): Promise<boolean> => {
    const [, pid, started, place] = written.exec(name.slice(start.length)) ?? [];
    if (pid !== undefined && started !== undefined && place === placeOf(own)) {
      return isDead({ ...own, pid: Number(pid), started: started === '0' ? '' : started }, own, processes);
    }
    return Date.now() - (await stat(join(folder, name))).mtimeMs > longest;
  };
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(start) || !written.test(name.slice(start.length))) continue;
    // It may be gone by now, or another user's.
    if (await isLeftOver(name).catch(() => false)) await unlink(join(folder, name)).catch(() => {});
  }
};
