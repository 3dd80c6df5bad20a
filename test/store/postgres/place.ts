import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openPostgresStore, type PostgresStoreOptions } from '../../../src/store/postgres/postgres-store.js';
import type { ContactStore } from '../../../src/store/store.js';
import { moment } from '../sample.js';

/** Runs SQL on the tests' server. */
export const sql = async <Row = Record<string, unknown>>(text: string, url = inject('databaseUrl')) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(text);
    return (result.rows ?? []) as readonly Row[];
  } finally {
    await client.end();
  }
};

/** The URL of a schema in which there is nothing yet. */
export const newPlace = async (url = inject('databaseUrl')): Promise<string> => {
  const schema = `${inject('databasePrefix')}_${randomBytes(6).toString('hex')}`;
  await sql(`CREATE SCHEMA ${schema}`, url);
  return inSchema(url, schema);
};

const inSchema = (location: string, schema: string): string => {
  const url = new URL(location);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
};

const opened: ContactStore[] = [];
let ids = 0;

/** Opens a store at a URL; it is closed by `closeStores`. */
export const openAt = (url: string, options: Partial<PostgresStoreOptions> = {}): ContactStore => {
  const store = openPostgresStore({
    url,
    now: () => new Date(moment),
    newId: () => `change${(ids += 1)}`,
    lockTimeout: 30_000,
    mayPrepare: async () => true,
    ...options,
  });
  opened.push(store);
  return store;
};

/** Closes the stores that were opened; to be run after each test. */
export const closeStores = async (): Promise<void> => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
};
