import { basename } from 'node:path';
import type { Settings } from '../../contacts/settings.js';
import { MissingDefinitions } from '../../contacts/soundness.js';
import { damageOf } from './damage.js';
import type { Document } from './document.js';
import { faultsOf, isDamage } from './faults.js';
import type { HistoryFile } from './history.js';
import type { StateSources } from './states.js';
import { StoreFile } from './store-file.js';
import { attempt } from './system-error.js';

/** What can be mended of a store without loss. */
export interface Mending {
  readonly settings: Settings;
  /** Files that are damaged, and not needed: they are kept aside. */
  readonly damaged: readonly string[];
  /** A text for each fault. */
  readonly texts: readonly string[];
}

const isDamaged = (read: () => unknown): boolean => {
  try {
    read();
    return false;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
};

const isDamagedChange = ({ history }: StateSources, change: HistoryFile): boolean =>
  isDamaged(() => history.change(change));

const isDamagedBackup = ({ files, paths }: StateSources): boolean => {
  const damage = damageOf(paths.backup, () => '');
  const backup = new StoreFile({ files, paths, path: paths.backup, damage });
  try {
    return isDamaged(() => {
      const document = backup.load();
      for (const error of document ? faultsOf(document, damage) : []) throw error;
    });
  } finally {
    backup.close();
  }
};

/**
 * Finds what can be mended beside a state that can be read whole: missing definitions, changes that cannot be read, a
 * damaged backup.
 *
 * @throws StoreError where a contact of the state is damaged
 */
export const mendingOf = (sources: StateSources, document: Document, labelColours: readonly string[]): Mending => {
  const missing = new MissingDefinitions(document.header.settings);
  for (let position = 0; position < document.count; position++) missing.look(document.contactAt(position));
  const { settings, defined } = missing.define(labelColours);
  const changes = sources.history.list(document.header.revision).filter((change) => isDamagedChange(sources, change));
  const hasDamagedBackup = isDamagedBackup(sources);
  return {
    settings,
    damaged: [...changes.map(({ path }) => path), ...(hasDamagedBackup ? [sources.paths.backup] : [])],
    texts: [
      ...defined.map((what) => `Defined ${what}`),
      ...changes.map(({ id }) => `Set aside the damaged change ${id}`),
      ...(hasDamagedBackup ? ['Replaced the damaged backup'] : []),
    ],
  };
};

/** Keeps damaged files aside, under the store's lock. */
export const setDamagedAside = ({ files, paths }: StateSources, damaged: readonly string[], at: string): void => {
  for (const path of damaged) {
    attempt('written', path, () => files.rename(path, `${paths.setAside(false, at)}.${basename(path)}`));
  }
};
