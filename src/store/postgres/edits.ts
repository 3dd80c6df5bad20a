import type { Edit } from '../../contacts/change.js';
import { describeContact } from '../../contacts/contact.js';
import { Creation, idOfEdit } from '../../contacts/creation.js';
import { ConflictError } from '../../errors.js';
import type { Category } from '../../fields/catalogue.js';
import type { Contact } from '../../fields/contact.js';
import { same } from '../json/same.js';

/** A contact as the columns of type `json` take it. */
export const jsonOf = (contact: Contact | undefined): string | null =>
  contact === undefined ? null : JSON.stringify(contact);

/** What an edit leads to, as JSON; `null` where it deletes. */
export const jsonAfter = (edit: Edit): string | null => (edit instanceof Creation ? edit.json : jsonOf(edit.after));

/** The edits that alter something. */
export const alteringEdits = (edits: readonly Edit[]): readonly Edit[] => {
  const altering = edits.filter((edit) => edit instanceof Creation || !same(edit.before, edit.after));
  if (new Set(altering.map(idOfEdit)).size < altering.length)
    throw new Error('A plan has several edits of one contact.');
  return altering;
};

/** How many more contacts of a category there are after the edits. */
export const growth = (edits: readonly Edit[], category: Category): number => {
  let sum = 0;
  for (const edit of edits) {
    if (edit.before?.category === category) sum -= 1;
    const { category: after } = edit instanceof Creation ? edit : (edit.after ?? {});
    if (after === category) sum += 1;
  }
  return sum;
};

const hasChanged = (contact: Contact, what: string) =>
  new ConflictError(
    `${describeContact(contact)} ${what} meanwhile; nothing was changed.`,
    'Look at it with `contacts show`, and run the command again.',
  );

/**
 * Holds an edit to the contact that the store has.
 *
 * @throws ConflictError where it is not the one that the edit was planned on
 */
export const refuseStale = (edit: Edit, stored: Contact | undefined): void => {
  const { before } = edit;
  if (before === undefined) {
    if (stored !== undefined) throw hasChanged(edit.after ?? stored, 'was created');
  } else if (stored === undefined) throw hasChanged(before, 'was deleted');
  else if (!same(stored, before)) throw hasChanged(before, 'was changed');
};
