import { displayName } from '../../contacts/contact.js';
import type { Contact } from '../../fields/contact.js';
import { type CustomField, fieldsOf } from '../../fields/field.js';
import { valuesAt } from '../../fields/values.js';
import { formOf } from './forms.js';
import { type Layout, layoutOf, type Place } from './layout.js';
import { customParameters, keptLines, noteLine } from './own-properties.js';
import { escapeText, foldLine } from './property.js';
import { sizeOf } from './structures.js';

/** The versions that are written: RFC 2426 and RFC 6350. */
export type WrittenVersion = '3.0' | '4.0';

export interface VcardOptions {
  readonly custom: readonly CustomField[];
  /** 4.0 where absent; 3.0 for programs that know no other. */
  readonly version?: WrittenVersion;
  /** What tells the store, in cards of which it is to know later that it wrote them. */
  readonly book?: string;
  /** Only what other programs have a use for. */
  readonly isShort?: boolean;
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

/** The line such that no value of it looks like the place where a card ends or another begins. */
const withoutMarks = (line: string): string => line.replace(/(BEGIN|END)(\s*):(\s*VCARD\s*)$/i, '$1$2\\:$3');

/** Makes the function that writes contacts as vCards, each with the fields of its category. */
export const createVcardWriter = ({
  custom,
  version = '4.0',
  book,
  isShort = false,
}: VcardOptions): ((contact: Contact) => string) => {
  const layouts = {
    external: layoutOf(fieldsOf('external', custom)),
    internal: layoutOf(fieldsOf('internal', custom)),
  };
  const fieldOfKey = new Map(custom.map((field) => [`custom.${field.key}`, field]));

  const linesOf = (contact: Contact, place: Place): readonly string[] => {
    const { field, name, parameters } = place;
    if (field.kind === 'note' && !isShort) return contact.notes.map(noteLine);
    const own = fieldOfKey.get(field.path);
    const whole = own === undefined ? place : { field, name, parameters: parameters + customParameters(own) };
    return formOf(name).write(whole, valuesAt(contact, field.path), version);
  };

  return (contact) => {
    const layout = layouts[contact.category];
    const [uid = contact.id] = contact.uids ?? [];
    const lines = [
      `VERSION:${version}`,
      `UID${version === '4.0' ? ';VALUE=text' : ''}:${escapeText(uid)}`,
      `FN:${escapeText(displayName(contact))}`,
      ...structuredLines(layout, contact),
      ...layout.places.flatMap((place) => linesOf(contact, place)),
      ...(isShort ? [] : keptLines(contact)),
      ...(book === undefined ? [] : [`X-CONTACTS-BOOK:${book}`]),
      `REV:${contact.updatedAt.replace(/[-:]|\.\d+/g, '')}`,
    ];
    return `BEGIN:VCARD\r\n${lines.map((line) => foldLine(withoutMarks(withoutLineEnds(line)))).join('')}END:VCARD\r\n`;
  };
};

/** The contacts as vCards, one after the other. */
export async function* writeVcards(
  contacts: AsyncIterable<Contact>,
  options: VcardOptions,
): AsyncGenerator<string, void> {
  const write = createVcardWriter(options);
  for await (const contact of contacts) yield write(contact);
}
