import type { Contact, ContactData, Kept } from '../../fields/contact.js';
import { withPresets } from '../../fields/draft.js';
import { type Key, keysOf } from '../keys.js';
import { createContact, dataOf, isSame } from '../record.js';
import { combine } from './combine.js';
import type { Pass, PassOptions, RowOutcome, Subject } from './pass.js';
import type { RowReading } from './row.js';
import { createUniqueHolders, isTaken, uniqueValues } from './unique-values.js';

/** Rows that nothing can find again: without an ID, and without an address or a number that is matched. */
export interface UnfindableRows {
  /**
   * Takes up a row that can stand by itself.
   *
   * @returns the keys whose contacts are wanted (`found`)
   */
  add(row: RowReading): readonly Key[];
  found(key: Key, contact: Contact): void;
  /** @param altered the contacts that the other rows make or alter, as they are to be */
  pass(altered: readonly Contact[]): Pass;
}

/** Whether data says already all that other data says. */
const says = (data: ContactData, other: ContactData): boolean => {
  const fields = data as unknown as { readonly [field: string]: unknown };
  const differs = Object.entries(other).some(([field, value]) => typeof value === 'string' && fields[field] !== value);
  return !differs && isSame(combine(data, other), data);
};

const nameOf = (key: Key): string => `${key.of} ${key.value}`;

const nobody: Kept = { id: '', category: 'external', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };

/** Every key that data alone gives, as `keysOf` gives those of a contact. */
const keysOfData = (data: ContactData): readonly Key[] => keysOf({ ...data, ...nobody });

const hasKey = (contact: Contact, key: Key): boolean =>
  keysOfData(contact).some(({ of, value }) => of === key.of && value === key.value);

const append = <Value>(lists: Map<string, Value[]>, name: string, value: Value): void => {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
};

/**
 * Takes the rows that nothing can find again. Such a row is a contact that says all of it already, as the one does that
 * an earlier import made of it; else it makes a new one. It never alters a contact, and so it comes last.
 */
export const createUnfindableRows = (options: PassOptions): UnfindableRows => {
  const { fields, category, onMatch, stamp, newIdFor } = options;
  const rows: RowReading[] = [];
  const stored = new Map<string, Contact>();
  const wanted = new Set<string>();
  const idsByKey = new Map<string, string[]>();

  /** The key by which a row's contact is found: one that says all of the row has it, or had it once. */
  const keyOf = (data: ContactData): Key | undefined => keysOfData(data)[0];

  const add = (row: RowReading): readonly Key[] => {
    rows.push(row);
    const key = keyOf(row.data);
    const keys = [...(key === undefined ? [] : [key]), ...uniqueValues(row.data, fields).map((unique) => unique.key)];
    for (const each of keys) wanted.add(nameOf(each));
    return keys;
  };

  const found = (key: Key, contact: Contact): void => {
    if (!wanted.has(nameOf(key))) return;
    stored.set(contact.id, contact);
    append(idsByKey, nameOf(key), contact.id);
  };

  const pass = (altered: readonly Contact[]): Pass => {
    const made = new Map<string, Subject[]>();
    const subjects: Subject[] = [];
    const outcomes = new Map<RowReading, RowOutcome>();
    const holders = createUniqueHolders();
    for (const contact of altered) {
      if (stored.has(contact.id)) stored.set(contact.id, contact);
      for (const unique of uniqueValues(contact, fields)) holders.take(unique, contact);
    }
    for (const contact of stored.values()) {
      for (const unique of uniqueValues(contact, fields)) holders.take(unique, contact);
    }

    const whoSays = (data: ContactData): Subject | undefined => {
      const key = keyOf(data);
      if (key === undefined || onMatch === 'create') return undefined;
      for (const id of idsByKey.get(nameOf(key)) ?? []) {
        const before = stored.get(id);
        if (before !== undefined && hasKey(before, key) && says(before, data))
          return { id, before, sets: [], data: dataOf(before) };
      }
      return made.get(nameOf(key))?.find((subject) => says(subject.data, data));
    };

    const outcomeOf = (row: RowReading): RowOutcome => {
      const there = whoSays(row.data);
      if (there?.before !== undefined && onMatch === 'skip') return { kind: 'skipped', subject: there };
      if (there !== undefined) return { kind: 'landed', subject: there, changed: false, warnings: [] };
      const own = uniqueValues(row.data, fields);
      for (const unique of own) {
        const holder = holders.holder(unique);
        if (holder !== undefined) return { kind: 'rejected', finding: isTaken(unique, holder) };
      }
      const data = withPresets(row.data, fields);
      const id = newIdFor(row);
      const after = createContact(data, id, category, stamp);
      const subject: Subject = { id, first: row, sets: [], data, after };
      for (const unique of own) holders.take(unique, after);
      for (const key of keysOfData(data)) append(made, nameOf(key), subject);
      subjects.push(subject);
      return { kind: 'landed', subject, changed: true, warnings: [] };
    };

    for (const row of rows) outcomes.set(row, outcomeOf(row));
    return { outcomes, subjects };
  };

  return { add, found, pass };
};
