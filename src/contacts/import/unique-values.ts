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
  /** The key as a text. */
  readonly name: string;
}

/** The values of some data that are to be its own. */
export const uniqueValues = (data: ContactData, fields: readonly FieldSpec[]): readonly UniqueValue[] =>
  fields
    .filter((field) => field.unique)
    .flatMap((field) =>
      valuesAt(data, field.path).map((value) => {
        const key: Key = field.kind === 'email' ? { of: 'email', value: emailKey(value) } : { of: 'extension', value };
        return { field, value, key, name: `${key.of} ${key.value}` };
      }),
    );

export const isTaken = ({ field, value }: UniqueValue, holder: Contact): Finding => ({
  path: field.path,
  value,
  message: `is taken by ${describeContact(holder)}: no two staff members share it`,
});

/** The value is wanted by another row of the file. */
export const isClaimed = ({ field, value }: UniqueValue, row: number): Finding => ({
  path: field.path,
  value,
  message: `is in row ${row} too: no two staff members share it`,
});
