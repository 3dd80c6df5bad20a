import type { ClientBase } from 'pg';
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

const faultOf = ({ contact, merged_ids: mergedIds, ...columns }: CheckedRow): Fault | undefined => {
  const where = `contact ${columns.id}`;
  const problem = contactProblem(contact);
  if (problem !== undefined) return { where, message: `The contact ${problem}.` };
  const { unique: _, ...expected } = columnsOf(contact);
  return same({ ...columns, mergedIds }, expected)
    ? undefined
    : { where, message: 'The columns that searches use do not fit the contact; somebody else wrote to the table.' };
};

/** Everything that is wrong with the tables, as they are in this transaction. */
export const faultsIn = async (client: ClientBase, row: StoreRow): Promise<readonly Fault[]> => {
  const faults: Fault[] = [];
  const counts = { external: 0, internal: 0 };
  await client.query(`DECLARE contacts_check NO SCROLL CURSOR FOR
    SELECT id, category, name, grams, keys, merged_ids, contact FROM contacts_contact ORDER BY place`);
  for (;;) {
    const { rows } = await client.query<CheckedRow>(`FETCH ${rowsAtOnce} FROM contacts_check`);
    for (const checked of rows) {
      const fault = faultOf(checked);
      if (fault) faults.push(fault);
      if (checked.category === 'internal') counts.internal += 1;
      else counts.external += 1;
    }
    if (rows.length < rowsAtOnce) break;
  }
  if (counts.external !== row.external || counts.internal !== row.internal) {
    faults.push({
      where: 'contacts_store',
      message: `It counts ${row.external} external contacts and ${row.internal} staff members; there are ${counts.external} and ${counts.internal}.`,
    });
  }
  const { rows } = await client.query(`
    SELECT id FROM contacts_change WHERE (SELECT count(*) FROM contacts_edit WHERE contacts_edit.revision = contacts_change.revision)
      <> (header ->> 'created')::bigint + (header ->> 'updated')::bigint + (header ->> 'deleted')::bigint`);
  for (const { id } of rows) faults.push({ where: `change ${id}`, message: 'Edits of it are missing.' });
  return faults;
};
