import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { readSharedStrings } from '../../../src/formats/xlsx/shared-strings.js';
import { sheetRows } from '../../../src/formats/xlsx/sheet-rows.js';
import { chooseSheet, readWorkbook } from '../../../src/formats/xlsx/workbook.js';
import { columnName, writeSheet } from '../../../src/formats/xlsx/write.js';
import { partsOf } from '../../../src/formats/xlsx/zip.js';
import { collect, each, sourceOf } from '../sources.js';

const written = async (rows: readonly (readonly string[])[], name = 'Contacts'): Promise<Buffer> =>
  Buffer.concat(await collect(writeSheet(() => each(rows), name)));

const readBack = async (bytes: Uint8Array, name?: string): Promise<readonly (readonly string[])[]> => {
  const workbook = await readWorkbook(await partsOf(sourceOf(bytes, 1000)));
  if (workbook === undefined) throw new Error('no workbook');
  const { part } = chooseSheet(workbook.sheets, name, 'it');
  const sharedText = await readSharedStrings(workbook.sharedStrings, 'it');
  const rows = (await collect(sheetRows(part, { ...workbook, sharedText }))).flat();
  return rows.map(({ cells }) => cells);
};

/** Without the empty cells at the end, which a sheet has not. */
const trimmed = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '_x000D_',
    '_x005f_x0041_',
    'a\r\nb',
    '\0\x1f\ufffe\uffff',
    '<&>"]]>',
    ' a ',
    '=1+1',
    '01067',
    '1E5',
    '😀',
  ),
);

test('texts come back to the character', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(anyText, { maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (rows) => {
      expect(await readBack(await written(rows))).toEqual(rows.map(trimmed));
    }),
  );
});

test('another program reads the same texts', async () => {
  const rows = [
    ['First Name', 'Mobile', 'Zip Code', 'Notes'],
    ['Zoë 😀', '+447400123456', '01067', 'a\nb'],
    ['O’Brien & <Sons>', '007', '=1+1', ' padded '],
  ];
  const { sheets } = await readXlsx(await written(rows, 'A & "B"'));
  expect(sheets.map(({ name, rows: found }) => [name, found])).toEqual([['A & "B"', rows]]);
});

test('cells are texts that say where they stand; the header is bold and frozen, with a filter', async () => {
  const parts = await partsOf(
    sourceOf(
      await written([
        ['Name', 'Mobile'],
        ['Ada Lovelace', '+44 7400 123456'],
      ]),
    ),
  );
  const sheet = Buffer.concat(await collect(parts.get('xl/worksheets/sheet1.xml')?.open() ?? each([]))).toString();
  expect(sheet).toContain(
    '<row r="2"><c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">Ada Lovelace</t></is></c>',
  );
  expect(sheet).toContain('<row r="1"><c r="A1" s="2"');
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('<col min="1" max="1" width="14" style="1" customWidth="1"/>');
  expect(sheet).toContain('<autoFilter ref="A1:B2"/>');
});

test('the same rows are the same bytes', async () => {
  expect(await written([['a'], ['b']])).toEqual(await written([['a'], ['b']]));
});

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('column %d is %s', (column, name) => {
  expect(columnName(column)).toBe(name);
});

describe('what does not fit into a sheet is refused', () => {
  test('a row past the last', async () => {
    async function* rows() {
      for (let row = 0; row <= 1_048_576; row += 1) yield [''];
    }
    await expect(collect(writeSheet(rows, 'A'))).rejects.toMatchObject({
      code: 'invalid',
      message: 'A sheet has 1,048,576 rows at most, and there are more.',
    });
  });

  test('a text that no cell holds', async () => {
    await expect(written([['a'.repeat(32_767)]])).resolves.toBeInstanceOf(Buffer);
    await expect(written([['Notes'], ['a'.repeat(32_768)]])).rejects.toMatchObject({
      code: 'invalid',
      message: 'Row 2: a text of 32,768 characters does not fit into a cell, which holds 32,767.',
    });
  });

  test('a fault of the rows is told as it is', async () => {
    async function* rows(): AsyncGenerator<readonly string[]> {
      throw new Error('the store is gone');
    }
    await expect(collect(writeSheet(rows, 'A'))).rejects.toThrow('the store is gone');
  });
});
