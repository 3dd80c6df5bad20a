import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { countingIds, type Outcome, runProgram } from '../../helpers/run.js';
import { newPath } from '../json/place.js';
import { newPlace } from './place.js';

const people =
  'First Name,Last Name,Mobile,Work Email,Contact Label\n' +
  'Ada,Lovelace,+85291234567,ada@x.example,VIP\n' +
  'Bea,Klein,,bea@x.example,VPI\n' +
  'Cy,Park,12,cy@x.example,\n' +
  'Dan,Wong,+85291234568,,\n' +
  ',,,ada@x.example,VIP\n' +
  'Eve,Stone,,,\n';

interface Step {
  readonly flags: readonly string[];
  readonly code: number;
  /** Created, updated, unchanged, skipped, rejected. */
  readonly counts: readonly number[];
}

/** Each is imported into what the steps before it left. */
const steps: readonly Step[] = [
  { flags: ['--known-labels', '--strict'], code: 5, counts: [0, 0, 1, 3, 2] },
  { flags: ['--known-labels', '--dry-run'], code: 5, counts: [3, 0, 1, 0, 2] },
  { flags: ['--known-labels'], code: 5, counts: [3, 0, 1, 0, 2] },
  { flags: ['--known-labels'], code: 5, counts: [0, 0, 4, 0, 2] },
  { flags: ['--on-new', 'skip', '--set', 'company=Acme'], code: 5, counts: [0, 2, 1, 2, 1] },
  { flags: ['--on-new', 'skip', '--set', 'company=Acme'], code: 5, counts: [0, 0, 3, 2, 1] },
  { flags: ['--on-new', 'reject', '--on-invalid', 'note'], code: 5, counts: [0, 0, 4, 0, 2] },
  { flags: ['--set', 'label=Gala'], code: 5, counts: [2, 2, 1, 0, 1] },
  { flags: ['--set', 'label=Gala'], code: 5, counts: [0, 0, 5, 0, 1] },
];

const outcomesAt = async (store: string, folder: string): Promise<readonly unknown[]> => {
  const newId = countingIds();
  const run = (...argv: readonly string[]): Promise<Outcome> => runProgram(argv, { store, newId });
  const csv = join(folder, 'people.csv');
  const report = join(folder, 'report.ndjson');
  await writeFile(csv, people);
  expect((await run('label', 'add', 'VIP', '--yes')).code).toBe(0);
  const outcomes: unknown[] = [];
  for (const { flags, code, counts } of steps) {
    const outcome = await run('import', csv, '--report', report, '--force', '--json', ...flags);
    const told = JSON.parse(outcome.stdout);
    const lines = (await readFile(report, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const names = ['created', 'updated', 'unchanged', 'skipped', 'rejected'];
    expect([flags, names.map((name) => told[name]), outcome.code]).toEqual([flags, counts, code]);
    expect(names.map((name) => lines.filter(({ action }) => action === name).length)).toEqual(counts);
    expect(lines.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6]);
    outcomes.push(
      told,
      lines.map(({ file: _file, ...line }) => line),
      (await run('label', 'list')).stdout,
    );
  }
  return [...outcomes, (await run('list', '--format', 'csv')).stdout];
};

/** Outcomes with their ids, of which the stores draw different ones, in the order in which they come. */
const withoutIds = (outcomes: readonly unknown[]): unknown => {
  const seen = new Map<string, string>();
  const numbered = (id: string): string => {
    seen.set(id, seen.get(id) ?? `id ${seen.size}`);
    return seen.get(id) ?? '';
  };
  return JSON.parse(JSON.stringify(outcomes).replace(/2{9}[2-9b-z]{3}/g, numbered));
};

it('imports are told alike in a database and in a file, row by row', async () => {
  const path = await newPath();
  const inFile = await outcomesAt(path, dirname(path));
  const inTables = await outcomesAt(await newPlace(), dirname(path));
  expect(withoutIds(inTables)).toEqual(withoutIds(inFile));
});
