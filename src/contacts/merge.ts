import type { FieldSpec } from '../fields/catalogue.js';
import type { Contact, ContactData, Note } from '../fields/contact.js';
import { withoutDoubles } from '../fields/draft.js';
import type { FieldPath } from '../fields/field.js';
import { fold } from '../fields/fold.js';
import { kinds } from '../fields/kinds/index.js';
import { valuesAt, withValues } from '../fields/values.js';
import { displayName } from './contact.js';
import { emailKey, uidKey } from './keys.js';
import { dataOf, type Stamp, updateContact } from './record.js';

/** Whose value is taken where contacts differ: the primary's, that of the contact changed last, or longest ago. */
export const preferences = ['primary', 'newest', 'oldest'] as const;
export type Preference = (typeof preferences)[number];

/** One of the values between which a merge has to choose. */
export interface MergeOption {
  /** The value as people see it. */
  readonly text: string;
  /** The contacts that have it. */
  readonly holders: readonly Contact[];
  put(data: ContactData): ContactData;
}

/** A place that holds one value, of which the contacts have several. */
export interface MergeConflict {
  /** A field's path, or `address` for the mailing address, which is taken as a whole. */
  readonly path: FieldPath;
  readonly label: string;
  /** Two or more, in the order of precedence. */
  readonly options: readonly MergeOption[];
}

/** Which option is taken in a conflict, by the conflict's path; the first where it says nothing. */
export type MergePicks = ReadonlyMap<FieldPath, MergeOption>;

/** A place that holds one value. */
interface Slot {
  readonly path: FieldPath;
  readonly label: string;
  /** The values that the contacts have, each once, in their order. */
  options(contacts: readonly Contact[]): readonly MergeOption[];
  /** What some data says there that the merged data does not say; nothing where it is all there. */
  missing(data: ContactData, merged: ContactData): string | undefined;
}

const sayTheSame = (one: string, other: string): boolean => fold(one.trim()) === fold(other.trim());

const fieldSlot = (field: FieldSpec): Slot => ({
  path: field.path,
  label: field.label,
  options: (contacts) => {
    const values = contacts.flatMap((contact) => valuesAt(contact, field.path));
    return [...new Set(values)].map((value) => ({
      text: kinds[field.kind].show(value),
      holders: contacts.filter((contact) => valuesAt(contact, field.path).includes(value)),
      put: (data) => withValues(data, field, [value]),
    }));
  },
  missing: (data, merged) => {
    const [value] = valuesAt(data, field.path);
    const [kept] = valuesAt(merged, field.path);
    return value === undefined || (kept !== undefined && sayTheSame(value, kept))
      ? undefined
      : kinds[field.kind].show(value);
  },
});

type Address = NonNullable<ContactData['address']>;

const partsOf = (address: Address): readonly (readonly [keyof Address, string])[] =>
  Object.entries(address) as (readonly [keyof Address, string])[];

/** Whether two addresses can be one place: no part that both have differs. */
const canBeOne = (one: Address, other: Address): boolean =>
  partsOf(one).every(([part, text]) => other[part] === undefined || sayTheSame(text, other[part]));

const isWithin = (address: Address, whole: Address): boolean =>
  partsOf(address).every(([part, text]) => whole[part] !== undefined && sayTheSame(text, whole[part]));

/**
 * The mailing address is one value: the street of one contact with the city of another would be a place that nobody
 * gave. Addresses that can be one place complete each other.
 */
const addressSlot = (parts: readonly FieldSpec[]): Slot => {
  const textOf = (address: Address): string =>
    parts
      .flatMap((field) => {
        const text = address[field.path.slice('address.'.length) as keyof Address];
        return text === undefined ? [] : [kinds[field.kind].show(text)];
      })
      .join(', ');
  return {
    path: 'address',
    label: 'Mailing Address',
    options: (contacts) => {
      const places: { address: Address; holders: Contact[] }[] = [];
      for (const contact of contacts) {
        const { address } = contact;
        if (address === undefined) continue;
        const place = places.find((candidate) => canBeOne(candidate.address, address));
        if (place === undefined) places.push({ address, holders: [contact] });
        else {
          place.address = { ...address, ...place.address };
          place.holders.push(contact);
        }
      }
      return places.map(({ address, holders }) => ({
        text: textOf(address),
        holders,
        put: (data) => ({ ...data, address }),
      }));
    },
    missing: ({ address }, merged) =>
      address === undefined || isWithin(address, merged.address ?? {}) ? undefined : textOf(address),
  };
};

const slotsOf = (fields: readonly FieldSpec[]): readonly Slot[] => {
  const parts = fields.filter(({ path }) => path.startsWith('address.'));
  return fields.flatMap((field): readonly Slot[] => {
    if (field === parts[0]) return [addressSlot(parts)];
    return field.repeats || parts.includes(field) ? [] : [fieldSlot(field)];
  });
};

/**
 * The places that hold one value and for which the contacts have several.
 *
 * @param contacts in the order of precedence
 * @param fields those of the contacts' category
 */
export const conflictsBetween = (
  contacts: readonly Contact[],
  fields: readonly FieldSpec[],
): readonly MergeConflict[] =>
  slotsOf(fields)
    .map((slot) => ({ path: slot.path, label: slot.label, options: slot.options(contacts) }))
    .filter(({ options }) => options.length > 1);

/** The contacts in the order of precedence. Those that were changed at one moment stay in their order. */
export const inPrecedence = (contacts: readonly Contact[], preference: Preference): readonly Contact[] => {
  if (preference === 'primary') return contacts;
  const direction = preference === 'newest' ? -1 : 1;
  return contacts.toSorted((one, other) => direction * (Date.parse(one.updatedAt) - Date.parse(other.updatedAt)));
};

/** The contacts, the one with the most values first, and of those with as many the one that was there first. */
export const fullestFirst = (contacts: readonly Contact[], fields: readonly FieldSpec[]): readonly Contact[] => {
  const valuesOf = (contact: Contact): number =>
    fields.reduce((sum, { path }) => sum + valuesAt(contact, path).length, Object.keys(contact.custom ?? {}).length);
  return contacts.toSorted(
    (one, other) => valuesOf(other) - valuesOf(one) || Date.parse(one.createdAt) - Date.parse(other.createdAt),
  );
};

/** The values of which no earlier one has the same key. */
const firstOfEach = <Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly Value[] => {
  const first = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (!first.has(key)) first.set(key, value);
  }
  return [...first.values()];
};

/** The notes of all, a text that several have once, in the order in which they were made. */
const unitedNotes = (contacts: readonly ContactData[]): readonly Note[] =>
  firstOfEach(
    contacts.flatMap(({ notes }) => notes),
    ({ text }) => text,
  ).toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));

/** The UIDs of all contacts: a card of any of them finds the merged one. */
const unitedUidsOf = (contacts: readonly Contact[]): Pick<ContactData, 'uids' | 'uidsPartial'> => {
  const uids = firstOfEach(
    contacts.flatMap((contact) => contact.uids ?? []),
    uidKey,
  );
  if (uids.length === 0) return {};
  return { uids, ...(contacts.some(({ uidsPartial }) => uidsPartial) && { uidsPartial: true }) };
};

/**
 * The data of several contacts as one: phones, emails, labels, chosen options and notes of all of them, each once, and
 * of what holds one value the picked one, else the first.
 *
 * @param contacts in the order of precedence
 * @param fields those of the contacts' category
 */
export const unitedData = (
  contacts: readonly Contact[],
  fields: readonly FieldSpec[],
  picks: MergePicks = new Map(),
): ContactData => {
  const lists: ContactData = {
    labels: [],
    phones: firstOfEach(
      contacts.flatMap(({ phones }) => phones),
      ({ number }) => number,
    ),
    emails: firstOfEach(
      contacts.flatMap(({ emails }) => emails),
      ({ address }) => emailKey(address),
    ),
    notes: unitedNotes(contacts),
    ...unitedUidsOf(contacts),
  };
  const withLists = fields
    .filter(({ path, repeats, kind }) => repeats && kind !== 'note' && !/^(phones|emails)\./.test(path))
    .reduce((data, field) => {
      const values = contacts.flatMap((contact) => valuesAt(contact, field.path));
      return withValues(data, field, withoutDoubles(field, values));
    }, lists);
  return slotsOf(fields).reduce((data, slot) => {
    const option = picks.get(slot.path) ?? slot.options(contacts)[0];
    return option === undefined ? data : option.put(data);
  }, withLists);
};

/** For each contact of which the merged data leaves something out, a note that tells it. */
const notesOfLeftovers = (
  contacts: readonly Contact[],
  merged: ContactData,
  fields: readonly FieldSpec[],
  { by, at }: Stamp,
  newId: () => string,
): readonly Note[] =>
  contacts.flatMap((contact) => {
    const lines = slotsOf(fields).flatMap(({ label, missing }) => {
      const text = missing(contact, merged);
      return text === undefined ? [] : [`${label}: ${text}`];
    });
    if (lines.length === 0) return [];
    const text = [`Before the merge, ${displayName(contact)} (${contact.id}) had:`, ...lines].join('\n');
    return [{ id: newId(), text, author: by, createdAt: at, updatedAt: at }];
  });

/**
 * The contact that is left of several. It keeps the primary's id and finds the others' ids too; what it has no room for
 * stands in its notes.
 *
 * @param data what it is to say: `unitedData`, altered or not
 * @param fields those of the contacts' category
 */
export const mergedContact = (
  primary: Contact,
  others: readonly Contact[],
  data: ContactData,
  fields: readonly FieldSpec[],
  stamp: Stamp,
  newId: () => string,
): Contact => {
  const leftovers = notesOfLeftovers([primary, ...others], data, fields, stamp, newId);
  const ids = [primary, ...others].flatMap(({ id, mergedIds = [] }) => [id, ...mergedIds]);
  const mergedIds = [...new Set(ids)].filter((id) => id !== primary.id);
  const whole = { ...dataOf(data as Contact), notes: [...data.notes, ...leftovers] };
  const survivor = updateContact({ ...primary, mergedIds }, whole, stamp);
  return { ...survivor, updatedAt: stamp.at, updatedBy: stamp.by };
};
