import { type Key, keysOf } from '../../src/contacts/keys.js';
import type { Contact } from '../../src/fields/contact.js';

/** What a store's `lookup` finds among these contacts, by keys other than `idPrefix`. */
export const contactLookup = (
  contacts: readonly Contact[],
): ((keys: readonly Key[]) => readonly (readonly Contact[])[]) => {
  const found = new Map<string, Contact[]>();
  for (const contact of contacts) {
    for (const { of, value } of keysOf(contact)) {
      const name = `${of} ${value}`;
      found.set(name, [...(found.get(name) ?? []), contact]);
    }
  }
  return (keys) => keys.map(({ of, value }) => found.get(`${of} ${value}`) ?? []);
};
