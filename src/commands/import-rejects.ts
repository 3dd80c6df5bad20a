import type { ImportPlan } from '../contacts/import/plan.js';
import type { JoinedFile, JoinedFiles } from '../formats/joined.js';
import { recordsOf } from '../formats/record.js';
import { writeFileWhole } from './files.js';
import type { ImportOptions } from './import.js';
import { standardInput } from './import-inputs.js';
import type { Session } from './session.js';

/** What is wrong with rejected rows, by their numbers. */
type Faults = ReadonlyMap<number, readonly string[]>;

const faultsOf = ({ errors }: ImportPlan): Faults => {
  const faults = new Map<number, string[]>();
  for (const { row, column, message } of errors) {
    faults.set(row, [...(faults.get(row) ?? []), column === '' ? message : `${column} ${message}`]);
  }
  return faults;
};

async function* rejectedRecords({ file, rowsBefore }: JoinedFile, faults: Faults) {
  for await (const record of recordsOf(file)) {
    const found = faults.get(record.row + rowsBefore);
    if (found !== undefined) yield { record, error: found.join('; ') };
  }
}

/** Writes the rejected rows of a file beside it, where that can be written, with the next free number. */
const writeBeside = async (
  input: string,
  rows: () => AsyncIterable<string | Uint8Array>,
  session: Session,
): Promise<string | undefined> => {
  const [, stem = input, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(input) ?? [];
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

/**
 * Writes rejected rows: to the file that was named; at a terminal beside each input.
 *
 * @returns the files that were written
 */
export const writeRejects = async (
  { files, fileOf }: JoinedFiles,
  plan: ImportPlan,
  options: ImportOptions,
  session: Session,
): Promise<readonly string[]> => {
  if (plan.counts.rejected === 0 || options.dryRun) return [];
  const isWanted = options.rejects !== undefined || session.io.stderrIsTerminal;
  if (!isWanted) return [];
  const faults = faultsOf(plan);
  const withFaults = new Set([...faults.keys()].map(fileOf));
  const written: string[] = [];
  for (const joined of files) {
    if (!withFaults.has(joined)) continue;
    const rows = () => joined.file.rejects(rejectedRecords(joined, faults));
    if (options.rejects !== undefined) {
      await writeFileWhole(options.rejects, rows(), options.force, session);
      written.push(options.rejects);
    } else if (joined.name !== standardInput) {
      const path = await writeBeside(joined.name, rows, session);
      if (path !== undefined) written.push(path);
    }
  }
  return written;
};
