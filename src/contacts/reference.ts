import { AmbiguousError, NotFoundError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { describeContact } from './contact.js';
import { emailKey, type Key, nameKey } from './keys.js';

/** Finds, for each key in order, the contacts that it fits: `lookup` of a store. */
export type Lookup = (keys: readonly Key[]) => Promise<readonly (readonly Contact[])[]>;

/** Reads a phone number in any form that plain digits do not settle, and gives E.164. */
export type ParsePhone = (text: string) => string | undefined;

/** The contacts that a REF fits, each once. */
export const findReference = async (
  reference: string,
  lookup: Lookup,
  _parsePhone?: ParsePhone,
): Promise<readonly Contact[]> => {
  const text = reference.trim();
  const keys: Key[] = [
    { of: 'id', value: text.toLowerCase() },
    { of: 'email', value: emailKey(text) },
    { of: 'name', value: nameKey(text) },
  ];
  const found = (await lookup(keys)).flat();
  return [...new Map(found.map((contact) => [contact.id, contact])).values()];
};

/** The one contact that a REF fits. */
export const resolveReference = async (
  reference: string,
  lookup: Lookup,
  parsePhone?: ParsePhone,
): Promise<Contact> => {
  const found = await findReference(reference, lookup, parsePhone);
  const [contact] = found;
  if (contact === undefined) throw new NotFoundError(`No contact fits "${reference}".`);
  if (found.length > 1) throw new AmbiguousError(found.map(describeContact).join('\n'));
  return contact;
};
