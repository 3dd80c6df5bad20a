import type { FieldSpec } from '../../fields/catalogue.js';
import type { Contact, ContactData } from '../../fields/contact.js';
import { valuesAt } from '../../fields/values.js';
import { describeContact } from '../contact.js';
import { emailKey, type Key } from '../keys.js';
import type { Finding } from './pass.js';

/** A value that no two contacts of a category share, with the key that finds who has it. */
export interface UniqueValue {
  readonly field: FieldSpec;
  readonly value: string;
  readonly key: Key;
}

/** The values of some data that are to be its own. */
export const uniqueValues = (data: ContactData, fields: readonly FieldSpec[]): readonly UniqueValue[] =>
  fields
    .filter((field) => field.unique)
    .flatMap((field) =>
      valuesAt(data, field.path).map((value) => ({
        field,
        value,
        key: field.kind === 'email' ? { of: 'email', value: emailKey(value) } : { of: 'extension', value },
      })),
    );

/** Who has each unique value. */
export interface UniqueHolders {
  /** Who has the value already; else the contact has it from now on. */
  take(unique: UniqueValue, contact: Contact): Contact | undefined;
  holder(unique: UniqueValue): Contact | undefined;
}

export const createUniqueHolders = (): UniqueHolders => {
  const holders = new Map<string, Contact>();
  const nameOf = ({ key }: UniqueValue): string => `${key.of} ${key.value}`;
  const holder = (unique: UniqueValue): Contact | undefined => holders.get(nameOf(unique));
  return {
    holder,
    take: (unique, contact) => {
      const other = holder(unique);
      if (other === undefined) holders.set(nameOf(unique), contact);
      return other?.id === contact.id ? undefined : other;
    },
  };
};

export const isTaken = ({ field, value }: UniqueValue, holder: Contact): Finding => ({
  path: field.path,
  value,
  message: `is taken by ${describeContact(holder)}: no two staff members share it`,
});
