import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
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
 * The rows of a CSV file one by one, header and blank lines too, in bounded memory. Lines end as they like, also
 * differently in one file.
 *
 * @param from the row at which to begin, with its line; the first where absent
 * @throws InvalidError where a quote is out of place (`wellQuoted`) or the text is not in the encoding (`textOf`)
 */
export async function* rowsOf(
  source: Source,
  dialect: Dialect,
  from: { readonly row: number; readonly line: number } = { row: 0, line: 1 },
): AsyncGenerator<Row, void> {
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    trim: dialect.padded,
    max_record_size: 0,
  });
  const texts = wellQuoted(textOf(source, dialect.encoding), dialect, from.row);
  // A failure of the source destroys the parser with the same error, which the loop below then throws.
  pipeline(Readable.from(texts), parser, () => undefined);
  let { line } = from;
  for await (const cells of parser as AsyncIterable<string[]>) {
    yield { line, cells };
    line += 1 + lineEndsWithin(cells);
  }
}
