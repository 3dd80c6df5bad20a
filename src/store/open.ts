import { UsageError } from '../errors.js';
import type { Unfinished } from '../unfinished.js';
import type { ContactStore, OnLanding } from './store.js';

/** What a store is given from outside. */
export interface StoreDependencies {
  readonly now: () => Date;
  /** Makes the ids of changes. */
  readonly newId: () => string;
  /** How long to wait for other writers, in milliseconds. */
  readonly lockTimeout: number;
  /** Takes what the user should know though nothing failed. */
  readonly warn: (message: string) => void;
  /** Is told of whatever lands in the store. */
  readonly landed?: OnLanding;
  /** What a signal undoes. */
  readonly unfinished?: Unfinished;
  /** Asks whether a database without tables may be given them, before the first write; no where it is absent. */
  readonly mayPrepare?: () => Promise<boolean>;
  /** Asks for the password of a database, where none is known or it is refused; nothing where nobody can be asked. */
  readonly askPassword?: (user: string) => Promise<string | undefined>;
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
  if (name !== undefined && /^postgres(ql)?$/i.test(name)) {
    const { openPostgresStore } = await import('./postgres/postgres-store.js');
    const { mayPrepare = async () => false, ...rest } = dependencies;
    return openPostgresStore({ url: location, mayPrepare, ...rest });
  }
  if (name !== undefined) {
    throw new UsageError(
      `${name}: is no kind of store; it is a JSON file or a PostgreSQL database.`,
      'Name a file such as ./contacts.json, or postgres://USER@HOST/DATABASE, with --store or CONTACTS_STORE.',
    );
  }
  const { openJsonStore } = await import('./json/json-store.js');
  return openJsonStore({ path: location, ...dependencies });
};
