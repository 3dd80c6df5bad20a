import { describe, expect, test } from 'vitest';
import { emailKey, nameKey, phoneKey } from '../../src/contacts/keys.js';
import { parseQuery } from '../../src/contacts/query/parse.js';
import { findReference } from '../../src/contacts/reference.js';
import type { FieldSpec } from '../../src/fields/catalogue.js';
import { fieldsOf } from '../../src/fields/field.js';
import { fold } from '../../src/fields/fold.js';
import { kinds } from '../../src/fields/kinds/index.js';
import { createParsers } from '../../src/fields/parsers.js';
import { createHeaderReader } from '../../src/formats/csv/header.js';
import { openImport } from '../../src/formats/index.js';
import { recordsOf } from '../../src/formats/record.js';
import { redactPasswords } from '../../src/terminal/redact.js';
import { visible } from '../../src/terminal/visible.js';
import { fit } from '../../src/terminal/width.js';
import { forgiving, strict } from '../contacts/query/fields.js';

/** Texts of a length, each of a kind that some pattern could have trouble with. */
const shapes: readonly (readonly [name: string, make: (length: number) => string])[] = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '0',
    '1',
    'a',
    'A',
    'é',
    '語',
    '한',
    '\u200b',
    '\u0301',
    '👩‍👧',
    '-',
    '.',
    ',',
    ';',
    ':',
    '@',
    '+',
    '/',
    '(',
    ')',
    '"',
    "'",
    '=',
    '#',
    '|',
    '&',
    '\\',
    '<',
    '>',
    '[',
    '{',
    '*',
    '1 ',
    '1-',
    '1,',
    '1;',
    '(1)',
    'a ',
    'a.',
    'a@',
    'a:',
    'a=',
    'x1',
    ' x',
    ';ext=',
    '1/1/',
    'type:',
    'type:a ',
    'NOT ',
    'OR ',
    '-a ',
    '" ',
    'a/b:',
    'http://',
    'a:b@',
    '..',
    '%41',
    '=20',
  ].map(
    (piece) => [JSON.stringify(piece), (length: number) => piece.repeat(Math.ceil(length / piece.length))] as const,
  ),
  ['a number, spaces and a letter', (length) => `+852 9123${' '.repeat(length)}x`],
  ['a number, spaces and a number', (length) => `+852 9123 4567${' '.repeat(length)}12`],
  ['a number, commas and a letter', (length) => `+85291234567${',;'.repeat(length / 2)}x`],
  ['digits and an extension without end', (length) => `${'1'.repeat(length)} ext ${'1'.repeat(length)}a`],
  ['a word, spaces and a word', (length) => `Ann${' '.repeat(length)}Lee`],
  ['a month, spaces and a year', (length) => `May${' '.repeat(length)}1990x`],
  ['a domain', (length) => `a@${'a.'.repeat(length / 2)}`],
  ['a domain with dashes', (length) => `a@${'a-'.repeat(length / 2)}.com`],
  ['an address in angle brackets', (length) => `Ann${' '.repeat(length)}<ann@example.com`],
  ['a field with a long value', (length) => `company:"${'a '.repeat(length / 2)}"`],
  ['open parentheses after a field', (length) => `company:${'('.repeat(400)}${'a '.repeat(length / 2)}`],
];

const custom = [
  { key: 'seats', label: 'Seats', kind: 'number' },
  { key: 'vip', label: 'VIP', kind: 'checkbox' },
] as const;
const fields: readonly FieldSpec[] = [...fieldsOf('external', custom), ...fieldsOf('internal', [])];
const context = { parsers: createParsers(), country: 'HK', today: '2026-11-29' } as const;
const quietly = (work: () => unknown): void => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'hint' in error)) throw error;
  }
};

const fieldOfKind = new Map(fields.map((field) => [field.kind, field]));

const reads = (name: string, around: (text: string) => string) => async (text: string) => {
  const bytes = Buffer.from(around(text));
  const source = {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += 4096) yield bytes.subarray(at, at + 4096);
    },
  };
  try {
    const options = { category: 'external', custom, encoding: undefined, ignoreUnknown: true } as never;
    for await (const _ of recordsOf(await openImport(source, options))) continue;
  } catch (error) {
    if (!(error instanceof Error && 'hint' in error)) throw error;
  }
};

const readHeader = createHeaderReader(fields);

/** What goes through texts that others write. */
const subjects: Readonly<Record<string, (text: string) => unknown>> = {
  ...Object.fromEntries(
    [...fieldOfKind].map(([kind, field]) => [
      `a value: ${kind}`,
      (text: string) => kinds[kind].read(text, field, context),
    ]),
  ),
  'a query': (text) => quietly(() => parseQuery(text, forgiving)),
  'a strict query': (text) => quietly(() => parseQuery(text, strict)),
  'a REF': (text) => findReference(text, async (keys) => keys.map(() => [])),
  'the key of a name': nameKey,
  'the key of an address': emailKey,
  'the key of a number': phoneKey,
  'a folded text': fold,
  'the header of a column': (text) => readHeader(text),
  'a message': (text) => redactPasswords(visible(text)),
  'a cell of a table': (text) => fit(visible(text), 20),
  'a file: CSV': reads('a.csv', (text) => `First Name,Notes\nAnn,${text}\nBea,\n`),
  'a file: CSV with a quoted cell': reads('a.csv', (text) => `First Name,Notes\nAnn,"${text.replaceAll('"', '""')}"\n`),
  'a file: CSV with one column': reads('a.csv', (text) => `First Name\n${text}\n`),
  'a file: a header': reads('a.csv', (text) => `${text}\nAnn\n`),
  'a file: JSON': reads('a.json', (text) => `[{"firstName":${JSON.stringify(text)}}]`),
  'a file: NDJSON': reads('a.ndjson', (text) => `{"notes":[${JSON.stringify(text)}]}\n`),
  'a file: a property': reads(
    'a.vcf',
    (text) => `BEGIN:VCARD\nVERSION:4.0\nFN:Ann\n${text.replace(/[\r\n]/g, ' ')}:a\nEND:VCARD\n`,
  ),
  'a file: a vCard': reads(
    'a.vcf',
    (text) => `BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nNOTE:${text.replace(/[\r\n]/g, ' ')}\nEND:VCARD\n`,
  ),
};

/** Milliseconds of the processor that work takes. */
const processorTime = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user } = process.cpuUsage(before);
  return user / 1000;
};

/** Milliseconds: what takes less for the longest text is not looked at more closely. The faults took 8 seconds and more. */
const negligible = 1000;

/** Of three runs the least: chance only adds to it. */
const leastTime = async (work: () => unknown): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) least = Math.min(least, await processorTime(work));
  return least;
};

const growth = async (run: (text: string) => unknown, make: (length: number) => string): Promise<number> => {
  const [short, long] = [make(20_000), make(40_000)];
  await run(make(10_000));
  if ((await processorTime(() => run(long))) < negligible) return 1;
  const once = await leastTime(() => run(short));
  return (await leastTime(() => run(long))) / once;
};

describe('a text that is twice as long takes less than three times the time', () => {
  test.each(Object.keys(subjects))(
    '%s',
    async (name) => {
      const run = subjects[name] as (text: string) => unknown;
      const slow: string[] = [];
      for (const [shape, make] of shapes) {
        const ratio = await growth(run, make);
        if (ratio >= 3) slow.push(`${shape}: ${ratio.toFixed(1)}`);
      }
      expect(slow).toEqual([]);
    },
    600_000,
  );
});
