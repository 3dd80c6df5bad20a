import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chdir, memoryUsage } from 'node:process';
import { createRandom } from '../../scripts/fixtures/random.js';
import { scenarios } from './faults/scenarios.js';
import { failures, sweep } from './faults/sweep.js';
import { commandLineTargets } from './input/command-lines.js';
import { fileTargets } from './input/files.js';
import { sampleStore, storeTargets } from './input/store-text.js';
import { torture } from './processes/torture.js';

/** What `npm run torture` is asked for. */
export interface TortureRun {
  /** `faults`, `processes`, `input`. */
  readonly parts: readonly string[];
  /** The built program. */
  readonly program: string;
  /** For what is written on the way. */
  readonly folder: string;
  readonly seed: number;
  /** Of `processes`: at least so many rounds, and at least so long. */
  readonly rounds: number;
  readonly minutes: number;
  /** Of `processes`: those of each writer, in a round. */
  readonly commands: number;
  /** Of `input`: how many of each kind. */
  readonly cases: number;
  readonly say: (line: string) => void;
}

type Part = (run: TortureRun) => Promise<readonly string[]>;

/** Choices of what a failure of the power undoes, at one moment. */
const choices = 64;
/** An index is large, and read by many calls. */
const choicesWithIndex = 4;

const tortureFaults: Part = async ({ seed, say }) => {
  const findings: string[] = [];
  const total = { failed: 0, deaths: 0, losses: 0 };
  for (const scenario of scenarios) {
    const isIndexed = scenario.indexedFrom !== undefined;
    const ways = isIndexed ? failures.slice(0, 1) : failures;
    const swept = await sweep(scenario, ways, isIndexed ? choicesWithIndex : choices, createRandom(seed));
    for (const key of ['failed', 'deaths', 'losses'] as const) total[key] += swept[key];
    findings.push(...swept.findings.map((finding) => `${scenario.name}: ${finding}`));
    say(
      `${scenario.name}: ${swept.calls} calls, ${swept.failed} failures, ${swept.deaths} deaths, ${swept.losses} losses of power; ` +
        `as before ${swept.before} times, as after ${swept.after} times, ${swept.findings.length} findings`,
    );
  }
  say(`In all ${total.failed} failures, ${total.deaths} deaths, ${total.losses} losses of power.`);
  return findings;
};

const tortureProcesses: Part = async ({ program, folder, seed, rounds, minutes, commands, say }) => {
  const findings: string[] = [];
  const end = performance.now() + minutes * 60_000;
  for (let round = 1; round <= rounds || performance.now() < end; round += 1) {
    const own = join(folder, `round-${round}`);
    const options = { program, folder: own, writers: 8, commands, killed: 0.3, seed: seed + round };
    const result = await torture(options);
    findings.push(...result.findings);
    say(
      `Round ${round}: ${result.commands} commands, ${result.acknowledged} acknowledged, ${result.kills} killed ` +
        `(${result.madeInSpite} of them had made their change), ${result.refused} refused; ` +
        `${result.changes} changes, ${result.contacts} contacts, ${result.findings.length} findings`,
    );
    await rm(own, { recursive: true });
  }
  return findings;
};

const tortureInput: Part = async ({ folder, seed, cases, say }) => {
  // Command lines that are random may name files.
  chdir(folder);
  const targets = [...fileTargets, ...storeTargets(await sampleStore()), ...(await commandLineTargets())];
  const findings: string[] = [];
  for (const { name, check } of targets) {
    const start = performance.now();
    const finding = await check(cases, seed);
    const memory = Math.round(memoryUsage().rss / 2 ** 20);
    say(`${name}: ${cases} cases in ${Math.round((performance.now() - start) / 1000)} s, ${memory} MiB in memory`);
    if (finding !== undefined) findings.push(`${name}: ${finding}`);
  }
  return findings;
};

const parts: Readonly<Record<string, Part>> = {
  faults: tortureFaults,
  processes: tortureProcesses,
  input: tortureInput,
};

/** Runs the long proofs, and tells what was done; whether nothing was found. */
export const runTorture = async (run: TortureRun): Promise<boolean> => {
  run.say(`Seed ${run.seed}`);
  const findings: string[] = [];
  for (const name of run.parts) findings.push(...((await parts[name]?.(run)) ?? [`There is no part ${name}.`]));
  for (const finding of findings) run.say(`FOUND ${finding}`);
  run.say(findings.length === 0 ? 'Nothing was found.' : `${findings.length} findings.`);
  return findings.length === 0;
};
