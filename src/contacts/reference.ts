import { AmbiguousError, NotFoundError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { describeContact } from './contact.js';
import { emailKey, type Key, nameKey, phoneExtension, phoneKey } from './keys.js';
import { digitForms } from './query/phone-term.js';

/** Finds, for each key in order, the contacts that have it: `lookup` of a store. */
export type Lookup = (keys: readonly Key[]) => Promise<readonly (readonly Contact[])[]>;

/** Reads a phone number in any form and gives E.164; nothing where the text is none. */
export type ParsePhone = (text: string) => string | undefined;

const idOrPrefix = /^[23456789bcdfghjkmnpqrstvwxyz]{4,11}$/;
const withExtension =
  /^(.*?\d.*?)[\s,;]*(?:;\s*ext=|ext(?:ension|n)?\b\.?\s*[:=]?|x|#|內線|内線|内线|分機|分机)\s*(\d{1,15})$/i;
const dialled = /^[\d\s+().\-‐-―−/]+$/;
const fewestDigits = 5;

/** A phone number as it was typed, without its extension. */
interface DialledPhone {
  readonly number: string;
  readonly extension: string | undefined;
}

const phoneOf = (text: string): DialledPhone => {
  const whole = text.normalize('NFKC').replace(/^tel:\s*/i, '');
  const [, number = whole, extension] = withExtension.exec(whole) ?? [];
  return { number, extension };
};

/** Without a `+`, the digits may be with or without a country code. */
const phoneKeys = (number: string): readonly Key[] => {
  if (!dialled.test(number) || number.replace(/\D/g, '').length < fewestDigits) return [];
  return digitForms(number).flatMap((digits): Key[] => {
    const international: Key = { of: 'phone', value: `+${digits}` };
    return number.includes('+') ? [international] : [international, { of: 'number', value: digits }];
  });
};

/**
 * Of the contacts with a number, those with this extension of it; where there is none, those that have the number
 * without an extension.
 */
const withThisExtension = (contacts: readonly Contact[], keys: readonly Key[], extension: string) => {
  const having = (wanted: string | undefined) =>
    contacts.filter(({ phones }) =>
      phones.some(
        ({ number }) =>
          phoneExtension(number) === wanted &&
          keys.some(({ value }) => phoneKey(number).endsWith(value.replace(/^\+/, ''))),
      ),
    );
  const exact = having(extension);
  return exact.length > 0 ? exact : having(undefined);
};

const findPhone = async (keys: readonly Key[], extension: string | undefined, lookup: Lookup) => {
  const found = keys.length === 0 ? [] : (await lookup(keys)).flat();
  return extension === undefined ? found : withThisExtension(found, keys, extension);
};

const distinct = (contacts: readonly Contact[]): readonly Contact[] => [
  ...new Map(contacts.map((contact) => [contact.id, contact])).values(),
];

/**
 * The contacts that a REF fits, each once: by id (one merged into another finds that other), a prefix of an id (4
 * characters or more), an email address, a phone number in any form, or a full name. It is tried as all of these; a
 * staff member's extension number, and what only `parsePhone` makes a number of, where nothing else is found.
 */
export const findReference = async (
  reference: string,
  lookup: Lookup,
  parsePhone?: ParsePhone,
): Promise<readonly Contact[]> => {
  const text = reference.trim();
  if (text === '') return [];
  const id = text.normalize('NFKC').toLowerCase();
  const { number, extension } = phoneOf(text);
  const keys: readonly Key[] = [
    { of: 'id', value: id },
    ...(idOrPrefix.test(id) ? [{ of: 'idPrefix', value: id } as const] : []),
    ...(text.includes('@') ? [{ of: 'email', value: emailKey(text) } as const] : []),
    { of: 'name', value: nameKey(text) },
  ];
  const [named, phoned] = await Promise.all([lookup(keys), findPhone(phoneKeys(number), extension, lookup)]);
  const found = distinct([...named.flat(), ...phoned]);
  if (found.length > 0) return found;

  const parsed = parsePhone?.(number);
  const byNumber = parsed === undefined ? [] : await findPhone([{ of: 'phone', value: parsed }], extension, lookup);
  if (byNumber.length > 0) return distinct(byNumber);
  return /^[\d*#]+$/.test(id) ? distinct((await lookup([{ of: 'extension', value: id }])).flat()) : [];
};

const listedAtMost = 10;

/**
 * The one contact that a REF fits (`findReference`).
 *
 * @throws NotFoundError where it fits none
 * @throws AmbiguousError where it fits several: the message lists them, one a line
 */
export const resolveReference = async (
  reference: string,
  lookup: Lookup,
  parsePhone?: ParsePhone,
): Promise<Contact> => {
  const found = await findReference(reference, lookup, parsePhone);
  const [contact] = found;
  if (contact === undefined) {
    throw new NotFoundError(
      `There is no contact "${reference}".`,
      'Give an id, an email address, a phone number or a full name; "contacts search" finds contacts by a part of these.',
    );
  }
  if (found.length === 1) return contact;
  const listed = found.slice(0, listedAtMost).map((one) => `  ${describeContact(one)}`);
  const more = found.length > listedAtMost ? [`  and ${found.length - listedAtMost} more`] : [];
  throw new AmbiguousError(
    [`"${reference}" fits ${found.length} contacts:`, ...listed, ...more].join('\n'),
    'Use the id that stands in parentheses.',
  );
};
