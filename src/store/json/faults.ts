import { StoreError } from '../../errors.js';
import type { Fault } from '../store.js';
import type { Damage } from './damage.js';
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

/** All faults of a store's files, which are closed then, and of its history. */
export const checkStore = (stores: readonly StoreFile[], history: History): readonly Fault[] => [
  ...stores.flatMap((file) =>
    faultsIn(file.path, () => {
      try {
        return [...faultsOf(file.load() ?? emptyDocument, file.damage)];
      } finally {
        file.close();
      }
    }),
  ),
  ...history.list(Number.POSITIVE_INFINITY).flatMap((change) =>
    faultsIn(change.path, () => {
      history.change(change);
      return [];
    }),
  ),
];
