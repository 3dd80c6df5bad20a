import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Edit } from '../../../src/contacts/change.js';
import type { Contact } from '../../../src/fields/contact.js';
import type { StoredState } from './writer-model.js';

/** A change's file: what the log says of it, and its edits. */
export interface Entry {
  readonly id: string;
  readonly revision: number;
  readonly undoes?: string;
  readonly edits: readonly Edit[];
}

/** All changes that a store keeps, oldest first. */
export const readEntries = async (store: string): Promise<readonly Entry[]> => {
  const folder = `${store}.history`;
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return texts
    .map((text) => {
      const [header = '', ...edits] = text.trimEnd().split('\n');
      return { ...JSON.parse(header), edits: edits.map((line) => JSON.parse(line) as Edit) } as Entry;
    })
    .toSorted((one, other) => one.revision - other.revision);
};

/** What is wrong with the history of a store that kept all of it: made again from nothing, it has to lead to the store. */
export const historyFindings = (entries: readonly Entry[], { revision, contacts }: StoredState): readonly string[] => {
  const findings: string[] = [];
  if (entries.length !== revision || entries.some((entry, index) => entry.revision !== index + 1)) {
    findings.push(`the history has gaps: ${entries.length} changes lead to the revision ${revision}`);
  }
  const replayed = new Map<string, Contact>();
  for (const { id, edits } of entries) {
    for (const { before, after } of edits) {
      const known = before && replayed.get(before.id);
      if (!isDeepStrictEqual(known, before)) findings.push(`the change ${id} does not follow from those before it`);
      if (before) replayed.delete(before.id);
      if (after) replayed.set(after.id, after);
    }
  }
  const present = new Map(contacts.map((contact) => [contact.id, contact]));
  if (!isDeepStrictEqual(replayed, present)) findings.push('the history does not lead to what the store holds');
  return findings;
};
