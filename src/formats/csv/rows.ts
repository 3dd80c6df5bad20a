import { parse } from 'csv-parse/sync';
import { type Source, textOf } from '../encoding.js';
import type { Dialect } from './dialect.js';
import { wellQuoted } from './well-quoted.js';

/** A row of a file, as it came. */
export interface Row {
  /** The file's line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const lineEnd = /\r\n|\n|\r/g;

/** How many line ends stand in a row's quoted cells. */
const lineEndsWithin = (cells: readonly string[]): number => {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(lineEnd)?.length ?? 0;
  }
  return count;
};

/** Whether a row has nothing in it: a blank line, or one of delimiters alone. */
export const isBlankRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/**
 * Where the last whole row of a text ends that begins with a row: after the last line end outside of quoted cells. Quotes
 * are in order, so an even number of them stands before such a line end.
 */
const endOfRows = (text: string): number => {
  if (!text.includes('"')) {
    const end = text.lastIndexOf('\n') + 1;
    return end + text.slice(end, -1).lastIndexOf('\r') + 1;
  }
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const character = text[at];
    if (character === '"') quotes -= 1;
    // A carriage return at the very end may be the first half of a line end.
    else if (quotes % 2 === 0 && (character === '\n' || (character === '\r' && at < text.length - 1))) return at + 1;
  }
  return 0;
};

/** Text cut into pieces that are whole rows, as many as arrived at once. */
async function* wholeRows(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const text of texts) {
    const joined = rest + text;
    const end = endOfRows(joined);
    if (end > 0) yield joined.slice(0, end);
    rest = joined.slice(end);
  }
  if (rest !== '') yield rest;
}

/** The lines of a text; most texts have line ends of one kind. */
const linesOf = (text: string): readonly string[] => {
  if (!text.includes('\r')) return text.split('\n');
  const lines = text.split('\r\n');
  return lines.some((line) => line.includes('\n') || line.includes('\r')) ? text.split(lineEnd) : lines;
};

/** The cells of whole rows. Where no cell is quoted, every delimiter and every line end divides. */
const cellsOf = (text: string, { delimiter, padded }: Dialect): readonly (readonly string[])[] => {
  if (padded || text.includes('"')) {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      trim: padded,
      max_record_size: 0,
    });
  }
  const lines = linesOf(text);
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  return lines.slice(0, count).map((line) => line.split(delimiter));
};

/**
 * The rows of a CSV file, header and blank lines too, as many at once as a piece of the file holds; in bounded memory.
 * Lines end as they like, also differently in one file.
 *
 * @param from the row at which to begin, with its line; the first where absent
 * @throws InvalidError where a quote is out of place (`wellQuoted`) or the text is not in the encoding (`textOf`)
 */
export async function* rowBlocksOf(
  source: Source,
  dialect: Dialect,
  from: { readonly row: number; readonly line: number } = { row: 0, line: 1 },
): AsyncGenerator<readonly Row[], void> {
  let { line } = from;
  for await (const text of wholeRows(wellQuoted(textOf(source, dialect.encoding), dialect, from.row))) {
    const isQuoted = text.includes('"');
    yield cellsOf(text, dialect).map((cells): Row => {
      const row = { line, cells };
      line += isQuoted ? 1 + lineEndsWithin(cells) : 1;
      return row;
    });
  }
}

/** How many of whole rows have something in them. */
const countFilled = (text: string, dialect: Dialect): number => {
  if (dialect.padded || text.includes('"')) return cellsOf(text, dialect).filter((cells) => !isBlankRow(cells)).length;
  let count = 0;
  for (const line of linesOf(text)) {
    // Most lines begin with a letter or a digit, which settles it.
    if ((/^[a-z0-9]/i.test(line) && !line.startsWith(dialect.delimiter)) || !isBlankRow(line.split(dialect.delimiter)))
      count += 1;
  }
  return count;
};

/** How many rows have something in them; goes through the file and throws as `rowBlocksOf` does, in a part of its time. */
export const countRows = async (source: Source, dialect: Dialect, from: { readonly row: number }): Promise<number> => {
  let count = 0;
  for await (const text of wholeRows(wellQuoted(textOf(source, dialect.encoding), dialect, from.row))) {
    count += countFilled(text, dialect);
  }
  return count;
};

/** The rows of `rowBlocksOf` one by one. */
export async function* rowsOf(...given: Parameters<typeof rowBlocksOf>): AsyncGenerator<Row, void> {
  for await (const rows of rowBlocksOf(...given)) yield* rows;
}
