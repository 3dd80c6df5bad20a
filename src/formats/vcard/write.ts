import { displayName } from '../../contacts/contact.js';
import type { Category, FieldSpec } from '../../fields/catalogue.js';
import type { Contact } from '../../fields/contact.js';
import { type CustomField, fieldsOf } from '../../fields/field.js';
import { valuesAt } from '../../fields/values.js';
import { escapeText, foldLine } from './property.js';

export type VcardVersion = '3.0' | '4.0';

export interface VcardOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /** 4.0 (RFC 6350) where absent; 3.0 (RFC 2426) for programs that know no other. */
  readonly version?: VcardVersion;
}

/** The property of a field that vCard has none for. */
export const ownProperty = (field: FieldSpec): string =>
  field.path.startsWith('custom.')
    ? `X-CONTACTS-CUSTOM;X-KEY=${field.path.slice('custom.'.length)}`
    : `X-CONTACTS-${field.flag.toUpperCase()}`;

const sizes: Readonly<Record<string, number>> = { N: 5, ORG: 2, ADR: 7 };

/** A value as a URI of a messaging service: `line:ada`. */
const messagingUri = (service: string, value: string): string =>
  `${service}:${encodeURIComponent(value).replaceAll('%2B', '+')}`;

/** The lines of a field's values: a property each. */
const fieldLines = (field: FieldSpec, values: readonly string[], version: VcardVersion): readonly string[] => {
  const property = field.vcard ?? ownProperty(field);
  if (values.length === 0) return [];
  const texts = values.map(escapeText);
  switch (property.split(';')[0]) {
    case 'BDAY':
      return values.map((value) => `BDAY:${version === '4.0' ? value.replaceAll('-', '') : value}`);
    case 'LANG':
      return values.map((value) => (version === '4.0' ? `LANG:${value}` : `X-CONTACTS-LANGUAGE:${value}`));
    case 'TZ':
      return texts.map((text) => (version === '4.0' ? `TZ:${text}` : `TZ;VALUE=text:${text}`));
    case 'CATEGORIES':
      return [`CATEGORIES:${texts.join(',')}`];
    case 'TEL': {
      if (version === '4.0') return values.map((value) => `${property.replace('TEL', 'TEL;VALUE=uri')}:tel:${value}`);
      return values.map((value) => `${property}:${value.replace(';ext=', ' x')}`);
    }
    case 'IMPP':
      return values.map((value) => `${property}:${messagingUri(field.path.slice('social.'.length), value)}`);
    default:
      return texts.map((text) => `${property}:${text}`);
  }
};

/** The lines of the properties that fields are components of, such as N and ADR. */
const structuredLines = (fields: readonly FieldSpec[], contact: Contact): readonly string[] =>
  Object.entries(sizes).flatMap(([name, size]) => {
    const parts = Array<string>(size).fill('');
    for (const field of fields) {
      const [property, part] = field.vcard?.split('.') ?? [];
      if (property === name) parts[Number(part)] = escapeText(valuesAt(contact, field.path)[0] ?? '');
    }
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
  const fields = fieldsOf(category, custom);
  const simple = fields.filter((field) => !field.vcard?.includes('.'));
  return [
    'BEGIN:VCARD',
    `VERSION:${version}`,
    `UID${version === '4.0' ? ';VALUE=text' : ''}:${contact.id}`,
    `FN:${escapeText(displayName(contact))}`,
    ...structuredLines(fields, contact),
    ...simple.flatMap((field) => fieldLines(field, valuesAt(contact, field.path), version)),
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
