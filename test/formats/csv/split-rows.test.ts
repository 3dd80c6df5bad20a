import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitRows } from '../../../src/formats/csv/split-rows.js';

describe('rows and cells', () => {
  test.each<readonly [string, string, readonly (readonly string[])[]]>([
    ['', ',', []],
    ['a', ',', [['a']]],
    [
      'a,b\nc,d\n',
      ',',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      ',',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb\r', ',', [['a'], ['b']]],
    ['a\n\rb\r\n\nc', ',', [['a'], [''], ['b'], [''], ['c']]],
    [
      'a,\n,\n',
      ',',
      [
        ['a', ''],
        ['', ''],
      ],
    ],
    ['a,', ',', [['a', '']]],
    ['"a"', ',', [['a']]],
    ['"",""\n', ',', [['', '']]],
    ['"a ""b"" c";"d;e"\n', ';', [['a "b" c', 'd;e']]],
    ['""""\n', ',', [['"']]],
    [
      '"a\r\nb",c\n"d\n",e',
      ',',
      [
        ['a\r\nb', 'c'],
        ['d\n', 'e'],
      ],
    ],
    [
      'x,"a,b",y\r\n"",z\r\n',
      ',',
      [
        ['x', 'a,b', 'y'],
        ['', 'z'],
      ],
    ],
    ['a\t"b\t"\n', '\t', [['a', 'b\t']]],
  ])('%j', (text, delimiter, rows) => {
    expect(splitRows(text, delimiter)).toEqual(rows);
  });

  test('are those that the library finds, however cells are quoted and lines end', () => {
    const piece = fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r', '\r\n', '陈', 'long text ');
    const cell = fc.array(piece, { maxLength: 4 }).chain((pieces) => {
      const text = pieces.join('');
      const quoted = `"${text.replaceAll('"', '""')}"`;
      return /[",\r\n]/.test(text) ? fc.constant(quoted) : fc.constantFrom(text, quoted);
    });
    const row = fc.array(cell, { minLength: 1, maxLength: 4 });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(fc.tuple(row, lineEnd), { maxLength: 5 }), fc.boolean(), (rows, isEnded) => {
        const whole = rows.map(([cells, end]) => cells.join(',') + end).join('');
        const text = isEnded ? whole : whole.replace(/[\r\n]+$/, '');
        const options = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true };
        expect(splitRows(text, ',')).toEqual(parse(text, options));
      }),
      { numRuns: 2000 },
    );
  });
});
