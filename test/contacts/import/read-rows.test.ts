import { describe, expect, test } from 'vitest';
import {
  atBits,
  createRowsReader,
  exactPathsOf,
  identified,
  named,
  presetsOf,
} from '../../../src/contacts/import/read-rows.js';
import { rowDraftOf } from '../../../src/contacts/import/row.js';
import { hashOfKey } from '../../../src/contacts/key-hash.js';
import { createMemoryScratch, textIn } from '../../../src/contacts/scratch.js';
import { emptySettings } from '../../../src/contacts/settings.js';
import { createParsers } from '../../../src/fields/parsers.js';
import { createIdCounter, numberedId } from '../../helpers/build-contact.js';

const options = {
  category: 'external',
  match: ['email', 'phone'],
  onInvalid: 'reject',
  knownLabels: false,
  settings: { ...emptySettings, labels: [{ name: 'VIP', color: 'red' }] },
  context: {
    parsers: createParsers(),
    today: '2026-11-24',
    by: 'bea',
    at: '2026-11-24T09:00:00.000Z',
    newId: createIdCounter(50),
  },
  asks: true,
} as const;

const rowOf = (row: number, cells: { readonly [path: string]: readonly string[] }, id?: string) => ({
  row,
  line: row + 1,
  draft: rowDraftOf(new Map(Object.entries(cells))),
  problems: [],
  warnings: [],
  column: (path: string) => `<${path}>`,
  ...(id !== undefined && { id }),
});

const rows = [
  rowOf(1, { firstName: ['Ann'], labels: ['vip', 'New'], 'emails.work': ['ANN@example.com'] }),
  rowOf(2, { 'phones.mobile': ['12'] }),
  rowOf(3, { type: ['Customer'], 'phones.mobile': [], jobTitle: ['CEO'] }, numberedId(3)),
  rowOf(4, { firstName: ['Cid'] }),
];

describe('rows read by themselves', () => {
  const scratch = createMemoryScratch();
  const read = createRowsReader(options, scratch)(rows);

  test('are counted, and those that can land have their places', () => {
    expect(read.count).toBe(4);
    expect([[...read.rows], [...read.lines]]).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect([...read.flags]).toEqual([identified, named]);
    expect(read.unfindable.map(({ row }) => row)).toEqual([4]);
    expect(read.rejected).toEqual([
      [
        {
          row: 2,
          line: 3,
          column: '<phones.mobile>',
          value: '12',
          message: expect.stringMatching(/country code|short/),
        },
      ],
    ]);
  });

  test('make contacts, with the presets and the labels that are defined', () => {
    const contacts = [...read.starts].map((start, at) =>
      JSON.parse(textIn(scratch, { start, length: read.lengths[at] ?? 0 })),
    );
    expect(contacts).toMatchObject([
      { id: numberedId(50), firstName: 'Ann', type: presetsOf(options)[0]?.preset, labels: ['VIP', 'New'] },
      { id: numberedId(3), type: 'Customer', jobTitle: 'CEO', createdBy: 'bea' },
    ]);
    expect(read.labels).toEqual([[0, ['VIP', 'New']]]);
  });

  test('tell which presets they need, and which kinds of numbers they set', () => {
    const paths = presetsOf(options).map(({ path }) => path);
    expect(atBits(paths, read.presets[0] ?? 0)).toEqual(paths);
    expect(atBits(paths, read.presets[1] ?? 0)).toEqual(paths.filter((path) => path !== 'type'));
    expect([...read.sets].map((bits) => atBits(exactPathsOf(options), bits))).toEqual([[], ['phones.mobile']]);
  });

  test('have keys, and ask for those by which they look for contacts', () => {
    expect([...read.hashEnds]).toEqual([1, 2]);
    expect([...read.hashes]).toEqual([hashOfKey('email', 'ann@example.com'), hashOfKey('id', numberedId(3))]);
    expect(read.asks).toEqual([
      { of: 'email', value: 'ann@example.com' },
      { of: 'id', value: numberedId(3) },
    ]);
    expect(createRowsReader({ ...options, asks: false }, scratch)(rows).asks).toEqual([]);
  });

  test('tell once how the file names its columns', () => {
    const again = createRowsReader(options, scratch);
    const { headers } = again(rows);
    expect(headers.map(([path]) => path)).toEqual([
      'firstName',
      'labels',
      'emails.work',
      'phones.mobile',
      'type',
      'jobTitle',
    ]);
    expect(again(rows).headers).toEqual([]);
  });
});

test.each(['external', 'internal'] as const)('what has a bit for each fits into 32: %s', (category) => {
  expect(exactPathsOf({ category }).length).toBeLessThanOrEqual(32);
  expect(presetsOf({ category, settings: emptySettings }).length).toBeLessThanOrEqual(32);
});
