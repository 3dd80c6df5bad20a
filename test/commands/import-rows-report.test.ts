import { lchown, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const at = (name: string): string => join(workspace.folder, name);

const file = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text);
  return at(name);
};

const people =
  'ID,First Name,Work Email,Mobile,Contact Label\n' +
  ',Ada,ada@x.example,,VIP\n,Bea,,12,\n,,ada@x.example,+12005550100,Gala\n,Cy,cy@x.example,,\n,Cy,cy@x.example,,\n';

const issue = (row: number, value: string, message: string) => ({
  row,
  line: row + 1,
  column: 'Mobile',
  value,
  message,
});
const tooShort = issue(2, '12', 'is too short to be a phone number');
const unassigned = { ...issue(3, '+12005550100', ''), message: expect.any(String) };

/** The lines of a report in NDJSON, without the name of the file. */
const linesOf = async (path: string): Promise<readonly unknown[]> =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { file: name, ...rest } = JSON.parse(line);
      expect(name).toBe(at('people.csv'));
      return rest;
    });

const none = { errors: [], warnings: [] };
const expectedFor = (ada: unknown, cy: unknown): readonly unknown[] => [
  {
    row: 1,
    line: 2,
    action: 'updated',
    id: ada,
    fields: { labels: { before: ['Old'], after: ['Old', 'VIP'] } },
    ...none,
  },
  { row: 2, line: 3, action: 'rejected', id: null, fields: {}, errors: [tooShort], warnings: [] },
  {
    row: 3,
    line: 4,
    action: 'updated',
    id: ada,
    fields: {
      labels: { before: ['Old', 'VIP'], after: ['Old', 'VIP', 'Gala'] },
      mobile: { before: [], after: ['+12005550100'] },
    },
    errors: [],
    warnings: [unassigned],
  },
  {
    row: 4,
    line: 5,
    action: 'created',
    id: cy,
    fields: {
      type: { before: null, after: 'Lead' },
      firstName: { before: null, after: 'Cy' },
      level: { before: null, after: 'Primary' },
      'work-email': { before: [], after: ['cy@x.example'] },
    },
    ...none,
  },
  { row: 5, line: 6, action: 'unchanged', id: cy, fields: {}, ...none },
];

describe('the report of an import', () => {
  const addAda = async (): Promise<string> => {
    await workspace.ok(['label', 'add', 'Old']);
    const flags = ['--first-name', 'Ada', '--work-email', 'ada@x.example', '--label', 'Old'];
    return (await workspace.json<{ id: string }>(['add', ...flags])).id;
  };

  it('tells of each row what became of it, with --dry-run what would', async () => {
    const ada = await addAda();
    const csv = await file('people.csv', people);
    await workspace.run(['import', csv, '--report', at('dry.ndjson'), '--dry-run']);
    expect(await linesOf(at('dry.ndjson'))).toEqual(expectedFor(ada, expect.any(String)));
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(1);

    await workspace.run(['import', csv, '--report', at('wet.ndjson')]);
    const [cy] = await workspace.json<{ id: string }[]>(['list', '--where', 'cy']);
    expect(await linesOf(at('wet.ndjson'))).toEqual(expectedFor(ada, cy?.id));

    await workspace.run(['import', csv, '--report', at('again.ndjson')]);
    expect(await linesOf(at('again.ndjson'))).toMatchObject(
      ['unchanged', 'rejected', 'unchanged', 'unchanged', 'unchanged'].map((action) => ({ action, fields: {} })),
    );
  });

  it('is a CSV too', async () => {
    const csv = await file('=people.csv', 'First Name,Mobile\nAda,\n"Bea, ""B""",12\n');
    await workspace.run(['import', csv, '--report', at('report.CSV')]);
    const [ada] = await workspace.json<{ id: string }[]>(['list']);
    expect(await readFile(at('report.CSV'), 'utf8')).toBe(
      'File,Row,Line,Action,ID,Fields,Errors,Warnings\r\n' +
        `${csv},1,2,created,${ada?.id},"{""type"":{""before"":null,""after"":""Lead""},` +
        '""firstName"":{""before"":null,""after"":""Ada""},""level"":{""before"":null,""after"":""Primary""}}",[],[]\r\n' +
        `${csv},2,3,rejected,,{},"[{""row"":2,""line"":3,""column"":""Mobile"",""value"":""12"",` +
        '""message"":""is too short to be a phone number""}]",[]\r\n',
    );
  });

  it('calls rows skipped that --strict, --on-new or --on-match leave out', async () => {
    const ada = await addAda();
    const csv = await file('people.csv', people);
    const actions = async (...flags: string[]): Promise<unknown> => {
      await workspace.run(['import', csv, '--report', at('report.ndjson'), '--force', ...flags]);
      const lines = (await linesOf(at('report.ndjson'))) as { action: string; id: string | null; fields: object }[];
      for (const { fields, action } of lines) if (action === 'skipped') expect(fields).toEqual({});
      return lines.map(({ action, id }) => `${action} ${id === ada ? 'ada' : id}`);
    };
    expect(await actions('--strict')).toEqual([
      'skipped ada',
      'rejected null',
      'skipped ada',
      'skipped null',
      'unchanged null',
    ]);
    expect(await actions('--on-new', 'skip')).toEqual([
      'updated ada',
      'rejected null',
      'updated ada',
      'skipped null',
      'skipped null',
    ]);
    expect(await actions('--on-match', 'skip')).toEqual([
      'skipped ada',
      'rejected null',
      'skipped ada',
      expect.stringMatching(/^created/),
      expect.stringMatching(/^unchanged/),
    ]);
  });

  it('is written before the change: where it cannot be, nothing is changed', async () => {
    const csv = await file('people.csv', people);
    await mkdir(at('folder.csv'));
    const cases: readonly (readonly [string, number, string])[] = [
      ['nowhere/report.csv', 7, 'its folder does not exist'],
      ['folder.csv', 7, 'it is a folder'],
      ['people.csv', 2, '--report names the file that is imported'],
      ['report.txt', 2, 'ends in neither .ndjson nor .csv'],
      ['report', 2, 'ends in neither .ndjson nor .csv'],
      ['rejects.csv', 2, '--report and --rejects name the same file'],
    ];
    for (const [name, expected, text] of cases) {
      const flags = ['--report', at(name), '--rejects', at('rejects.csv')];
      const { code, stderr } = await workspace.run(['import', csv, ...flags]);
      expect(stderr).toContain(text);
      expect(code).toBe(expected);
    }
    expect(await workspace.json(['list'])).toEqual([]);
    expect(await workspace.json(['log'])).toEqual([]);
  });

  it('replaces a file that exists with --force alone, as the reject file does', async () => {
    const csv = await file('people.csv', people);
    for (const flag of ['--report', '--rejects']) {
      const path = await file('kept.csv', 'mine');
      const { code, stderr } = await workspace.run(['import', csv, flag, path]);
      expect(stderr).toBe(`error: "${path}" exists.\nhint: Add --force to replace it, or name another file.\n`);
      expect(code).toBe(6);
      expect(await readFile(path, 'utf8')).toBe('mine');
      expect(await workspace.json(['list'])).toEqual([]);
      await workspace.run(['import', csv, flag, path, '--force', '--dry-run']);
      expect((await readFile(path, 'utf8')) === 'mine').toBe(flag === '--rejects');
      await workspace.run(['import', csv, flag, path, '--force']);
      expect(await readFile(path, 'utf8')).toContain('is too short');
      await workspace.ok(['undo']);
    }
  });

  it('is not written through a link of another user', async () => {
    const csv = await file('people.csv', people);
    const target = await file('target.csv', 'theirs');
    await symlink(target, at('link.csv'));
    // Whose a link is only root can choose; another one plays the other user.
    if (process.getuid?.() === 0) await lchown(at('link.csv'), 4711, 4711);
    for (const flag of ['--report', '--rejects']) {
      const { code, stderr } = await workspace.run(['import', csv, flag, at('link.csv'), '--force'], { userId: 4712 });
      expect(stderr).toBe(
        `error: "${at('link.csv')}" is a link that another user owns.\nhint: Nothing was written. Name another file.\n`,
      );
      expect(code).toBe(7);
    }
    expect(await readFile(target, 'utf8')).toBe('theirs');
    expect(await workspace.json(['list'])).toEqual([]);
    const owner = process.getuid?.() === 0 ? 4711 : process.getuid?.();
    await workspace.run(['import', csv, '--report', at('link.csv'), '--force'], { userId: owner ?? 0 });
    expect(await readFile(target, 'utf8')).toContain('File,Row,Line');
  });

  it('names the file of each row where several are imported, and so do the JSON and the columns', async () => {
    const one = await file('one.csv', 'First Name,Mobile\nAda,+12005550100\n');
    const two = await file('two.csv', 'Vorname,Mobile\nBea,12\nCy,\n');
    const flags = ['--report', at('report.ndjson'), '--dry-run', '--json'];
    const { stdout } = await workspace.run(['import', one, two, ...flags]);
    const { errors, warnings, columns, warningCount } = JSON.parse(stdout);
    expect(errors).toEqual([{ file: two, ...tooShort, row: 1, line: 2 }]);
    expect(warnings).toMatchObject([{ file: one, row: 1, line: 2, column: 'Mobile' }]);
    expect(warningCount).toBe(1);
    expect(columns.map(({ file: of, column }: { file: string; column: string }) => [of, column])).toEqual([
      [one, 'First Name'],
      [one, 'Mobile'],
      [two, 'Vorname'],
      [two, 'Mobile'],
    ]);
    const lines = (await readFile(at('report.ndjson'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { file: one, row: 1, line: 2, action: 'created', warnings: [{ row: 1, line: 2 }] },
      { file: two, row: 1, line: 2, action: 'rejected', errors: [{ row: 1, line: 2 }] },
      { file: two, row: 2, line: 3, action: 'created' },
    ]);
  });

  it('leaves reject files at a terminal beside the input, under the next free name', async () => {
    const csv = await file('people.csv', people);
    for (const name of ['people.rejects.csv', 'people.rejects-2.csv']) {
      const { stderr } = await workspace.run(['import', csv], { terminal: true });
      expect(stderr).toContain(`The rejected rows are in ${at(name)}`);
      expect(await readFile(at(name), 'utf8')).toContain('is too short');
    }
  });
});
