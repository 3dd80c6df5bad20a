import { describe, expect, test } from 'vitest';
import { openImport } from '../../../src/formats/index.js';
import { type ReadOptions, recordsOf } from '../../../src/formats/record.js';
import { collect, sourceOf } from '../sources.js';
import { archiveOf, type TestWorkbook, workbookOf } from './build.js';

const named = (bytes: Uint8Array) => sourceOf(bytes, 1000, 'book.xlsx');

const open = async (workbook: TestWorkbook, options: Partial<ReadOptions> = {}) =>
  openImport(named(await workbookOf(workbook)), { category: 'external', custom: [], ...options });

/** The raw cells of the rows below the header. */
const rowsOf = async (workbook: TestWorkbook, options: Partial<ReadOptions> = {}) =>
  (await collect(recordsOf(await open(workbook, options)))).map(({ line, raw }) => [line, ...raw]);

const header = '<row><c t="inlineStr"><is><t>First Name</t></is></c><c t="inlineStr"><is><t>Company</t></is></c></row>';
const sheet = (rows: string, name = 'Contacts') => ({ name, rows: header + rows });

/** The text of one cell under `Company`. */
const cellOf = async (cell: string, more: Partial<TestWorkbook> = {}): Promise<unknown> => {
  const [row] = await rowsOf({
    sheets: [sheet(`<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c>${cell}</row>`)],
    ...more,
  });
  return row?.[2];
};

describe('a cell is the text that the sheet shows', () => {
  test.each([
    ['inline', '<c t="inlineStr"><is><t>a &amp; b</t></is></c>', 'a & b'],
    [
      'inline in runs',
      '<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t xml:space="preserve"> b</t></r></is></c>',
      'a b',
    ],
    ['shared', '<c t="s"><v>0</v></c>', 'Acme'],
    ['shared in runs, without the reading', '<c t="s"><v>1</v></c>', '東京都'],
    ['with escapes', '<c t="s"><v>2</v></c>', 'a\rb_x0041_'],
    ['of CDATA and references', '<c t="inlineStr"><is><t>&#x1F600;<![CDATA[<b>]]></t></is></c>', '😀<b>'],
    ['of a formula', '<c t="str"><f>A1&amp;"x"</f><v>Acme Ltd</v></c>', 'Acme Ltd'],
    ['of a formula that is empty', '<c t="str"><f>""</f><v></v></c>', ''],
    ['a formula without its value', '<c><f>A1</f></c>', '#FORMULA!'],
    ['a number of a formula', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['true', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['false', '<c t="b"><v>0</v></c>', 'FALSE'],
    ['an error', '<c t="e"><v>#REF!</v></c>', '#REF!'],
    ['a date of its own', '<c t="d"><v>1985-12-10T00:00:00</v></c>', '1985-12-10'],
    ['a whole number', '<c><v>447400123456</v></c>', '447400123456'],
    ['a whole number in E-notation', '<c><v>4.4740012345600001E11</v></c>', '447400123456'],
    ['a whole number of 17 digits', '<c><v>12345678901234567</v></c>', '12345678901234567'],
    ['a fraction', '<c><v>0.30000000000000004</v></c>', '0.3'],
    ['a small one', '<c><v>1E-7</v></c>', '0.0000001'],
    ['a negative one', '<c><v>-2.5</v></c>', '-2.5'],
    ['an empty cell', '<c s="0"/>', ''],
  ])('%s', async (_, cell, text) => {
    const shared =
      '<si><t>Acme</t></si><si><r><t>東京</t></r><r><t>都</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>';
    expect(await cellOf(cell, { shared })).toBe(text);
  });

  test.each([
    ['00000', 1067, '01067'],
    ['000-00-0000', 12345678, '012-34-5678'],
    ['(###) ###-####', 2025550123, '(202) 555-0123'],
    ['[<=9999999]###-####;(###) ###-####', 5550123, '555-0123'],
    ['[<=9999999]###-####;(###) ###-####', 2025550123, '(202) 555-0123'],
    ['"+"0', 447400123456, '+447400123456'],
    ['\\+##\\ ####\\ ######', 447400123456, '+44 7400 123456'],
    ['0', 447400123456, '447400123456'],
    ['#,##0.00', 1234.5, '1234.5'],
    ['0.00E+00', 85291234567, '85291234567'],
    ['General', 12, '12'],
    ['@', 12, '12'],
    [49, 12, '12'],
    [11, 85291234567, '85291234567'],
  ])('a number with the format %j', async (format, value, text) => {
    expect(await cellOf(`<c s="1"><v>${value}</v></c>`, { formats: [format] })).toBe(text);
  });

  test.each([
    [14, 31391, '1985-12-10'],
    [58, 31391, '1985-12-10'],
    ['dd/mm/yyyy', 31391, '1985-12-10'],
    ['[$-407]d. mmmm yyyy;@', 31391, '1985-12-10'],
    ['yyyy"年"m"月"d"日"', 31391, '1985-12-10'],
    ['mm', 31391, '1985-12-10'],
    [22, 31391, '1985-12-10'],
    [22, 31391.5, '1985-12-10 12:00'],
    [14, 31391.5, '1985-12-10'],
    ['yyyy-mm-dd hh:mm:ss', 31391.500011574, '1985-12-10 12:00:01'],
    [20, 0.75, '18:00'],
    ['[h]:mm', 1.25, '30:00'],
    [14, 1, '1900-01-01'],
    [14, 59, '1900-02-28'],
    [14, 60, '1900-02-29'],
    [14, 61, '1900-03-01'],
    [14, 2958465, '9999-12-31'],
    [14, 2958467, '2958467'],
    [14, -1, '-1'],
    ['"day" 0', 31391, 'day 31391'],
    ['[Red]0', 31391, '31391'],
  ])('a date with the format %j: %d', async (format, value, text) => {
    expect(await cellOf(`<c s="1"><v>${value}</v></c>`, { formats: [format] })).toBe(text);
  });

  test('days count from 1904 where the workbook says so', async () => {
    expect(await cellOf('<c s="1"><v>29929</v></c>', { formats: [14], is1904: true })).toBe('1985-12-10');
  });
});

describe('rows and sheets', () => {
  test('cells and rows without references follow each other, the others stand where they say', async () => {
    const rows =
      '<row r="5"><c r="B5"><v>1</v></c></row><row><c t="inlineStr"><is><t>Bob</t></is></c><c><v>2</v></c></row>';
    expect(await rowsOf({ sheets: [sheet(rows)] })).toEqual([
      [5, '', '1'],
      [6, 'Bob', '2'],
    ]);
  });

  test('elements may have prefixes', async () => {
    const shared = '<si><t>Acme</t></si>';
    expect(await cellOf('<c t="s"><v>0</v></c>', { prefix: 'x:', shared })).toBe('Acme');
  });

  test('the first visible sheet with cells is read', async () => {
    const sheets = [
      { ...sheet('<row><c><v>1</v></c></row>', 'Hidden'), state: 'hidden' },
      { name: 'Chart', rows: '<chartsheet/>', type: 'chartsheet' },
      sheet('<row><c><v>2</v></c></row>', 'People'),
      sheet('<row><c><v>3</v></c></row>', '2026'),
    ];
    expect(await rowsOf({ sheets })).toEqual([[2, '2', '']]);
    expect(await rowsOf({ sheets }, { sheet: 'hidden' })).toEqual([[2, '1', '']]);
    expect(await rowsOf({ sheets }, { sheet: '2' })).toEqual([[2, '3', '']]);
    expect(await rowsOf({ sheets }, { sheet: '2026' })).toEqual([[2, '3', '']]);
    await expect(open({ sheets }, { sheet: 'Nobody' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'book.xlsx has no sheet "Nobody".',
      hint: 'Its sheets are: "Hidden", "People", "2026".',
    });
  });

  test('title lines stand above the header', async () => {
    const rows = `<row r="1"><c t="inlineStr"><is><t>Fair 2026</t></is></c></row>${header.replace('<row>', '<row r="4">')}<row r="5"><c><v>1</v></c></row>`;
    expect(await rowsOf({ sheets: [{ name: 'A', rows }] })).toEqual([[5, '1', '']]);
  });

  test('a short row is no fault, a cell past the header is one', async () => {
    const long = '<row><c><v>1</v></c><c/><c><v>7</v></c></row>';
    const records = await collect(recordsOf(await open({ sheets: [sheet(`<row><c><v>1</v></c></row>${long}`)] })));
    expect(records.map(({ problems, warnings }) => [problems.length, warnings.length])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

describe('what cannot be read is refused', () => {
  const damaged = (message: string) => ({
    code: 'invalid',
    message: `book.xlsx is a damaged workbook, or it was cut short: ${message}.`,
  });

  test.each([
    [
      'a document type',
      '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet/>',
      'data/sheets/s0.xml declares a document type',
    ],
    ['no XML', '<worksheet><sheetData></worksheet>', 'data/sheets/s0.xml is not valid XML'],
    [
      'a shared text that is not there',
      `<worksheet><sheetData>${header}<row><c t="s"><v>9</v></c></row></sheetData></worksheet>`,
      'there is no shared text 9',
    ],
    [
      'endless text',
      `<worksheet><sheetData>${' '.repeat(3_000_000)}</sheetData></worksheet>`,
      'data/sheets/s0.xml has more than 2 MB of text in one place',
    ],
  ])('%s', async (_, rows, message) => {
    await expect(open({ sheets: [{ name: 'A', rows }] })).rejects.toMatchObject(damaged(message));
  });

  test.each([
    ['a row past the last', '<row r="1048577"/>', 'Row 1048577 of the sheet is past the last one, 1048576.'],
    [
      'a column past the last',
      '<row><c r="XFE1"/></row>',
      'Row 2 of the sheet has more columns than a sheet can have.',
    ],
    [
      'a row of more than 1 MB',
      `<row>${`<c t="inlineStr"><is><t>${'a'.repeat(600_000)}</t></is></c>`.repeat(2)}</row>`,
      'Row 2 of the sheet has more than 1 MB of text.',
    ],
  ])('%s', async (_, rows, message) => {
    await expect(open({ sheets: [sheet(rows)] })).rejects.toMatchObject({ code: 'invalid', message });
  });

  test('a workbook cut short, wherever', async () => {
    const bytes = await workbookOf({ sheets: [sheet('<row><c><v>1</v></c></row>')] });
    for (const length of [10, 100, 1000, bytes.length - 30, bytes.length - 1]) {
      await expect(
        openImport(named(bytes.subarray(0, length)), { category: 'external', custom: [] }),
      ).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  test('a workbook with a bit that has changed', async () => {
    const bytes = await workbookOf({ sheets: [sheet('<row><c><v>123456</v></c></row>'.repeat(50))] });
    const place = bytes.indexOf('s0.xml') + 60;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await expect(openImport(named(bytes), { category: 'external', custom: [] })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('an archive that says it unpacks to more than 4 GB', async () => {
    const bytes = await archiveOf({ '[Content_Types].xml': '<Types/>', 'xl/a.xml': 'a' });
    const entry = bytes.lastIndexOf('PK\x01\x02');
    bytes.writeUInt32LE(0xf0000000, entry + 24);
    await expect(openImport(named(bytes), { category: 'external', custom: [] })).rejects.toMatchObject({
      code: 'invalid',
      message: 'book.xlsx unpacks to more than 4 GB.',
    });
  });

  test('--format that is another', async () => {
    const bytes = await workbookOf({ sheets: [sheet('')] });
    const options = { category: 'external', custom: [] } as const;
    await expect(openImport(named(bytes), options, 'csv')).rejects.toMatchObject({
      message: 'book.xlsx is an Excel workbook (.xlsx).',
    });
    await expect(openImport(sourceOf('First Name\n'), options, 'xlsx')).rejects.toMatchObject({
      message: 'contacts.csv is not an Excel workbook (.xlsx).',
    });
    await expect(openImport(sourceOf('First Name\n'), { ...options, sheet: '1' })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
