import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from } from 'pg-copy-streams';

/** A value of a column: text as it is, a list as an array. */
export type Cell = string | number | null | readonly string[] | readonly number[];

const rowsAtOnce = 500;

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value in the text format of COPY (PostgreSQL's documentation, "COPY", "Text Format"). */
const cellText = (cell: Cell): string => {
  if (cell === null) return '\\N';
  if (typeof cell === 'number') return String(cell);
  const text =
    typeof cell === 'string'
      ? cell
      : `{${cell.map((item) => (typeof item === 'number' ? item : quoted(item))).join(',')}}`;
  return text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
};

function* chunksOf(rows: Iterable<readonly Cell[]>): Generator<string, void> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${row.map(cellText).join('\t')}\n`);
    if (lines.length < rowsAtOnce) continue;
    yield lines.join('');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('');
}

/**
 * Streams rows into a table.
 *
 * @param target the table with its columns, as SQL
 */
export const copyInto = (client: ClientBase, target: string, rows: Iterable<readonly Cell[]>): Promise<void> =>
  pipeline(Readable.from(chunksOf(rows)), client.query(from(`COPY ${target} FROM STDIN`)));
