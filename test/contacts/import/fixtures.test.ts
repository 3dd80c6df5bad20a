import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fixtureFiles } from '../../../scripts/fixtures/files.js';
import type { Category } from '../../../src/fields/catalogue.js';
import { openCsv } from '../../../src/formats/csv/read.js';
import { type ImportRecord, recordsOf } from '../../../src/formats/record.js';
import { type Imported, importDrafts, type Options } from './import-rows.js';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../../../fixtures/${name}`, import.meta.url), 'utf8');

const recordsIn = async (name: string, category: Category): Promise<readonly ImportRecord[]> => {
  const text = await fixture(name);
  const source = {
    name,
    async *open() {
      yield new TextEncoder().encode(text);
    },
  };
  const file = await openCsv(source, { category, custom: [] });
  const records: ImportRecord[] = [];
  for await (const record of recordsOf(file)) records.push(record);
  return records;
};

const importTwice = async (name: string, options: Options): Promise<readonly [Imported, Imported]> => {
  const records = await recordsIn(name, options.category ?? 'external');
  const first = importDrafts([], records, { batch: 500, ...options });
  return [first, importDrafts(first.contacts, records, { batch: 500, ...options })];
};

const counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };

describe('the files in fixtures/', () => {
  it.each([...fixtureFiles()])('%s is what `npm run fixtures` makes', async (name, text) => {
    expect(await fixture(name)).toBe(text);
  });

  it('contacts.csv holds 1,000 sound contacts', async () => {
    const [first, second] = await importTwice('contacts.csv', { category: 'external' });
    expect(first.errors).toEqual([]);
    expect(first.warnings).toEqual([]);
    expect(first.counts).toEqual({ ...counts, rows: 1000, created: 1000 });
    expect(second.counts).toEqual({ ...counts, rows: 1000, unchanged: 1000 });
    expect(first.newLabels).toHaveLength(5);
  });

  it('contacts.csv holds María García of Acme, other Garcías and other leads of Acme', async () => {
    const [{ contacts }] = await importTwice('contacts.csv', { category: 'external' });
    const maria = contacts.filter(({ phones }) => phones.some(({ number }) => number === '+85291234567'));
    expect(maria).toMatchObject([{ firstName: 'María', lastName: 'García', company: 'Acme', type: 'Lead' }]);
    expect(contacts.filter(({ lastName }) => lastName === 'García').length).toBeGreaterThan(3);
    expect(contacts.filter(({ company, type }) => company === 'Acme' && type === 'Lead').length).toBeGreaterThan(4);
  });

  it('staff.csv holds 30 sound members of staff', async () => {
    const [first, second] = await importTwice('staff.csv', { category: 'internal' });
    expect([...first.errors, ...first.warnings]).toEqual([]);
    expect(first.counts).toEqual({ ...counts, rows: 30, created: 30 });
    expect(second.counts).toEqual({ ...counts, rows: 30, unchanged: 30 });
  });

  it('contacts-with-faults.csv has the faults that its list tells, and no others', async () => {
    const faults: unknown = JSON.parse(await fixture('contacts-with-faults.json'));
    const [first, second] = await importTwice('contacts-with-faults.csv', { category: 'external' });
    expect(first.errors.map(({ row, line, column, value }) => ({ row, line, column, value }))).toEqual(faults);
    expect(first.counts).toEqual({ ...counts, rows: 200, created: 188, rejected: 12 });
    expect(second.counts).toEqual({ ...counts, rows: 200, unchanged: 188, rejected: 12 });
  });
});
