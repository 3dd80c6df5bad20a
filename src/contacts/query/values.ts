import type { Contact } from '../../fields/contact.js';
import { namesOfCountry } from '../../fields/country-names.js';
import { valuesAt } from '../../fields/values.js';
import { fullNames } from '../contact.js';
import { phoneExtension } from '../keys.js';

const textsOf = (group: object | undefined): readonly string[] =>
  group === undefined ? [] : Object.values(group).flat().map(String);

/**
 * The values that stand at a path, as texts in the form in which they are kept; none where there is no value.
 *
 * @param path a field's path; a whole group of fields (`phones`, `emails`, `address`, `social`, `custom`); what the
 * program keeps (`id`, `createdAt`, `mergedIds`, `name` in every order); `countryNames`, the country's names in English;
 * `phoneExtensions` as they are spoken of (`x12`)
 */
export const textsAt = (contact: Contact, path: string): readonly string[] => {
  switch (path) {
    case 'name':
      return fullNames(contact);
    case 'mergedIds':
      return contact.mergedIds ?? [];
    case 'phones':
      return contact.phones.map(({ number }) => number);
    case 'phoneExtensions':
      return contact.phones.flatMap(({ number }) => phoneExtension(number) ?? []).map((digits) => `x${digits}`);
    case 'emails':
      return contact.emails.map(({ address }) => address);
    case 'address':
    case 'social':
    case 'custom':
      return textsOf(contact[path]);
    case 'countryNames':
      return namesOfCountry(contact.address?.country ?? '');
    default:
      return valuesAt(contact, path).filter((text) => text !== '');
  }
};
