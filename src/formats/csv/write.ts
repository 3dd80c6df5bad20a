import { stringify } from 'csv-stringify/sync';
import type { Category } from '../../fields/catalogue.js';
import { type Column, columnsOf, valueCounter } from '../../fields/columns.js';
import type { Contact } from '../../fields/contact.js';
import type { CustomField } from '../../fields/field.js';
import { mostBytesOfUnit } from '../../fields/utf8.js';
import { guard, saysNothing } from './formula-guard.js';

/** How contacts are written. */
export interface CsvOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /**
   * The columns that are wanted, in their order: a field's path or `id`, for as many columns as the data need, or a column
   * of the caller's own; the category's whole header where absent.
   */
  readonly fields?: readonly (string | Column)[];
  /** One character that stands between cells; a comma where absent. */
  readonly delimiter?: string;
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
  /** Write texts that a spreadsheet would run as formulas as they are. */
  readonly raw?: boolean;
}

const rowEnd = '\r\n';

/**
 * Rows as RFC 4180 has them, ended by `\r\n`. Cells with white space at an end are quoted too: readers differ on whether
 * it counts outside quotes.
 */
export const csvRows = (rows: readonly (readonly string[])[], delimiter = ','): string =>
  stringify(rows as string[][], { delimiter, record_delimiter: rowEnd, quoted_match: /[\r\n]|^\s|\s$/ });

/**
 * The columns that are wanted.
 *
 * @param columns all of the category, as many as the data need
 * @param fields as `CsvOptions` has them
 */
export const chosenColumns = (columns: readonly Column[], fields: CsvOptions['fields']): readonly Column[] =>
  fields === undefined
    ? columns
    : fields.flatMap((field) => (typeof field === 'string' ? columns.filter(({ path }) => path === field) : [field]));

/**
 * Cells that are written as they are, formulas or not, whatever stands between them: most of them, told from the others at
 * one glance.
 */
const plain = /^[^\s"',;|=+\-@＝＋－＠\0](?:[^",;|\t\r\n]*[^\s",;|])?$/;

/** A cell as `csvRows` writes it. */
const quoted = (text: string, delimiter: string): string =>
  /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;

/** How rows are written. */
type RowStyle = Required<Pick<CsvOptions, 'raw' | 'delimiter'>>;

/** Makes a writer of one contact's row, as `csvRows` would write it. */
const rowWriter = (columns: readonly Column[], { raw, delimiter }: RowStyle): ((contact: Contact) => string) => {
  const cell = (text: string): string =>
    text === '' || (plain.test(text) && !saysNothing(text)) ? text : quoted(raw ? text : guard(text), delimiter);
  return (contact) => columns.map((column) => cell(column.text(contact))).join(delimiter) + rowEnd;
};

/** Bytes that are put together to be written; a longer row is a piece of its own. */
const pieceSize = 1 << 17;

/** Bytes of rows, about, that are kept until it is known how many columns there are. */
const mostKept = 1 << 25;

/** Rows in UTF-8, put together into pieces that are worth being written. */
class Rows {
  readonly #rowOf: (contact: Contact) => string;
  #pieces: Uint8Array[] = [];
  #piece = Buffer.alloc(0);
  #filled = 0;
  /** In bytes, of the pieces that are full. */
  size = 0;

  constructor(columns: readonly Column[], style: RowStyle) {
    this.#rowOf = rowWriter(columns, style);
  }

  add(contact: Contact): void {
    const row = this.#rowOf(contact);
    if (this.#filled + row.length * mostBytesOfUnit > this.#piece.length) {
      this.#endPiece();
      this.#piece = Buffer.allocUnsafe(Math.max(pieceSize, Buffer.byteLength(row)));
    }
    this.#filled += this.#piece.write(row, this.#filled);
  }

  /** The pieces that are full, each once. */
  full(): readonly Uint8Array[] {
    const full = this.#pieces;
    this.#pieces = [];
    return full;
  }

  /** All pieces that were not given yet. */
  rest(): readonly Uint8Array[] {
    this.#endPiece();
    this.#piece = Buffer.alloc(0);
    return this.full();
  }

  #endPiece(): void {
    if (this.#filled > 0) this.#pieces.push(this.#piece.subarray(0, this.#filled));
    this.size += this.#filled;
    this.#filled = 0;
  }
}

/**
 * The contacts as CSV in UTF-8, piece by piece. How many columns the phones and emails need is known only when all contacts were
 * seen. Their rows are made and kept meanwhile; those before a contact that needs another column are made again, and all
 * of them where they are too many to be kept.
 *
 * @param contacts gives the contacts, the same ones each time; none for the template, which is the header alone
 */
export async function* writeCsv(
  contacts: () => AsyncIterable<Contact>,
  { category, custom, fields, bom = false, raw = false, delimiter = ',' }: CsvOptions,
): AsyncGenerator<string | Uint8Array, void> {
  const style = { raw, delimiter };
  const counter = valueCounter(category);
  const columnsSoFar = () => chosenColumns(columnsOf(category, custom, counter.counts), fields);
  let columns = columnsSoFar();
  let kept: Rows | undefined = new Rows(columns, style);
  let seen = 0;
  let beforeKept = 0;
  for await (const contact of contacts()) {
    const wanted = counter.add(contact) ? columnsSoFar() : columns;
    if (wanted.length > columns.length) {
      columns = wanted;
      beforeKept = seen;
      kept &&= new Rows(columns, style);
    }
    kept?.add(contact);
    if (kept && kept.size > mostKept) kept = undefined;
    seen += 1;
  }
  const header = columns.map((column) => (raw ? column.header : guard(column.header)));
  yield (bom ? '\ufeff' : '') + csvRows([header], delimiter);
  yield* piecesOf(contacts, kept ? beforeKept : seen, new Rows(columns, style));
  yield* kept?.rest() ?? [];
}

/** The rows of the first contacts, piece by piece. */
async function* piecesOf(
  contacts: () => AsyncIterable<Contact>,
  count: number,
  rows: Rows,
): AsyncGenerator<Uint8Array, void> {
  if (count === 0) return;
  let left = count;
  for await (const contact of contacts()) {
    rows.add(contact);
    yield* rows.full();
    left -= 1;
    if (left === 0) break;
  }
  yield* rows.rest();
}
