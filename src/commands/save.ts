import type { Change } from '../contacts/change.js';
import { displayName } from '../contacts/contact.js';
import { createContact, updateContact } from '../contacts/record.js';
import type { Settings } from '../contacts/settings.js';
import { findClashes, throwClashes } from '../contacts/unique.js';
import { NotFoundError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import { type Contact, emptyData } from '../fields/contact.js';
import { type Draft, type DraftContext, describeIssue, readDraft, withPresets } from '../fields/draft.js';
import { fieldsOf } from '../fields/field.js';
import type { ContactStore, StoreView } from '../store/store.js';
import { type DuplicatePolicy, reviewDuplicates } from './duplicate-warning.js';
import { definedLabels, throwIssues } from './field-options.js';
import { count } from './output.js';
import type { Session } from './session.js';

/** A contact that is to be made, before it is checked. */
export interface NewContact {
  readonly draft: Draft;
  readonly category: Category;
  /** Its id, where it has one already. */
  readonly id?: string;
  /** Where it comes from, for messages: `line 3: `. */
  readonly where?: string;
}

/**
 * Adds contacts, all or none, as one change.
 *
 * @param duplicates what is done where one looks like a contact that is there
 * @returns the contacts as they now are
 * @throws InvalidError, NotFoundError (an unknown label), ConflictError (a unique value that is taken), LikelyDuplicate
 */
export const addContacts = async (
  drafts: readonly NewContact[],
  store: ContactStore,
  context: DraftContext,
  session: Session,
  dryRun: boolean,
  duplicates: DuplicatePolicy,
): Promise<readonly Contact[]> => {
  let added: readonly Contact[] = [];
  await store.change(
    { by: context.by, command: 'add', summary: '' },
    async (view) => {
      const settings = await view.settings();
      added = drafts.map((wanted) => newContact(wanted, settings, context, session));
      throwClashes(await findClashes(added, (keys) => view.lookup(keys)));
      await reviewDuplicates(
        added.map((after) => ({ after })),
        view,
        duplicates,
        session,
      );
      const [first] = added;
      const summary =
        first && added.length === 1 ? `Added ${displayName(first)}` : `Added ${count(added.length, 'contact')}`;
      return { edits: added.map((after) => ({ after })), summary };
    },
    { dryRun },
  );
  return added;
};

const newContact = (
  { draft, category, id, where = '' }: NewContact,
  settings: Settings,
  context: DraftContext,
  session: Session,
): Contact => {
  const fields = fieldsOf(category, settings.fields);
  const reading = readDraft(draft, emptyData, fields, context);
  for (const warning of reading.warnings) void session.warn(`${where}${describeIssue(warning)}.`);
  if (!reading.ok) throwIssues(reading.issues, where);
  const data = reading.ok ? definedLabels(reading.data, settings) : emptyData;
  return createContact(withPresets(data, fields), id ?? session.newId(), category, context);
};

/** What an edit of several contacts came to. */
export interface EditOutcome {
  readonly contacts: readonly Contact[];
  readonly updated: number;
  readonly unchanged: number;
  readonly change: Change | undefined;
}

/**
 * Edits contacts, all or none, as one change.
 *
 * @param select finds them, under the store's lock
 * @param draftFor the draft for one of them
 * @param duplicates what is done where one comes to look like another contact
 */
export const editContacts = async (
  select: (view: StoreView) => Promise<readonly Contact[]>,
  draftFor: (contact: Contact, settings: Settings) => Draft,
  store: ContactStore,
  context: DraftContext,
  session: Session,
  dryRun: boolean,
  duplicates: DuplicatePolicy,
): Promise<EditOutcome> => {
  let contacts: readonly Contact[] = [];
  let edits: readonly { readonly before: Contact; readonly after: Contact }[] = [];
  const change = await store.change(
    { by: context.by, command: 'edit', summary: '' },
    async (view) => {
      const settings = await view.settings();
      const before = await select(view);
      contacts = before.map((contact) => {
        const reading = readDraft(
          draftFor(contact, settings),
          contact,
          fieldsOf(contact.category, settings.fields),
          context,
        );
        const where = before.length > 1 ? `${displayName(contact)} (${contact.id}): ` : '';
        for (const warning of reading.warnings) void session.warn(`${where}${describeIssue(warning)}.`);
        if (!reading.ok) throwIssues(reading.issues, where);
        return reading.ok
          ? updateContact(contact, definedLabels(reading.data, settings, contact.labels), context)
          : contact;
      });
      edits = before.flatMap((contact, index) => {
        const after = contacts[index];
        return after === undefined || after === contact ? [] : [{ before: contact, after }];
      });
      throwClashes(
        await findClashes(
          edits.map(({ after }) => after),
          (keys) => view.lookup(keys),
        ),
      );
      await reviewDuplicates(edits, view, duplicates, session);
      const [first] = contacts;
      const summary =
        first && edits.length === 1 ? `Edited ${displayName(first)}` : `Edited ${count(edits.length, 'contact')}`;
      return { edits, summary };
    },
    { dryRun },
  );
  return { contacts, updated: edits.length, unchanged: contacts.length - edits.length, change };
};

/**
 * The contacts with these ids as they are now.
 *
 * @throws NotFoundError where one of them is gone
 */
export const contactsById = async (view: StoreView, ids: readonly string[]): Promise<readonly Contact[]> => {
  const found = await view.get(ids);
  const missing = ids.find((id) => !found.some((contact) => contact.id === id));
  if (missing !== undefined) {
    throw new NotFoundError(`The contact ${missing} was deleted meanwhile.`, 'Nothing was changed.');
  }
  return found;
};
