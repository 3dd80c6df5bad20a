import { glanceAt, isInOldEncoding, type Source } from '../encoding.js';
import type { ReadOptions } from '../record.js';
import { type Dialect, dialectOf } from './dialect.js';
import { headerWithin, type PlacedRow } from './header-row.js';
import { countRows, rowBlocksOf, rowsOf } from './rows.js';
import { openTable, type Table, type TableFile } from './table.js';
import { longestRow } from './well-quoted.js';
import { csvRows } from './write.js';

/** A CSV file besides its records: how it is written and what its columns hold. */
export interface CsvFile extends TableFile {
  readonly dialect: Dialect;
}

const firstRows = async (source: Source, dialect: Dialect): Promise<readonly PlacedRow[]> => {
  const rows: PlacedRow[] = [];
  for await (const { line, cells } of rowsOf(source, dialect)) {
    rows.push({ row: rows.length, line, cells });
    if (rows.length >= headerWithin) break;
  }
  return dialect.separatorLine ? rows.slice(1) : rows;
};

/** About how many rows follow a header. */
const countFrom = async (source: Source, dialect: Dialect, header: PlacedRow): Promise<number> => {
  const { lineFeeds, longestLine, mayHaveQuotes } = await glanceAt(source, dialect.encoding);
  const isPlain = !mayHaveQuotes && longestLine < longestRow;
  return isPlain ? Math.max(0, lineFeeds - header.line) : (await countRows(source, dialect, header)) - 1;
};

/** Rows as a CSV file with a byte order mark: it beats the `--encoding` that its origin may have needed. */
async function* writeRows(rows: AsyncIterable<readonly string[]>, delimiter: string): AsyncGenerator<string, void> {
  yield '\ufeff';
  for await (const row of rows) yield csvRows([row], delimiter);
}

/** The rows of a CSV file. */
export const csvTable = async (source: Source, dialect: Dialect): Promise<Table> => ({
  name: source.name,
  delimiter: dialect.delimiter,
  isInOldEncoding: await isInOldEncoding(source, dialect.encoding),
  firstRows: await firstRows(source, dialect),
  blocksFrom: (header) => rowBlocksOf(source, dialect, header),
  countFrom: (header) => countFrom(source, dialect, header),
  writeRejects: (rows) => writeRows(rows, dialect.delimiter),
});

/**
 * Opens a CSV file: finds out how it is written, finds its header and what the columns hold, and goes through it once.
 *
 * @throws EncodingUnknown, InvalidError where the file cannot be read as a whole: its encoding, a quote, no header, the
 * order of its dates
 * @throws UsageError where an option names something that is not there
 */
export const openCsv = async (source: Source, options: ReadOptions): Promise<CsvFile> => {
  const dialect = await dialectOf(source, options);
  return { ...(await openTable(await csvTable(source, dialect), options)), dialect };
};
