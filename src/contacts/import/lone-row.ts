import type { Contact, ContactData } from '../../fields/contact.js';
import { isIdentified, withPresets } from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { valuesAt } from '../../fields/values.js';
import { createContact, isSame } from '../record.js';
import { restore } from './evidence/restore.js';
import { emailKeys, phoneKeys } from './holders.js';
import { type PassOptions, restoreOptions } from './pass.js';
import type { RowReading } from './row.js';
import { setsIn, sharesUid } from './uids.js';

const isEqualList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

const intersects = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((value) => other.includes(value));

/** Groups of values, whose parts are compared one by one. */
const groups = ['address', 'social', 'custom'];
const lists = ['labels', 'phones', 'emails', 'notes', 'uids'];

type Parts = { readonly [key: string]: unknown };

/** Whether each part of some data is the same in other data. */
const isWithin = (parts: Parts, whole: Parts): boolean =>
  Object.entries(parts).every(([key, value]) => value === whole[key] || isSame(value, whole[key]));

/** Whether data says all that a row says, and in the kinds that the row sets exactly no more than that. */
const saysAll = (contact: ContactData, row: ContactData, sets: readonly FieldPath[]): boolean => {
  const { notes, labels, phones, emails } = contact;
  const known = contact as unknown as Parts;
  return (
    Object.entries(row).every(([key, value]) => {
      if (lists.includes(key)) return true;
      return groups.includes(key) ? isWithin(value as Parts, (known[key] ?? {}) as Parts) : value === known[key];
    }) &&
    row.labels.every((label) => labels.includes(label)) &&
    row.phones.every(({ number }) => phones.some((phone) => phone.number === number)) &&
    (row.uids ?? []).every((uid) => contact.uids?.includes(uid)) &&
    row.emails.every(({ address }) => emails.some((email) => email.address === address)) &&
    (row.notes.length === 0 || (row.notes.length === 1 && notes.some(({ text }) => text === row.notes[0]?.text))) &&
    sets.every((path) => isEqualList(valuesAt(row, path), valuesAt(contact, path)))
  );
};

/** Whether a row is a contact's for sure: by its ID, else by a UID, else by an address, else by a number and the same name. */
const isOf = ({ id, data }: RowReading, contact: Contact, { match }: PassOptions): boolean => {
  if (id !== undefined) return id === contact.id;
  if (sharesUid(data, contact)) return true;
  if (intersects(emailKeys(data, match), emailKeys(contact, match))) return true;
  const isNamesake = data.firstName === contact.firstName && data.lastName === contact.lastName;
  return isNamesake && intersects(phoneKeys(data, match), phoneKeys(contact, match));
};

/** What becomes of a row that nothing else has to do with. */
export type LoneOutcome =
  | { readonly kind: 'created'; readonly after: Contact }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unidentified' };

/**
 * What `settle` makes of a row that shares keys with no other row, where that is plain at once: nobody in the store has
 * its keys, or one contact says all of it already. So it is with nearly all rows of a file that is imported for the first
 * time, or again. `undefined` where it is not plain.
 */
export const settleAlone = (
  given: RowReading,
  contacts: readonly Contact[],
  options: PassOptions,
): LoneOutcome | undefined => {
  const [contact, another] = contacts;
  if (contact === undefined) {
    if (options.onNew !== 'create' || restore(given, undefined, restoreOptions(options)).bad.length > 0)
      return undefined;
    const data = withPresets(given.data, options.fields);
    if (!isIdentified(data)) return { kind: 'unidentified' };
    const after = createContact(data, given.id ?? options.newIdFor(given), options.category, options.stamp);
    return { kind: 'created', after };
  }
  const isPlain =
    another === undefined &&
    options.onMatch === 'update' &&
    contact.category === options.category &&
    isIdentified(contact);
  const isSaid = (row: RowReading): boolean =>
    isOf(row, contact, options) && saysAll(contact, row.data, setsIn(row, contact));
  if (!isPlain) return undefined;
  if (given.doubts === undefined && isSaid(given)) return { kind: 'unchanged' };
  const { row, bad } = restore(given, contact, restoreOptions(options));
  return bad.length === 0 && isSaid(row) ? { kind: 'unchanged' } : undefined;
};
