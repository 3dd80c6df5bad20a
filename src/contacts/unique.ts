import { ConflictError } from '../errors.js';
import { type FieldSpec, internalSections } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import { valuesAt } from '../fields/values.js';
import { describeContact } from './contact.js';
import { emailKey, type Key } from './keys.js';

const uniqueFields: readonly FieldSpec[] = internalSections
  .flatMap((section): readonly FieldSpec[] => section.fields)
  .filter((field) => field.unique);

/** A unique value of a staff member, with the key that finds whoever has it. */
interface UniqueValue {
  readonly contact: Contact;
  readonly field: FieldSpec;
  readonly value: string;
  readonly key: Key;
}

const uniqueValues = (contact: Contact): readonly UniqueValue[] =>
  contact.category === 'external'
    ? []
    : uniqueFields.flatMap((field) =>
        valuesAt(contact, field.path).map((value) => ({
          contact,
          field,
          value,
          key: field.kind === 'email' ? { of: 'email', value: emailKey(value) } : { of: 'extension', value },
        })),
      );

/** The keys of what no other staff member may have; none of an external contact. */
export const uniqueKeysOf = (contact: Contact): readonly Key[] => uniqueValues(contact).map(({ key }) => key);

/** A unique value that two staff members would have. */
export interface Clash {
  readonly contact: Contact;
  readonly field: FieldSpec;
  readonly value: string;
  readonly holder: Contact;
}

/**
 * The unique values of these contacts that another staff member has, in the store or among them.
 *
 * @param contacts as they are to be; those of the store with the same ids count as replaced
 */
export const findClashes = async (
  contacts: readonly Contact[],
  lookup: (keys: readonly Key[]) => Promise<readonly (readonly Contact[])[]>,
): Promise<readonly Clash[]> => {
  const values = contacts.flatMap(uniqueValues);
  if (values.length === 0) return [];
  const replaced = new Set(contacts.map(({ id }) => id));
  const stored = await lookup(values.map(({ key }) => key));
  const first = new Map<string, Contact>();
  return values.flatMap(({ contact, field, value, key }, index) => {
    const name = `${key.of} ${key.value}`;
    const among = first.get(name);
    if (among === undefined) first.set(name, contact);
    const inStore = stored[index]?.find((other) => other.category === 'internal' && !replaced.has(other.id));
    const holder = inStore ?? (among?.id === contact.id ? undefined : among);
    return holder === undefined ? [] : [{ contact, field, value, holder }];
  });
};

/** @throws ConflictError that tells who has which unique value already */
export const throwClashes = (clashes: readonly Clash[]): void => {
  if (clashes.length === 0) return;
  const lines = clashes.map(
    ({ field, value, holder }) => `${field.label} "${value}" is taken by ${describeContact(holder)}.`,
  );
  throw new ConflictError([...new Set(lines)].join('\n'), 'Nothing was changed. No two staff members share it.');
};
