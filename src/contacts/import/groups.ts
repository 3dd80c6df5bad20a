import type { Contact } from '../../fields/contact.js';
import type { Key } from '../keys.js';
import type { RowReading } from './row.js';
import type { RowGroup } from './settle.js';

/** Gathers rows that share keys, directly or by way of other rows and of contacts. */
export interface Grouping {
  add(row: RowReading, keys: readonly Key[]): void;
  /** Takes up a contact that a key of a row finds. */
  found(key: Key, contact: Contact): void;
  /** The groups in the order of their first rows; each is given once, and not held any longer. */
  groups(): Iterable<RowGroup>;
}

const append = <Value>(lists: Map<number, Value[]>, key: number, value: Value): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};

/** An empty grouping: a forest of disjoint sets over the rows, in which each key and each contact points at one row. */
export const createGrouping = (): Grouping => {
  /** The rows, and the contacts below, as JSON: whole objects would take several times the memory. */
  const rows: (string | undefined)[] = [];
  const parents: number[] = [];
  const rowOfKey = new Map<Key['of'], Map<string, number>>();
  const contacts = new Map<string, { readonly contact: string; readonly row: number }>();

  const rootOf = (row: number): number => {
    let root = row;
    for (let parent = parents[root]; parent !== undefined && parent !== root; parent = parents[root]) {
      parents[root] = parents[parent] ?? parent;
      root = parent;
    }
    return root;
  };

  /** Joins two sets; the root of a set is its first row. */
  const join = (one: number, other: number): void => {
    const [first, second] = [rootOf(one), rootOf(other)];
    parents[Math.max(first, second)] = Math.min(first, second);
  };

  const rowsOf = (of: Key['of']): Map<string, number> => {
    const found = rowOfKey.get(of) ?? new Map<string, number>();
    rowOfKey.set(of, found);
    return found;
  };

  return {
    add: (row, keys) => {
      const at = rows.push(JSON.stringify(row)) - 1;
      parents.push(at);
      for (const { of, value } of keys) {
        const rowOf = rowsOf(of);
        const other = rowOf.get(value);
        if (other === undefined) rowOf.set(value, at);
        else join(other, at);
      }
    },
    found: (key, contact) => {
      const row = rowsOf(key.of).get(key.value);
      if (row === undefined) return;
      const there = contacts.get(contact.id);
      if (there === undefined) contacts.set(contact.id, { contact: JSON.stringify(contact), row });
      else join(there.row, row);
    },
    groups: function* () {
      rowOfKey.clear();
      const members = new Map<number, number[]>();
      parents.forEach((parent, row) => {
        if (parent !== row) append(members, rootOf(row), row);
      });
      const contactsOf = new Map<number, string[]>();
      for (const { contact, row } of contacts.values()) append(contactsOf, rootOf(row), contact);
      contacts.clear();
      for (let first = 0; first < rows.length; first += 1) {
        if (parents[first] !== first) continue;
        const own: RowReading[] = [];
        for (const row of [first, ...(members.get(first) ?? [])]) {
          const reading = rows[row];
          if (reading !== undefined) own.push(JSON.parse(reading) as RowReading);
          rows[row] = undefined;
        }
        const found = contactsOf.get(first) ?? [];
        yield { rows: own, contacts: found.map((contact) => JSON.parse(contact) as Contact) };
        contactsOf.delete(first);
      }
    },
  };
};
