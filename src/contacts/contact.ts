import type { Contact } from '../fields/contact.js';

const eastAsian = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\s]+$/u;

/** The text is in Han, Kana or Hangul script, where a name is written family name first and without spaces. */
export const isEastAsian = (text: string): boolean => eastAsian.test(text);

/**
 * A contact's full name in each order in which it is written or typed, the one to show first; none where it has
 * neither a first nor a last name.
 */
export const fullNames = ({ firstName, lastName }: Pick<Contact, 'firstName' | 'lastName'>): readonly string[] => {
  if (!firstName || !lastName) return [firstName, lastName].filter((name) => name !== undefined && name !== '');
  const orders = [`${firstName} ${lastName}`, `${lastName} ${firstName}`];
  return isEastAsian(firstName + lastName) ? [lastName + firstName, ...orders] : orders;
};

/** The name to show: first and last name, else the company, else an email address, else a phone number, else the id. */
export const displayName = (contact: Contact): string =>
  fullNames(contact)[0] || contact.company || contact.emails[0]?.address || contact.phones[0]?.number || contact.id;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const firstLetter = (text: string): string => {
  const [first] = graphemes.segment(text.replace(/^[^\p{L}\p{N}]+/u, '') || text);
  return first?.segment.toUpperCase() ?? '';
};

/**
 * One or two letters that stand for a picture: of the first and the last name, of a company's first two words, of an
 * address; the family name's character for names in Han, Kana or Hangul script.
 */
export const initials = (contact: Contact): string => {
  const { firstName, lastName, company } = contact;
  const family = lastName ?? firstName;
  if (family && isEastAsian(family)) return firstLetter(family);
  if (firstName || lastName) return firstLetter(firstName ?? '') + firstLetter(lastName ?? '');
  if (company && !isEastAsian(company)) return company.split(/\s+/, 2).map(firstLetter).join('');
  return firstLetter(displayName(contact));
};

/**
 * A contact in one short line, for messages: `Maria Garcia, Acme (k3v9x2m4p7qr)`. What tells people of one name apart
 * is the company, else an email address, else a phone number, where the name is not that already.
 */
export const describeContact = (contact: Contact): string => {
  const name = displayName(contact);
  const more = [contact.company, contact.emails[0]?.address, contact.phones[0]?.number].find(
    (text) => text && text !== name,
  );
  return `${more === undefined ? name : `${name}, ${more}`} (${contact.id})`;
};
