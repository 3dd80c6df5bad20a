import { createHash } from 'node:crypto';
import type { Change, Edit, Plan } from '../contacts/change.js';
import type { Settings } from '../contacts/settings.js';
import { ConflictError, StoreError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { ContactStore, StoreFilling } from './store.js';

/** What makes the times and the ids of a store's changes. */
export interface ChangeStamps {
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface CopyOptions {
  readonly from: ContactStore;
  /** Opens the store to copy to. Its changes get their times and ids from the stamps. */
  readonly openTo: (stamps: ChangeStamps) => Promise<ContactStore>;
  readonly by: string;
  readonly stamps: ChangeStamps;
  /** Is told how many of the changes were made, and of how many. */
  readonly reached?: (done: number, of: number) => Promise<void> | void;
}

export interface Copied {
  readonly contacts: number;
  /** How many changes of the history were copied. */
  readonly changes: number;
  /** SHA-256 over contacts, settings and history, in hexadecimal: the same on both sides. */
  readonly digest: string;
}

const nothingCopied = 'Nothing was copied. Run the command again.';

const idOf = ({ before, after }: Edit): string => (before ?? after)?.id ?? '';

/** A state: the contacts' ids in stored order, and those contacts that are known whole. */
interface State {
  readonly ids: readonly string[];
  readonly known: ReadonlyMap<string, Contact>;
}

/** The ids before a change: without those that it created, and with those that it deleted in their places. */
const idsBefore = (ids: readonly string[], edits: readonly Edit[]): readonly string[] => {
  const created = new Set(edits.filter(({ before }) => !before).map(idOf));
  const deleted = edits
    .filter(({ after }) => !after)
    .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .values();
  const merged: string[] = [];
  let next = deleted.next();
  for (const id of ids) {
    if (created.has(id)) continue;
    for (; !next.done && (next.value.position ?? 0) <= merged.length; next = deleted.next()) {
      merged.push(idOf(next.value));
    }
    merged.push(id);
  }
  for (; !next.done; next = deleted.next()) merged.push(idOf(next.value));
  return merged;
};

const before = ({ ids, known }: State, { edits }: Change): State => {
  const earlier = new Map(known);
  for (const edit of edits) {
    if (edit.before) earlier.set(idOf(edit), edit.before);
    else earlier.delete(idOf(edit));
  }
  return { ids: idsBefore(ids, edits), known: earlier };
};

/** The changes that are kept, oldest first. */
const changesOf = async (store: ContactStore): Promise<readonly Change[]> => {
  const changes: Change[] = [];
  for (const { id } of await store.history({ offset: 0 })) {
    const change = await store.changeById(id);
    if (change) changes.unshift(change);
  }
  return changes;
};

/** The state before the oldest change that is kept. */
const firstState = async (
  store: ContactStore,
  changes: readonly Change[],
): Promise<{ readonly contacts: readonly Contact[]; readonly settings: Settings }> => {
  const { contacts } = await store.find({ category: 'all' }, 'stored', { offset: 0 });
  const last: State = {
    ids: contacts.map(({ id }) => id),
    known: new Map(contacts.map((contact) => [contact.id, contact])),
  };
  const { ids, known } = changes.toReversed().reduce(before, last);
  const oldest = changes.find(({ settings }) => settings !== undefined);
  return {
    contacts: ids.flatMap((id) => known.get(id) ?? []),
    settings: oldest?.settings?.before ?? (await store.settings()),
  };
};

/**
 * A digest of what a store holds.
 *
 * @param changes how many changes of the log, from the newest on, are part of it
 */
const digestOf = async (store: StoreFilling, changes: number): Promise<{ digest: string; contacts: number }> => {
  const hash = createHash('sha256');
  const add = (part: unknown) => hash.update(`${JSON.stringify(part)}\n`);
  let contacts = 0;
  for await (const contact of store.each({ category: 'all' }, 'stored')) {
    add(contact);
    contacts += 1;
  }
  add(await store.settings());
  for (const { id } of await store.history({ offset: 0, limit: changes })) {
    const { edits, ...header } = (await store.changeById(id)) ?? { edits: [] };
    add(header);
    for (const { before: was, after, position } of edits) add([was ?? null, after ?? null, position ?? null]);
  }
  return { digest: hash.digest('hex'), contacts };
};

/**
 * Copies a store into an empty one, with its history: the state before the oldest change that is kept, and then each
 * change again, under its own id and time. At the end both sides are read again and compared. Until then nobody sees
 * anything of the copy, and where something fails nothing is left of it.
 *
 * @throws ConflictError where the one to copy to is not empty, or somebody wrote to the other meanwhile
 * @throws StoreError where the two differ at the end
 */
export const copyStore = async ({ from, openTo, by, stamps, reached }: CopyOptions): Promise<Copied> => {
  let original: Pick<Change, 'id' | 'at'> | undefined;
  const to = await openTo({
    now: () => (original ? new Date(original.at) : stamps.now()),
    newId: () => original?.id ?? stamps.newId(),
  });
  const copyInto = async (target: StoreFilling): Promise<Copied> => {
    const source = await from.info();
    const changes = await changesOf(from);
    const first = await firstState(from, changes);
    const plan: Plan = { edits: first.contacts.map((after) => ({ after })), settings: first.settings };
    const summary = `Copied from ${source.location}`;
    await target.change({ by, command: 'store copy', summary }, async () => plan);
    for (const [index, change] of changes.entries()) {
      await reached?.(index, changes.length);
      original = change;
      const { command, summary: what, undoes, edits, settings } = change;
      await target.change({ by: change.by, command, summary: what }, async () => ({
        edits,
        ...(settings && { settings: settings.after }),
        ...(undoes !== undefined && { undoes }),
      }));
    }
    const [wanted, got] = [await digestOf(from, changes.length), await digestOf(target, changes.length)];
    if ((await from.info()).revision !== source.revision) {
      throw new ConflictError(`Somebody wrote to ${source.location} while it was copied.`, nothingCopied);
    }
    if (wanted.digest !== got.digest) {
      throw new StoreError(
        `The copy is not the same as ${source.location}: ${got.contacts} and ${wanted.contacts} contacts, digests ${got.digest} and ${wanted.digest}.`,
        'Nothing was copied. See with `contacts store check` whether the original is sound.',
      );
    }
    return { contacts: got.contacts, changes: changes.length, digest: got.digest };
  };
  try {
    return await to.fill(copyInto);
  } finally {
    await to.close();
  }
};
