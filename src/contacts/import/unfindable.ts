import { type Contact, type ContactData, emptyData, type Kept } from '../../fields/contact.js';
import { withPresets } from '../../fields/draft.js';
import { type Key, keysOf } from '../keys.js';
import { createContact, dataOf, isSame } from '../record.js';
import { combine, createFolding } from './combine.js';
import { outcomeOfNew, type Pass, type PassOptions, type RowOutcome, type Subject } from './pass.js';
import type { RowReading } from './row.js';
import { isClaimed, isTaken, uniqueValues } from './unique-values.js';

/** Rows that nothing can find again: without an ID, and without an address or a number that is matched. */
export interface UnfindableRows {
  /**
   * Takes up a row that can stand by itself.
   *
   * @returns the keys whose contacts are wanted (`found`)
   */
  add(row: RowReading): readonly Key[];
  found(key: Key, contact: Contact): void;
  /** Whether the contacts of a key are wanted. */
  isWanted(key: Key): boolean;
  /** Takes note of what another row wants for its contact alone: its name, as `uniqueValues` gives it. */
  claim(name: string, row: number): void;
  /** @param altered the contacts that the other rows make or alter, as they are to be */
  pass(altered: Iterable<Contact>): Pass;
}

/** Whether data says already all that other data says. */
const says = (data: ContactData, other: ContactData): boolean => {
  const fields = data as unknown as { readonly [field: string]: unknown };
  const differs = Object.entries(other).some(([field, value]) => typeof value === 'string' && fields[field] !== value);
  return !differs && isSame(combine(data, other), data);
};

/** A contact that a row may be, with what it says. */
interface Sayer {
  readonly subject: Subject;
  readonly data: ContactData;
}

const subjectOf = (id: string): Subject => ({ id, rows: [], sets: [], said: createFolding(emptyData) });

const nameOf = (key: Key): string => `${key.of} ${key.value}`;

const nobody: Kept = { id: '', category: 'external', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };

/** Every key that data alone gives, as `keysOf` gives those of a contact. */
const keysOfData = (data: ContactData): readonly Key[] => keysOf({ ...data, ...nobody });

const append = <Value>(lists: Map<string, Value[]>, name: string, value: Value): void => {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [value]);
  else list.push(value);
};

/**
 * Takes the rows that nothing can find again. Such a row is a contact that says all of it already, as the one does that
 * an earlier import made of it; else it makes a new one. It never alters a contact, and so it comes last; and what is to
 * be its own no other row may want, whatever became of that one.
 */
export const createUnfindableRows = (options: PassOptions): UnfindableRows => {
  const { fields, category, onMatch, stamp, newIdFor } = options;
  const ofNew = outcomeOfNew(options.onNew);
  const rows: RowReading[] = [];
  const stored = new Map<string, Contact>();
  const wanted = new Set<string>();
  const claims = new Map<string, number>();

  /** A contact that says all of a row has all keys of the row, so one of them is enough to look for. */
  const keyOf = (data: ContactData): Key | undefined => keysOfData(data)[0];

  const add = (row: RowReading): readonly Key[] => {
    rows.push(row);
    const key = keyOf(row.data);
    const keys = [...(key === undefined ? [] : [key]), ...uniqueValues(row.data, fields).map((unique) => unique.key)];
    for (const each of keys) wanted.add(nameOf(each));
    return keys;
  };

  const isWanted = (key: Key): boolean => wanted.size > 0 && wanted.has(nameOf(key));

  const found = (key: Key, contact: Contact): void => {
    if (isWanted(key)) stored.set(contact.id, contact);
  };

  const claim = (name: string, row: number): void => {
    claims.set(name, row);
  };

  const pass = (altered: Iterable<Contact>): Pass => {
    if (rows.length === 0) return { outcomes: new Map(), subjects: [] };
    const byKey = new Map<string, Sayer[]>();
    const subjects: Subject[] = [];
    const outcomes = new Map<RowReading, RowOutcome>();
    const holders = new Map<string, Contact>();

    const remember = (subject: Subject, contact: Contact): void => {
      const data = dataOf(contact);
      for (const key of keysOfData(data)) if (wanted.has(nameOf(key))) append(byKey, nameOf(key), { subject, data });
      for (const { name } of uniqueValues(data, fields)) holders.set(name, holders.get(name) ?? contact);
    };
    for (const after of altered) {
      if (stored.has(after.id)) stored.set(after.id, after);
      else remember(subjectOf(after.id), after);
    }
    for (const before of stored.values()) remember({ ...subjectOf(before.id), before }, before);

    const whoSays = (data: ContactData): Subject | undefined => {
      const key = keyOf(data);
      if (key === undefined || onMatch === 'create') return undefined;
      return byKey.get(nameOf(key))?.find((sayer) => says(sayer.data, data))?.subject;
    };

    const outcomeOf = (row: RowReading): RowOutcome => {
      const there = whoSays(row.data);
      if (there?.before !== undefined && onMatch === 'skip') return { kind: 'skipped', subject: there };
      if (there !== undefined)
        return { kind: 'landed', subject: there, changed: false, told: row.warnings, warnings: [] };
      if (ofNew !== undefined) return ofNew;
      for (const unique of uniqueValues(row.data, fields)) {
        const holder = holders.get(unique.name);
        if (holder !== undefined) return { kind: 'rejected', finding: isTaken(unique, holder) };
        const other = claims.get(unique.name);
        if (other !== undefined) return { kind: 'rejected', finding: isClaimed(unique, other) };
      }
      const data = withPresets(row.data, fields);
      const id = newIdFor(row);
      const after = createContact(data, id, category, stamp);
      const subject: Subject = { ...subjectOf(id), first: row, after };
      remember(subject, after);
      subjects.push(subject);
      return { kind: 'landed', subject, changed: true, step: { after }, told: row.warnings, warnings: [] };
    };

    for (const row of rows) outcomes.set(row, outcomeOf(row));
    return { outcomes, subjects };
  };

  return { add, found, isWanted, claim, pass };
};
