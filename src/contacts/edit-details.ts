import type { FieldSpec } from '../fields/catalogue.js';
import { type ContactData, emptyData } from '../fields/contact.js';
import { type CustomField, fieldsOf } from '../fields/field.js';
import { jsonReaderOf, jsonValueAt, shownValues } from '../fields/values.js';
import type { Edit } from './change.js';
import { displayName } from './contact.js';
import { isSame } from './record.js';

/** What an edit does to one field. */
export interface FieldChange {
  /** The field as users name it: its JSON key, the flag of a kind of phone or email, the key of a custom field. */
  readonly name: string;
  readonly label: string;
  /** The values as JSON has them: `null` where there is none, a list where there can be several. */
  readonly before: unknown;
  readonly after: unknown;
  /** The values as people see them, `''` where there is none. */
  readonly shownBefore: string;
  readonly shownAfter: string;
}

/** What an edit does to a contact, as JSON tells it (contract.md, "JSON of the acting commands"). */
export interface EditDetails {
  readonly id: string;
  readonly name: string;
  readonly action: 'created' | 'updated' | 'deleted';
  readonly fields: { readonly [field: string]: { readonly before: unknown; readonly after: unknown } };
}

/** A field as JSON names it in what is told of edits: its JSON key, the flag of a kind of phone or email. */
export const fieldNameOf = ({ path, flag }: FieldSpec): string =>
  /^(phones|emails)\./.test(path) ? flag : path.slice(path.lastIndexOf('.') + 1);

/** The values of custom fields that are no longer defined are told too. */
const undefinedCustomFields = (sides: readonly ContactData[], custom: readonly CustomField[]): readonly CustomField[] =>
  [...new Set(sides.flatMap((side) => Object.keys(side.custom ?? {})))]
    .filter((key) => !custom.some((field) => field.key === key))
    .map((key) => ({ key, label: key, kind: 'text' }));

/**
 * What an edit changes, field by field, in the order of the form; of a created contact all that it has, of a deleted one
 * all that it had.
 *
 * @param custom the custom fields that are defined
 */
export const fieldChanges = ({ before, after }: Edit, custom: readonly CustomField[]): readonly FieldChange[] => {
  const contact = after ?? before;
  if (contact === undefined) return [];
  const [old, now]: readonly ContactData[] = [before ?? emptyData, after ?? emptyData];
  if (old === undefined || now === undefined) return [];
  const fields = fieldsOf(contact.category, [...custom, ...undefinedCustomFields([old, now], custom)]);
  const changes = fields.flatMap((field): readonly FieldChange[] => {
    const [was, is] = [jsonValueAt(old, field), jsonValueAt(now, field)];
    if (isSame(was, is)) return [];
    const [shownBefore = '', shownAfter = ''] = [old, now].map((side) => shownValues(field, side).join('; '));
    return [{ name: fieldNameOf(field), label: field.label, before: was, after: is, shownBefore, shownAfter }];
  });
  const [merged, merging] = [before?.mergedIds ?? [], after?.mergedIds ?? []];
  if (before === undefined || after === undefined || isSame(merged, merging)) return changes;
  const shown = { shownBefore: merged.join('; '), shownAfter: merging.join('; ') };
  return [...changes, { name: 'mergedIds', label: 'Merged IDs', before: merged, after: merging, ...shown }];
};

const isEqual = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === 'object' && isSame(one, other));

/**
 * Makes what tells in which of some fields data differ, as `editDetails` does, for many contacts in turn.
 *
 * @returns takes data before, nothing where a contact is created, and after
 */
export const createFieldComparison = (
  fields: readonly FieldSpec[],
): ((before: ContactData | undefined, after: ContactData) => EditDetails['fields']) => {
  const readers = fields.map((field) => ({ name: fieldNameOf(field), read: jsonReaderOf(field) }));
  const nothing = readers.map(({ read }) => read(emptyData));
  return (before, after) => {
    const differing: [string, { readonly before: unknown; readonly after: unknown }][] = [];
    for (let place = 0; place < readers.length; place += 1) {
      const { name, read } = readers[place] as (typeof readers)[number];
      const [was, is] = [before === undefined ? nothing[place] : read(before), read(after)];
      if (!isEqual(was, is)) differing.push([name, { before: was, after: is }]);
    }
    return Object.fromEntries(differing);
  };
};

/** @param custom the custom fields that are defined */
export const editDetails = (edit: Edit, custom: readonly CustomField[]): EditDetails | undefined => {
  const contact = edit.after ?? edit.before;
  if (contact === undefined) return undefined;
  const changes = fieldChanges(edit, custom);
  return {
    id: contact.id,
    name: displayName(contact),
    action: edit.before === undefined ? 'created' : edit.after === undefined ? 'deleted' : 'updated',
    fields: Object.fromEntries(changes.map(({ name, before, after }) => [name, { before, after }])),
  };
};
