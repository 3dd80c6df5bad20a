import type { ContactData } from './contact.js';
import type { FieldPath } from './field.js';

/**
 * What came from outside, before it is checked: the texts of each field, in order. An empty list, or one of empty texts,
 * clears the field; a field that is absent stays as it is.
 */
export type Draft = ReadonlyMap<FieldPath, readonly string[]>;

/** Something wrong with one value. */
export interface Issue {
  readonly path: FieldPath;
  /** The field's label. */
  readonly label: string;
  /** The text as it came. */
  readonly value: string;
  /** What is wrong and what would be right, without the label and the value. */
  readonly message: string;
}

/** A contact's data, or all that is wrong with it. Warnings tell of values that were taken all the same. */
export type Reading =
  | { readonly ok: true; readonly data: ContactData; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly warnings: readonly Issue[] };
