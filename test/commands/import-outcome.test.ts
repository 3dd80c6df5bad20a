import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const file = async (name: string, text: string): Promise<string> => {
  const path = join(workspace.folder, name);
  await writeFile(path, text);
  return path;
};

/** Numbers that can be ones, and whose range is in no use. */
const unassigned = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Ada${index},+1200555${String(index).padStart(4, '0')}\n`).join('');

describe('the JSON of an import', () => {
  it('has the warnings as it has the errors, with their number', async () => {
    const csv = await file('some.csv', 'First Name,Mobile\nAda,+12005550100\nBea,12\nCy,+85291234567\n');
    const { code, stdout } = await workspace.run(['import', csv, '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toEqual({
      rows: 3,
      created: 2,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      rejected: 1,
      errors: [{ row: 2, line: 3, column: 'Mobile', value: '12', message: 'is too short to be a phone number' }],
      warnings: [{ row: 1, line: 2, column: 'Mobile', value: '+12005550100', message: expect.any(String) }],
      warningCount: 1,
      rest: { kept: 0, dropped: 0 },
      change: expect.any(String),
    });
  });

  it('has the first 1,000 warnings, and says how many there are', async () => {
    const csv = await file('many.csv', `First Name,Mobile\n${unassigned(1001)}`);
    const outcome = await workspace.json<{ warnings: { row: number }[]; warningCount: number }>(['import', csv]);
    expect(outcome.warnings.map(({ row }) => row)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(outcome.warningCount).toBe(1001);
  });
});

describe('what people are told of an import', () => {
  const mixed = `First Name,Mobile,Work Phone\n${unassigned(7).replaceAll('\n', ',\n')}Bea,12,\nCy,,+12005550100\n`;
  const cause = 'can be a phone number, but is not known to be assigned';

  it('groups the warnings by column and cause, with their number and first lines', async () => {
    const { stderr, stdout } = await workspace.run(['import', await file('mixed.csv', mixed)]);
    expect(stderr).toBe(
      `warning: Mobile ${cause} (7 times: lines 2, 3, 4, 5, 6 and 2 more).\n` +
        `warning: line 10: Work Phone "+12005550100" ${cause}.\n` +
        'rejected: line 9: Mobile "12" is too short to be a phone number.\n',
    );
    expect(stdout).toBe('9 rows: 8 created, 0 updated, 0 unchanged, 0 skipped, 1 rejected.\n');
  });

  it('is the counts and the errors alone with --quiet', async () => {
    const { stderr, stdout } = await workspace.run([
      'import',
      await file('mixed.csv', mixed),
      '-q',
      '--set',
      'label=New',
    ]);
    expect(stderr).toBe('rejected: line 9: Mobile "12" is too short to be a phone number.\n');
    expect(stdout).toBe('9 rows: 8 created, 0 updated, 0 unchanged, 0 skipped, 1 rejected.\n');
  });
});

interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly rows: number;
  readonly errors: readonly {
    readonly row: number;
    readonly column: string;
    readonly value: string;
    readonly message: string;
  }[];
  readonly change: string | null;
}

/** Imports a file, and gives the counts that are not 0 in words. */
const imported = async (...argv: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await workspace.run(['import', ...argv, '--json']);
  if (stdout === '') throw new Error(stderr);
  const { rows, created, updated, unchanged, skipped, rejected }: Counts = JSON.parse(stdout);
  const counts = { created, updated, unchanged, skipped, rejected };
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(rows);
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
};

const labelNames = async (): Promise<readonly string[]> =>
  (await workspace.json<{ name: string }[]>(['label', 'list'])).map(({ name }) => name);

describe('rows that match nobody', () => {
  const people =
    'First Name,Work Email,Company,Contact Label\n' +
    'Ada,ada@x.example,Acme,\nBea,bea@x.example,Bolt,Fresh\nCy,,,\nDan,dan@x.example,,\nDan,dan@x.example,Acme,\n';

  it.each([
    ['skip', '1 updated, 4 skipped', '1 unchanged, 4 skipped'],
    ['reject', '1 updated, 4 rejected', '1 unchanged, 4 rejected'],
    ['create', '3 created, 2 updated', '5 unchanged'],
  ])('--on-new %s', async (how, first, second) => {
    await workspace.ok(['add', '--first-name', 'Ada', '--work-email', 'ada@x.example']);
    const csv = await file('people.csv', people);
    expect(await imported(csv, '--on-new', how)).toBe(first);
    expect(await imported(csv, '--on-new', how)).toBe(second);
    expect(await labelNames()).toEqual(how === 'create' ? ['Fresh'] : []);
  });

  it('are told with the reason, and go to the reject file', async () => {
    const csv = await file('people.csv', 'First Name,Work Email\nAda,ada@x.example\nBea,\n');
    const rejects = join(workspace.folder, 'rejects.csv');
    const { code, stdout } = await workspace.run(['import', csv, '--on-new', 'reject', '--rejects', rejects, '--json']);
    expect(code).toBe(5);
    const message = 'matches no contact in the store';
    expect(JSON.parse(stdout).errors).toEqual([
      { row: 1, line: 2, column: '', value: '', message },
      { row: 2, line: 3, column: '', value: '', message },
    ]);
    expect(await readFile(rejects, 'utf8')).toBe(
      `\ufeffFirst Name,Work Email,Error\r\nAda,ada@x.example,${message}\r\nBea,,${message}\r\n`,
    );
  });

  it('cannot be left out where every row is to be a new one', async () => {
    const csv = await file('people.csv', people);
    const { code, stderr } = await workspace.run(['import', csv, '--on-new', 'skip', '--on-match', 'create']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: With --on-match create every row is new, and with --on-new skip none of them lands.\n' +
        'hint: Use one of the two.\n',
    );
  });
});

describe('values for every row', () => {
  const people = 'First Name,Work Email,Contact Label,Country\nAda,ada@x.example,VIP,\nBea,bea@x.example,,Germany\n';
  const shown = async () =>
    workspace.json<unknown[]>(['list', '--fields', 'name,labels,country,company,mobile', '--sort', 'name']);

  it('stand in place of what the rows say with --set, besides it with --add', async () => {
    const csv = await file('people.csv', people);
    const flags = ['--set', 'country=Hong Kong', '--add', 'label=Gala', '--set', 'Company=Acme'];
    expect(await imported(csv, ...flags)).toBe('2 created');
    expect(await shown()).toEqual([
      { name: 'Ada', labels: ['VIP', 'Gala'], country: 'HK', company: 'Acme', mobile: [] },
      { name: 'Bea', labels: ['Gala'], country: 'HK', company: 'Acme', mobile: [] },
    ]);
    expect(await imported(csv, ...flags)).toBe('2 unchanged');
    expect(await imported(csv)).toBe('1 updated, 1 unchanged');
  });

  it('define a label, once, and take none away', async () => {
    await workspace.ok(['label', 'add', 'Old']);
    await workspace.ok(['add', '--first-name', 'Ada', '--work-email', 'ada@x.example', '--label', 'Old']);
    const csv = await file('people.csv', people);
    const { stderr } = await workspace.run(['import', csv, '--set', 'label=Gala']);
    expect(stderr).toBe('Defined the label "Gala".\n');
    expect(await labelNames()).toEqual(['Old', 'Gala']);
    expect(await shown()).toMatchObject([{ labels: ['Old', 'Gala'] }, { labels: ['Gala'] }]);
    expect(await imported(csv, '--set', 'label=gala')).toBe('2 unchanged');
  });

  it('are custom fields too, by their keys, and apply to cards and JSON', async () => {
    await workspace.ok(['field', 'add', 'Source', '--kind', 'dropdown', '--choices', 'Fair,Web']);
    const json = await file(
      'people.json',
      JSON.stringify([{ firstName: 'Ada' }, { firstName: 'Bea', custom: { Source: 'Web' } }]),
    );
    const vcf = await file('cy.vcf', 'BEGIN:VCARD\nVERSION:4.0\nFN:Cy\nEND:VCARD\n');
    for (const path of [json, vcf]) {
      expect(await imported(path, '--set', 'Source=Fair', '--add', 'mobile=+85291234567')).toMatch(/created/);
    }
    expect(await workspace.json(['list', '--fields', 'name,Source,mobile', '--sort', 'name'])).toEqual(
      ['Ada', 'Bea', 'Cy'].map((name) => ({ name, Source: 'Fair', mobile: ['+85291234567'] })),
    );
  });

  it.each<[string, readonly string[], number, string]>([
    [
      'no field of that name',
      ['--set', 'compny=Acme'],
      3,
      'There is no field "compny" of external contacts.\nhint: Did you mean "company"',
    ],
    ['no "="', ['--add', 'Gala'], 2, '--add: "Gala" has no field and "=".'],
    ['nothing after it', ['--set', 'company='], 2, '--set: "company=" has no value.'],
    ['a bad value', ['--set', 'mobile=12345'], 5, 'Mobile "12345" '],
    ['a choice that is none', ['--set', 'type=VIP'], 5, 'Type "VIP" '],
    ['two values for one', ['--set', 'company=A', '--set', 'company=B'], 5, 'Company "A, B" holds one value.'],
    [
      'another value for a field that holds one',
      ['--add', 'company=Acme'],
      2,
      'Company holds one value.\nhint: Use --set company=VALUE.',
    ],
    [
      'a label that is not defined',
      ['--set', 'label=Gaal', '--known-labels'],
      3,
      'There is no label "Gaal".\nhint: Did you mean "Gala"?',
    ],
  ])('are told before the file is read: %s', async (_name, flags, expected, text) => {
    await workspace.ok(['label', 'add', 'Gala']);
    const { code, stderr } = await workspace.run(['import', join(workspace.folder, 'nowhere.csv'), ...flags]);
    expect(stderr.slice(0, `error: ${text}`.length)).toBe(`error: ${text}`);
    expect(code).toBe(expected);
  });
});

describe('--known-labels', () => {
  const people = 'First Name,Contact Label\nAda,vip\nBea,VPI; VIP\nCy,Unheard of\nDan,\n';
  beforeEach(() => workspace.ok(['label', 'add', 'VIP']));

  it('rejects the rows with labels that are not defined, and defines none', async () => {
    const csv = await file('people.csv', people);
    const { code, stdout } = await workspace.run(['import', csv, '--known-labels', '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      created: 2,
      rejected: 2,
      errors: [
        {
          row: 2,
          line: 3,
          column: 'Contact Label',
          value: 'VPI',
          message: 'is not a defined label (the nearest: "VIP")',
        },
        { row: 3, line: 4, column: 'Contact Label', value: 'Unheard of', message: 'is not a defined label' },
      ],
    });
    expect(await labelNames()).toEqual(['VIP']);
    expect(await imported(csv, '--known-labels')).toBe('2 unchanged, 2 rejected');
  });

  it('lands nothing with --strict', async () => {
    const csv = await file('people.csv', people);
    expect(await imported(csv, '--known-labels', '--strict')).toBe('2 skipped, 2 rejected');
    expect(await workspace.json(['list'])).toEqual([]);
    expect(await labelNames()).toEqual(['VIP']);
  });

  it('keeps them in notes with --on-invalid note', async () => {
    const csv = await file('people.csv', people);
    expect(await imported(csv, '--known-labels', '--on-invalid', 'note')).toBe('4 created');
    const [bea] = await workspace.json<{ labels: string[]; notes: { text: string }[] }[]>(['list', '--where', 'bea']);
    expect(bea).toMatchObject({ labels: ['VIP'], notes: [{ text: 'Contact Label: VPI' }] });
    expect(await imported(csv, '--known-labels', '--on-invalid', 'note')).toBe('4 unchanged');
  });
});
