import { isDeepStrictEqual } from 'node:util';
import { type Category, catalogue } from '../fields/catalogue.js';
import type { Contact, ContactData, Kept } from '../fields/contact.js';

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
    'uids',
    'uidsPartial',
    ...kept,
  ]),
];

/** The keys of what people enter, in that order. */
const dataKeys = keyOrder.filter((key) => !kept.includes(key));

/** A contact with its keys in order. Built key by key, since a copy that is put in order then takes ten times as long. */
const inOrder = (data: ContactData, { id, category, createdAt, createdBy, updatedAt, updatedBy, mergedIds }: Kept) => {
  const record = data as unknown as { readonly [key: string]: unknown };
  const ordered: { [key: string]: unknown } = { id, category };
  for (const key of dataKeys) if (record[key] !== undefined) ordered[key] = record[key];
  Object.assign(ordered, { createdAt, createdBy, updatedAt, updatedBy }, mergedIds && { mergedIds });
  return ordered as unknown as Contact;
};

/** What people entered about a contact, without what the program keeps. */
export const dataOf = (contact: Contact): ContactData => {
  const { id, category, createdAt, createdBy, updatedAt, updatedBy, mergedIds, ...data } = contact;
  return data;
};

/** What an import knows of how a contact began, where it came from a store of the same program. */
export interface Origin {
  /** UTC, ISO 8601. */
  readonly createdAt?: string;
  readonly createdBy?: string;
  readonly mergedIds?: readonly string[];
}

/** A new contact that has begun elsewhere. */
export const withOrigin = (contact: Contact, { createdAt, createdBy, mergedIds = [] }: Origin): Contact =>
  inOrder(dataOf(contact), {
    ...contact,
    createdAt: createdAt ?? contact.createdAt,
    createdBy: createdBy ?? contact.createdBy,
    ...(mergedIds.length > 0 && { mergedIds }),
  });

/** Whether two contacts, or two contacts' data, say the same. */
export const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

/** A new contact. */
export const createContact = (data: ContactData, id: string, category: Category, { by, at }: Stamp): Contact =>
  inOrder(data, { id, category, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by });

/** What JSON writes as it is: no quote, backslash, control character or half of a surrogate pair (RFC 8259, section 7). */
const unescaped = /^[^"\\\x00-\x1f\ud800-\udfff]*$/;

/** A text as JSON, in a part of the time that `JSON.stringify` takes. */
const textJson = (text: string): string => (unescaped.test(text) ? `"${text}"` : JSON.stringify(text));

const phonesJson = (phones: ContactData['phones']): string =>
  phones.map(({ kind, number }) => `{"kind":"${kind}","number":${textJson(number)}}`).join();

const emailsJson = (emails: ContactData['emails']): string =>
  emails.map(({ kind, address }) => `{"kind":"${kind}","address":${textJson(address)}}`).join();

/** The value of a key of a contact as JSON. */
const valueJson = (key: string, value: unknown): string => {
  if (typeof value === 'string') return textJson(value);
  if (Array.isArray(value) && value.length === 0) return '[]';
  if (key === 'phones') return `[${phonesJson(value as ContactData['phones'])}]`;
  if (key === 'emails') return `[${emailsJson(value as ContactData['emails'])}]`;
  return JSON.stringify(value);
};

/** What stands before the value of each key in JSON. */
const prefixes = dataKeys.map((key): readonly [string, string] => [key, `,${JSON.stringify(key)}:`]);

/** How the JSON of new contacts ends: what the program keeps about them. */
export const createdEnd = ({ by, at }: Stamp): string => {
  const [who, when] = [JSON.stringify(by), JSON.stringify(at)];
  return `,"createdAt":${when},"createdBy":${who},"updatedAt":${when},"updatedBy":${who}}`;
};

/**
 * Makes what gives new contacts as JSON: `createContact` made into JSON, in a tenth of the time.
 *
 * @param stamp of all of them
 * @returns what makes the JSON of some data, with presets where the data has no value for their keys
 */
export const createdContactJson = (
  category: Category,
  stamp: Stamp,
): ((data: ContactData, id: string, presets: { readonly [key: string]: string }) => string) => {
  const end = createdEnd(stamp);
  return (data, id, presets) => {
    const record = data as unknown as { readonly [key: string]: unknown };
    let json = `{"id":"${id}","category":"${category}"`;
    for (const [key, prefix] of prefixes) {
      const value = record[key] ?? presets[key];
      if (value !== undefined) json += prefix + valueJson(key, value);
    }
    return json + end;
  };
};

/** A contact with other data; the contact itself where the data says the same. */
export const updateContact = (before: Contact, data: ContactData, { by, at }: Stamp): Contact => {
  if (isSame(dataOf(before), dataOf(data as Contact))) return before;
  return inOrder(data, { ...before, updatedAt: at, updatedBy: by });
};
