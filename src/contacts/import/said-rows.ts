import type { Contact } from '../../fields/contact.js';
import type { Key } from '../keys.js';
import type { StoredContact } from '../stored-contact.js';
import type { Group, Grouping } from './groups.js';
import { settleAlone } from './lone-row.js';
import type { PassOptions } from './pass.js';
import type { RowReading } from './row.js';
import type { WaitingRows } from './waiting-rows.js';

/** Rows of which contacts of the store say all already. */
export interface SaidRows {
  /**
   * Takes up a contact that says just what the first row with a key does, which its bytes alone tell.
   *
   * @returns whether it does
   */
  takeSame(key: Key, stored: StoredContact): boolean;
  /** Takes up a contact that a key finds. Where it says all of the row, it is likely not needed any longer. */
  take(key: Key, contact: Contact): void;
  /** The id of the contact that says all of a row, where there is one. */
  idOf(row: number): string | undefined;
  /** Whether each row of a group can be taken as it waits: it finds no contact, or only the one that says all of it. */
  arePlain(group: Group): boolean;
  /** The ids of contacts that were not kept, and may be needed once more since other rows have to do with them. */
  neededAgain(): ReadonlySet<string>;
}

/** @param readAgain what a row says */
export const createSaidRows = (
  waiting: WaitingRows,
  grouping: Grouping,
  readAgain: (row: number) => RowReading,
  options: PassOptions,
): SaidRows => {
  /** The id of the contact that says all of a row. */
  const saidBy = new Map<number, string>();
  const hasUnique = options.fields.some(({ unique }) => unique);

  /** Whether the rows of a group have nothing to do with each other after all, since each has an ID of its own. */
  const areApart = ({ rows }: Group): boolean =>
    !hasUnique &&
    rows.every((row) => waiting.isNamed(row)) &&
    new Set(rows.map((row) => waiting.idOf(row))).size === rows.length;

  const arePlain = (group: Group): boolean => {
    const { rows, contacts } = group;
    const [first] = rows;
    if (rows.some((row) => waiting.hasUnexplained(row) && !saidBy.has(row))) return false;
    if (rows.length === 1) return contacts.every(({ id, isKept }) => !isKept && saidBy.get(first) === id);
    const said = new Set(rows.map((row) => saidBy.get(row)));
    return areApart(group) && contacts.every(({ id, isKept }) => !isKept && said.has(id));
  };

  return {
    takeSame: (key, stored) => {
      const row = options.onMatch === 'update' ? grouping.rowOf(key) : undefined;
      const json = row === undefined ? undefined : stored.json();
      if (row === undefined || json === undefined || !waiting.isSaidBy(row, json)) return false;
      saidBy.set(row, stored.id);
      grouping.found(stored.id, row, undefined);
      return true;
    },
    take: (key, contact) => {
      const row = grouping.rowOf(key);
      if (row === undefined) return;
      const isKnown = saidBy.get(row) === contact.id;
      const isSaid = isKnown || settleAlone(readAgain(row), [contact], options)?.kind === 'unchanged';
      if (isSaid) saidBy.set(row, contact.id);
      grouping.found(contact.id, row, isSaid ? undefined : contact);
    },
    idOf: (row) => saidBy.get(row),
    arePlain,
    neededAgain: () => {
      const ids = new Set<string>();
      // All others are kept.
      if (saidBy.size === 0) return ids;
      for (const group of grouping.groups()) {
        if (arePlain(group)) continue;
        for (const { id, isKept } of group.contacts) if (!isKept) ids.add(id);
        for (const row of group.rows) {
          const id = saidBy.get(row);
          if (id !== undefined) ids.add(id);
        }
      }
      return ids;
    },
  };
};
