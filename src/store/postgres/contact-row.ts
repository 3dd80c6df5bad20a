import { type Key, keysOf } from '../../contacts/keys.js';
import { sortKey } from '../../contacts/order.js';
import { haystack } from '../../contacts/query/match.js';
import { uniqueKeysOf } from '../../contacts/unique.js';
import type { Contact } from '../../fields/contact.js';
import { gramsOf } from './grams.js';

/** A text as a column can hold it: PostgreSQL has neither U+0000 nor halves of surrogate pairs. */
export const storable = (text: string): string => text.replaceAll('\0', '\x01').toWellFormed();

/** A key as the columns `keys` and `value` have it. Different keys may look alike: whoever finds one looks again. */
export const keyText = ({ of, value }: Key): string => storable(`${of} ${value}`);

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
  keys: keysOf(contact).map(keyText),
  mergedIds: contact.mergedIds && contact.mergedIds.length > 0 ? contact.mergedIds.map(storable) : null,
  unique: [...new Set(uniqueKeysOf(contact).map(keyText))],
});
