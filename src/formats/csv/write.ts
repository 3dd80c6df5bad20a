import { stringify } from 'csv-stringify/sync';
import type { Category } from '../../fields/catalogue.js';
import { type Column, columnsOf, valueCounter } from '../../fields/columns.js';
import type { Contact } from '../../fields/contact.js';
import type { CustomField } from '../../fields/field.js';
import { guard } from './formula-guard.js';

/** How contacts are written. */
export interface CsvOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /**
   * The columns that are wanted, in their order: a field's path or `id`, for as many columns as the data need, or a column
   * of the caller's own; the category's whole header where absent.
   */
  readonly fields?: readonly (string | Column)[];
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
  /** Write texts that a spreadsheet would run as formulas as they are. */
  readonly raw?: boolean;
}

/**
 * Rows as RFC 4180 has them, ended by `\r\n`. Cells with white space at an end are quoted too: readers differ on whether
 * it counts outside quotes.
 */
export const csvRows = (rows: readonly (readonly string[])[], delimiter = ','): string =>
  stringify(rows as string[][], { delimiter, record_delimiter: '\r\n', quoted_match: /[\r\n]|^\s|\s$/ });

const chosen = (columns: readonly Column[], fields: CsvOptions['fields']): readonly Column[] =>
  fields === undefined
    ? columns
    : fields.flatMap((field) => (typeof field === 'string' ? columns.filter(({ path }) => path === field) : [field]));

const rowsAtOnce = 200;

/**
 * The contacts as CSV, piece by piece. They are gone through twice: first to count how many columns the phones and emails
 * need.
 *
 * @param contacts gives the contacts, the same ones each time; none for the template, which is the header alone
 */
export async function* writeCsv(
  contacts: () => AsyncIterable<Contact>,
  { category, custom, fields, bom = false, raw = false }: CsvOptions,
): AsyncGenerator<string, void> {
  const counter = valueCounter(category);
  for await (const contact of contacts()) counter.add(contact);
  const columns = chosen(columnsOf(category, custom, counter.counts), fields);
  const cell = raw ? (text: string) => text : guard;
  let rows = [columns.map((column) => cell(column.header))];
  if (bom) yield '\ufeff';
  for await (const contact of contacts()) {
    rows.push(columns.map((column) => cell(column.text(contact))));
    if (rows.length >= rowsAtOnce) {
      yield csvRows(rows);
      rows = [];
    }
  }
  if (rows.length > 0) yield csvRows(rows);
}
