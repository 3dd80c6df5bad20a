import type { ClientBase } from 'pg';
import { emptySettings } from '../../contacts/settings.js';
import { migrations } from './migrations.js';

/** Waits for whoever makes or fills the tables, and keeps others from it until the transaction ends. */
export const lockPreparation = async (client: ClientBase): Promise<void> => {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('contacts_store'))");
};

/** Brings the tables to the newest version, in a transaction that has begun; whether there was anything to do. */
export const migrate = async (client: ClientBase): Promise<boolean> => {
  // Of two that prepare a database at the same time, one waits.
  await lockPreparation(client);
  const { rows } = await client.query("SELECT to_regclass('contacts_store') IS NOT NULL AS prepared");
  const stored = rows[0].prepared ? (await client.query('SELECT version FROM contacts_store')).rows : [];
  const version: number = stored[0]?.version ?? 0;
  for (const migration of migrations.slice(version)) await client.query(migration);
  if (version === 0) {
    await client.query(
      'INSERT INTO contacts_store (version, revision, settings, external, internal) VALUES ($1, 0, $2, 0, 0)',
      [migrations.length, JSON.stringify(emptySettings)],
    );
  } else await client.query('UPDATE contacts_store SET version = $1', [migrations.length]);
  return version < migrations.length;
};
