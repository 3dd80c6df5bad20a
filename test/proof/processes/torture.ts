import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom, type Random } from '../../../scripts/fixtures/random.js';
import { historyFindings, readEntries } from './history-replay.js';
import {
  emptyModel,
  isAsExpected,
  type Model,
  modelIn,
  nextStep,
  type Step,
  type StoredState,
} from './writer-model.js';

export interface TortureOptions {
  /** The built program. */
  readonly program: string;
  /** An empty folder for the store. */
  readonly folder: string;
  readonly writers: number;
  /** Of each writer. */
  readonly commands: number;
  /** The share of the commands that are killed, of 1. */
  readonly killed: number;
  readonly seed: number;
}

/** What was done to a store, and what came of it. */
export interface Torture {
  readonly commands: number;
  readonly acknowledged: number;
  readonly kills: number;
  /** Killed commands whose change was made all the same. */
  readonly madeInSpite: number;
  /** Commands that gave up, since others held the store too long. */
  readonly refused: number;
  readonly changes: number;
  readonly contacts: number;
  readonly findings: readonly string[];
}

interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds that a command is thought to take, until some have ended. */
const firstGuess = 300;
/** A command is killed within this share of the time that one takes: some live to their end. */
const longestLife = 1.3;
/** How much the latest command counts for the time that one takes. */
const latestShare = 0.1;
const conflict = 6;

/** The history of all changes is kept, so that it can be made again from nothing. */
const emptyStore = `{"schema": 1, "revision": 0, "settings": {"history": {"changes": 1000000, "bytes": 1000000000000}}, "contacts": [\n]}\n`;

const readStore = async (path: string): Promise<StoredState> => {
  const { settings, ...state } = JSON.parse(await readFile(path, 'utf8'));
  return { ...state, settings: { labels: [], ...settings } };
};

/**
 * Lets several processes write to one store at the same time, and kills some of them at random moments with SIGKILL.
 * Each writer alone knows its own contacts: after each of its commands they have to be as after it where it ended with
 * 0, and as before or after it where it was killed.
 */
export const torture = async (options: TortureOptions): Promise<Torture> => {
  const { program, folder, seed } = options;
  const store = join(folder, 'contacts.json');
  await mkdir(folder, { recursive: true });
  await writeFile(store, emptyStore, { mode: 0o600 });
  const counts = { commands: 0, acknowledged: 0, kills: 0, madeInSpite: 0, refused: 0 };
  const findings: string[] = [];
  let typical = firstGuess;

  const run = async (argv: readonly string[], life?: number): Promise<Ended> => {
    const child = spawn(process.execPath, [program, ...argv, '--json'], {
      env: { PATH: process.env.PATH, HOME: folder, CONTACTS_STORE: store, CONTACTS_USER: 'torture' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    }
    const start = performance.now();
    const timer = life === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), life);
    const [code, signal] = await once(child, 'close');
    clearTimeout(timer);
    if (life === undefined) typical += (performance.now() - start - typical) * latestShare;
    return { code, killed: signal === 'SIGKILL', ...texts };
  };

  /** What a writer's part of the store is after a command, which must be one of what it may be. */
  const settle = async (writer: string, allowed: readonly Model[], when: string): Promise<Model> => {
    const found = modelIn(await readStore(store), writer);
    if (!allowed.some((model) => isAsExpected(found, model))) {
      const shown = (model: Model) => JSON.stringify([[...model.contacts], model.labels]);
      findings.push(`${when}: found ${shown(found)}, expected ${allowed.map(shown).join(' or ')}`);
    }
    return found;
  };

  const work = async (writer: string, random: Random): Promise<void> => {
    let model = emptyModel;
    let undo: Step | undefined;
    for (let number = 1; number <= options.commands; number += 1) {
      const step: Step = undo !== undefined && random.chance(0.5) ? undo : nextStep(writer, number, model, random);
      undo = undefined;
      const file = join(folder, `${writer}.csv`);
      if (step.file !== undefined) await writeFile(file, step.file);
      const argv = step.argv.map((word) => (word === 'FILE' ? file : word));
      const ended = await run(argv, random.chance(options.killed) ? random.below(typical * longestLife) : undefined);
      counts.commands += 1;
      const when = `${writer}, command ${number} (${step.argv.join(' ')}) ${ended.killed ? 'killed' : `exit code ${ended.code}`}`;
      if (ended.code === 0) {
        counts.acknowledged += 1;
        if (step.isUndoable) undo = { argv: ['undo', JSON.parse(ended.stdout).change], after: model };
        model = await settle(writer, [step.after], when);
      } else if (ended.killed) {
        counts.kills += 1;
        const before = model;
        model = await settle(writer, [before, step.after], when);
        if (!isAsExpected(model, before)) counts.madeInSpite += 1;
      } else {
        counts.refused += 1;
        if (ended.code !== conflict) findings.push(`${when}: ${ended.stderr}`);
        model = await settle(writer, [model], when);
      }
    }
    await settle(writer, [model], `${writer} at the end`);
  };

  const random = createRandom(seed);
  const seeds = Array.from({ length: options.writers }, () => random.below(2 ** 31));
  await Promise.all(seeds.map((own, index) => work(`Writer${index + 1}`, createRandom(own))));

  for (const argv of [
    ['add', '--first-name', 'Last'],
    ['store', 'check'],
  ]) {
    const { code, stdout, stderr } = await run(argv);
    if (code !== 0) findings.push(`${argv.join(' ')} at the end: exit code ${code}, ${stdout}${stderr}`);
  }
  const left = (await readdir(folder)).filter((name) => /\.(tmp-|lock)/.test(name));
  if (left.length > 0) findings.push(`files stay: ${left.join(', ')}`);
  const state = await readStore(store);
  findings.push(...historyFindings(await readEntries(store), state));
  return { ...counts, changes: state.revision, contacts: state.contacts.length, findings };
};
