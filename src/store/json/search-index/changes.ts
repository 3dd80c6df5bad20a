import type { Edit } from '../../../contacts/change.js';
import { compareCodePoints, sortKey } from '../../../contacts/order.js';
import { subjectOf } from '../../../contacts/query/rank.js';
import type { Contact } from '../../../fields/contact.js';
import type { Document, Placed } from '../document.js';
import type { Files } from '../files.js';
import { Output } from '../output.js';
import { contactOf, LineRun } from '../parts.js';
import type { Fresh, Run } from './arrangement.js';
import { checksumOfBytes } from './index-file.js';
import { keyHashes } from './key-hash.js';
import type { IndexChanges } from './read-changes.js';
import type { SearchIndex } from './search-index.js';
import { encodeTextLine } from './text-line.js';

/** With more of them, each command would take longer to read the changes than the index is worth. */
const mostFresh = 500;
const mostRuns = 1000;

/** Writes changes to an open file, after their checksum. */
export const writeChanges = (files: Files, file: number, changes: IndexChanges): void => {
  const json = Buffer.from(JSON.stringify(changes));
  const output = new Output(files, file);
  output.text(`${checksumOfBytes(json)}\n`);
  output.bytes(json);
  output.flush();
};

/** What an index is told of a file that has yet to take its place. */
export type PlannedChanges = Omit<IndexChanges, 'identity'>;

const freshOf = (contact: Contact, place: Omit<Placed, 'part'>, index: SearchIndex, before: Document): Fresh => {
  const { category, id } = contact;
  const name = sortKey(contact, 'name') ?? '';
  const text = encodeTextLine({ category, subject: subjectOf(contact) });
  const comesAfter = (position: number): boolean => {
    const other = before.contactAt(position);
    return (compareCodePoints(name, sortKey(other, 'name') ?? '') || compareCodePoints(id, other.id)) > 0;
  };
  const { position, start, end } = place;
  const hashes = keyHashes(contact);
  return {
    position,
    start,
    end,
    category,
    ...(text !== undefined && { text }),
    hashes,
    rank: index.rankOf(comesAfter),
    name,
    id,
  };
};

/**
 * What an index has to be told so that it fits the next state of the store; `undefined` where so much has changed that
 * it had better be built anew.
 *
 * @param before the state that the index fits
 * @param placed where the parts of the next state were written
 * @throws IndexFault where the index is damaged
 */
export const changesAfter = (
  index: SearchIndex,
  before: Document,
  placed: readonly Placed[],
  edits: readonly Edit[],
  next: Pick<IndexChanges, 'revision' | 'count'>,
): PlannedChanges | undefined => {
  const runs: Run[] = [];
  const fresh: Fresh[] = [];
  const old = index.arrangement;
  for (const { part, ...place } of placed) {
    if (!(part instanceof LineRun)) {
      if (fresh.length === mostFresh) return undefined;
      fresh.push(freshOf(contactOf(part), place, index, before));
      continue;
    }
    const { first } = part;
    const end = first + part.count;
    const moved = place.start - index.start(first);
    for (const run of old.runs) {
      const from = Math.max(run.position, first);
      const count = Math.min(run.position + run.count, end) - from;
      if (count <= 0) continue;
      const start = index.start(from) + moved;
      runs.push({ position: place.position + from - first, line: run.line + from - run.position, count, start });
    }
    for (const one of old.fresh) {
      if (one.position < first || one.position >= end) continue;
      const position = place.position + one.position - first;
      fresh.push({ ...one, position, start: one.start + moved, end: one.end + moved });
    }
    if (fresh.length > mostFresh || runs.length > mostRuns) return undefined;
  }
  const kept = runs.reduce((sum, { count }) => sum + count, 0);
  if (kept < index.contents.count / 2) return undefined;
  const staff = (contact: Contact | undefined): number => (contact?.category === 'internal' ? 1 : 0);
  const internal = edits.reduce((sum, edit) => sum + staff(edit.after) - staff(edit.before), index.internal);
  // Among lines that are gone, contacts that came at different times must not stand at different places.
  const settled = fresh
    .map((one) => ({ ...one, rank: index.leastRank(one.rank, { runs, fresh: [] }) }))
    .sort((a, b) => a.position - b.position);
  return { since: index.contents.identity, ...next, internal, arrangement: { runs, fresh: settled } };
};
