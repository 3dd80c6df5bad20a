import { extname } from 'node:path';
import type { ImportPlan } from '../contacts/import/plan.js';
import type { RowResult } from '../contacts/import/row-log.js';
import { UsageError } from '../errors.js';
import { guard } from '../formats/csv/formula-guard.js';
import { csvRows } from '../formats/csv/write.js';
import { writeFileWhole } from './files.js';
import type { Session } from './session.js';

/** Rows that are put together before they are written. */
const rowsAtOnce = 500;

const csvHeader = ['File', 'Row', 'Line', 'Action', 'ID', 'Fields', 'Errors', 'Warnings'];

const csvRow = (file: string, { row, line, action, id, fields, errors, warnings }: RowResult): readonly string[] => [
  guard(file),
  String(row),
  String(line),
  action,
  id ?? '',
  ...[fields, errors, warnings].map((value) => JSON.stringify(value)),
];

/** How a report can be written: what it begins with, and rows of it. */
const formats = {
  '.ndjson': {
    header: '',
    rows: (file: string, results: readonly RowResult[]) =>
      results.map((result) => `${JSON.stringify({ file, ...result })}\n`).join(''),
  },
  '.csv': {
    header: csvRows([csvHeader]),
    rows: (file: string, results: readonly RowResult[]) => csvRows(results.map((result) => csvRow(file, result))),
  },
} as const;

type ReportFormat = (typeof formats)[keyof typeof formats];

/**
 * The format that a report's name tells.
 *
 * @throws UsageError where it tells none
 */
export const reportFormatOf = (path: string): ReportFormat => {
  const extension = extname(path).toLowerCase();
  if (extension === '.ndjson' || extension === '.csv') return formats[extension];
  throw new UsageError(`--report: "${path}" ends in neither .ndjson nor .csv.`, 'Give the file one of these endings.');
};

async function* piecesOf(file: string, results: Iterable<RowResult>, format: ReportFormat): AsyncGenerator<string> {
  if (format.header !== '') yield format.header;
  let some: RowResult[] = [];
  for (const result of results) {
    some.push(result);
    if (some.length < rowsAtOnce) continue;
    yield format.rows(file, some);
    some = [];
  }
  if (some.length > 0) yield format.rows(file, some);
}

/**
 * Writes what becomes of each row of an import.
 *
 * @param file how the report names the file that is imported
 * @param force whether an existing report may be replaced
 * @throws UsageError, ConflictError, StoreError where it cannot be written
 */
export const writeReport = (
  path: string,
  file: string,
  { results }: ImportPlan,
  force: boolean,
  session: Session,
): Promise<void> => writeFileWhole(path, piecesOf(file, results, reportFormatOf(path)), force, session);
