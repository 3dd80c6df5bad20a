import { isDeepStrictEqual } from 'node:util';
import { type Category, catalogue } from '../fields/catalogue.js';
import type { Contact, ContactData } from '../fields/contact.js';

/** Who writes, and when (UTC, ISO 8601). */
export interface Stamp {
  readonly by: string;
  readonly at: string;
}

const kept = ['id', 'category', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'mergedIds'];

/** The keys of a contact in the order in which they are written: what it is, the catalogue's fields, who and when. */
const keyOrder: readonly string[] = [
  ...new Set([
    'id',
    'category',
    ...Object.values(catalogue).flatMap((sections) =>
      sections
        .flatMap((section) => section.fields.map((field) => field.path.split('.')[0] ?? ''))
        .filter((key) => key !== 'notes'),
    ),
    'custom',
    'notes',
    ...kept,
  ]),
];

const inOrder = (contact: Contact): Contact => {
  const record = contact as unknown as { readonly [key: string]: unknown };
  const ordered: { [key: string]: unknown } = {};
  for (const key of keyOrder) if (record[key] !== undefined) ordered[key] = record[key];
  return ordered as unknown as Contact;
};

/** What people entered about a contact, without what the program keeps. */
export const dataOf = (contact: Contact): ContactData => {
  const { id, category, createdAt, createdBy, updatedAt, updatedBy, mergedIds, ...data } = contact;
  return data;
};

/** Whether two contacts, or two contacts' data, say the same. */
export const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

/** A new contact. */
export const createContact = (data: ContactData, id: string, category: Category, { by, at }: Stamp): Contact =>
  inOrder({ ...data, id, category, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by });

/** A contact with other data; the contact itself where the data says the same. */
export const updateContact = (before: Contact, data: ContactData, { by, at }: Stamp): Contact => {
  if (isSame(dataOf(before), dataOf(data as Contact))) return before;
  const { id, category, createdAt, createdBy, mergedIds } = before;
  return inOrder({
    ...dataOf(data as Contact),
    id,
    category,
    createdAt,
    createdBy,
    updatedAt: at,
    updatedBy: by,
    ...(mergedIds && { mergedIds }),
  });
};
