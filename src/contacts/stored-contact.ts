import type { Contact } from '../fields/contact.js';

/** A contact that a store finds by a key, made when somebody looks at it. */
export interface StoredContact {
  readonly id: string;
  /** The contact as JSON in UTF-8, where the store has it so; good until another one is looked at. */
  json(): Uint8Array | undefined;
  /** The contact; `undefined` where it turns out that the key does not find it. */
  contact(): Contact | undefined;
}

/** A contact that is there already. */
export const storedContactOf = (contact: Contact): StoredContact => ({
  id: contact.id,
  json: () => undefined,
  contact: () => contact,
});
