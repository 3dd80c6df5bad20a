import type { ImportPlan } from '../contacts/import/plan.js';
import { type ImportFile, recordsOf } from '../formats/record.js';
import { writeFileWhole } from './files.js';
import type { ImportOptions } from './import.js';
import type { Session } from './session.js';

async function* rejectedRecords(file: ImportFile, { errors }: ImportPlan) {
  const faults = new Map<number, string[]>();
  for (const { row, column, message } of errors) {
    faults.set(row, [...(faults.get(row) ?? []), column === '' ? message : `${column} ${message}`]);
  }
  for await (const record of recordsOf(file)) {
    const found = faults.get(record.row);
    if (found !== undefined) yield { record, error: found.join('; ') };
  }
}

/** Where rejected rows go: the file that was named; at a terminal one beside the input, where that can be written. */
export const writeRejects = async (
  file: ImportFile,
  plan: ImportPlan,
  options: ImportOptions,
  session: Session,
): Promise<string | undefined> => {
  if (plan.counts.rejected === 0 || options.dryRun) return undefined;
  const rows = (): AsyncIterable<string | Uint8Array> => file.rejects(rejectedRecords(file, plan));
  if (options.rejects !== undefined) {
    await writeFileWhole(options.rejects, rows(), options.force, session);
    return options.rejects;
  }
  if (options.file === '-' || !session.io.stderrIsTerminal) return undefined;
  const [, stem = options.file, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(options.file) ?? [];
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const path = `${stem}.rejects${attempt === 1 ? '' : `-${attempt}`}${extension}`;
    try {
      await writeFileWhole(path, rows(), false, session);
      return path;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConflictError') continue;
      await session.warn(`The rejected rows were not kept: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
  return undefined;
};
