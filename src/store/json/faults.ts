import { StoreError } from '../../errors.js';
import type { Fault } from '../store.js';
import { type Damage, readable } from './damage.js';
import { type Document, emptyDocument } from './document.js';
import type { History } from './history.js';
import type { StoreFile } from './store-file.js';

/** The faults of a state, found by looking at every contact: damaged ones, and ids that several share. */
export function* faultsOf(document: Document, damage: Damage): Generator<Error, void> {
  const seen = new Set<string>();
  for (let position = 0; position < document.count; position++) {
    try {
      const { id } = document.contactAt(position);
      if (seen.has(id)) {
        yield damage(`holds several contacts with the id ${id}`, undefined, 'Give all but one of them other ids.');
      }
      seen.add(id);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      yield error;
    }
  }
}

/** What a step finds; that it fails is a fault too. */
const faultsIn = (where: string, step: () => Iterable<Error>): readonly Fault[] => {
  try {
    return Array.from(step(), ({ message }) => ({ where, message }));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [{ where, message: error.message }];
  }
};

/** The revision that a store has reached, by its file or else its backup; infinite where the file cannot be read. */
const reachedBy = (store: StoreFile, backup: StoreFile): number => {
  try {
    const header = readable(() => store.loadHeader());
    if (header !== null) return header?.revision ?? Number.POSITIVE_INFINITY;
    const kept = readable(() => backup.loadHeader());
    return kept ? kept.revision + 1 : 0;
  } finally {
    store.close();
    backup.close();
  }
};

/**
 * All faults of a store's file and its backup, which are closed then, and of its history. What is left of a change that
 * was not made is none: the next writer removes it.
 */
export const checkStore = (store: StoreFile, backup: StoreFile, history: History): readonly Fault[] => [
  ...[store, backup].flatMap((file) =>
    faultsIn(file.path, () => {
      try {
        return [...faultsOf(file.load() ?? emptyDocument, file.damage)];
      } finally {
        file.close();
      }
    }),
  ),
  ...history.list(reachedBy(store, backup)).flatMap((change) =>
    faultsIn(change.path, () => {
      history.change(change);
      return [];
    }),
  ),
];
