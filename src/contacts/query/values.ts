import type { Contact } from '../../fields/contact.js';
import { fullNames } from '../contact.js';

/** One value as a contact holds it. */
export type Value = string | number | boolean;

const parts = (group: { readonly [part: string]: Value | readonly string[] | undefined } | undefined, part: string) => {
  if (group === undefined) return [];
  const values = part === '' ? Object.values(group) : Object.hasOwn(group, part) ? [group[part]] : [];
  return values.flat().filter((value) => value !== undefined);
};

/**
 * The values that stand at a path, in their order; none where there is no value.
 *
 * @param path a field's path (`company`, `phones.mobile`, `custom.KEY`), a whole group of them (`phones`, `emails`,
 * `address`, `social`, `custom`), or one that the program keeps (`id`, `createdAt`, `name`)
 */
export const valuesAt = (contact: Contact, path: string): readonly Value[] => {
  const dot = path.indexOf('.');
  const group = dot < 0 ? path : path.slice(0, dot);
  const part = dot < 0 ? '' : path.slice(dot + 1);
  switch (group) {
    case 'phones':
      return contact.phones.filter(({ kind }) => part === '' || kind === part).map(({ number }) => number);
    case 'emails':
      return contact.emails.filter(({ kind }) => part === '' || kind === part).map(({ address }) => address);
    case 'notes':
      return contact.notes.map(({ text }) => text);
    case 'labels':
      return contact.labels;
    case 'mergedIds':
      return contact.mergedIds ?? [];
    case 'address':
    case 'social':
    case 'custom':
      return parts(contact[group], part);
    case 'name':
      return fullNames(contact);
    default: {
      const value = Object.hasOwn(contact, path) ? contact[path as keyof Contact] : undefined;
      return typeof value === 'string' && value !== '' ? [value] : [];
    }
  }
};
