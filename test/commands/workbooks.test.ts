import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const csv = `First Name,Last Name,Mobile,Work Email,Zip Code,Contact Label,Birth Date,Notes
Ada,Lovelace,+447400123456,ada@acme.example,01067,VIP; gold,1985-12-10,=1+1
Zoë,'t Hooft,+447400123457,zoe@acme.example,00007,,,"a
b_x0041_"
`;

const path = (name: string): string => join(workspace.folder, name);

const rowsOf = async (name: string) => (await readXlsx(await readFile(path(name)))).sheets[0]?.rows ?? [];

describe('a workbook', () => {
  test('carries every contact there and back', async () => {
    await workspace.ok(['import', '-', '--country-code', 'DE'], { stdin: csv });
    await workspace.ok(['export', path('all.xlsx')]);
    const before = await workspace.ok(['list', '--json']);
    expect(await workspace.json(['import', path('all.xlsx'), '--json'])).toMatchObject({ rows: 2, unchanged: 2 });
    expect(await workspace.ok(['list', '--json'])).toBe(before);
    const [header, ada] = await rowsOf('all.xlsx');
    expect(header?.slice(0, 3)).toEqual(['ID', 'Type', 'First Name']);
    expect(ada).toEqual(expect.arrayContaining(['Ada', '+447400123456', '01067', '=1+1']));
  });

  test('comes from standard input and goes to standard output', async () => {
    await workspace.ok(['import', '-'], { stdin: csv });
    await workspace.ok(['export', path('all.xlsx'), '--fields', 'first-name,last-name,mobile']);
    const bytes = await readFile(path('all.xlsx'));
    expect(await workspace.json(['import', '-', '--json'], { stdin: bytes })).toMatchObject({ unchanged: 2 });
    expect((await workspace.run(['export', '--format', 'xlsx'], { terminal: true })).code).toBe(2);
    expect((await workspace.ok(['export', '--format', 'xlsx'])).slice(0, 2)).toBe('PK');
  });

  test('is a template with its header alone', async () => {
    await workspace.ok(['export', path('empty.xlsx'), '--template']);
    expect((await rowsOf('empty.xlsx')).map((row) => row.length)).toEqual([30]);
  });

  test('has its rejected rows in a workbook, which imports once it is mended', async () => {
    await workspace.ok(['import', '-'], { stdin: csv });
    await workspace.ok(['export', path('all.xlsx'), '--fields', 'first-name,last-name,mobile']);
    const other = `${workspace.store}.other`;
    const bad = await workspace.run([
      'import',
      path('all.xlsx'),
      '--store',
      other,
      '--map',
      'First Name=email',
      '--rejects',
      path('bad.xlsx'),
    ]);
    expect(bad.code).toBe(5);
    expect((await rowsOf('bad.xlsx')).map((row) => row.slice(0, 3))).toEqual([
      ['First Name', 'Last Name', 'Mobile'],
      ['Ada', 'Lovelace', '+447400123456'],
      ['Zoë', "'t Hooft", '+447400123457'],
    ]);
    expect(await workspace.json(['import', path('bad.xlsx'), '--json'])).toMatchObject({ rows: 2, unchanged: 2 });
  });

  test('is not written over a file of another kind by its name', async () => {
    for (const name of ['all.xls', 'all.ods', 'all.txt']) {
      const { code, stderr } = await workspace.run(['export', path(name)]);
      expect([code, existsSync(path(name))]).toEqual([2, false]);
      expect(stderr).toContain('.csv, .tsv, .tab, .xlsx, .xlsm, .vcf, .vcard, .json, .ndjson, .jsonl');
    }
    await workspace.ok(['export', path('all'), '--format', 'csv']);
  });

  test('holds contacts or staff, not both', async () => {
    const { code } = await workspace.run(['export', path('all.xlsx'), '--category', 'all']);
    expect(code).toBe(2);
  });
});

describe('CSV with another delimiter', () => {
  test.each([
    ['all.csv', ['--delimiter', ';'], ';'],
    ['all.csv', ['--delimiter', '|'], '|'],
    ['all.tsv', [], '\t'],
    ['all.tsv', ['--delimiter', ','], ','],
  ])('%s %j', async (name, flags, delimiter) => {
    await workspace.ok(['import', '-'], { stdin: csv });
    await workspace.ok(['export', path(name), ...flags]);
    expect((await readFile(path(name), 'utf8')).split('\r\n')[0]?.split(delimiter)).toHaveLength(30);
    const told = delimiter === '|' ? ['--delimiter', '|'] : [];
    expect(await workspace.json(['import', path(name), ...told, '--json'])).toMatchObject({ rows: 2, unchanged: 2 });
  });

  test('is for CSV alone', async () => {
    expect((await workspace.run(['export', path('all.json'), '--delimiter', ';'])).code).toBe(2);
    expect((await workspace.run(['export', path('all.csv'), '--delimiter', 'x'])).code).toBe(2);
  });
});
