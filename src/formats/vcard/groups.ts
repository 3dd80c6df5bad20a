import { uidKey } from '../../contacts/keys.js';
import type { CardGroup } from './card-reader.js';

/** The groups of a file, which become labels of their members. */
export interface Groups {
  readonly count: number;
  add(group: CardGroup): void;
  /** The labels of members, by the keys of their UIDs. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

export const createGroups = (): Groups => {
  const labels = new Map<string, readonly string[]>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    labels,
    add: ({ name, members }) => {
      count += 1;
      // A label has no semicolon.
      const label = name.replaceAll(';', ',').trim();
      if (label === '') return;
      for (const key of members.map(uidKey)) labels.set(key, [...new Set([...(labels.get(key) ?? []), label])]);
    },
  };
};
