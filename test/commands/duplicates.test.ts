import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { answering } from '../helpers/answers.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
let ids: readonly string[];
/** Two entries of Emily, three of Bob (the second knows most), two namesakes, one Zoe; and staff. */
beforeEach(async () => {
  workspace = await createWorkspace();
  const people = [
    { firstName: 'Emily', lastName: 'Novak', birthDate: '1980-05-27', city: 'Rosebud', company: 'Acme' },
    { firstName: 'Bob', lastName: 'Lee', workEmail: 'bob@x.example' },
    { firstName: 'Novak', lastName: 'Emilly', birthDate: '1980-05-27', city: 'Rosebud', company: 'Beta' },
    { firstName: 'Robert', lastName: 'Lee', workEmail: 'bob@x.example', mobile: '+85291234567', company: 'Acme' },
    { firstName: 'Bob', lastName: 'Lee', mobile: '+85291234567' },
    { firstName: 'John', lastName: 'Smith', birthDate: '1950-01-01' },
    { firstName: 'John', lastName: 'Smith', birthDate: '1985-11-12' },
    { firstName: 'Zoe', company: '=1+1' },
  ];
  const stdin = people.map((person) => JSON.stringify(person)).join('\n');
  const added = await workspace.json<readonly Contact[]>(['add', '--from-json', '-'], { stdin });
  ids = added.map(({ id }) => id);
  await workspace.ok(['add', '--category', 'internal', '--first-name', 'Emily', '--last-name', 'Novak']);
});
afterEach(() => workspace.remove());

interface Group {
  readonly score: number;
  readonly reasons: readonly string[];
  readonly contacts: readonly Contact[];
}

const places = (groups: readonly Group[]): readonly (readonly number[])[] =>
  groups.map(({ contacts }) => contacts.map(({ id }) => ids.indexOf(id)));

const groupsNow = async (...flags: readonly string[]): Promise<readonly (readonly number[])[]> =>
  places(await workspace.json<readonly Group[]>(['duplicates', ...flags]));

describe('duplicates', () => {
  it('gives groups, best first, with a score, reasons and the contacts', async () => {
    const groups = await workspace.json<readonly Group[]>(['duplicates']);
    expect(places(groups)).toEqual([
      [1, 3, 4],
      [0, 2],
    ]);
    expect(groups.map(({ score, reasons }) => ({ score, reasons }))).toEqual([
      { score: 0.99, reasons: ['same email', 'same mobile', 'names 0.98 alike'] },
      { score: 0.98, reasons: ['names 0.99 alike', 'same birth date', 'same city', 'different companies'] },
    ]);
    expect(groups[1]?.contacts[0]).toEqual(await workspace.json(['show', ids[0] ?? '']));
  });

  it.each<[readonly string[], readonly (readonly number[])[]]>([
    [['--min-score', '0.999'], [[1, 3, 4]]],
    [['--min-score', '1'], []],
    [['--where', 'novak'], [[0, 2]]],
    [['--limit', '1'], [[1, 3, 4]]],
    [['--offset', '1'], [[0, 2]]],
    [['--category', 'internal'], []],
    [
      ['--category', 'all'],
      [
        [1, 3, 4],
        [0, 2],
      ],
    ],
  ])('%j', async (flags, expected) => {
    expect(await groupsNow(...flags)).toEqual(expected);
  });

  it('gives a contact a line down a pipe', async () => {
    expect(await workspace.ok(['duplicates', '--fields', 'name,city', '--offset', '1'])).toBe(
      ['Emily Novak', 'Novak Emilly']
        .map((name) => `2\t0.98\t${name}\tRosebud\tnames 0.99 alike, same birth date, same city, different companies\n`)
        .join(''),
    );
  });

  it('gives a group a line as NDJSON, with the fields that were asked for', async () => {
    const lines = await workspace.ok(['duplicates', '--format', 'ndjson', '--fields', 'first-name', '--limit', '1']);
    expect(
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        score: 0.99,
        reasons: ['same email', 'same mobile', 'names 0.98 alike'],
        contacts: [{ 'first-name': 'Bob' }, { 'first-name': 'Robert' }, { 'first-name': 'Bob' }],
      },
    ]);
  });

  it('gives tables at a terminal', async () => {
    const { stdout, stderr } = await workspace.run(['duplicates', '--fields', 'name,company'], { terminal: true });
    expect(stdout).toMatch(/^1 of 2 · 0\.99 · same email, same mobile, names 0\.98 alike\n/);
    expect(stdout).toContain('\n\n2 of 2 · 0.98 · names');
    expect(stdout).toMatch(/Novak Emilly +Beta/);
    expect(stderr).toContain('2 groups.');
  });

  it.each<[readonly string[], string]>([
    [['--min-score', '1.5'], "option '--min-score <x>' argument '1.5' is invalid. It takes a number from 0 to 1"],
    [['--min-score', 'high'], "argument 'high' is invalid"],
    [['--format', 'csv'], 'CSV has no groups.'],
  ])('%j is refused', async (flags, message) => {
    const outcome = await workspace.run(['duplicates', ...flags]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });
});

describe('merge --duplicates in scripts', () => {
  it('merges all groups into their fullest contacts, as one change that one undo takes back', async () => {
    const before = await workspace.ok(['list', '--json']);
    const outcome = await workspace.json<{ readonly change: string }>(['merge', '--duplicates', '--yes']);
    expect(outcome).toEqual({ groups: 2, merged: 3, apart: 0, skipped: 0, change: expect.any(String) });
    expect(await workspace.json(['show', ids[3] ?? ''])).toMatchObject({
      mergedIds: [ids[1], ids[4]],
      company: 'Acme',
    });
    expect(await workspace.json(['log', '--limit', '1'])).toMatchObject([
      { id: outcome.change, command: 'merge', summary: 'Merged 5 contacts into 2', updated: 2, deleted: 3 },
    ]);
    expect(await groupsNow()).toEqual([]);
    await workspace.ok(['undo']);
    expect(await workspace.ok(['list', '--json'])).toBe(before);
  });

  it('takes those of a least score, and of the preferred contact', async () => {
    await workspace.ok(['edit', ids[4] ?? '', '--job-title', 'CEO'], { now: '2026-11-25T12:00:00.000Z' });
    const flags = ['--min-score', '0.999', '--prefer', 'newest', '--yes'];
    expect(await workspace.ok(['merge', '--duplicates', ...flags])).toBe('Merged 1 group of 3 contacts.\n');
    expect(await workspace.json(['show', ids[4] ?? ''])).toMatchObject({
      firstName: 'Bob',
      mergedIds: [ids[1], ids[3]],
    });
    expect(await groupsNow()).toEqual([[0, 2]]);
  });

  it('changes nothing in a dry run', async () => {
    const before = await workspace.ok(['list', '--json']);
    expect(await workspace.ok(['merge', '--duplicates', '--dry-run'])).toBe('Would merge 2 groups of 5 contacts.\n');
    expect(await workspace.ok(['list', '--json'])).toBe(before);
    const outcome = await workspace.json(['merge', '--duplicates', '--dry-run']);
    expect(outcome).toMatchObject({ groups: 2, merged: 3, change: null });
  });

  it('makes no change where there are none', async () => {
    await workspace.ok(['merge', '--duplicates', '--yes']);
    expect(await workspace.json(['merge', '--duplicates', '--yes'])).toMatchObject({ groups: 0, change: null });
  });

  it.each<[readonly string[], string]>([
    [['--duplicates'], 'A question would have to be asked'],
    [['--duplicates', 'bob@x.example'], '--duplicates finds the contacts by itself'],
    [['--duplicates', '--set', 'company=x', '--yes'], '--duplicates finds the contacts by itself'],
    [['a', 'b', '--min-score', '0.9'], '--min-score goes with --duplicates.'],
  ])('%j is refused', async (flags, message) => {
    const outcome = await workspace.run(['merge', ...flags]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });
});

describe('merge --duplicates at a terminal', () => {
  const walk = (answers: readonly string[]) => {
    const { ask, asked } = answering(answers);
    return workspace
      .run(['merge', '--duplicates'], { terminal: true, columns: 120, ask })
      .then((outcome) => ({ ...outcome, asked }));
  };

  it('merges, keeps apart, and does not propose again what is kept apart', async () => {
    const { stdout, stderr, asked } = await walk(['merge', 'Bob', 'yes', 'apart']);
    expect(asked).toEqual([
      'Are these one person?: Merge | Keep apart | Skip | Quit',
      'First Name: Robert | Bob',
      'Merge the 3 contacts into this one?',
      'Are these one person?: Merge | Keep apart | Skip | Quit',
    ]);
    expect(stderr).toContain('1 of 2 · 0.99 · same email, same mobile, names 0.98 alike\n');
    expect(stderr).toContain('2 of 2 · 0.98 · names 0.99 alike');
    expect(stdout).toBe('Merged 1 group of 3 contacts; kept 1 group apart.\n');
    expect(await workspace.json(['show', 'bob lee'])).toMatchObject({ id: ids[3], mergedIds: [ids[1], ids[4]] });
    expect(await groupsNow()).toEqual([]);
    await workspace.ok(['undo']);
    expect(await groupsNow()).toEqual([[0, 2]]);
  });

  it.each<[readonly string[], string]>([
    [['skip', 'skip'], 'Merged 0 groups of 0 contacts; skipped 2.\n'],
    [['quit'], 'Merged 0 groups of 0 contacts.\n'],
    [['merge', 'Bob', 'no', 'quit'], 'Merged 0 groups of 0 contacts; skipped 1.\n'],
  ])('%j changes nothing', async (answers, said) => {
    const before = await workspace.ok(['list', '--json']);
    expect(await walk(answers)).toMatchObject({ code: 0, stdout: said });
    expect(await workspace.ok(['list', '--json'])).toBe(before);
    expect(await groupsNow()).toEqual([
      [1, 3, 4],
      [0, 2],
    ]);
  });

  it('keeps what was done before Ctrl-C, and says so', async () => {
    const { code, stderr } = await walk(['apart', 'interrupt']);
    expect(code).toBe(130);
    expect(stderr).toContain('error: Interrupted. The change ');
    expect(await groupsNow()).toEqual([[0, 2]]);
  });
});
