import { displayName } from '../../contacts/contact.js';
import type { Category } from '../../fields/catalogue.js';
import type { Contact } from '../../fields/contact.js';
import { type CustomField, fieldsOf } from '../../fields/field.js';
import { valuesAt } from '../../fields/values.js';
import { formOf } from './forms.js';
import { type Layout, layoutOf } from './layout.js';
import { escapeText, foldLine } from './property.js';
import { sizeOf } from './structures.js';

/** The versions that are written: RFC 2426 and RFC 6350. */
export type WrittenVersion = '3.0' | '4.0';

export interface VcardOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /** 4.0 where absent; 3.0 for programs that know no other. */
  readonly version?: WrittenVersion;
}

/** The lines of the properties that fields are components of, such as N and ADR. */
const structuredLines = ({ components }: Layout, contact: Contact): readonly string[] =>
  [...components].flatMap(([name, places]) => {
    const parts = Array<string>(sizeOf(name, places)).fill('');
    for (const [part, field] of places) parts[part] = escapeText(valuesAt(contact, field.path)[0] ?? '');
    const isNeeded = name === 'N' || parts.some((part) => part !== '');
    return isNeeded ? [`${name}:${parts.join(';')}`] : [];
  });

/**
 * The line with its line ends escaped, also in values that have none of their own: a store that somebody else wrote may
 * have them everywhere, and what follows them must not be read as a property.
 */
const withoutLineEnds = (line: string): string => line.replace(/\r\n|\r|\n/g, '\\n');

/** One contact as a vCard. */
export const vcardOf = (contact: Contact, { category, custom, version = '4.0' }: VcardOptions): string => {
  const layout = layoutOf(fieldsOf(category, custom));
  return [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    `UID${version === '4.0' ? ';VALUE=text' : ''}:${contact.id}`,
    `FN:${escapeText(displayName(contact))}`,
    ...structuredLines(layout, contact),
    ...layout.places.flatMap((place) => formOf(place.name).write(place, valuesAt(contact, place.field.path), version)),
    `REV:${contact.updatedAt.replace(/[-:]|\.\d+/g, '')}`,
    'END:VCARD',
  ]
    .map((line) => foldLine(withoutLineEnds(line)))
    .join('');
};

/** The contacts as vCards, one after the other. */
export async function* writeVcards(
  contacts: AsyncIterable<Contact>,
  options: VcardOptions,
): AsyncGenerator<string, void> {
  for await (const contact of contacts) yield vcardOf(contact, options);
}
