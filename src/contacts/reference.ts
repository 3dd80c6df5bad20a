import { AmbiguousError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { describeContact } from './contact.js';
import { isId } from './id.js';
import { emailKey, type Key, nameKey, phoneExtension, phoneKey } from './keys.js';
import { digitForms } from './query/phone-term.js';

/** Finds, for each key in order, the contacts that have it: `lookup` of a store. */
export type Lookup = (keys: readonly Key[]) => Promise<readonly (readonly Contact[])[]>;

/** Reads a phone number in any form and gives E.164; nothing where the text is none. */
export type ParsePhone = (text: string) => string | undefined;

const idOrPrefix = /^[23456789bcdfghjkmnpqrstvwxyz]{4,11}$/;
const withExtension =
  /^(.*?\d.*?)[\s,;]*(?:;\s*ext=|ext(?:ension|n)?\b\.?\s*[:=]?|x|#|內線|内線|内线|分機|分机)\s*(\d{1,15})$/i;
const dialled = /^[\d\s+().\-‐-―−/]+$/;
const fewestDigits = 5;

/** A phone number as it was typed, without its extension. */
interface DialledPhone {
  readonly number: string;
  readonly extension: string | undefined;
}

/** Longer texts are no numbers; a pattern that looks for an extension would take the square of their length. */
const longestPhone = 250;

const phoneOf = (text: string): DialledPhone => {
  if (text.length > longestPhone) return { number: '', extension: undefined };
  const whole = text.normalize('NFKC').replace(/^tel:\s*/i, '');
  const [, number = whole, extension] = withExtension.exec(whole) ?? [];
  return { number, extension };
};

/** Without a `+`, the digits may be with or without a country code. */
const phoneKeys = (number: string): readonly Key[] => {
  if (!dialled.test(number) || number.replace(/\D/g, '').length < fewestDigits) return [];
  return digitForms(number).flatMap((digits): Key[] => {
    const international: Key = { of: 'phone', value: `+${digits}` };
    return number.includes('+') ? [international] : [international, { of: 'number', value: digits }];
  });
};

/**
 * Of the contacts with a number, those with this extension of it; where there is none, those that have the number
 * without an extension.
 */
const withThisExtension = (contacts: readonly Contact[], keys: readonly Key[], extension: string) => {
  const having = (wanted: string | undefined) =>
    contacts.filter(({ phones }) =>
      phones.some(
        ({ number }) =>
          phoneExtension(number) === wanted &&
          keys.some(({ value }) => phoneKey(number).endsWith(value.replace(/^\+/, ''))),
      ),
    );
  const exact = having(extension);
  return exact.length > 0 ? exact : having(undefined);
};

const findPhone = async (keys: readonly Key[], extension: string | undefined, lookup: Lookup) => {
  const found = keys.length === 0 ? [] : (await lookup(keys)).flat();
  return extension === undefined ? found : withThisExtension(found, keys, extension);
};

const distinct = (contacts: readonly Contact[]): readonly Contact[] => [
  ...new Map(contacts.map((contact) => [contact.id, contact])).values(),
];

/** A REF or the id of a change without the `…` that stands where a table cut it. */
export const withoutEllipsis = (text: string): string => text.trim().replace(/…+$/, '').trimEnd();

/** A text as an id is compared. */
const idForm = (text: string): string => text.normalize('NFKC').toLowerCase();

const emailKeys = (text: string): readonly Key[] =>
  text.includes('@') ? [{ of: 'email', value: emailKey(text) }] : [];

/**
 * The contacts that a REF matches, each once: by id (one merged into another finds that other), a prefix of an id (4
 * characters or more), an email address, a phone number in any form, or a full name. It is tried as all of these; a
 * staff member's extension number, and what only `parsePhone` makes a number of, where nothing else is found.
 */
export const findReference = async (
  reference: string,
  lookup: Lookup,
  parsePhone?: ParsePhone,
): Promise<readonly Contact[]> => {
  const text = withoutEllipsis(reference);
  if (text === '') return [];
  const id = idForm(text);
  const { number, extension } = phoneOf(text);
  const keys: readonly Key[] = [
    { of: 'id', value: id },
    ...(idOrPrefix.test(id) ? [{ of: 'idPrefix', value: id } as const] : []),
    ...emailKeys(text),
    { of: 'name', value: nameKey(text) },
  ];
  const [named, phoned] = await Promise.all([lookup(keys), findPhone(phoneKeys(number), extension, lookup)]);
  const found = distinct([...named.flat(), ...phoned]);
  if (found.length > 0) return found;

  const parsed = parsePhone?.(number);
  const byNumber = parsed === undefined ? [] : await findPhone([{ of: 'phone', value: parsed }], extension, lookup);
  if (byNumber.length > 0) return distinct(byNumber);
  return /^[\d*#]+$/.test(id) ? distinct((await lookup([{ of: 'extension', value: id }])).flat()) : [];
};

/** What an id, an address or a number is looked up by. */
interface Identifier {
  readonly exact: readonly Key[];
  readonly phones: readonly Key[];
  readonly extension: string | undefined;
}

const identifierOf = (text: string): Identifier => {
  const { number, extension } = phoneOf(text);
  const id = idForm(text.trim());
  const exact: readonly Key[] = [...(isId(id) ? [{ of: 'id', value: id } as const] : []), ...emailKeys(text)];
  return { exact, phones: phoneKeys(number), extension };
};

const parsedIdentifierOf = (text: string, parsePhone: ParsePhone): Identifier => {
  const { number, extension } = phoneOf(text);
  const parsed = parsePhone(number);
  return { exact: [], phones: parsed === undefined ? [] : [{ of: 'phone', value: parsed }], extension };
};

/** What each identifier finds, with one look-up for all. */
const findEach = async (
  identifiers: readonly Identifier[],
  lookup: Lookup,
): Promise<readonly (readonly Contact[])[]> => {
  const keys = identifiers.flatMap(({ exact, phones }) => [...exact, ...phones]);
  const found = keys.length === 0 ? [] : await lookup(keys);
  let next = 0;
  const take = (count: number): readonly Contact[] => found.slice(next, (next += count)).flat();
  return identifiers.map(({ exact, phones, extension }) => {
    const identified = take(exact.length);
    const phoned = take(phones.length);
    return distinct([
      ...identified,
      ...(extension === undefined ? phoned : withThisExtension(phoned, phones, extension)),
    ]);
  });
};

/**
 * The contacts that each of many ids, email addresses or phone numbers matches; names and prefixes of ids match none.
 * They are looked up together: a second time those that nothing matched and that `parsePhone` makes a number of.
 */
export const findIdentified = async (
  texts: readonly string[],
  lookup: Lookup,
  parsePhone: ParsePhone,
): Promise<readonly (readonly Contact[])[]> => {
  const found = [...(await findEach(texts.map(identifierOf), lookup))];
  const left = [...texts.entries()].filter(([index]) => found[index]?.length === 0);
  const parsed = left.map(([, text]) => parsedIdentifierOf(text, parsePhone));
  const further = await findEach(parsed, lookup);
  for (const [place, [index]] of left.entries()) found[index] = further[place] ?? [];
  return found;
};

const listedAtMost = 10;

/** The error for a REF that matches several contacts: it lists them, one a line. */
export const ambiguousReference = (reference: string, found: readonly Contact[]): AmbiguousError => {
  const listed = found.slice(0, listedAtMost).map((one) => `  ${describeContact(one)}`);
  const more = found.length > listedAtMost ? [`  and ${found.length - listedAtMost} more`] : [];
  return new AmbiguousError(
    [`"${reference}" matches ${found.length} contacts:`, ...listed, ...more].join('\n'),
    'Use the id in parentheses.',
  );
};
