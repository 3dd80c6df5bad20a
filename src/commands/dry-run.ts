import type { Change } from '../contacts/change.js';
import { displayName } from '../contacts/contact.js';
import { type EditDetails, editDetails, fieldChanges } from '../contacts/edit-details.js';
import type { Settings } from '../contacts/settings.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';

/** What a change would do to each contact, as JSON tells it. */
export const changesJson = (change: Change | undefined, { fields }: Settings): readonly EditDetails[] =>
  (change?.edits ?? []).flatMap((edit) => editDetails(edit, fields) ?? []);

/** Writes what a change would do, a field of a contact on each line: before and after. */
export const writeFieldChanges = async (
  change: Change | undefined,
  { fields }: Settings,
  session: Session,
): Promise<void> => {
  const rows = (change?.edits ?? []).flatMap((edit) => {
    const contact = edit.after ?? edit.before;
    if (contact === undefined) return [];
    const who = { id: contact.id, name: displayName(contact) };
    return fieldChanges(edit, fields).map(({ label, shownBefore, shownAfter }) => ({
      ...who,
      field: label,
      before: shownBefore,
      after: shownAfter,
    }));
  });
  if (rows.length === 0) return;
  await writeRows(session, 'table', rows, [
    { title: 'ID', key: 'id', cell: ({ id }) => ({ text: id, paint: session.style.dim }) },
    { title: 'Name', key: 'name' },
    { title: 'Field', key: 'field' },
    { title: 'Before', key: 'before', flexible: true },
    { title: 'After', key: 'after', flexible: true },
  ]);
};
