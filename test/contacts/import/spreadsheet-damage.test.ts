import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../../src/contacts/settings.js';
import type { Contact } from '../../../src/fields/contact.js';
import type { CustomField } from '../../../src/fields/field.js';
import { dialectOf } from '../../../src/formats/csv/dialect.js';
import { rowsOf } from '../../../src/formats/csv/rows.js';
import { csvRows, writeCsv } from '../../../src/formats/csv/write.js';
import { formats } from '../../../src/formats/index.js';
import { recordsOf } from '../../../src/formats/record.js';
import { collect, each, sourceOf, written } from '../../formats/sources.js';
import { buildContact, buildNote } from '../../helpers/build-contact.js';
import { importDrafts } from './import-rows.js';

const custom: readonly CustomField[] = [
  { key: 'account', label: 'Account No', kind: 'text' },
  { key: 'budget', label: 'Budget', kind: 'number' },
  { key: 'since', label: 'Since', kind: 'date' },
  { key: 'tier', label: 'Tier', kind: 'dropdown', choices: ['01', '1', 'Gold', '12345678901234567890'] },
];

/** How a spreadsheet of a country opens and saves CSV. */
interface Locale {
  readonly name: string;
  readonly delimiter: string;
  readonly point: string;
  readonly dateOrder?: 'dmy';
  readonly date: (year: string, month: string, day: string) => string;
  /** A day without a year, out of a text such as `3-4`. */
  readonly dayOf: (first: number, second: number) => string | undefined;
  readonly truth: Readonly<Record<string, string>>;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const german = ['Jan', 'Feb', 'Mrz', 'Apr', 'Mai', 'Jun', 'Jul', 'Aug', 'Sep', 'Okt', 'Nov', 'Dez'];
const two = (number: number): string => String(number).padStart(2, '0');

const locales: readonly Locale[] = [
  {
    name: 'en-US',
    delimiter: ',',
    point: '.',
    date: (year, month, day) => `${Number(month)}/${Number(day)}/${year}`,
    dayOf: (month, day) => (month <= 12 && day <= 28 ? `${day}-${months[month - 1]}` : undefined),
    truth: { true: 'TRUE', false: 'FALSE' },
  },
  {
    name: 'en-GB',
    delimiter: ',',
    point: '.',
    dateOrder: 'dmy',
    date: (year, month, day) => `${day}/${month}/${year}`,
    dayOf: (day, month) => (month <= 12 && day <= 28 ? `${two(day)}-${months[month - 1]}` : undefined),
    truth: { true: 'TRUE', false: 'FALSE' },
  },
  {
    name: 'de-DE',
    delimiter: ';',
    point: ',',
    dateOrder: 'dmy',
    date: (year, month, day) => `${day}.${month}.${year}`,
    dayOf: (day, month) => (month <= 12 && day <= 28 ? `${two(day)}. ${german[month - 1]}` : undefined),
    truth: { true: 'WAHR', false: 'FALSCH' },
  },
];

/** A number in the General format: all digits up to eleven of them, else in E-notation with five decimals. */
const general = (value: number, { point }: Locale): string => {
  const plain = String(value);
  if (Math.abs(value) < 1e11 && !plain.includes('e')) return plain.replace('.', point);
  const [mantissa = '', exponent = ''] = value.toExponential(5).split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  const digits = exponent.replace(/^[-+]/, '').padStart(2, '0');
  return `${mantissa.replace(/\.?0+$/, '').replace('.', point)}E${sign}${digits}`;
};

/** What a spreadsheet makes of a cell. */
const damage = (cell: string, locale: Locale): string => {
  const date = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(cell);
  if (date) return locale.date(date[3] ?? '', date[1] ?? '', date[2] ?? '');
  if (/^[-+]?\d+$/.test(cell)) return general(Number(cell), locale);
  if (/^[-+]?\d+\.\d+$/.test(cell)) return general(Number(cell), locale);
  if (/^\d(?:\.\d+)?e\d{1,2}$/i.test(cell)) return general(Number(cell), locale);
  const day = /^(\d{1,2})[-/](\d{1,2})$/.exec(cell);
  const [, first, second] = day ?? [];
  if (first !== undefined && Number(first) > 0 && Number(second) > 0) {
    return locale.dayOf(Number(first), Number(second)) ?? cell;
  }
  return locale.truth[cell.toLowerCase()] ?? cell;
};

const damaged = async (csv: string, locale: Locale): Promise<string> => {
  const source = sourceOf(csv);
  const rows = await collect(rowsOf(source, await dialectOf(source, {})));
  const [header = [], ...data] = rows.map(({ cells }) => cells);
  return csvRows([header, ...data.map((cells) => cells.map((cell) => damage(cell, locale)))], locale.delimiter);
};

const numberLike = fc.oneof(
  fc.stringMatching(/^0{0,3}[1-9]\d{0,7}$/),
  fc.stringMatching(/^[1-9]\d{11,19}$/),
  fc.constantFrom(
    '0',
    '007',
    '+5',
    '1e5',
    '3-4',
    '12/11',
    'true',
    'FALSE',
    '00',
    'N/A',
    '-7',
    '=1+1',
    '000123',
    'none',
  ),
  fc.constantFrom('Lovelace', 'O’Brien', 'Acme, Inc.', '12 High St', 'Dr. No', 'None', 'A|B', '+49 30', '1.50'),
);
const numbers = ['+12025550123', '+33612345678', '+6561234567', '+8613800138000', '+85291234567', '+41791234567'];
const closeNumbers = ['+4915123456789', '+4915123456788', '+4930123456', '+442079460958;ext=12'];
const phones = fc.subarray([...numbers, ...closeNumbers], { maxLength: 4 });
const date = fc
  .date({ min: new Date('1930-01-01T00:00:00Z'), max: new Date('2020-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

const contact = (index: number): fc.Arbitrary<Contact> =>
  fc
    .record({
      name: numberLike,
      company: numberLike,
      zipCode: numberLike,
      street: numberLike,
      group: numberLike,
      account: numberLike,
      line: numberLike,
      label: numberLike,
      note: numberLike,
      budget: fc.oneof(fc.integer(), fc.integer({ min: 1e11, max: 1e14 }), fc.constantFrom(12.5, 0.25)),
      tier: fc.constantFrom('01', '1', 'Gold', '12345678901234567890'),
      birthDate: date,
      since: date,
      mobile: phones,
      work: phones,
    })
    .map((its) =>
      buildContact({
        id: `bcdfghjkmn${22 + index}`,
        lastName: its.name,
        company: its.company,
        group: its.group,
        birthDate: its.birthDate,
        address: { zipCode: its.zipCode, street: its.street },
        social: { line: its.line },
        labels: [its.label],
        custom: { account: its.account, budget: its.budget, since: its.since, tier: its.tier },
        notes: [buildNote('n1', its.note)],
        phones: [
          ...its.mobile.map((number) => ({ kind: 'mobile' as const, number })),
          ...its.work
            .filter((number) => !its.mobile.includes(number))
            .map((number) => ({ kind: 'work' as const, number })),
        ],
        type: 'Lead',
        level: 'Primary',
      }),
    );

const stores = fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...[...Array(count).keys()].map(contact)));

describe.each(locales)('an export that a spreadsheet of $name opened and saved', (locale) => {
  it('changes nothing and loses nothing when it is imported', async () => {
    await fc.assert(
      fc.asyncProperty(stores, fc.constantFrom('HK', 'DE', 'US', undefined), async (stored, country) => {
        const csv = await written(writeCsv(() => each(stored), { category: 'external', custom }));
        const source = sourceOf(await damaged(csv, locale));
        const file = await formats.csv.open(source, {
          category: 'external',
          custom,
          dateOrder: locale.dateOrder,
          country,
        });
        const labels = stored.flatMap((one) => one.labels).map((name) => ({ name, color: 'red' }));
        const imported = importDrafts(stored, await collect(recordsOf(file)), {
          settings: { ...emptySettings, fields: custom, labels },
          ...(locale.dateOrder && { dateOrder: locale.dateOrder }),
          ...(country && { country }),
        });
        expect(imported.errors).toEqual([]);
        expect(imported.edits).toEqual([]);
        expect(imported.counts.unchanged).toBe(stored.length);
      }),
      { numRuns: 100 },
    );
  });
});
