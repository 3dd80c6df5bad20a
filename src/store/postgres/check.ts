import type { ClientBase } from 'pg';
import type { Soundness } from '../../contacts/soundness.js';
import type { Contact } from '../../fields/contact.js';
import { contactProblem } from '../json/contact-shape.js';
import { same } from '../json/same.js';
import type { Fault } from '../store.js';
import { columnsOf } from './contact-row.js';
import type { StoreRow } from './store-row.js';

const rowsAtOnce = 1000;

interface CheckedRow {
  readonly id: string;
  readonly category: string;
  readonly name: string;
  readonly grams: readonly number[];
  readonly keys: readonly string[];
  readonly merged_ids: readonly string[] | null;
  readonly contact: Contact;
}

const outside = 'Somebody else wrote to the tables.';
const copyAnew = 'Copy the contacts into a new database: `contacts store copy`.';

const faultsOfRow = (
  { contact, merged_ids: mergedIds, ...columns }: CheckedRow,
  soundness: Soundness,
): readonly Fault[] => {
  const where = `contact ${columns.id}`;
  const problem = contactProblem(contact);
  if (problem !== undefined) {
    const remedy =
      '`contacts store restore --list` shows the earlier states; bring back one from before it was damaged.';
    return [{ where, severity: 'error', message: `The contact ${problem}. ${outside}`, remedy }];
  }
  const { unique: _, ...expected } = columnsOf(contact);
  const faults = soundness.faultsOf(contact).map((fault): Fault => ({ where, ...fault }));
  if (same({ ...columns, mergedIds }, expected)) return faults;
  const message = `The columns that searches use do not match the contact. ${outside}`;
  const remedy = `Any edit of it writes them again, as does a copy: \`contacts edit ${columns.id}\`.`;
  return [...faults, { where, severity: 'error', message, remedy }];
};

/** Everything that is wrong with the tables, as they are in this transaction. */
export const faultsIn = async (client: ClientBase, row: StoreRow, soundness: Soundness): Promise<readonly Fault[]> => {
  const faults: Fault[] = [];
  const counts = { external: 0, internal: 0 };
  await client.query(`DECLARE contacts_check NO SCROLL CURSOR FOR
    SELECT id, category, name, grams, keys, merged_ids, contact FROM contacts_contact ORDER BY place`);
  for (;;) {
    const { rows } = await client.query<CheckedRow>(`FETCH ${rowsAtOnce} FROM contacts_check`);
    for (const checked of rows) {
      faults.push(...faultsOfRow(checked, soundness));
      if (checked.category === 'internal') counts.internal += 1;
      else counts.external += 1;
    }
    if (rows.length < rowsAtOnce) break;
  }
  if (counts.external !== row.external || counts.internal !== row.internal) {
    faults.push({
      where: 'contacts_store',
      severity: 'error',
      remedy: `${outside} ${copyAnew}`,
      message: `It counts ${row.external} external contacts and ${row.internal} staff members; there are ${counts.external} and ${counts.internal}.`,
    });
  }
  const { rows } = await client.query(`
    SELECT id FROM contacts_change WHERE (SELECT count(*) FROM contacts_edit WHERE contacts_edit.revision = contacts_change.revision)
      <> (header ->> 'created')::bigint + (header ->> 'updated')::bigint + (header ->> 'deleted')::bigint`);
  for (const { id } of rows) {
    faults.push({
      where: `change ${id}`,
      severity: 'warning',
      message: 'Edits of it are missing.',
      remedy: 'This change alone cannot be undone, nor an earlier state restored; the later changes can.',
    });
  }
  return faults;
};
