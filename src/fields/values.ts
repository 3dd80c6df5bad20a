import type { FieldSpec } from './catalogue.js';
import type {
  AddressPart,
  ContactData,
  CustomValue,
  Email,
  EmailKind,
  Note,
  Phone,
  PhoneKind,
  SocialService,
} from './contact.js';
import type { FieldPath } from './field.js';
import { kinds } from './kinds/index.js';

/** The parts of a path: `phones.mobile` is `['phones', 'mobile']`, `company` is `['company', '']`. */
const split = (path: FieldPath): readonly [string, string] => {
  const dot = path.indexOf('.');
  return dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
};

const own = <Value>(record: { readonly [key: string]: Value } | undefined, key: string): Value | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

const customTexts = (value: CustomValue | undefined): readonly string[] => {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [String(value)];
};

type TextReader = (data: ContactData) => string | undefined;

/** A reader of a field that holds one text, in a group of such or in the contact itself. */
const textReader = (path: FieldPath, group: string, part: string): TextReader =>
  group === 'address' || group === 'social'
    ? (data) => own(data[group] as { readonly [key: string]: string } | undefined, part)
    : (data) => {
        const text: unknown = own(data as unknown as { readonly [key: string]: unknown }, path);
        return typeof text === 'string' ? text : undefined;
      };

/**
 * Makes a reader of a field that holds one text, which gives `undefined` where there is none. A field that may hold
 * several values, or another kind of value, has no such reader.
 */
export const textReaderOf = (path: FieldPath): TextReader | undefined => {
  const [group, part] = split(path);
  const isText = !['phones', 'emails', 'labels', 'notes', 'custom'].includes(group);
  return isText ? textReader(path, group, part) : undefined;
};

/** The values of a field in a contact, as texts in the form in which they are kept. */
export const valuesAt = (data: ContactData, path: FieldPath): readonly string[] => {
  const [group, part] = split(path);
  switch (group) {
    case 'phones':
      return data.phones.filter((phone) => phone.kind === part).map((phone) => phone.number);
    case 'emails':
      return data.emails.filter((email) => email.kind === part).map((email) => email.address);
    case 'labels':
      return data.labels;
    case 'notes':
      return data.notes.map((note) => note.text);
    case 'custom':
      return customTexts(own(data.custom, part));
    default: {
      const text = textReader(path, group, part)(data);
      return text === undefined ? [] : [text];
    }
  }
};

/** The values of a field as people see them. */
export const shownValues = (field: FieldSpec, data: ContactData): readonly string[] => {
  const { show } = kinds[field.kind];
  return valuesAt(data, field.path).map(show);
};

/**
 * The value of a field as JSON has it: notes whole, of custom fields what they hold, a list where there can be several
 * values, `null` where there is none.
 */
export const jsonValueAt = (data: ContactData, field: FieldSpec): unknown => jsonReaderOf(field)(data);

/** Makes a reader of a field, which gives what `jsonValueAt` does. */
export const jsonReaderOf = (field: FieldSpec): ((data: ContactData) => unknown) => {
  const [group, part] = split(field.path);
  if (group === 'notes') return (data) => data.notes;
  if (group === 'custom') return (data) => own(data.custom, part) ?? null;
  const text = field.repeats ? undefined : textReaderOf(field.path);
  if (text !== undefined) return (data) => text(data) ?? null;
  return (data) => {
    const values = valuesAt(data, field.path);
    return field.repeats ? values : (values[0] ?? null);
  };
};

/** The entries of one kind set to these values, the others as they were; what stays keeps its place. */
const ofKind = <Entry extends { readonly kind: string }>(
  entries: readonly Entry[],
  kind: string,
  valueOf: (entry: Entry) => string,
  values: readonly string[],
  make: (value: string) => Entry,
): readonly Entry[] => {
  const before = entries.filter((entry) => entry.kind === kind).map(valueOf);
  if (before.length === values.length && before.every((value, index) => value === values[index])) return entries;
  const first = entries.findIndex((entry) => entry.kind === kind);
  const others = entries.filter((entry) => entry.kind !== kind);
  const at = first < 0 ? others.length : entries.slice(0, first).filter((entry) => entry.kind !== kind).length;
  return others.toSpliced(at, 0, ...values.map(make));
};

const withKey = <Value>(
  record: { readonly [key: string]: Value } | undefined,
  key: string,
  value: Value | undefined,
): { readonly [key: string]: Value } | undefined => {
  if (value !== undefined) return { ...record, [key]: value };
  const left = Object.entries(record ?? {}).filter(([name]) => name !== key);
  return left.length === 0 ? undefined : Object.fromEntries(left);
};

/** The data with a property set; without it where there is no value. */
const withProperty = (data: ContactData, key: string, value: unknown): ContactData =>
  withKey(data as unknown as { readonly [key: string]: unknown }, key, value) as unknown as ContactData;

const customValue = (field: FieldSpec, values: readonly string[]): CustomValue | undefined => {
  const [value] = values;
  if (value === undefined) return undefined;
  if (field.repeats) return values;
  if (field.kind === 'number') return Number(value);
  return field.kind === 'checkbox' ? value === 'true' : value;
};

/**
 * A contact's data with a field set to these values, which are in the form in which they are kept; none clears it.
 *
 * @param notes the notes, where the field is the notes: their texts alone do not make them
 */
export const withValues = (
  data: ContactData,
  field: FieldSpec,
  values: readonly string[],
  notes: readonly Note[] = data.notes,
): ContactData => {
  const [group, part] = split(field.path);
  switch (group) {
    case 'phones': {
      const make = (number: string) => ({ kind: part as PhoneKind, number });
      return { ...data, phones: ofKind(data.phones, part, (phone) => phone.number, values, make) };
    }
    case 'emails': {
      const make = (address: string) => ({ kind: part as EmailKind, address });
      return { ...data, emails: ofKind(data.emails, part, (email) => email.address, values, make) };
    }
    case 'labels':
      return { ...data, labels: values };
    case 'notes':
      return { ...data, notes };
    case 'custom':
      return withProperty(data, 'custom', withKey(data.custom, part, customValue(field, values)));
    case 'address':
      return withProperty(data, 'address', withKey(data.address, part as AddressPart, values[0]));
    case 'social':
      return withProperty(data, 'social', withKey(data.social, part as SocialService, values[0]));
    default:
      return withProperty(data, field.path, values[0]);
  }
};

/** A contact's data while a row is read, which nobody else has yet. */
export interface Filling {
  labels: readonly string[];
  phones: Phone[];
  emails: Email[];
  notes: readonly Note[];
  /** The groups `address`, `social` and `custom`, and the fields that hold one text. */
  [field: string]: unknown;
}

/** The group of a contact's data, which is made where it is not there. */
const groupOf = (data: Filling, group: string): { [key: string]: CustomValue } => {
  data[group] ??= {};
  return data[group] as { [key: string]: CustomValue };
};

/**
 * Makes what puts values of a field into data that has none of them, as `withValues` does, without a copy of the data.
 * Notes, which are more than their texts, it leaves alone.
 */
export const fillerOf = (field: FieldSpec): ((data: Filling, values: readonly string[]) => void) => {
  const [group, part] = split(field.path);
  switch (group) {
    case 'phones':
      return (data, values) => {
        for (const number of values) data.phones.push({ kind: part as PhoneKind, number });
      };
    case 'emails':
      return (data, values) => {
        for (const address of values) data.emails.push({ kind: part as EmailKind, address });
      };
    case 'labels':
      return (data, values) => {
        data.labels = values;
      };
    case 'notes':
      return () => undefined;
    case 'custom':
      return (data, values) => {
        const value = customValue(field, values);
        if (value === undefined) return;
        // The users choose the keys, and one may be `__proto__`.
        Object.defineProperty(groupOf(data, group), part, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      };
    case 'address':
    case 'social':
      return (data, [value]) => {
        if (value !== undefined) groupOf(data, group)[part] = value;
      };
    default:
      return (data, [value]) => {
        if (value !== undefined) data[field.path] = value;
      };
  }
};
