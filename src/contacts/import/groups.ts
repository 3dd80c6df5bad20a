import type { Contact } from '../../fields/contact.js';
import { hashOfKey } from '../key-hash.js';
import type { Key } from '../keys.js';
import { NumberList } from '../number-list.js';
import { type Scratch, type ScratchText, textIn } from '../scratch.js';
import { RowsOfKeys } from './rows-of-keys.js';

/** Rows that share keys with each other, and the contacts that these keys find. Rows are counted from 0. */
export interface Group {
  /** In their order. */
  readonly rows: readonly [number, ...number[]];
  readonly contacts: readonly FoundContact[];
}

/** A contact of the store that a key of a row finds. */
export interface FoundContact {
  readonly id: string;
  readonly isKept: boolean;
  /** The contact, made anew; `undefined` where it is not kept. */
  contact(): Contact | undefined;
}

/** Gathers rows that share keys, directly or by way of other rows and of contacts. */
export interface Grouping {
  /**
   * Takes up the next row, with the hashes of its keys from one place on to before another. Two keys of one hash count as
   * one, which makes a group larger than need be.
   */
  add(hashes: Float64Array, from: number, to: number): void;
  /** The first row that has a key. */
  rowOf(key: Key): number | undefined;
  /**
   * Takes up a contact that a key of the row finds.
   *
   * @param contact the contact where it is to be kept
   */
  found(id: string, row: number, contact: Contact | undefined): void;
  /** Keeps a contact that was found and not kept. */
  keep(contact: Contact): void;
  /** The groups in the order of their first rows. */
  groups(): Iterable<Group>;
}

const append = <Value>(lists: Map<number, Value[]>, key: number, value: Value): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};

/**
 * An empty grouping: a forest of disjoint sets over the rows, in which each key and each contact points at one row.
 *
 * @param scratch keeps the contacts
 */
export const createGrouping = (scratch: Scratch): Grouping => {
  const parents = new NumberList();
  const rowOfKey = new RowsOfKeys();
  const contacts = new Map<string, { json?: ScratchText; readonly row: number }>();
  const kept = (contact: Contact): ScratchText => scratch.add(JSON.stringify(contact));

  const rootOf = (row: number): number => {
    let root = row;
    for (let parent = parents.at(root); parent !== root; parent = parents.at(root)) {
      parents.set(root, parents.at(parent));
      root = parent;
    }
    return root;
  };

  /** Joins two sets; the root of a set is its first row. */
  const join = (one: number, other: number): void => {
    const [first, second] = [rootOf(one), rootOf(other)];
    parents.set(Math.max(first, second), Math.min(first, second));
  };

  return {
    add: (hashes, from, to) => {
      const at = parents.length;
      parents.push(at);
      for (let place = from; place < to; place += 1) {
        const other = rowOfKey.claim(hashes[place] as number, at);
        if (other !== undefined) join(other, at);
      }
    },
    rowOf: ({ of, value }) => rowOfKey.get(hashOfKey(of, value)),
    found: (id, row, contact) => {
      const there = contacts.get(id);
      if (there === undefined) contacts.set(id, { row, ...(contact && { json: kept(contact) }) });
      else {
        join(there.row, row);
        if (contact) there.json ??= kept(contact);
      }
    },
    keep: (contact) => {
      const there = contacts.get(contact.id);
      if (there !== undefined) there.json ??= kept(contact);
    },
    groups: function* () {
      const members = new Map<number, number[]>();
      for (let row = 0; row < parents.length; row += 1) {
        if (parents.at(row) !== row) append(members, rootOf(row), row);
      }
      const contactsOf = new Map<number, FoundContact[]>();
      for (const [id, { json, row }] of contacts) {
        const contact = () => (json === undefined ? undefined : (JSON.parse(textIn(scratch, json)) as Contact));
        append(contactsOf, rootOf(row), { id, isKept: json !== undefined, contact });
      }
      for (let first = 0; first < parents.length; first += 1) {
        if (parents.at(first) !== first) continue;
        yield { rows: [first, ...(members.get(first) ?? [])], contacts: contactsOf.get(first) ?? [] };
      }
    },
  };
};
