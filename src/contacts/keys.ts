import type { Contact } from '../fields/contact.js';
import { fold } from '../fields/fold.js';
import { latePattern } from '../fields/late-pattern.js';
import { fullNames, isEastAsian } from './contact.js';

/**
 * What contacts are found by, exactly: `id` (an id, or one merged into it), `idPrefix`, `email` (`emailKey`), `phone`
 * (E.164 without an extension), `number` (digits without a country code: the national number is equal), `name`
 * (`nameKey`), `extension`, `uid` (`uidKey`).
 */
export interface Key {
  readonly of: 'id' | 'idPrefix' | 'email' | 'phone' | 'number' | 'name' | 'extension' | 'uid';
  readonly value: string;
}

/** Nothing in it is normalised or trimmed. */
const printableAscii = /^[!-~]*$/;

/**
 * An email address as it is compared: without case and width. Accents count, since `josé@` and `jose@` are two
 * mailboxes (RFC 6531).
 */
export const emailKey = (address: string): string =>
  printableAscii.test(address) ? address.toLowerCase() : address.trim().normalize('NFKC').toLowerCase();

/**
 * The UID of a vCard as it is compared: those of version 4.0 are written as URIs where other versions have none, and UUIDs
 * in either case.
 */
export const uidKey = (uid: string): string => {
  const bare = uid.trim().replace(/^urn:uuid:/i, '');
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(bare) ? bare.toLowerCase() : bare;
};

/** A stored phone number (E.164, with an extension as RFC 3966 writes it or without) as it is compared: E.164 alone. */
export const phoneKey = (number: string): string => {
  const end = number.indexOf(';');
  return end < 0 ? number : number.slice(0, end);
};

/** The extension of a stored phone number: `12` of `+85228765432;ext=12`. */
export const phoneExtension = (number: string): string | undefined => {
  const start = number.indexOf(';ext=');
  return start < 0 ? undefined : number.slice(start + ';ext='.length);
};

const codesOfOneDigit = /^[17]/;
const codesOfTwoDigits = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * The digits of an E.164 number after its country calling code. The codes are those of the list annexed to ITU-T E.164:
 * the zones 1 and 7 have one digit, the countries listed above two, all others three.
 */
export const nationalNumber = (e164: string): string => {
  const digits = phoneKey(e164).replace(/^\+/, '');
  if (codesOfOneDigit.test(digits)) return digits.slice(1);
  return digits.slice(codesOfTwoDigits.test(digits) ? 2 : 3);
};

const betweenWords = latePattern(String.raw`[^\p{L}\p{M}\p{N}]+`, 'gu');

/**
 * A full name as it is compared: folded, without punctuation and repeated spaces; a name in Han, Kana or Hangul script
 * without any space. `O’Brien, Seán` is `obrien sean`.
 */
export const nameKey = (text: string): string => {
  const folded = fold(text).trim();
  const words = folded
    .replace(/['’ʼ`´.]/g, '')
    .replace(betweenWords(), ' ')
    .trim();
  if (words === '') return folded;
  return isEastAsian(words) ? words.replaceAll(' ', '') : words;
};

/** So many keys are compared with each other faster than a set of them is made. */
const fewKeys = 20;

/** Every key that finds the contact, save `idPrefix`, each once. The company is its name where it has no other. */
export const keysOf = (contact: Contact): readonly Key[] => {
  const keys: Key[] = [];
  const seen = new Set<string>();
  const isThere = (of: Key['of'], value: string): boolean => {
    if (keys.length < fewKeys) return keys.some((key) => key.value === value && key.of === of);
    if (seen.size === 0) for (const key of keys) seen.add(`${key.of} ${key.value}`);
    return seen.has(`${of} ${value}`);
  };
  const add = (of: Key['of'], value: string): void => {
    if (value === '' || isThere(of, value)) return;
    keys.push({ of, value });
    if (seen.size > 0) seen.add(`${of} ${value}`);
  };
  const numbers = contact.phones.map(({ number }) => number);
  if (contact.social?.whatsapp) numbers.push(contact.social.whatsapp);
  const names = fullNames(contact);
  add('id', contact.id);
  for (const id of contact.mergedIds ?? []) add('id', id);
  for (const { address } of contact.emails) add('email', emailKey(address));
  for (const number of numbers) add('phone', phoneKey(number));
  for (const number of numbers) add('number', nationalNumber(number));
  for (const name of names.length > 0 ? names : [contact.company ?? '']) add('name', nameKey(name));
  add('extension', contact.extension ?? '');
  for (const uid of contact.uids ?? []) add('uid', uidKey(uid));
  return keys;
};

/**
 * Whether a key finds the contact.
 *
 * @param keys the contact's, where they are known already
 */
export const isFoundBy = (key: Key, contact: Contact, keys = keysOf(contact)): boolean =>
  keys.some(({ of, value }) =>
    key.of === 'idPrefix' ? of === 'id' && value.startsWith(key.value) : of === key.of && value === key.value,
  );

/** The keys by which the likely duplicates of a contact are found: they cost a look-up and no search through the store. */
export const suspectKeys = (contact: Contact): readonly Key[] =>
  keysOf(contact).filter(({ of }) => of === 'email' || of === 'phone' || of === 'name');
