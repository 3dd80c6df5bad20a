import type { Contact } from '../../fields/contact.js';
import { namesOfCountry } from '../../fields/country-names.js';
import { textReaderOf, valuesAt } from '../../fields/values.js';
import { fullNames } from '../contact.js';
import { phoneExtension } from '../keys.js';

const textsOf = (group: object | undefined): readonly string[] =>
  group === undefined ? [] : Object.values(group).flat().map(String);

const none: readonly string[] = [];

/** A time as `Date.toISOString` writes it, in which form nearly all are kept; a day, or what is no time, as it is. */
export const momentText = (text: string): string => {
  const isWhole = text.length <= 'YYYY-MM-DD'.length || (text.length === 24 && text.endsWith('Z'));
  if (isWhole) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
};

/** When the newest note was made. */
const notedAt = ({ notes }: Contact): readonly string[] => {
  let newest: string | undefined;
  for (const { createdAt } of notes) {
    const time = momentText(createdAt);
    if (newest === undefined || time > newest) newest = time;
  }
  return newest === undefined ? none : [newest];
};

/** Makes a reader of what `textsAt` gives, for a path at which many contacts are read. */
export const textsReader = (path: string): ((contact: Contact) => readonly string[]) => {
  switch (path) {
    case 'name':
      return fullNames;
    case 'mergedIds':
      return ({ mergedIds }) => mergedIds ?? none;
    case 'uids':
      return ({ uids }) => uids ?? none;
    case 'phones':
      return ({ phones }) => phones.map(({ number }) => number);
    case 'phoneExtensions':
      return ({ phones }) => phones.flatMap(({ number }) => phoneExtension(number) ?? []).map((digits) => `x${digits}`);
    case 'emails':
      return ({ emails }) => emails.map(({ address }) => address);
    case 'notedAt':
      return notedAt;
    case 'address':
    case 'social':
    case 'custom':
      return (contact) => textsOf(contact[path]);
    case 'countryNames':
      return ({ address }) => namesOfCountry(address?.country ?? '');
    default: {
      const textOf = textReaderOf(path);
      if (textOf === undefined) return (contact) => valuesAt(contact, path).filter((text) => text !== '');
      return (contact) => {
        const text = textOf(contact);
        return text ? [text] : none;
      };
    }
  }
};

/**
 * The values that stand at a path, as texts in the form in which they are kept; none where there is no value.
 *
 * @param path a field's path; a whole group of fields (`phones`, `emails`, `address`, `social`, `custom`); what the
 * program keeps (`id`, `createdAt`, `mergedIds`, `name` in every order); `countryNames`, the country's names in English;
 * `phoneExtensions` as they are spoken of (`x12`); `notedAt`, when the newest note was made
 */
export const textsAt = (contact: Contact, path: string): readonly string[] => textsReader(path)(contact);
