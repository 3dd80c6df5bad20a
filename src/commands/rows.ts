import { UsageError } from '../errors.js';
import type { Cell, Column } from '../terminal/table.js';
import { type ListFormat, writeJson, writeJsonLine } from './output.js';
import type { Session } from './session.js';

/** A column of a list of things that are no contacts: labels, custom fields, changes. */
export interface RowColumn<Row> {
  readonly title: string;
  /** The property that the column shows. */
  readonly key: keyof Row;
  readonly align?: 'left' | 'right';
  /** May be cut where the terminal is narrow. */
  readonly flexible?: boolean;
  /** How a terminal shows it; a pipe gets its plain text. */
  cell?(row: Row): Cell;
}

const plainCell = (value: unknown): Cell => ({
  text: Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value),
});

const columnOf = <Row>({ title, align, flexible }: RowColumn<Row>): Column => ({
  title,
  ...(align && { align }),
  ...(flexible && { flexible }),
});

/** Writes a list of things in the format that was asked for; `json` gives the rows as they are. */
export const writeRows = async <Row extends object>(
  session: Session,
  format: ListFormat,
  rows: readonly Row[],
  columns: readonly RowColumn<Row>[],
): Promise<void> => {
  if (format === 'json') return writeJson(session, rows);
  if (format === 'ndjson') {
    for (const row of rows) await writeJsonLine(session, row);
    return;
  }
  if (format === 'csv') throw new UsageError('CSV is a format for contacts.', 'Use --json here.');
  const { io, style } = session;
  const cells = rows.map((row) => columns.map((column) => column.cell?.(row) ?? plainCell(row[column.key])));
  if (!io.stdoutIsTerminal) {
    const { renderLines } = await import('../terminal/lines.js');
    return session.out.write(renderLines(cells));
  }
  if (rows.length === 0) return session.tell('None.');
  const { renderTable } = await import('../terminal/table.js');
  const options = { width: io.columns, style, hyperlinks: io.hyperlinks };
  await session.out.write(renderTable(columns.map(columnOf), cells, options));
};
