import { isId } from '../../contacts/id.js';
import { InvalidError } from '../../errors.js';
import { type CustomField, fieldsOf } from '../../fields/field.js';
import type { Source } from '../encoding.js';
import { joinedValues } from './blocks.js';
import { dialectOf } from './dialect.js';
import { unguard } from './formula-guard.js';
import { type ColumnUse, createHeaderReader, type HeaderReader, readHeader } from './header.js';
import { headerAmong, type PlacedRow } from './header-row.js';
import { csvTable } from './read.js';
import { isBlankRow } from './rows.js';
import type { Table } from './table.js';

/** A contact as a list names it: by ids, email addresses or phone numbers. */
export interface ListedContact {
  /** The file's line, from 1. */
  readonly line: number;
  /** Each of them is one of the contact's; none where the row has nothing that a contact is looked up by. */
  readonly identifiers: readonly string[];
  /** The row in a few words, for messages. */
  readonly text: string;
}

type Identifies = 'id' | 'address' | 'number';

/** Columns that identify a contact, by what they hold. */
type IdentifyingColumns = Readonly<Record<Identifies, readonly number[]>>;

const besideAddresses = /[\s<>()[\]:;,"|]+/;

/** The addresses in a text: `Maria <maria@acme.example>; info@acme.example` has two. */
const addressesIn = (text: string): readonly string[] =>
  text
    .split(besideAddresses)
    .filter((part) => part.includes('@'))
    .map((part) => part.replace(/^'+|'+$/g, ''));

const numbersIn = (text: string): readonly string[] =>
  joinedValues(text)
    .flatMap((part) => part.split(/[\r\n|]|;(?! ?ext=)/i))
    .map((part) => part.trim())
    .filter((part) => /\d/.test(part));

const isNumber = (text: string): boolean => /^[+(]?\d[\d ().\-/]{4,}$/.test(text);

/** Whether a row is what a list without header has on each line. */
const looksLikeEntry = (cells: readonly string[]): boolean => {
  const [entry = '', ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return others.length === 0 && (isId(entry.toLowerCase()) || /^\S+@\S+$/.test(entry) || isNumber(entry));
};

const createReader = (custom: readonly CustomField[]): { read: HeaderReader; kindOf: (path: string) => string } => {
  const fields = [fieldsOf('external', custom), fieldsOf('internal', [])];
  const readers = fields.map(createHeaderReader);
  const kinds = new Map(fields.flat().map(({ path, kind }) => [path, kind]));
  return {
    read: (header) => readers.map((read) => read(header)).find(({ is }) => is !== 'unknown') ?? { is: 'unknown' },
    kindOf: (path) => kinds.get(path) ?? '',
  };
};

/** What a column identifies a contact by; a fax number, as other notes keep it, is often that of a whole office. */
const identifies = (use: ColumnUse, kindOf: (path: string) => string): Identifies | undefined => {
  if (use.is === 'id') return 'id';
  if (use.is === 'block' && use.part === 'value') {
    return use.group === 'Email' ? 'address' : use.group === 'Phone' ? 'number' : undefined;
  }
  if (use.is !== 'field' || use.noted) return undefined;
  const kind = kindOf(use.path);
  return kind === 'email' ? 'address' : kind === 'phone' ? 'number' : undefined;
};

/** @throws InvalidError where no column identifies contacts */
const identifyingColumns = (
  headers: readonly string[],
  name: string,
  { read, kindOf }: ReturnType<typeof createReader>,
): IdentifyingColumns => {
  const uses = readHeader(headers, read);
  const columns: Record<Identifies, number[]> = { id: [], address: [], number: [] };
  for (const [index, use] of uses.entries()) {
    const what = identifies(use, kindOf);
    if (what !== undefined) columns[what].push(index);
  }
  if (Object.values(columns).some((indices) => indices.length > 0)) return columns;
  throw new InvalidError(
    `${name} has no column of ids, email addresses or phone numbers: its columns are ${headers.join(', ')}.`,
    'Nothing was changed. Name one of its columns ID, Email or Mobile.',
  );
};

/** The texts of the cells that hold any. */
const textsOf = (cells: readonly string[]): readonly string[] =>
  cells.map((cell) => unguard(cell.trim())).filter((text) => text !== '');

/** What identifies the contact of a row: its id, else its addresses, else its numbers. */
const identifiersIn = (cells: readonly string[], columns: IdentifyingColumns): readonly string[] => {
  const textsIn = (indices: readonly number[]): readonly string[] =>
    textsOf(indices.map((index) => cells[index] ?? ''));
  const ids = textsIn(columns.id).filter((text) => isId(text.toLowerCase()));
  if (ids.length > 0) return ids;
  const addresses = textsIn(columns.address).flatMap(addressesIn);
  return addresses.length > 0 ? addresses : textsIn(columns.number).flatMap(numbersIn);
};

/** The header, where there is one: entries of a list without header that stand above it would be lost. */
const headerOf = (rows: readonly PlacedRow[], read: HeaderReader): PlacedRow | undefined => {
  const header = headerAmong(rows, (cell) => read(cell).is !== 'unknown');
  const isList = rows.some(({ row, cells }) => header !== undefined && row < header.row && looksLikeEntry(cells));
  return isList ? undefined : header;
};

/** @throws InvalidError where a row has several cells, of which nothing says what they hold */
const entryOf = (cells: readonly string[], line: number, name: string): readonly string[] => {
  const [entry = '', ...others] = textsOf(cells);
  if (others.length === 0) return entry.includes('@') ? addressesIn(entry) : [entry];
  throw new InvalidError(
    `${name} has several columns (line ${line}) and no header that says what they hold.`,
    'Nothing was changed. Give one id, email address or phone number a line, or name the columns in the first line: ID, Email, Mobile.',
  );
};

/**
 * Makes what finds the identifiers in the rows below a header.
 *
 * @throws InvalidError where no column identifies contacts; so does the reader for a row with more cells than the header
 */
const rowReader = (
  header: PlacedRow,
  name: string,
  custom: readonly CustomField[],
): ((cells: readonly string[], line: number) => readonly string[]) => {
  const headers = header.cells.map((cell) => unguard(cell.trim()));
  const columns = identifyingColumns(headers, name, createReader(custom));
  return (cells, line) => {
    // What divides the values in the one column of a file looks like its delimiter.
    if (headers.length === 1) return identifiersIn([cells.join(';')], columns);
    if (textsOf(cells.slice(headers.length)).length === 0) return identifiersIn(cells, columns);
    throw new InvalidError(
      `${name}: line ${line} has ${cells.length} cells, but the header has ${headers.length}.`,
      'Nothing was changed. Put cells that contain the delimiter in quotes.',
    );
  };
};

/** Rows that list contacts, in whatever form they are kept. */
type ListTable = Pick<Table, 'name' | 'firstRows' | 'blocksFrom'>;

const openTable = async (source: Source, encoding: string | undefined): Promise<ListTable> => {
  const { isWorkbook } = await import('../container.js');
  if (!(await isWorkbook(source))) return csvTable(source, await dialectOf(source, { encoding }));
  const { workbookTable } = await import('../xlsx/read.js');
  return workbookTable(source, {});
};

/**
 * Reads a file that lists contacts: an id, an email address or a phone number on each line, or a CSV or a workbook with
 * a header, of whose rows the id counts, else the addresses, else the numbers.
 *
 * @param custom the custom fields that are defined, whose names are known in a header
 * @param encoding a label of the Encoding Standard, where the file is not Unicode
 * @throws EncodingUnknown, InvalidError where the file cannot be read, or nothing says what its columns hold
 */
export const readContactList = async (
  source: Source,
  custom: readonly CustomField[],
  encoding?: string,
): Promise<readonly ListedContact[]> => {
  const { name, firstRows, blocksFrom } = await openTable(source, encoding);
  const [first] = firstRows;
  if (first === undefined) return [];
  const header = headerOf(firstRows, createReader(custom).read);
  const read = header === undefined ? undefined : rowReader(header, name, custom);
  const listed: ListedContact[] = [];
  for await (const rows of blocksFrom(header ?? first)) {
    for (const { line, cells } of rows) {
      if (line === header?.line || isBlankRow(cells)) continue;
      const identifiers = read?.(cells, line) ?? entryOf(cells, line, name);
      listed.push({ line, identifiers, text: (identifiers.length > 0 ? identifiers : textsOf(cells)).join(', ') });
    }
  }
  return listed;
};
