import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../../../scripts/fixtures/random.js';
import { exitCodes } from '../../../src/errors.js';
import { type Fault, faultyFiles, systemError } from '../../store/json/faulty-files.js';
import { Disk, type Nodes } from './disk.js';
import { createJudge, type Judge, type Verdict } from './judge.js';
import { type Found, processOf, runOn, stateOn, storePath } from './machine.js';
import { powerLosses, settledWhole } from './power-loss.js';
import { preparations, type Scenario } from './scenarios.js';

/** How a call fails: once, or it and all that follow, as on a disk that has gone. */
export interface Failure {
  readonly code: string;
  readonly lasting: boolean;
  /** A write goes a part of the way before it fails. */
  readonly short?: boolean;
}

export const failures: readonly Failure[] = [
  { code: 'EIO', lasting: false },
  { code: 'ENOSPC', lasting: true, short: true },
  { code: 'ENOSPC', lasting: false },
  { code: 'EIO', lasting: true },
];

/** What was done to a command, and what came of it. */
export interface Sweep extends Verdict {
  /** Calls of the file system that the command makes. */
  readonly calls: number;
  /** Calls that failed, each in every way. */
  readonly failed: number;
  /** Moments at which the process died. */
  readonly deaths: number;
  /** Disks that a failure of the power left behind. */
  readonly losses: number;
}

const firstId = 1000;
const shortWrite = 100;

/** The disk before the command. */
const prepare = async ({ before = 'contacts' }: Scenario): Promise<Nodes> => {
  const disk = new Disk();
  if (before !== 'nothing') {
    for (const [index, preparation] of preparations.entries()) {
      const { code, stderr } = await runOn(disk.files, processOf(100 + index, 1), index * 10, preparation);
      if (code !== 0) throw new Error(`${preparation.argv.join(' ')}: ${stderr}`);
    }
  }
  if (before === 'contacts, and the file damaged') {
    const damaged = Buffer.from('{"schema": 1');
    disk.files.remove(storePath);
    const file = disk.files.open(storePath, 'wx');
    disk.files.write(file, damaged, 0, damaged.length);
    disk.files.close(file);
  }
  return settledWhole(disk.nodes);
};

const isSame = (one: Nodes | undefined, other: Nodes): boolean =>
  one?.size === other.size && [...other].every(([number, node]) => one.get(number) === node);

/** A command that nothing disturbs: its calls, and the disk before each of them and at the end. */
const watch = async (scenario: Scenario, start: Nodes) => {
  const moments: Nodes[] = [];
  const disk = new Disk(start);
  const { files, calls } = faultyFiles(() => void moments.push(disk.nodes), disk.files);
  const { code, stderr } = await runOn(files, processOf(500, 1), firstId, scenario);
  if (code !== 0) throw new Error(`${scenario.name}: ${stderr}`);
  return { calls, moments, end: disk.nodes };
};

/** Runs a command of which a call fails; the store is as after it where it says so, else as before. */
const failOnce = async (
  scenario: Scenario,
  start: Nodes,
  number: number,
  way: Failure,
  judge: Judge,
): Promise<string> => {
  const { code, lasting, short = false } = way;
  const disk = new Disk(start);
  const fault: Fault = (call, at) => {
    if (short && at === number && call === 'write') return shortWrite;
    if (at === number || (lasting && at > number)) throw systemError(code, call);
  };
  const { files, calls } = faultyFiles(fault, disk.files);
  const { code: exitCode, stderr } = await runOn(files, processOf(500, 1), firstId, scenario);
  const when = `${code} ${lasting ? 'from' : 'at'} call ${number} (${calls[number - 1]}), exit code ${exitCode}`;
  const isMade = exitCode === 0 || exitCode === exitCodes.unreported;
  await judge.look(settledWhole(disk.nodes), 1, isMade ? 'after' : 'before', when);
  // Only where history is erased no change can be named.
  const isNamed = exitCode !== exitCodes.unreported || scenario.erases || /contacts log --change \w+/.test(stderr);
  return exitCode !== exitCodes.internal && isNamed ? '' : `${when}: ${stderr}`;
};

/** Whether two stores hold the same contacts: while history is erased, some of it may be gone already. */
const hasSameContacts = (one: Found, other: Found): boolean =>
  'contacts' in one && 'contacts' in other && isDeepStrictEqual(one.contacts, other.contacts);

/**
 * Lets every call of a command fail in each of the ways, the process die before each, and the power fail after each, and
 * looks at what is found then: the store as before or as after, as after where the command ended with 0, sound, and
 * ready for the next command.
 *
 * @param most choices of what a failure of the power undoes, at one moment
 */
export const sweep = async (
  scenario: Scenario,
  ways: readonly Failure[],
  most: number,
  random: Random,
): Promise<Sweep> => {
  const { erases = false, indexedFrom } = scenario;
  const start = await prepare(scenario);
  const { calls, moments, end } = await watch(scenario, start);
  const states = [await stateOn(start), await stateOn(settledWhole(end))] as const;
  const judge = createJudge(
    ...states,
    indexedFrom === undefined ? {} : { indexedFrom },
    erases ? hasSameContacts : undefined,
  );
  let losses = 0;
  const failPower = async (nodes: Nodes, allowed: 'before or after' | 'after', when: string): Promise<void> => {
    for (const left of powerLosses(nodes, most, random)) {
      losses += 1;
      await judge.look(left, 2, allowed, when);
    }
  };

  for (const [index, nodes] of moments.entries()) {
    // Where the call before it altered nothing, neither does an end here.
    if (isSame(moments[index - 1], nodes)) continue;
    const when = `before call ${index + 1} (${calls[index]})`;
    await judge.look(settledWhole(nodes), 1, 'before or after', `death ${when}`);
    await failPower(nodes, 'before or after', `loss of power ${when}`);
  }
  await failPower(end, 'after', 'loss of power after the end');
  const unexpected: string[] = [];
  for (const way of ways) {
    for (let number = 1; number <= calls.length; number += 1) {
      unexpected.push(await failOnce(scenario, start, number, way, judge));
    }
  }
  const { before, after, findings } = judge.verdict;
  return {
    calls: calls.length,
    failed: unexpected.length,
    deaths: moments.length,
    losses,
    before,
    after,
    findings: [...findings, ...unexpected.filter((finding) => finding !== '')],
  };
};
