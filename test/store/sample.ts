import type { Change, Edit, Plan, Why } from '../../src/contacts/change.js';
import { emptySettings, type Settings } from '../../src/contacts/settings.js';
import { type Contact, emptyData } from '../../src/fields/contact.js';
import type { ContactStore, StoreView } from '../../src/store/store.js';

export const moment = '2026-11-24T09:00:00.000Z';

/** A contact with this id and, unless told otherwise, this first name. */
export const contact = (id: string, data: Partial<Contact> = {}): Contact => ({
  id,
  category: 'external',
  createdAt: moment,
  createdBy: 'ada',
  updatedAt: moment,
  updatedBy: 'ada',
  firstName: id,
  ...emptyData,
  ...data,
});

export const why: Why = { by: 'ada', command: 'add', summary: 'Added contacts' };

export const settings = (part: Partial<Settings>): Settings => ({ ...emptySettings, ...part });

/** Makes a change that is known beforehand. */
export const apply = (store: ContactStore, edits: readonly Edit[], rest: Omit<Plan, 'edits'> = {}) =>
  store.change(why, async () => ({ edits, ...rest }));

export const create = (store: ContactStore, ...contacts: readonly Contact[]) =>
  apply(
    store,
    contacts.map((after) => ({ after })),
  );

/** Takes a change back, as `contacts undo` does. */
export const undo = (store: ContactStore, change: Change) =>
  apply(
    store,
    change.edits.map(({ before, after, position }) => ({
      ...(after && { before: after }),
      ...(before && { after: before }),
      ...(position !== undefined && { position }),
    })),
    { undoes: change.id, ...(change.settings && { settings: change.settings.before }) },
  );

/** All contacts in stored order. */
export const all = async (view: StoreView): Promise<readonly Contact[]> =>
  (await view.find({ category: 'all' }, 'stored', { offset: 0 })).contacts;

export const idsIn = async (view: StoreView): Promise<readonly string[]> => (await all(view)).map(({ id }) => id);

/** A change that must have been made. */
export const made = (change: Change | undefined): Change => {
  if (change === undefined) throw new Error('No change was made.');
  return change;
};
