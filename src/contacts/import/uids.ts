import type { Contact, ContactData } from '../../fields/contact.js';
import type { FieldPath } from '../../fields/field.js';
import { valuesAt } from '../../fields/values.js';
import { uidKey } from '../keys.js';
import { combine } from './combine.js';
import type { RowReading } from './row.js';

const isEqualList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/** Whether a contact has one of the UIDs of some data. */
export const sharesUid = ({ uids = [] }: ContactData, contact: Contact): boolean => {
  const keys = new Set(contact.uids?.map(uidKey));
  return keys.size > 0 && uids.some((uid) => keys.has(uidKey(uid)));
};

/**
 * Whether a card with the contact's UID says all of its phones and emails, and so sets their kinds exactly. It does not
 * where the contact has several UIDs, or had numbers of its own when it got this one.
 */
export const isWholeCard = ({ uids = [], uidsPartial }: Contact): boolean => uids.length === 1 && !uidsPartial;

/** The kinds of phones and emails that a row sets exactly in a contact that it is by its ID or by a UID. */
export const setsIn = (row: RowReading, contact: Contact): readonly FieldPath[] => {
  if (row.id !== undefined) return row.sets;
  return sharesUid(row.data, contact) && isWholeCard(contact) ? row.sets : [];
};

/**
 * What a row adds to a contact that it is by an address or a number: its UID, and that its card says only part of the
 * contact where the contact has more of a kind than the card.
 */
export const withPartialUids = ({ data, sets }: RowReading, before: ContactData): ContactData => {
  if (data.uids === undefined) return data;
  const after = combine(before, data);
  const isWhole = sets.every((path) => isEqualList(valuesAt(after, path), valuesAt(data, path)));
  return isWhole ? data : { ...data, uidsPartial: true };
};

/** Who has which UID while rows pass. */
export interface UidHolders<Subject> {
  /** Takes up a contact of the store. */
  take(contact: Contact): void;
  /** Takes up the UIDs of a contact while rows pass; those that another one has stay with it. */
  add(subject: Subject & { readonly id: string }, data: ContactData): void;
  subjectOf(data: ContactData): Subject | undefined;
  /** The contact of the store that has one of the UIDs. */
  contactOf(data: ContactData): Contact | undefined;
  /** The data without the UIDs that another one than this contact has. */
  withoutOthers(data: ContactData, id: string | undefined): ContactData;
}

export const createUidHolders = <Subject extends { readonly id: string }>(): UidHolders<Subject> => {
  const subjects = new Map<string, Subject>();
  const contacts = new Map<string, Contact>();
  const keysOf = ({ uids = [] }: ContactData): readonly string[] => uids.map(uidKey);
  const firstIn = <Value>(map: ReadonlyMap<string, Value>, data: ContactData): Value | undefined =>
    keysOf(data)
      .map((key) => map.get(key))
      .find((value) => value !== undefined);
  const holderOf = (key: string): string | undefined => subjects.get(key)?.id ?? contacts.get(key)?.id;
  return {
    take: (contact) => {
      for (const key of keysOf(contact)) if (!contacts.has(key)) contacts.set(key, contact);
    },
    add: (subject, data) => {
      for (const key of keysOf(data)) if (!subjects.has(key)) subjects.set(key, subject);
    },
    subjectOf: (data) => firstIn(subjects, data),
    contactOf: (data) => firstIn(contacts, data),
    withoutOthers: (data, id) => {
      if (data.uids === undefined) return data;
      const own = data.uids.filter((uid) => {
        const holder = holderOf(uidKey(uid));
        return holder === undefined || holder === id;
      });
      if (own.length === data.uids.length) return data;
      const { uids, ...rest } = data;
      return own.length === 0 ? rest : { ...rest, uids: own };
    },
  };
};
