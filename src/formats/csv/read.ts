import type { RowProblem } from '../../contacts/import/row.js';
import { fieldsOf, nameOfField } from '../../fields/field.js';
import { glanceAt, type Source } from '../encoding.js';
import type { ImportFile, ImportRecord, ReadOptions, Rejected, UnknownColumn } from '../record.js';
import { cellReader } from './cell.js';
import { watchDateOrder } from './date-order.js';
import { type Dialect, dialectOf } from './dialect.js';
import { guard, unguard } from './formula-guard.js';
import { createHeaderReader } from './header.js';
import { findHeaderRow, headerWithin, type PlacedRow } from './header-row.js';
import { type Mapping, mapColumns, mappedFields } from './mapping.js';
import { createRowReader } from './row-reader.js';
import { countRows, isBlankRow, type Row, rowBlocksOf, rowsOf } from './rows.js';
import { longestRow } from './well-quoted.js';
import { csvRows } from './write.js';

/** A CSV file besides its records: how it is written and what its columns hold. */
export interface CsvFile extends ImportFile {
  readonly dialect: Dialect;
  readonly mapping: Mapping;
}

const firstRows = async (source: Source, dialect: Dialect): Promise<readonly PlacedRow[]> => {
  const rows: PlacedRow[] = [];
  for await (const { line, cells } of rowsOf(source, dialect)) {
    rows.push({ row: rows.length, line, cells });
    if (rows.length >= headerWithin) break;
  }
  return dialect.separatorLine ? rows.slice(1) : rows;
};

/** The header of the rejected rows' faults, which is left out where such a file is read again. */
const errorHeader = 'Error';

const withoutOldErrors = (cells: readonly string[], headers: readonly string[]): readonly string[] =>
  headers.at(-1) === errorHeader ? cells.slice(0, headers.length - 1) : cells;

async function* rejectRows(
  rejected: AsyncIterable<Rejected>,
  headers: readonly string[],
  { delimiter, hasMark }: Dialect,
): AsyncGenerator<string, void> {
  if (hasMark) yield '\ufeff';
  const width = withoutOldErrors(headers, headers).length;
  yield csvRows([[...withoutOldErrors(headers, headers), errorHeader]], delimiter);
  for await (const { record, error } of rejected) {
    const cells = withoutOldErrors([record.raw].flat().map(String), headers);
    const filled = [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')];
    yield csvRows([[...filled, guard(error)]], delimiter);
  }
}

interface WidthReading {
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
}

const rightWidth: WidthReading = { problems: [], warnings: [] };

/** Makes what tells what is wrong with, or to know of, the number of cells in a row. */
const watchWidth = (headers: readonly string[]): ((cells: readonly string[]) => WidthReading) => {
  const named = headers.findLastIndex((header) => header !== '') + 1;
  return (cells) => {
    if (cells.length < named) {
      const message = `has ${cells.length} of ${named} cells; those that it lacks count as empty`;
      return { problems: [], warnings: [{ column: '', value: '', message }] };
    }
    if (cells.length <= headers.length) return rightWidth;
    const more = cells.slice(headers.length).filter((cell) => cell.trim() !== '');
    if (more.length === 0) return rightWidth;
    const message = `has ${cells.length} cells where the header has ${headers.length}: one with a delimiter in it wants quotes`;
    return { problems: [{ column: '', value: more.join(', '), message }], warnings: [] };
  };
};

interface Survey {
  readonly rows: number;
  readonly unknown: readonly UnknownColumn[];
  readonly rest: ReadonlyMap<string, number>;
}

interface Surveyed {
  /** The data rows. */
  readonly blocks: () => AsyncIterable<readonly Row[]>;
  /** About how many they are, found out without making them. */
  readonly count: () => Promise<number>;
}

/**
 * Goes through the file once: whether its text and quotes are sound throughout, how many rows it has, which columns hold
 * values, and in which order its dates are.
 */
const survey = async (
  { blocks, count: countAll }: Surveyed,
  mapping: Mapping,
  dates: readonly string[],
  checkDates: boolean,
): Promise<Survey> => {
  let count = 0;
  const unknown = new Map<string, Set<string>>();
  const rest = new Map<string, number>();
  const order = watchDateOrder();
  const watched = mapping.flatMap(({ header, use }, index) => {
    const isDate = checkDates && use.is === 'field' && dates.includes(use.path);
    const isWatched = use.is === 'unknown' || use.is === 'noted' || isDate;
    return isWatched ? [{ header, is: use.is, read: cellReader(header, index) }] : [];
  });
  if (watched.length === 0) return { rows: await countAll(), unknown: [], rest };
  const see = ({ cells }: Row): void => {
    for (const { header, is, read } of watched) {
      const text = read(cells);
      if (text === '') continue;
      if (is === 'field') order.see(header, text);
      if (is === 'noted') rest.set(header, (rest.get(header) ?? 0) + 1);
      if (is === 'unknown') {
        const values = unknown.get(header) ?? new Set();
        unknown.set(header, values);
        if (values.size < 3) values.add(text);
      }
    }
  };
  for await (const rows of blocks()) {
    count += rows.length;
    for (const row of rows) see(row);
  }
  if (checkDates) order.check();
  return { rows: count, rest, unknown: [...unknown].map(([header, values]) => ({ header, values: [...values] })) };
};

/**
 * Opens a CSV file: finds out how it is written, finds its header and what the columns hold, and goes through it once.
 *
 * Known columns of other programs that no field holds are kept in a note. Unknown columns are left out; it is for the
 * caller to stop where there are any that nobody allowed.
 *
 * @throws EncodingUnknown, InvalidError where the file cannot be read as a whole: its encoding, a quote, no header, the
 * order of its dates
 * @throws UsageError where an option names something that is not there
 */
export const openCsv = async (source: Source, options: ReadOptions): Promise<CsvFile> => {
  const fields = fieldsOf(options.category, options.custom);
  const dialect = await dialectOf(source, options);
  const readHeader = createHeaderReader(fields);
  const chosen = new Set(Object.keys({ ...options.savedMap, ...options.map }).map(nameOfField));
  const header = findHeaderRow(
    await firstRows(source, dialect),
    (cell) => chosen.has(nameOfField(cell)) || readHeader(cell).is !== 'unknown',
    source.name,
  );
  const headers = header.cells.map((cell) => unguard(cell.trim()));
  const found = mapColumns(headers, { ...options, fields });
  const mapping: Mapping = options.keepRest
    ? found.map((column) => (column.use.is === 'unknown' ? { ...column, use: { is: 'noted' } } : column))
    : found;
  async function* dataRows(): AsyncGenerator<readonly Row[], void> {
    let above = 1;
    for await (const rows of rowBlocksOf(source, dialect, header)) {
      yield rows.slice(above).filter(({ cells }) => !isBlankRow(cells));
      above = 0;
    }
  }
  const count = async (): Promise<number> => {
    const { lineFeeds, longestLine, mayHaveQuotes } = await glanceAt(source, dialect.encoding);
    const isPlain = !mayHaveQuotes && longestLine < longestRow;
    return isPlain ? Math.max(0, lineFeeds - header.line) : (await countRows(source, dialect, header)) - 1;
  };
  const dates = fields.filter((field) => field.kind === 'date').map((field) => field.path);
  const { rows, unknown, rest } = await survey(
    { blocks: dataRows, count },
    mapping,
    dates,
    options.dateOrder === undefined,
  );

  async function* batches(): AsyncGenerator<readonly ImportRecord[], void> {
    const read = createRowReader(mapping, fields);
    const widthProblems = watchWidth(headers);
    let row = 0;
    const recordOf = ({ line, cells }: Row): ImportRecord => {
      row += 1;
      const { problems, warnings } = widthProblems(cells);
      const reading = read(cells);
      return {
        row,
        line,
        draft: reading.draft,
        ...(reading.id !== undefined && { id: reading.id }),
        problems: problems.length === 0 ? reading.problems : [...problems, ...reading.problems],
        warnings,
        raw: cells,
        column: (path, value) => columnOf(mapping, cells, path, value),
      };
    };
    for await (const rows of dataRows()) {
      for (let from = 0; from < rows.length; from += batchSize) yield rows.slice(from, from + batchSize).map(recordOf);
    }
  }

  return {
    dialect,
    mapping,
    fields: mappedFields(mapping, fields),
    unknown,
    rows,
    rest,
    keepsRest: true,
    batches,
    rejects: (rejected) => rejectRows(rejected, headers, dialect),
  };
};

/** Records that are there at once. With more of them the collection of garbage finds those in use, and keeps them. */
const batchSize = 64;

/** The header of the column from which a value came: one for the field that holds the value, else the field's first. */
const columnOf = (mapping: Mapping, cells: readonly string[], path: string, value: string | undefined): string => {
  const columns = mapping.map(({ header, use }, index) => ({
    header,
    text: unguard((cells[index] ?? '').trim()),
    isOfField:
      use.is === 'field' ? use.path === path : use.is === 'block' || use.is === 'address' || use.is === 'birth',
    isField: use.is === 'field' && use.path === path,
  }));
  const holding = columns.find(
    ({ isOfField, text }) => isOfField && value !== undefined && value !== '' && text.includes(value.trim()),
  );
  return (holding ?? columns.find(({ isField }) => isField))?.header ?? path;
};
