import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startServer } from './server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of the server that the tests use. */
    databaseUrl: string;
    /** What the names of schemas and roles of this run begin with. */
    databasePrefix: string;
  }
}

/** Drops what a run made on a server that is not its own. */
const cleanUp = async (url: string, prefix: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `SELECT 'DROP SCHEMA ' || nspname || ' CASCADE' AS statement FROM pg_namespace WHERE starts_with(nspname, $1)
     UNION ALL SELECT 'DROP ROLE ' || rolname FROM pg_roles WHERE starts_with(rolname, $1)`,
    [prefix],
  );
  for (const { statement } of rows) await client.query(statement);
  await client.end();
};

/**
 * Keeps the exit code of tests that failed. The package with the server has an exit hook that ends the process with 0 as
 * soon as nothing is left to do, whatever the runner has set (async-exit-hook 2.0.1, `beforeExit`).
 */
const keepExitCode = (): void => {
  process.prependListener('beforeExit', (code) => {
    if (code !== 0) process.exit(code);
  });
};

/** Starts the server that all tests use, unless `CONTACTS_TEST_DATABASE_URL` names one. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const prefix = `test_${randomBytes(6).toString('hex')}`;
  provide('databasePrefix', prefix);
  const given = process.env.CONTACTS_TEST_DATABASE_URL;
  if (given) {
    provide('databaseUrl', given);
    return () => cleanUp(given, prefix);
  }
  const server = await startServer(['-c', 'fsync=off']);
  keepExitCode();
  provide('databaseUrl', server.url);
  return server.stop;
};
