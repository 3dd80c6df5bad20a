import { type Key, keysOf, nationalNumber } from '../../contacts/keys.js';
import { sortKey } from '../../contacts/order.js';
import { haystack } from '../../contacts/query/match.js';
import { uniqueKeysOf } from '../../contacts/unique.js';
import type { Contact } from '../../fields/contact.js';
import { gramsOf } from './grams.js';

/** A text as a column can hold it: PostgreSQL has neither U+0000 nor halves of surrogate pairs. */
export const storable = (text: string): string => text.replaceAll('\0', '\x01').toWellFormed();

/**
 * A key as the columns `keys` and `value` have it. Different keys may look alike, such as all phone numbers with the same
 * digits after the country's: whoever finds one looks again.
 */
export const keyText = ({ of, value }: Key): string =>
  of === 'phone' ? keyText({ of: 'number', value: nationalNumber(value) }) : storable(`${of} ${value}`);

/** What finds the contact besides its own id. */
const keysBeside = (contact: Contact): readonly Key[] =>
  keysOf(contact).filter(({ of, value }) => of !== 'id' || value !== contact.id);

/** What the columns beside `contact` say of a contact. They can be worked out from it at any time. */
export interface ContactColumns {
  readonly id: string;
  readonly category: string;
  readonly name: string;
  readonly grams: readonly number[];
  readonly keys: readonly string[];
  readonly mergedIds: readonly string[] | null;
  /** What no other staff member may have. */
  readonly unique: readonly string[];
}

export const columnsOf = (contact: Contact): ContactColumns => ({
  id: storable(contact.id),
  category: contact.category,
  name: storable(sortKey(contact, 'name') ?? ''),
  grams: gramsOf(haystack(contact)),
  keys: [...new Set(keysBeside(contact).map(keyText))],
  mergedIds: contact.mergedIds && contact.mergedIds.length > 0 ? contact.mergedIds.map(storable) : null,
  unique: [...new Set(uniqueKeysOf(contact).map(keyText))],
});
