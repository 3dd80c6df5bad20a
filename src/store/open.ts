import { UsageError } from '../errors.js';
import type { ContactStore } from './store.js';

/** What a store is given from outside. */
export interface StoreDependencies {
  readonly now: () => Date;
  /** Makes the ids of changes. */
  readonly newId: () => string;
  /** How long to wait for other writers, in milliseconds. */
  readonly lockTimeout: number;
  /** Takes what the user should know though nothing failed. */
  readonly warn: (message: string) => void;
}

/** A scheme has two characters or more (RFC 3986 allows one, which would be a drive's letter). */
const scheme = /^([a-z][a-z0-9+.-]+):/i;

/**
 * Opens the store at a path or URL.
 *
 * @throws UsageError where no store is behind such a URL
 */
export const openStore = async (location: string, dependencies: StoreDependencies): Promise<ContactStore> => {
  const [, name] = scheme.exec(location) ?? [];
  if (name !== undefined) {
    throw new UsageError(
      `${name}: is no kind of store that this build opens; it opens JSON files.`,
      'Name a file with --store or CONTACTS_STORE, such as ./contacts.json.',
    );
  }
  const { openJsonStore } = await import('./json/json-store.js');
  return openJsonStore({ path: location, ...dependencies });
};
