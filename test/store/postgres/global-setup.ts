import type { TestProject } from 'vitest/node';
import { startServer } from './server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of the server that the tests use. */
    databaseUrl: string;
  }
}

/** Starts the server that all tests use, unless `CONTACTS_TEST_DATABASE_URL` names one. */
export default async ({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> => {
  const given = process.env.CONTACTS_TEST_DATABASE_URL;
  if (given) {
    provide('databaseUrl', given);
    return undefined;
  }
  const server = await startServer(['-c', 'fsync=off']);
  provide('databaseUrl', server.url);
  return server.stop;
};
