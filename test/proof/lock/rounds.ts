import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { systemProcesses } from '../../../src/store/json/process-identity.js';
import { newFolder, openAt } from '../../store/json/place.js';
import { type Running, start } from '../../store/json/program.js';
import { contact, create, idsIn } from '../../store/sample.js';
import { beats, elsewhere } from './beats.js';

const bundleHolder = async (): Promise<string> => {
  const outfile = join(await newFolder(), 'holder.mjs');
  const entry = fileURLToPath(new URL('holder.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return outfile;
};

/** What became of a holder in each way to disturb it, and of what was acknowledged. */
export interface Rounds {
  readonly stopped: number;
  readonly killed: number;
  readonly acknowledged: number;
  readonly findings: readonly string[];
}

/**
 * Has a process hold the lock, in another container as it seems to the next writer, and stops and continues it, or
 * kills it.
 */
export const playRounds = async (count: number): Promise<Rounds> => {
  const holder = await bundleHolder();
  const path = join(await newFolder(), 'contacts.json');
  const processes = { ...systemProcesses, own: () => elsewhere(systemProcesses.own(), 'waiter') };
  const tally = { stopped: 0, killed: 0 };
  const kept: string[] = [];
  const findings: string[] = [];
  let running: Running | undefined;
  let name = '';
  let round = 0;

  for (let number = 1; number <= count; number++) {
    if (running === undefined) {
      name = `h${number}`;
      round = 0;
      running = start(process.execPath, [holder, path, name]);
    }
    round += 1;
    await running.said(`held ${round}.`);
    const id = `w${number}`;
    const way = number % 10 === 0 ? 'killed' : 'stopped';
    tally[way] += 1;
    running.child.kill(way === 'killed' ? 'SIGKILL' : 'SIGSTOP');
    await create(openAt(path, { processes, beats, lockTimeout: 60_000 }), contact(id));
    kept.push(id);
    if (way === 'killed') {
      await running.ended;
      running = undefined;
      continue;
    }
    await writeFile(`${path}.go-${name}-${round}`, '');
    running.child.kill('SIGCONT');
    await running.said(`conflict ${round}.`);
  }
  running?.child.kill('SIGKILL');
  await running?.ended;
  const store = openAt(path, { processes, beats });
  const ids = await idsIn(store);
  findings.push(...kept.filter((id) => !ids.includes(id)).map((id) => `${id} is lost`));
  if (ids.length !== kept.length) findings.push(`${ids.length} contacts, ${kept.length} acknowledged`);
  findings.push(...(await store.check()).map(({ message }) => message));
  return { ...tally, acknowledged: kept.length, findings };
};
