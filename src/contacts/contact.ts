import type { Contact } from '../fields/contact.js';
import { latePattern } from '../fields/late-pattern.js';

const printableAscii = /[\x21-\x7e]/;
const eastAsian = latePattern(String.raw`^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\s]+$`, 'u');
const letter = latePattern(String.raw`[\p{L}\p{N}]\p{M}*`, 'u');
const sign = latePattern(String.raw`\P{M}\p{M}*`, 'u');

/** The text is in Han, Kana or Hangul script, where a name is written family name first and without spaces. */
export const isEastAsian = (text: string): boolean => !printableAscii.test(text) && eastAsian().test(text);

/**
 * A contact's full name in each order in which it is written or typed, the one to show first; none where it has
 * neither a first nor a last name.
 */
export const fullNames = ({ firstName, lastName }: Pick<Contact, 'firstName' | 'lastName'>): readonly string[] => {
  if (!firstName || !lastName) return firstName || lastName ? [firstName || lastName || ''] : [];
  const orders = [`${firstName} ${lastName}`, `${lastName} ${firstName}`];
  return isEastAsian(firstName + lastName) ? [lastName + firstName, ...orders] : orders;
};

/** The name to show: first and last name, else the company, else an email address, else a phone number, else the id. */
export const displayName = (contact: Contact): string =>
  fullNames(contact)[0] || contact.company || contact.emails[0]?.address || contact.phones[0]?.number || contact.id;

/** A letter with the marks upon it, in capitals; signs before it are passed over. */
const firstLetter = (text: string): string => (letter().exec(text) ?? sign().exec(text))?.[0].toUpperCase() ?? '';

/**
 * One or two letters that stand for a picture: of the first and the last name, or of a company's first two words; one
 * of an address, and of a name in Han, Kana or Hangul script, whose first character is the family name's.
 */
export const initials = (contact: Contact): string => {
  const { firstName, lastName } = contact;
  const name = displayName(contact);
  if (isEastAsian(name)) return firstLetter(name);
  if (firstName || lastName) return firstLetter(firstName ?? '') + firstLetter(lastName ?? '');
  return contact.company ? name.split(/\s+/, 2).map(firstLetter).join('') : firstLetter(name);
};

/**
 * A contact in one short line, for messages: `Maria Garcia, Acme, maria@acme.example (k3v9x2m4p7qr)`. After the name
 * stands what tells people of one name apart: the company, and an email address or else a phone number.
 */
export const describeContact = (contact: Contact): string => {
  const name = displayName(contact);
  const address = contact.emails[0]?.address ?? contact.phones[0]?.number;
  const others = [contact.company, address].filter((text) => text && text !== name);
  return `${[name, ...others].join(', ')} (${contact.id})`;
};
