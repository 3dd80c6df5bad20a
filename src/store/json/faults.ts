import type { Settings } from '../../contacts/settings.js';
import type { Soundness } from '../../contacts/soundness.js';
import { StoreError } from '../../errors.js';
import type { Fault } from '../store.js';
import { type Damage, readable } from './damage.js';
import { type Document, emptyDocument } from './document.js';
import type { History } from './history.js';
import type { StoreFile } from './store-file.js';

const doubledId = 'Nothing is lost: give all but one of them another id in the file, by hand.';

/** The faults of a state, found by looking at every contact: damaged ones, and ids that several share. */
export function* faultsOf(document: Document, damage: Damage): Generator<StoreError, void> {
  const seen = new Set<string>();
  for (let position = 0; position < document.count; position++) {
    try {
      const { id } = document.contactAt(position);
      if (seen.has(id)) {
        const error = damage(`holds several contacts with the id ${id}`, undefined, doubledId);
        if (!(error instanceof StoreError)) throw error;
        yield error;
      }
      seen.add(id);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      yield error;
    }
  }
}

const faultOf = (
  where: string,
  severity: Fault['severity'],
  { message, hint }: StoreError,
  remedy?: string,
): Fault => ({
  where,
  severity,
  message,
  remedy: remedy ?? (typeof hint === 'string' && hint !== '' ? hint : 'Run the command again.'),
});

/** What a step finds; that it fails is a fault too. */
const errorsIn = (step: () => Iterable<StoreError>): readonly StoreError[] => {
  try {
    return [...step()];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [error];
  }
};

/** The state of a file, which is closed then, and all that is wrong with it. */
const lookAt = (
  file: StoreFile,
): { readonly document: Document | undefined; readonly errors: readonly StoreError[] } => {
  let document: Document | undefined;
  try {
    const errors = errorsIn(() => {
      document = file.load() ?? undefined;
      return document ? faultsOf(document, file.damage) : [];
    });
    return { document: errors.length === 0 ? document : undefined, errors };
  } finally {
    file.close();
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

/** The faults of contacts that can all be read. */
const contactFaults = (store: StoreFile, soundness: (settings: Settings) => Soundness): readonly Fault[] => {
  try {
    const document = store.load() ?? emptyDocument;
    const sound = soundness(document.header.settings);
    return Array.from({ length: document.count }, (_, position) => document.contactAt(position)).flatMap((contact) =>
      sound.faultsOf(contact).map((fault) => ({ where: store.path, ...fault })),
    );
  } finally {
    store.close();
  }
};

/** Changes beyond the store's revision, unless they are what a process may have died of making. */
const laterChanges = (store: StoreFile, reached: number, history: History): readonly Fault[] => {
  if (!history.goesOn(reached)) return [];
  return [
    {
      where: store.path,
      severity: 'warning',
      message: `The history goes on to revision ${history.latestRevision()}, but the store is at ${reached}: it may be an older copy.`,
      remedy:
        'To go on with this one, do so: the next change keeps the later changes aside. To bring back the later state, move this file away and run `contacts store restore`.',
    },
  ];
};

/**
 * All faults of a store's file and its backup, which are closed then, of its contacts, and of its history, each with its
 * own remedy. What is left of a change that was not made is none: the next writer removes it.
 *
 * @param mayGoOn whether changes beyond the store's revision tell that it is an older copy
 */
export const checkStore = (
  store: StoreFile,
  backup: StoreFile,
  history: History,
  soundness: (settings: Settings) => Soundness,
  mayGoOn: boolean,
): readonly Fault[] => {
  const { errors } = lookAt(store);
  const isSound = errors.length === 0;
  const kept = lookAt(backup).errors;
  const reached = reachedBy(store, backup);
  return [
    ...errors.map((error) => faultOf(store.path, 'error', error)),
    ...(isSound ? contactFaults(store, soundness) : []),
    ...kept.map((error) =>
      faultOf(
        backup.path,
        'warning',
        error,
        isSound
          ? soundStoreBadBackup
          : 'See `contacts store restore --list` for what can be brought back all the same.',
      ),
    ),
    ...history.list(reached).flatMap((change) =>
      errorsIn(() => {
        history.change(change);
        return [];
      }).map((error) => faultOf(change.path, 'warning', error, isDamage(error) ? badChange : undefined)),
    ),
    ...(isSound && mayGoOn ? laterChanges(store, reached, history) : []),
  ];
};

/** Whether an error tells of what a file holds, not of the system, which may be well again the next time. */
export const isDamage = (error: unknown): boolean => error instanceof StoreError && error.cause === undefined;

const soundStoreBadBackup =
  'The store itself is sound. The next change makes a new backup; `contacts store repair` does so now.';
const badChange = 'This change alone cannot be undone; the others can. `contacts store repair` sets its file aside.';
