import { Readable } from 'node:stream';
import yazl from 'yazl';
import { InvalidError } from '../../errors.js';
import type { Category } from '../../fields/catalogue.js';
import { type Column, columnsOf, valueCounter } from '../../fields/columns.js';
import type { Contact } from '../../fields/contact.js';
import type { CustomField } from '../../fields/field.js';
import { cellOfText } from '../csv/cell.js';
import { chosenColumns } from '../csv/write.js';
import {
  closedSheet,
  contentTypes,
  openedSheet,
  packageRelationships,
  styles,
  workbookRelationships,
  workbookXml,
} from './parts.js';
import { lastRow } from './sheet-rows.js';

/** Characters that a cell holds, by Excel's specification. */
const mostInCell = 32_767;
/** Bytes that a sheet may have to be read again. */
const mostBytes = 3 * 2 ** 30;

/** Rows by which the widths of columns are chosen. */
const measured = 500;
const pieceSize = 2 ** 17;
const [narrowest, widest] = [8, 50];

/** What XML cannot have as it stands: markup, and characters that are escaped in the way of workbooks. */
const special = /[&<>\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9a-f]{4}_/i;

const inHex = (text: string): string => `_x${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** A text as XML (ECMA-376 part 1, section 22.9.2.19: `_x000D_`, and `_x005F_` for a `_` that would read as such). */
export const xmlText = (text: string): string =>
  special.test(text)
    ? text
        .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
        .replace(/[\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, inHex)
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
    : text;

/** The letters of a column, from 0: `A`, `Z`, `AA`. */
export const columnName = (column: number): string =>
  (column >= 26 ? columnName(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

const textStyle = 1;
const headerStyle = 2;

/** Makes a writer of rows as XML; rows are numbered from 1. */
const rowWriter = (): ((row: number, cells: readonly string[]) => string) => {
  const names: string[] = [];
  return (row, cells) => {
    if (row > lastRow) {
      throw new InvalidError(
        `A sheet has ${lastRow.toLocaleString('en-US')} rows at most, and there are more.`,
        'Nothing was written. Export a part of them with --where, or write CSV.',
      );
    }
    const style = row === 1 ? headerStyle : textStyle;
    let xml = `<row r="${row}">`;
    for (const [column, text] of cells.entries()) {
      if (text === '') continue;
      if (text.length > mostInCell) {
        throw new InvalidError(
          `Row ${row}: a text of ${text.length.toLocaleString('en-US')} characters does not fit into a cell, which holds 32,767.`,
          'Nothing was written. Leave its column out with --fields, or write CSV.',
        );
      }
      const name = (names[column] ??= columnName(column));
      xml += `<c r="${name}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
    }
    return `${xml}</row>`;
  };
};

const widthsOf = (rows: readonly (readonly string[])[]): readonly number[] => {
  const widths: number[] = [];
  for (const cells of rows) {
    for (const [column, text] of cells.entries()) {
      const longest = Math.max(...text.split('\n').map((line) => line.length));
      widths[column] = Math.max(widths[column] ?? narrowest, Math.min(longest + 2, widest));
    }
  }
  return Array.from(widths, (width) => width ?? narrowest);
};

/** The sheet as XML, piece by piece; its first row is the header. */
async function* sheetXml(
  rows: AsyncIterable<readonly string[]>,
  shape: { width: number; rows: number },
): AsyncGenerator<string, void> {
  const first: (readonly string[])[] = [];
  const writeRow = rowWriter();
  let xml = '';
  let bytes = 0;
  const begin = (): void => {
    xml = openedSheet(widthsOf(first));
    for (const [index, cells] of first.entries()) xml += writeRow(index + 1, cells);
  };
  for await (const cells of rows) {
    shape.rows += 1;
    shape.width = Math.max(shape.width, cells.length);
    if (shape.rows <= measured) first.push(cells);
    if (shape.rows === measured) begin();
    if (shape.rows > measured) xml += writeRow(shape.rows, cells);
    if (xml.length < pieceSize) continue;
    bytes += Buffer.byteLength(xml);
    if (bytes > mostBytes) {
      throw new InvalidError('The workbook would unpack to more than 3 GB.', 'Nothing was written. Write CSV.');
    }
    yield xml;
    xml = '';
  }
  if (shape.rows < measured) begin();
  yield xml + closedSheet(`A1:${columnName(Math.max(0, shape.width - 1))}${Math.max(1, shape.rows)}`);
}

/** The packed bytes, as fast as they are taken; errors of what is packed are thrown. */
async function* packed(zip: yazl.ZipFile, failed: Promise<never>): AsyncGenerator<Uint8Array, void> {
  const output = zip.outputStream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = await Promise.race([output.next(), failed]);
    if (next.done) return;
    yield next.value;
  }
}

/** The same bytes each time: there is no moment in a workbook of ours. */
const fileOptions = { mtime: new Date(2000, 0, 1), compressionLevel: 3 };

/**
 * Rows as an Excel workbook with one sheet, whose cells are all texts, so that a spreadsheet changes none of them.
 *
 * @param rows the header first
 * @throws InvalidError where they do not fit into a sheet
 */
export async function* writeSheet(
  rows: () => AsyncIterable<readonly string[]>,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  const zip = new yazl.ZipFile();
  const shape = { width: 0, rows: 0 };
  const sheet = Readable.from(sheetXml(rows(), shape), { objectMode: false, encoding: 'utf8' });
  const failed = new Promise<never>((_, reject) => {
    sheet.on('error', reject);
    zip.on('error', reject);
  });
  failed.catch(() => undefined);
  const add = (path: string, xml: string): void => zip.addBuffer(Buffer.from(xml), path, fileOptions);
  add('[Content_Types].xml', contentTypes);
  add('_rels/.rels', packageRelationships);
  add('xl/workbook.xml', workbookXml(xmlText(name).replace(/"/g, '&quot;')));
  add('xl/_rels/workbook.xml.rels', workbookRelationships);
  add('xl/styles.xml', styles);
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', fileOptions);
  zip.end();
  try {
    yield* packed(zip, failed);
  } finally {
    sheet.destroy();
  }
}

/** How contacts are written. */
export interface WorkbookOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /** As `CsvOptions` has them. */
  readonly fields?: readonly (string | Column)[];
  /** Write texts as they are that an import would take for something else. */
  readonly raw?: boolean;
}

/**
 * The contacts as an Excel workbook, piece by piece.
 *
 * @param contacts gives the contacts, the same ones each time; none for the template, which is the header alone
 * @throws InvalidError where they do not fit into a sheet
 */
export async function* writeWorkbook(
  contacts: () => AsyncIterable<Contact>,
  { category, custom, fields, raw = false }: WorkbookOptions,
): AsyncGenerator<Uint8Array, void> {
  const counter = valueCounter(category);
  for await (const contact of contacts()) counter.add(contact);
  const columns = chosenColumns(columnsOf(category, custom, counter.counts), fields);
  const cell = (text: string): string => (raw ? text : cellOfText(text));
  async function* rows(): AsyncGenerator<readonly string[], void> {
    yield columns.map(({ header }) => cell(header));
    for await (const contact of contacts()) yield columns.map((column) => cell(column.text(contact)));
  }
  yield* writeSheet(rows, category === 'internal' ? 'Staff' : 'Contacts');
}
