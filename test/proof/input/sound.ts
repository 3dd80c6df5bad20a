import { exitCodes } from '../../../src/errors.js';
import type { Outcome } from '../../helpers/run.js';
import { Disk, type Nodes } from '../faults/disk.js';
import { processOf, runOn } from '../faults/machine.js';

const documented = new Set<number>([0, ...Object.values(exitCodes)].filter((code) => code !== exitCodes.internal));

/** What is wrong with how a command ended: a code that is not documented, a fault of the program, a stack trace. */
const troubleWith = (argv: readonly string[], { code, stderr }: Outcome): string | undefined =>
  documented.has(code) && !/^\s+at .*:\d+:\d+/m.test(stderr)
    ? undefined
    : `${JSON.stringify(argv)}: ${code}, ${stderr}`;

/** A store on a disk of its own, for one command after the other. */
export interface Machine {
  readonly disk: Disk;
  /** Runs a command, which may end in any documented way. */
  run(argv: readonly string[], stdin?: string | Uint8Array): Promise<Outcome>;
  /** Runs a command that must end with 0. */
  ok(argv: readonly string[], stdin?: string | Uint8Array): Promise<string>;
}

/** @throws Error (from `run`) where a command ends in no documented way */
export const machineOn = (nodes?: Nodes): Machine => {
  const disk = new Disk(nodes);
  let commands = 0;
  const run = async (argv: readonly string[], stdin: string | Uint8Array = ''): Promise<Outcome> => {
    commands += 1;
    const outcome = await runOn(disk.files, processOf(commands, 1), commands * 100, { argv, stdin });
    const trouble = troubleWith(argv, outcome);
    if (trouble !== undefined) throw new Error(trouble);
    return outcome;
  };
  return {
    disk,
    run,
    ok: async (argv, stdin) => {
      const { code, stdout, stderr } = await run(argv, stdin);
      if (code !== 0) throw new Error(`${JSON.stringify(argv)}: ${code}, ${stderr}`);
      return stdout;
    },
  };
};

/** The commands that put out what a store holds, in every form. */
export const outputs: readonly (readonly string[])[] = [
  ['list', '--category', 'all'],
  ['list', '--category', 'all', '--json', '--sort', 'company'],
  ['search', 'an', '--json'],
  ['export', '--format', 'csv'],
  ['export', '--format', 'csv', '--category', 'internal'],
  ['export', '--format', 'vcard', '--category', 'all'],
  ['export', '--format', 'ndjson', '--category', 'all'],
  ['duplicates', '--json'],
  ['stats'],
  ['label', 'list'],
  ['field', 'list'],
  ['log'],
  ['store', 'info'],
  ['completion', 'suggest', '--', 'contacts', 'show', ''],
];
