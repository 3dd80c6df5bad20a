import { ConflictError } from '../errors.js';
import { type FieldSpec, internalSections } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import { valuesAt } from '../fields/values.js';
import { describeContact } from './contact.js';
import { emailKey, type Key, uidKey } from './keys.js';

const uniqueFields: readonly FieldSpec[] = internalSections
  .flatMap((section): readonly FieldSpec[] => section.fields)
  .filter((field) => field.unique);

/** A unique value of a contact, with the key that finds whoever has it. */
interface UniqueValue {
  readonly contact: Contact;
  /** What the value is, for people. */
  readonly label: string;
  readonly value: string;
  readonly key: Key;
}

const none: readonly UniqueValue[] = [];

const uniqueUids = (contact: Contact): readonly UniqueValue[] =>
  contact.uids?.map((value) => ({ contact, label: 'UID', value, key: { of: 'uid', value: uidKey(value) } })) ?? none;

const uniqueValues = (contact: Contact): readonly UniqueValue[] =>
  contact.category === 'external'
    ? uniqueUids(contact)
    : [
        ...uniqueUids(contact),
        ...uniqueFields.flatMap((field) =>
          valuesAt(contact, field.path).map((value): UniqueValue => {
            const key: Key =
              field.kind === 'email' ? { of: 'email', value: emailKey(value) } : { of: 'extension', value };
            return { contact, label: field.label, value, key };
          }),
        ),
      ];

/** The keys of what no other contact may have: UIDs, and of staff addresses and extensions. */
export const uniqueKeysOf = (contact: Contact): readonly Key[] => uniqueValues(contact).map(({ key }) => key);

/** A unique value that two contacts would have. */
export interface Clash {
  readonly contact: Contact;
  readonly label: string;
  readonly value: string;
  readonly holder: Contact;
}

/**
 * The unique values of these contacts that another one has, in the store or among them.
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
  return values.flatMap(({ contact, label, value, key }, index) => {
    const name = `${key.of} ${key.value}`;
    const among = first.get(name);
    if (among === undefined) first.set(name, contact);
    const inStore = stored[index]?.find(
      (other) => (key.of === 'uid' || other.category === 'internal') && !replaced.has(other.id),
    );
    const holder = inStore ?? (among?.id === contact.id ? undefined : among);
    return holder === undefined ? [] : [{ contact, label, value, holder }];
  });
};

/** @throws ConflictError that tells who has which unique value already */
export const throwClashes = (clashes: readonly Clash[]): void => {
  if (clashes.length === 0) return;
  const lines = clashes.map(
    ({ label, value, holder }) => `${label} "${value}" is taken by ${describeContact(holder)}.`,
  );
  throw new ConflictError([...new Set(lines)].join('\n'), 'Nothing was changed. No two contacts share it.');
};
