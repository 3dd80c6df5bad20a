import type { ClientBase } from 'pg';
import type { Settings } from '../../contacts/settings.js';
import { StoreError } from '../../errors.js';
import { migrations } from './migrations.js';

/** What the store's one row says, as it was read in the same transaction. */
export interface StoreRow {
  readonly revision: number;
  readonly settings: Settings;
  readonly external: number;
  readonly internal: number;
  /** The role of who is connected; `undefined` where the changes are somebody else's, as in a copy. */
  readonly role: string | undefined;
}

/**
 * Reads the store's row.
 *
 * @param lock `FOR UPDATE`, or nothing
 * @throws StoreError where the tables are of another version than this program's
 */
export const readStoreRow = async (client: ClientBase, lock = ''): Promise<StoreRow> => {
  const { rows } = await client.query(`SELECT *, session_user AS role FROM contacts_store ${lock}`);
  const { version, revision, settings, external, internal, role } = rows[0];
  if (version > migrations.length) {
    throw new StoreError(
      `The tables are of version ${version}, which this program does not know yet.`,
      'Bring the program up to date.',
    );
  }
  if (version < migrations.length) {
    throw new StoreError(
      `The tables are of version ${version}, and this program wants version ${migrations.length}.`,
      'Run `contacts store init`.',
    );
  }
  return { revision: Number(revision), settings, external: Number(external), internal: Number(internal), role };
};
