import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimiterNamed } from '../../../src/formats/csv/delimiter.js';
import { type Dialect, dialectOf } from '../../../src/formats/csv/dialect.js';
import { rowsOf } from '../../../src/formats/csv/rows.js';
import { collect, sourceOf } from '../sources.js';

const comma: Dialect = { delimiter: ',', padded: false, separatorLine: false };

const rows = async (text: string, dialect = comma, from?: { row: number; line: number }) =>
  (await collect(rowsOf(sourceOf(text, 3), dialect, from))).map(
    ({ line, cells }) => `${line}: ${JSON.stringify(cells)}`,
  );

test('lines may end in any way, within cells too, and keep their numbers', async () => {
  expect(await rows('a,b\r\n1,2\n3,4\r"x\r\ny\nz\rw",5\n\n6,7\r\n')).toEqual([
    '1: ["a","b"]',
    '2: ["1","2"]',
    '3: ["3","4"]',
    '4: ["x\\r\\ny\\nz\\rw","5"]',
    '8: [""]',
    '9: ["6","7"]',
  ]);
});

test('rows are as long as they are, and the last needs no line end', async () => {
  expect(await rows('a,b\n1\n2,3,4\n,,\n"",')).toEqual([
    '1: ["a","b"]',
    '2: ["1"]',
    '3: ["2","3","4"]',
    '4: ["","",""]',
    '5: ["",""]',
  ]);
});

test('white space in cells stays', async () => {
  expect(await rows(' a ,b\n" 1 ",\t2\n')).toEqual(['1: [" a ","b"]', '2: [" 1 ","\\t2"]']);
});

test('reading can begin at any row', async () => {
  expect(await rows('prose\r\n\r\na,b\r\n1,2\r\n', comma, { row: 2, line: 3 })).toEqual([
    '3: ["a","b"]',
    '4: ["1","2"]',
  ]);
});

const lineEnds = fc.constantFrom('\n', '\r', '\r\n');

/** A cell as a file may hold it, with its text. */
const writtenCell = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-cé ]{0,3}$/).map((text) => ({ text, written: text })) },
  fc.stringMatching(/^[ab",\r\n]{0,5}$/).map((text) => ({ text, written: `"${text.replaceAll('"', '""')}"` })),
);

const writtenRow = fc.record({ cells: fc.array(writtenCell, { minLength: 1, maxLength: 4 }), end: lineEnds });

test('rows are the same in whatever pieces a file arrives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(writtenRow, { maxLength: 8 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 20 }),
      async (file, isEnded, size) => {
        let text = '';
        let line = 1;
        const expected: string[] = [];
        for (const [index, { cells, end }] of file.entries()) {
          const isLast = index === file.length - 1;
          const written = cells.map((cell) => cell.written).join(',');
          // An empty line after a lone carriage return would be half of a line end, and one at the very end is no row.
          if (written === '' && (text.endsWith('\r') || (isLast && !isEnded))) continue;
          text += written + (isLast && !isEnded ? '' : end);
          expected.push(`${line}: ${JSON.stringify(cells.map((cell) => cell.text))}`);
          line += 1 + (written.match(/\r\n|\r|\n/g)?.length ?? 0);
        }
        const read = await collect(rowsOf(sourceOf(text, size), comma));
        expect(read.map((row) => `${row.line}: ${JSON.stringify(row.cells)}`)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('a fault of the source ends the rows with it', async () => {
  const source = {
    name: 'x.csv',
    async *open() {
      yield Buffer.from('a,b\n1,2\n');
      throw new Error('the disk is gone');
    },
  };
  await expect(collect(rowsOf(source, comma))).rejects.toThrow('the disk is gone');
});

test('a file is closed where no more of its rows are wanted', async () => {
  let tellClosed = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    tellClosed = resolve;
  });
  const source = {
    name: 'x.csv',
    async *open() {
      try {
        for (;;) yield Buffer.from('a,b\n'.repeat(1000));
      } finally {
        tellClosed();
      }
    },
  };
  for await (const { line } of rowsOf(source, comma)) if (line === 5000) break;
  await closed;
});

describe('how a file is written is found out', () => {
  test.each([
    ['a,b,c\n1,2,3\n', ','],
    ['a;b;c\n1;2,5;3\n', ';'],
    ['a\tb\tc\n1, x\t2\t3\n', '\t'],
    ['Name;Labels\n"Lovelace; Ada";"a,b,c"\n"x,y,z";q\n', ';'],
    ['Name,Labels\nAda,"VIP; Key; New"\nBob,VIP; Key\n', ','],
    ['Email\nada@example.com\n', ','],
    ['Export of 1 May; all contacts\n\nFirst Name,Last Name,Email\nAda,Lovelace,a@example.com\n', ','],
    ['', ','],
  ])('%j', async (text, delimiter) => {
    expect(await dialectOf(sourceOf(text), {})).toEqual({
      delimiter,
      padded: false,
      separatorLine: false,
    });
  });

  test.each([
    ['sep=;\na,b;c\n', { delimiter: ';', padded: false, separatorLine: true }],
    ['\ufeff"sep=\t"\r\na,b\tc\n', { delimiter: '\t', padded: false, separatorLine: true }],
    ['a, "b"\n1, "2"\n', { delimiter: ',', padded: true, separatorLine: false }],
    ['"a" ;"b"\n', { delimiter: ';', padded: true, separatorLine: false }],
    ['"a","b \n"', { delimiter: ',', padded: false, separatorLine: false }],
  ])('%j', async (text, dialect) => {
    expect(await dialectOf(sourceOf(text), {})).toEqual(dialect);
  });

  test.each([
    [',', ','],
    [';', ';'],
    ['|', '|'],
    ['tab', '\t'],
    ['\\t', '\t'],
    ['\t', '\t'],
  ])('--delimiter %j', async (name, delimiter) => {
    expect(delimiterNamed(name)).toBe(delimiter);
    expect(await dialectOf(sourceOf('a,b;c\n'), { delimiter: name })).toMatchObject({ delimiter });
  });

  test('a delimiter is one of a few', () => {
    expect(() => delimiterNamed('ab')).toThrow('"ab" is no delimiter.');
  });
});
