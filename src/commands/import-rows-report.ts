import { extname } from 'node:path';
import type { ImportPlan } from '../contacts/import/plan.js';
import type { RowResult } from '../contacts/import/row-log.js';
import { UsageError } from '../errors.js';
import { guard } from '../formats/csv/formula-guard.js';
import { csvRows } from '../formats/csv/write.js';
import type { JoinedFile, JoinedFiles } from '../formats/joined.js';
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

/** What became of a row, with its number in the file. */
const inFile = (result: RowResult, { rowsBefore }: JoinedFile): RowResult => {
  if (rowsBefore === 0) return result;
  const back = <Row extends { readonly row: number }>(one: Row): Row => ({ ...one, row: one.row - rowsBefore });
  return { ...back(result), errors: result.errors.map(back), warnings: result.warnings.map(back) };
};

async function* piecesOf(
  { fileOf }: JoinedFiles,
  results: Iterable<RowResult>,
  format: ReportFormat,
): AsyncGenerator<string> {
  if (format.header !== '') yield format.header;
  let some: RowResult[] = [];
  let file: JoinedFile | undefined;
  for (const result of results) {
    const own = fileOf(result.row);
    if (file !== undefined && (own !== file || some.length === rowsAtOnce)) {
      yield format.rows(file.name, some);
      some = [];
    }
    file = own;
    some.push(inFile(result, own));
  }
  if (file !== undefined) yield format.rows(file.name, some);
}

/**
 * Writes what becomes of each row of an import.
 *
 * @param joined the files that are imported
 * @param force whether an existing report may be replaced
 * @throws UsageError, ConflictError, StoreError where it cannot be written
 */
export const writeReport = (
  path: string,
  joined: JoinedFiles,
  { results }: ImportPlan,
  force: boolean,
  session: Session,
): Promise<void> => writeFileWhole(path, piecesOf(joined, results, reportFormatOf(path)), force, session);
