import type { CardGroup } from './card-reader.js';

/** A UID as it is compared: programs write those of vCard 4.0 as URIs, and UUIDs in either case. */
export const uidKey = (uid: string): string => {
  const bare = uid.trim().replace(/^urn:uuid:/i, '');
  return /^[\da-f]{8}-[\da-f-]{10,}$/i.test(bare) ? bare.toLowerCase() : bare;
};

/** The groups of a file, which become labels of their members. */
export interface Groups {
  readonly count: number;
  add(group: CardGroup): void;
  /** The labels of whoever has these UIDs. */
  labelsOf(uids: readonly string[], id: string | undefined): readonly string[];
}

export const createGroups = (): Groups => {
  const labels = new Map<string, string[]>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    add: ({ name, members }) => {
      count += 1;
      // A label has no semicolon.
      const label = name.replaceAll(';', ',').trim();
      if (label === '') return;
      for (const member of members) labels.set(uidKey(member), [...(labels.get(uidKey(member)) ?? []), label]);
    },
    labelsOf: (uids, id) => {
      if (labels.size === 0) return [];
      return [...new Set([...uids, ...(id === undefined ? [] : [id])].flatMap((uid) => labels.get(uidKey(uid)) ?? []))];
    },
  };
};
