import { type ColumnProfile, ColumnProfiler, samplesOf } from '../../contacts/import/column-profile.js';
import type { RowProblem } from '../../contacts/import/row.js';
import { fieldsOf, nameOfField } from '../../fields/field.js';
import type { ImportFile, ImportRecord, ReadOptions, Rejected, UnknownColumn } from '../record.js';
import { cellReader, textOfCell } from './cell.js';
import { reasonOf } from './column-reason.js';
import { type DateSurroundings, type UncertainDates, watchDateOrder } from './date-order.js';
import { errorCells } from './error-text.js';
import { guard, unguard } from './formula-guard.js';
import { createHeaderReader } from './header.js';
import { findHeaderRow, headerAmong, type PlacedRow } from './header-row.js';
import type { HeaderTranslator } from './header-translation.js';
import { type Mapping, mapColumns, mappedFields, pathsOf } from './mapping.js';
import { errorHeader, isOwnHeader } from './own-header.js';
import { createRowReader } from './row-reader.js';
import { isBlankRow, type Row } from './rows.js';
import { mayHoldTitles, TitleCounter, withTitles } from './title-column.js';

/** Rows with a header among the first of them, in whatever form they are kept: a CSV file, a sheet of a workbook. */
export interface Table {
  readonly name: string;
  /** Its text was in an encoding of old programs, which may have characters that Unicode has not. */
  readonly isInOldEncoding: boolean;
  /** What parts its cells, where that is a character. */
  readonly delimiter?: string;
  /** The first rows, among which the header is. */
  readonly firstRows: readonly PlacedRow[];
  /** The rows from a header on, it included, as many at once as are there. */
  readonly blocksFrom: (header: PlacedRow) => AsyncIterable<readonly Row[]>;
  /** About how many rows follow a header, found out without making them; goes through all of them. */
  readonly countFrom: (header: PlacedRow) => Promise<number>;
  /** The rejected rows in the same form: the header, then the rows. */
  readonly writeRejects: (rows: AsyncIterable<readonly string[]>) => AsyncIterable<string | Uint8Array>;
}

/** A table besides its records: what its columns hold. */
export interface TableFile extends ImportFile {
  readonly mapping: Mapping;
}

const withoutOldErrors = (cells: readonly string[], headers: readonly string[]): readonly string[] =>
  headers.at(-1) === errorHeader ? cells.slice(0, headers.length - 1) : cells;

/** The header and the rejected rows as they came, each with its fault in a column at the end. */
async function* rejectRows(
  rejected: AsyncIterable<Rejected>,
  headers: readonly string[],
): AsyncGenerator<readonly string[], void> {
  const width = withoutOldErrors(headers, headers).length;
  yield [...withoutOldErrors(headers, headers), errorHeader];
  for await (const { record, error } of rejected) {
    const cells = withoutOldErrors([record.raw].flat().map(String), headers);
    const filled = [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')];
    yield [...filled, guard(error)];
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

/** Code points that Unicode leaves to private agreement: what an encoding has no character for comes out as these. */
const privateUse = /[\ue000-\uf8ff]|[\udb80-\udbff][\udc00-\udfff]/;

/** Warnings of the cells with characters that only the program which wrote them can show. */
const privateUseIn = (cells: readonly string[], headers: readonly string[]): readonly RowProblem[] => {
  const message = 'has characters of private use, which other programs cannot show: check it, and the --encoding';
  return cells.flatMap((value, index) =>
    privateUse.test(value) ? [{ column: headers[index] ?? '', value, message }] : [],
  );
};

interface Survey {
  readonly rows: number;
  /** Of the columns that were watched, by their places. */
  readonly profiles: ReadonlyMap<number, ColumnProfile>;
  readonly unknown: readonly UnknownColumn[];
  readonly rest: ReadonlyMap<string, number>;
  readonly uncertain: readonly UncertainDates[];
  /** The places of columns of forms of address. */
  readonly titles: readonly number[];
}

interface Surveyed {
  /** The data rows. */
  readonly blocks: () => AsyncIterable<readonly Row[]>;
  /** About how many they are, found out without making them. */
  readonly count: () => Promise<number>;
}

/** The place of the first unknown column with each header: to people those of one name are one column. */
const firstUnknown = (mapping: Mapping): ReadonlyMap<string, number> => {
  const firsts = new Map<string, number>();
  mapping.forEach(({ header, use }, index) => {
    if (use.is === 'unknown' && !firsts.has(header)) firsts.set(header, index);
  });
  return firsts;
};

/**
 * Goes through the file once: whether its text and quotes are sound throughout, how many rows it has, which columns hold
 * values, and in which order its dates are.
 */
const survey = async (
  { blocks, count: countAll }: Surveyed,
  mapping: Mapping,
  dates: readonly string[],
  {
    surroundings,
    titles: mayBeTitles,
    profiles: allProfiles,
  }: {
    readonly surroundings: DateSurroundings | undefined;
    readonly titles: (column: Mapping[number]) => boolean;
    readonly profiles: boolean;
  },
): Promise<Survey> => {
  let count = 0;
  const profiles = new Map<number, ColumnProfiler>();
  const rest = new Map<string, number>();
  const order = watchDateOrder();
  const titles = new Map(
    mapping.flatMap((column, index) => (mayBeTitles(column) ? [[index, new TitleCounter()]] : [])),
  );
  const unknownColumns = firstUnknown(mapping);
  const watched = mapping.flatMap(({ header, use }, index) => {
    const isDate = surroundings !== undefined && use.is === 'field' && dates.includes(use.path);
    const isWatched = use.is === 'unknown' || use.is === 'noted' || isDate || titles.has(index) || allProfiles;
    const first = use.is === 'unknown' ? (unknownColumns.get(header) ?? index) : index;
    if (allProfiles || use.is === 'unknown') profiles.set(index, profiles.get(first) ?? new ColumnProfiler());
    return isWatched
      ? [
          {
            header,
            is: use.is,
            isDate,
            titles: titles.get(index),
            profile: profiles.get(index),
            read: cellReader(header, index),
          },
        ]
      : [];
  });
  if (watched.length === 0) return { rows: await countAll(), unknown: [], profiles, rest, uncertain: [], titles: [] };
  const see = ({ line, cells }: Row): void => {
    for (const { header, is, isDate, titles: counter, profile, read } of watched) {
      const text = read(cells);
      if (text === '') continue;
      profile?.see(text);
      counter?.see(text);
      if (isDate) order.see(header, text, line);
      if (is === 'noted') rest.set(header, (rest.get(header) ?? 0) + 1);
    }
  };
  for await (const rows of blocks()) {
    count += rows.length;
    for (const row of rows) see(row);
  }
  const uncertain = surroundings === undefined ? [] : order.check(surroundings);
  const unknown = [...unknownColumns].flatMap(([header, index]) => {
    const profile = profiles.get(index);
    return profile === undefined || profile.filled === 0 ? [] : [{ header, values: samplesOf(profile) }];
  });
  const ofTitles = [...titles].flatMap(([index, { holdsTitles }]) => (holdsTitles ? [index] : []));
  return { rows: count, rest, unknown, profiles, uncertain, titles: ofTitles };
};

/** What reads headers of other languages and programs, loaded where a row of known English ones is not to be found. */
const translatorFor = async (
  rows: readonly PlacedRow[],
  isKnown: (cell: string) => boolean,
): Promise<HeaderTranslator | undefined> => {
  const header = headerAmong(rows, isKnown);
  if (header?.cells.every((cell) => nameOfField(cell) === '' || isKnown(cell))) return undefined;
  return (await import('./header-translation.js')).createHeaderTranslator(isKnown);
};

/**
 * Opens a table: finds its header and what the columns hold, and goes through it once.
 *
 * Known columns of other programs that no field holds are kept in a note. Unknown columns are left out; it is for the
 * caller to stop where there are any that nobody allowed.
 *
 * @throws InvalidError where the table cannot be read as a whole: a quote, no header, the order of its dates
 * @throws UsageError where an option names something that is not there
 */
export const openTable = async (table: Table, options: ReadOptions): Promise<TableFile> => {
  const fields = fieldsOf(options.category, options.custom);
  const readHeader = createHeaderReader(fields);
  const chosen = new Set(Object.keys({ ...options.savedMap, ...options.map }).map(nameOfField));
  const isKnown = (cell: string): boolean => chosen.has(nameOfField(cell)) || readHeader(cell).is !== 'unknown';
  const translator = await translatorFor(table.firstRows, isKnown);
  const header = findHeaderRow(
    table.firstRows,
    (cell) => isKnown(cell) || (translator?.knows(cell) ?? false),
    table.name,
  );
  const headers = header.cells.map((cell) => unguard(cell.trim()));
  const found = mapColumns(headers, { ...options, fields, english: translator?.translate(headers) });
  const named: Mapping = options.keepRest
    ? found.map((column) => (column.use.is === 'unknown' ? { ...column, use: { is: 'noted' } } : column))
    : found;
  async function* dataRows(): AsyncGenerator<readonly Row[], void> {
    let above = 1;
    for await (const rows of table.blocksFrom(header)) {
      yield rows.slice(above).filter(({ cells }) => !isBlankRow(cells));
      above = 0;
    }
  }
  const dates = fields.filter((field) => field.kind === 'date').map((field) => field.path);
  const isOwn = isOwnHeader(headers, fields);
  const surroundings = { headers, delimiter: table.delimiter, country: options.country };
  const codes = named.flatMap(({ header, use }, index) =>
    use.is === 'countryCode' ? [cellReader(header, index)] : [],
  );
  const { rows, unknown, rest, profiles, uncertain, titles } = await survey(
    { blocks: dataRows, count: () => table.countFrom(header) },
    named,
    dates,
    {
      surroundings: options.dateOrder === undefined && !isOwn ? surroundings : undefined,
      titles: (column) => !isOwn && mayHoldTitles(column),
      profiles: options.profiles ?? false,
    },
  );
  const mapping = withTitles(named, titles);
  const columns = mapping.map((column, index) => ({
    header: column.header,
    paths: column.use.is === 'id' ? ['id'] : pathsOf(column.use, fields),
    why: reasonOf(column),
    profile: profiles.get(index) ?? new ColumnProfiler(),
  }));

  async function* batches(): AsyncGenerator<readonly ImportRecord[], void> {
    const read = createRowReader(mapping, fields);
    const widthProblems = watchWidth(headers);
    let row = 0;
    const recordOf = ({ line, cells }: Row): ImportRecord => {
      row += 1;
      const { problems, warnings } = widthProblems(cells);
      const reading = read(cells);
      const countryCode = codes.length === 0 ? undefined : codes.map((code) => code(cells)).find((text) => text !== '');
      const remarks = uncertain.length === 0 ? none : uncertain.flatMap((column) => remarkOn(column, line));
      const own = reading.warnings.length + remarks.length;
      const told = own === 0 ? warnings : [...warnings, ...reading.warnings, ...remarks];
      const faults = [...problems, ...errorCells(cells, mapping)];
      return {
        row,
        line,
        draft: reading.draft,
        ...(reading.id !== undefined && { id: reading.id }),
        problems: faults.length === 0 ? reading.problems : [...faults, ...reading.problems],
        warnings: table.isInOldEncoding ? [...told, ...privateUseIn(cells, headers)] : told,
        ...(!isOwn && { isForeign: true }),
        ...(countryCode !== undefined && { countryCode }),
        raw: cells,
        column: (path, value) => columnOf(mapping, cells, path, value),
      };
    };
    for await (const rows of dataRows()) {
      for (let from = 0; from < rows.length; from += batchSize) yield rows.slice(from, from + batchSize).map(recordOf);
    }
  }

  return {
    mapping,
    fields: mappedFields(mapping, fields),
    unknown,
    columns,
    rows,
    rest,
    keepsRest: true,
    batches,
    rejects: (rejected) => table.writeRejects(rejectRows(rejected, headers)),
  };
};

/** What is to be told of a row that has the first date of a column which reads both ways. */
const remarkOn = ({ header, line: first, text, count }: UncertainDates, line: number): readonly RowProblem[] => {
  if (line !== first) return none;
  const many = count === 1 ? 'as the only date of its column' : `as all ${count} dates of its column`;
  const message = `reads both ways, ${many}: read month first; say --date-order dmy where the day comes first`;
  return [{ column: header, value: text, message }];
};

const none: readonly never[] = [];

/** Records that are there at once. With more of them the collection of garbage finds those in use, and keeps them. */
const batchSize = 64;

/** The header of the column from which a value came: one for the field that holds the value, else the field's first. */
const columnOf = (mapping: Mapping, cells: readonly string[], path: string, value: string | undefined): string => {
  const columns = mapping.map(({ header, use }, index) => ({
    header,
    text: textOfCell((cells[index] ?? '').trim()),
    isOfField: use.is === 'field' ? use.path === path : ['block', 'address', 'birth', 'name'].includes(use.is),
    isField: use.is === 'field' && use.path === path,
  }));
  const holding = columns.find(
    ({ isOfField, text }) => isOfField && value !== undefined && value !== '' && text.includes(value.trim()),
  );
  return (holding ?? columns.find(({ isField }) => isField))?.header ?? path;
};
