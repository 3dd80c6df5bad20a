import { setTimeout as wait } from 'node:timers/promises';
import pg, { type PoolClient } from 'pg';
import { UnreportedError, UsageError } from '../../errors.js';
import { isLost, isPassing, serverError, wantsPassword } from './server-error.js';

const connectWithin = 10_000;
const connectionsAtMost = 10;
/** Waits between the attempts to connect, in milliseconds. */
const pauses: readonly number[] = [100, 200, 400, 800, 1600, 3200];

const secrets = ['password', 'sslpassword'];

/**
 * A URL as it may be shown: without any password.
 *
 * @throws UsageError where it is none; the text is not repeated, since a password may stand in it
 */
export const withoutPassword = (location: string): string => {
  let url: URL;
  try {
    url = new URL(location);
  } catch {
    throw new UsageError(
      'The URL of the database cannot be read.',
      'Write it as postgres://USER@HOST:PORT/DATABASE, with special characters in percent-encoding.',
    );
  }
  url.password = '';
  for (const secret of secrets) url.searchParams.delete(secret);
  return url.href;
};

/** The URL with `sslmode` meaning what it means to PostgreSQL's own programs. */
const asLibpqReads = (location: string): string => {
  const url = new URL(location);
  if (url.searchParams.has('sslmode')) url.searchParams.set('uselibpqcompat', 'true');
  return url.href;
};

/** What a transaction is for. */
export type Purpose = 'read' | 'write';

/** The statements with which a transaction begins. */
export const beginnings: Readonly<Record<Purpose, string>> = {
  // All that is read is of one moment. Pages that are read here and there cost little more than those in a row, as is so
  // on all disks of today; the preset is for those that had to move an arm.
  read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL random_page_cost = 1.1',
  // Each statement sees what others committed while this one waited for its turn.
  write: 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE',
};

/** A COMMIT was sent and the server's answer to it never came. */
export class UnknownOutcome extends Error {}

export interface Database {
  /** The URL without its password. */
  readonly location: string;
  /**
   * Begins a transaction. Whoever begins one ends it.
   *
   * @throws StoreError where the server cannot be reached
   */
  begin(purpose: Purpose): Promise<Transaction>;
  /**
   * Works in a transaction: it is committed after the work, and rolled back where the work fails.
   *
   * @param work does no harm where it is done twice: so it is where the answer to the first COMMIT was lost
   * @throws UnreportedError where the answer to the second one was lost too, or the server cannot be reached for it
   */
  within<Result>(purpose: Purpose, work: (client: PoolClient) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface Transaction {
  readonly client: PoolClient;
  /** @throws UnknownOutcome where the answer was lost */
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

const openPool = (location: string): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: asLibpqReads(location),
    application_name: 'contacts',
    connectionTimeoutMillis: connectWithin,
    max: connectionsAtMost,
    // A connection that nobody uses does not keep the program from ending.
    allowExitOnIdle: true,
  });
  // What breaks while nobody uses it is opened anew.
  pool.on('error', () => {});
  return pool;
};

/**
 * @param location the URL, which may have a password; else `PGPASSWORD` or `.pgpass` has it
 * @param patience how long to wait for a server that is starting or full, in milliseconds
 * @param askPassword asks once for a password where the URL has none, and the server refuses what else is known
 */
export const openDatabase = (
  location: string,
  patience: number,
  askPassword: (user: string) => Promise<string | undefined> = async () => undefined,
): Database => {
  const shown = withoutPassword(location);
  let pool = openPool(location);
  let asked: Promise<boolean> | undefined;

  /** Asks for the password, once for all who want it; whether there is one to try now. */
  const learnPassword = (): Promise<boolean> => {
    const url = new URL(location);
    asked ??= (async () => {
      const password = url.password === '' ? await askPassword(decodeURIComponent(url.username)) : undefined;
      if (password === undefined) return false;
      url.password = encodeURIComponent(password);
      await pool.end();
      pool = openPool(url.href);
      return true;
    })();
    return asked;
  };

  const connect = async (): Promise<PoolClient> => {
    let left = patience;
    for (const pause of [...pauses, undefined]) {
      try {
        return await pool.connect();
      } catch (error) {
        if (pause === undefined || pause > left || !isPassing(error)) throw error;
        left -= pause;
        await wait(pause);
      }
    }
    throw new Error('The last attempt to connect neither succeeded nor failed.');
  };

  const connectWithPassword = async (): Promise<PoolClient> => {
    try {
      return await connect().catch(async (error: unknown) => {
        if (!wantsPassword(error) || !(await learnPassword())) throw error;
        return connect();
      });
    } catch (error) {
      throw serverError(error, shown);
    }
  };

  /** A connection on which a transaction has begun; those that broke while nobody used them are passed over. */
  const connectAndBegin = async (purpose: Purpose) => {
    for (let attempts = 0; ; attempts++) {
      const client = await connectWithPassword();
      // A query that is under way fails too, and tells the same.
      const ignore = () => {};
      client.on('error', ignore);
      const release = (broken: boolean): void => {
        client.off('error', ignore);
        client.release(broken);
      };
      try {
        await client.query(beginnings[purpose]);
        return { client, release };
      } catch (error) {
        release(true);
        if (attempts > connectionsAtMost || !isLost(error)) throw serverError(error, shown);
      }
    }
  };

  const begin = async (purpose: Purpose): Promise<Transaction> => {
    const { client, release } = await connectAndBegin(purpose);
    const end = async (statement: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
      let broken = true;
      try {
        const { command } = await client.query(statement);
        broken = false;
        // What the server answers to the COMMIT of a transaction in which a statement failed.
        if (command !== statement) throw new Error(`The server answered ${statement} with ${command}.`);
      } finally {
        release(broken);
      }
    };
    return {
      client,
      commit: async () => {
        try {
          await end('COMMIT');
        } catch (error) {
          // Only the server itself can tell that it did not commit.
          if (error instanceof pg.DatabaseError && !isLost(error)) throw serverError(error, shown);
          throw new UnknownOutcome('The answer to COMMIT was lost.', { cause: error });
        }
      },
      rollback: async () => {
        // Where that fails, the connection is gone, and the transaction with it.
        await end('ROLLBACK').catch(() => {});
      },
    };
  };

  const withinOnce = async <Result>(purpose: Purpose, work: (client: PoolClient) => Promise<Result>) => {
    const transaction = await begin(purpose);
    let result: Result;
    try {
      result = await work(transaction.client);
    } catch (error) {
      await transaction.rollback();
      throw serverError(error, shown);
    }
    await transaction.commit();
    return result;
  };

  return {
    location: shown,
    begin,
    within: async (purpose, work) => {
      try {
        return await withinOnce(purpose, work);
      } catch (error) {
        if (!(error instanceof UnknownOutcome)) throw error;
      }
      try {
        return await withinOnce(purpose, work);
      } catch (error) {
        throw new UnreportedError(
          `${shown}: the connection was lost, and whether the work was done is not known.`,
          'Look at `contacts store info` before you run the command again.',
          { cause: error },
        );
      }
    },
    close: () => pool.end(),
  };
};
