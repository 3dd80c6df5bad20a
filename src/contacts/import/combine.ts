import type { ContactData, CustomValue, Note } from '../../fields/contact.js';
import { fold } from '../../fields/fold.js';
import { emailKey } from '../keys.js';

/** A list with those of further values whose key it does not have; the list itself where there are none. */
const withNew = <Value>(
  list: readonly Value[],
  further: readonly Value[],
  keyOf: (value: Value) => string,
): readonly Value[] => {
  if (further.length === 0) return list;
  const keys = new Set(list.map(keyOf));
  const added = further.filter((value) => !keys.has(keyOf(value)));
  return added.length === 0 ? list : [...list, ...added];
};

/** The notes, and of the further ones those whose text is not there as often as they say it. */
const withNewNotes = (notes: readonly Note[], further: readonly Note[]): readonly Note[] => {
  if (further.length === 0) return notes;
  const left = notes.map((note) => note.text);
  const added = further.filter(({ text }) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return added.length === 0 ? notes : [...notes, ...added];
};

const isList = (value: CustomValue | undefined): value is readonly string[] => typeof value === 'object';

const combineCustom = (
  before: ContactData['custom'],
  further: NonNullable<ContactData['custom']>,
): NonNullable<ContactData['custom']> => {
  const combined = new Map(Object.entries(before ?? {}));
  for (const [key, value] of Object.entries(further)) {
    const there = combined.get(key);
    combined.set(key, isList(there) && isList(value) ? withNew(there, value, (choice) => choice) : value);
  }
  return Object.fromEntries(combined);
};

/**
 * Data with further data on top: new phones, emails, labels, notes and chosen options are added and none is removed;
 * in what holds one value the further one wins where there is one.
 *
 * A phone number or an address is new where no kind has it, so that a file that calls a mobile a phone doubles nothing.
 */
export const combine = (data: ContactData, further: ContactData): ContactData => ({
  ...data,
  ...further,
  labels: withNew(data.labels, further.labels, fold),
  phones: withNew(data.phones, further.phones, (phone) => phone.number),
  emails: withNew(data.emails, further.emails, (email) => emailKey(email.address)),
  ...(further.address && { address: { ...data.address, ...further.address } }),
  ...(further.social && { social: { ...data.social, ...further.social } }),
  ...(further.custom && { custom: combineCustom(data.custom, further.custom) }),
  notes: withNewNotes(data.notes, further.notes),
});

/** Notes of which those whose text was there before keep their id, author and time. */
export const keepNotes = (notes: readonly Note[], before: readonly Note[]): readonly Note[] => {
  const left = [...before];
  return notes.map((note) => {
    const at = left.findIndex(({ text }) => text === note.text);
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    return kept ?? note;
  });
};
