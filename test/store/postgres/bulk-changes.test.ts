import { expect, it } from 'vitest';
import { countingIds, type Outcome, type RunOptions, runProgram } from '../../helpers/run.js';
import { newPath } from '../json/place.js';
import { newPlace } from './place.js';

const people = Array.from({ length: 50 }, (_, index) => ({
  firstName: `Person ${index + 1}`,
  lastName: index < 3 ? 'García' : 'Lee',
  company: 'Acme',
  emails: [{ kind: 'work', address: `p${index + 1}@acme.example` }],
  phones: [{ kind: 'work', number: index < 2 ? '+85228765432' : `+852912345${index + 10}` }],
}));
const known = people.slice(0, 40).map(({ emails }) => emails[0]?.address ?? '');
const unknown = Array.from({ length: 7 }, (_, index) => `gone${index + 1}@acme.example`);
const bounces = `Email\r\n${[...known, ...unknown, ...known.slice(0, 3)].join('\r\n')}\r\n`;

interface Step {
  readonly argv: readonly string[];
  readonly code: number;
  readonly stdin?: string;
}

const steps: readonly Step[] = [
  { argv: ['rm', '--from', '-', '--yes'], stdin: bounces, code: 3 },
  { argv: ['rm', '--from', '-', '--ignore-missing'], stdin: bounces, code: 2 },
  { argv: ['rm', '--from', '-', '--ignore-missing', '--dry-run', '--json'], stdin: bounces, code: 0 },
  { argv: ['rm', '--from', '-', '--yes'], stdin: 'Phone\n2876 5432\n', code: 4 },
  { argv: ['edit', '--from', '-', '--yes', '--group', 'West'], stdin: '9123 4515\np1@acme.example\n', code: 0 },
  { argv: ['edit', '--where', 'group:west', '--company', 'Beta', '--dry-run'], code: 0 },
  { argv: ['edit', '--all', '--company', 'Beta'], code: 2 },
  { argv: ['rm', '--from', '-', '--ignore-missing', '--yes'], stdin: bounces, code: 0 },
  { argv: ['list', '--fields', 'name,company,group'], code: 0 },
  { argv: ['undo'], code: 0 },
  { argv: ['list', '--fields', 'name,company,group', '--sort', 'name'], code: 0 },
  { argv: ['show', 'garcia'], code: 3 },
];

const outcomesAt = async (store: string): Promise<readonly Outcome[]> => {
  const newId = countingIds();
  const run = (argv: readonly string[], options: RunOptions) =>
    runProgram(argv, { store, newId }, { country: 'HK', ...options });
  const stdin = people.map((person) => JSON.stringify(person)).join('\n');
  expect((await run(['add', '--from-json', '-', '--yes'], { stdin })).code).toBe(0);
  const outcomes: Outcome[] = [];
  for (const { argv, code, stdin: given } of steps) {
    const outcome = await run(argv, given === undefined ? {} : { stdin: given });
    expect([argv, outcome.code, outcome.stderr]).toEqual([argv, code, expect.anything()]);
    outcomes.push(outcome);
  }
  return outcomes;
};

it('bulk changes come out alike in a database and in a file', async () => {
  const inFile = await outcomesAt(await newPath());
  const inTables = await outcomesAt(await newPlace());
  expect(inTables).toEqual(inFile);
});
