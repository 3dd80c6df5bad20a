import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readContactList } from '../../../src/formats/csv/contact-list.js';
import { numberedId } from '../../helpers/build-contact.js';
import { sourceOf } from '../sources.js';

const listOf = (text: string) => readContactList(sourceOf(Buffer.from(text), 7, 'list.csv'), []);

/** The identifiers that a list holds, row by row. */
const identifiersOf = async (text: string) => (await listOf(text)).map(({ identifiers }) => identifiers);

const address = fc
  .tuple(fc.stringMatching(/^[a-z0-9][a-z0-9.'+_-]{0,8}$/), fc.stringMatching(/^[a-z]{1,8}$/))
  .map(([local, domain]) => `${local.replace(/'+$/, '')}@${domain}.example`);
const id = fc.nat({ max: 1_000_000 }).map(numberedId);
const number = fc.nat({ max: 9_999_999 }).map((digits) => `+852 9${String(digits).padStart(7, '0')}`);
const entry = fc.oneof(address, id, number);
const written = fc.record({
  mark: fc.constantFrom('', '\ufeff'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  delimiter: fc.constantFrom(',', ';', '\t'),
  quoted: fc.boolean(),
  blank: fc.boolean(),
});

test('a list without header names its entries, however it is written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 40 }), written, async (entries, { mark, end, quoted, blank }) => {
      const lines = entries.map((text) => `${quoted ? `"${text}"` : text}${blank ? end : ''}`);
      expect(await identifiersOf(mark + lines.map((line) => line + end).join(''))).toEqual(
        entries.map((text) => [text]),
      );
    }),
  );
});

test('a CSV names by its column, however it is written', async () => {
  const row = fc.record({ id: fc.option(id), address: fc.option(address), number: fc.option(number) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), written, async (rows, { mark, end, delimiter, quoted }) => {
      const cell = (text: string): string => (quoted ? `"${text}"` : text);
      const lines = [
        ['Company', 'Work Email', 'ID', 'Mobile'],
        ...rows.map((given) => ['Acme', given.address ?? '', given.id ?? '', given.number ?? '']),
      ].map((cells) => cells.map(cell).join(delimiter) + end);
      const expected = rows.map((given) => [given.id ?? given.address ?? given.number].filter((text) => text !== null));
      expect(await identifiersOf(mark + lines.join(''))).toEqual(expected);
    }),
  );
});

describe('a list', () => {
  it('tells the line of each entry', async () => {
    const list = await listOf(
      'Bounces of November\r\n\r\nName,Email\r\n"Lee,\nAnn",a@x.example\r\nBob,b@x.example\r\n',
    );
    expect(list).toEqual([
      { line: 4, identifiers: ['a@x.example'], text: 'a@x.example' },
      { line: 6, identifiers: ['b@x.example'], text: 'b@x.example' },
    ]);
  });

  it.each([
    ["Email\n'o'neil@x.example'\n", [["o'neil@x.example"]]],
    ['Phone\n+852 2876 5432;ext=12\n', [['+852 2876 5432;ext=12']]],
    ['Phone\n2876 5432 ::: 9123 4567\n', [['2876 5432', '9123 4567']]],
    ['Email,Fax\n,2876 5432\n', [[]]],
    ['Email,Mobile\nn/a,9123 4567\n', [['9123 4567']]],
    ['Email,Mobile\n-,none\n', [[]]],
  ])('%j holds %j', async (text, expected) => {
    expect(await identifiersOf(text)).toEqual(expected);
  });
});
