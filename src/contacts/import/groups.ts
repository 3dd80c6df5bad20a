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
export class FoundContact {
  readonly #scratch: Scratch;
  #json: ScratchText | undefined;
  readonly id: string;
  /** The row that finds it, or one of them. */
  readonly row: number;

  constructor(id: string, row: number, scratch: Scratch) {
    this.id = id;
    this.row = row;
    this.#scratch = scratch;
  }

  get isKept(): boolean {
    return this.#json !== undefined;
  }

  keep(contact: Contact): void {
    this.#json ??= this.#scratch.add(JSON.stringify(contact));
  }

  /** The contact, made anew; `undefined` where it is not kept. */
  contact(): Contact | undefined {
    return this.#json === undefined ? undefined : (JSON.parse(textIn(this.#scratch, this.#json)) as Contact);
  }
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
   * Takes up a contact that a key of the row finds. One that is not kept, and that the row finds by its ID alone, is no
   * part of a group unless it is kept later.
   *
   * @param contact the contact where it is to be kept
   */
  found(id: string, row: number, contact: Contact | undefined): void;
  /** Keeps a contact that was found and not kept. */
  keep(contact: Contact): void;
  /** The groups in the order of their first rows. */
  groups(): Iterable<Group>;
}

const none: readonly never[] = [];

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
  const contacts = new Map<string, FoundContact>();

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

  /** The first row that names an ID. */
  const rowWithId = (id: string): number | undefined => rowOfKey.get(hashOfKey('id', id));

  const takeUp = (id: string, row: number): FoundContact => {
    const found = new FoundContact(id, row, scratch);
    contacts.set(id, found);
    return found;
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
      const before = there?.row ?? rowWithId(id);
      // Whoever finds it later finds this row by its ID.
      if (there === undefined && contact === undefined && before === row) return;
      if (before !== undefined) join(before, row);
      const found = there ?? takeUp(id, row);
      if (contact !== undefined) found.keep(contact);
    },
    keep: (contact) => {
      const row = rowWithId(contact.id);
      const there = contacts.get(contact.id) ?? (row === undefined ? undefined : takeUp(contact.id, row));
      there?.keep(contact);
    },
    groups: function* () {
      const members = new Map<number, number[]>();
      for (let row = 0; row < parents.length; row += 1) {
        if (parents.at(row) !== row) append(members, rootOf(row), row);
      }
      const contactsOf = new Map<number, FoundContact[]>();
      for (const contact of contacts.values()) append(contactsOf, rootOf(contact.row), contact);
      for (let first = 0; first < parents.length; first += 1) {
        if (parents.at(first) !== first) continue;
        yield { rows: [first, ...(members.get(first) ?? none)], contacts: contactsOf.get(first) ?? none };
      }
    },
  };
};
