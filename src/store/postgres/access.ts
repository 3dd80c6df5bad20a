import type { PoolClient } from 'pg';
import type { Change } from '../../contacts/change.js';
import { StoreError, UnreportedError } from '../../errors.js';
import type { Unfinished } from '../../unfinished.js';
import type { OnLanding } from '../store.js';
import { type Database, UnknownOutcome } from './connection.js';
import { lockPreparation } from './migrate.js';
import { isLost, isUnprepared, serverError } from './server-error.js';
import { readStoreRow, type StoreRow } from './store-row.js';

/** A transaction that has begun, with what the store's row says in it. */
export interface Moment {
  readonly client: PoolClient;
  readonly row: StoreRow;
}

/** How a store comes to the tables: by a transaction for each piece of work, or by one that is there already. */
export interface Access {
  /**
   * Reads at one moment; once more where the connection broke, since reading twice does no harm.
   *
   * @param work gets `undefined` where the database is not prepared
   */
  read<Result>(work: (moment: Moment | undefined) => Promise<Result>): Promise<Result>;
  /** The same, once only: for work that other things follow from while it goes on. */
  readOnce<Result>(work: (moment: Moment | undefined) => Promise<Result>): Promise<Result>;
  /** Goes through what is read at one moment; nothing where the database is not prepared. */
  readEach<Item>(items: (moment: Moment) => AsyncIterable<Item>): AsyncGenerator<Item, void>;
  /**
   * Works under the store's lock, all or nothing; nothing is kept where no change comes of it.
   *
   * @param work makes the change
   */
  write(work: (moment: Moment) => Promise<Change | undefined>): Promise<Change | undefined>;
}

const momentIn = async (client: PoolClient): Promise<Moment | undefined> => {
  try {
    return { client, row: await readStoreRow(client) };
  } catch (error) {
    if (isUnprepared(error)) return undefined;
    throw error;
  }
};

/** Takes the store's lock: whoever else wants it waits until the transaction ends. */
export const lockStore = async (client: PoolClient, timeout: number): Promise<Moment> => {
  await client.query(`SET LOCAL lock_timeout = ${Math.max(1, Math.round(timeout))}`);
  return { client, row: await readStoreRow(client, 'FOR UPDATE') };
};

/** How long the look waits for the lost transaction to end, in milliseconds. */
const lookTimeout = 30_000;

/**
 * Looks whether a change landed after the answer to its commit was lost.
 *
 * @returns `undefined` where the server cannot be asked
 */
const hasLanded = async (database: Database, id: string): Promise<boolean | undefined> => {
  try {
    const { client, rollback } = await database.begin('write');
    try {
      // Waits for what is left of the lost transaction, which holds the store's row, or makes the tables.
      await client.query(`SET LOCAL lock_timeout = ${lookTimeout}`);
      await lockPreparation(client);
      await client.query('SELECT FROM contacts_store FOR UPDATE');
      return (await client.query('SELECT FROM contacts_change WHERE id = $1', [id])).rowCount === 1;
    } catch (error) {
      return isUnprepared(error) ? false : undefined;
    } finally {
      await rollback();
    }
  } catch {
    return undefined;
  }
};

const mayStand = (location: string, change: Change | undefined): UnreportedError =>
  change === undefined
    ? new UnreportedError(
        `${location}: the connection was lost, and whether the work was done is not known.`,
        'Look at `contacts store info` before you run the command again.',
      )
    : new UnreportedError(
        `The change ${change.id} (${change.summary}) may stand: the connection to ${location} was lost before it was confirmed.`,
        `Look at \`contacts log --change ${change.id}\` before you run the command again.`,
      );

/**
 * Commits; where the answer was lost, connects again and looks for the change.
 *
 * @param change the last one of the transaction
 * @param unfinished takes that the change may stand, until that is known
 * @throws StoreError where it was not made
 * @throws UnreportedError where that cannot be told
 */
export const commitChange = async (
  database: Database,
  commit: () => Promise<void>,
  change: Change | undefined,
  unfinished: Unfinished,
): Promise<void> => {
  const { message, hint } = mayStand(database.location, change);
  // Until the answer comes nobody knows: a signal says so.
  const settled = unfinished.doubt(`${message.replace(/: the connection .*/s, '.')} ${hint}`);
  try {
    await commit();
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw serverError(error, database.location);
    const landed = change && (await hasLanded(database, change.id));
    if (landed === true) return;
    throw landed === false
      ? new StoreError(
          `${database.location}: the connection to the server was lost.`,
          'Nothing was changed. Run the command again when the server is back.',
        )
      : mayStand(database.location, change);
  } finally {
    settled();
  }
};

/**
 * Access by a transaction for each piece of work.
 *
 * @param prepare makes the tables before the first write
 * @param landed is told of what was committed
 * @param unfinished takes what may stand
 */
export const ownTransactions = (
  database: Database,
  lockTimeout: number,
  prepare: () => Promise<void>,
  landed: OnLanding,
  unfinished: Unfinished,
): Access => {
  const readingOnce = async <Result>(work: (moment: Moment | undefined) => Promise<Result>): Promise<Result> => {
    const transaction = await database.begin('read');
    try {
      return await work(await momentIn(transaction.client));
    } finally {
      await transaction.rollback();
    }
  };

  const explained = (error: unknown): never => {
    throw serverError(error, database.location);
  };

  const write: Access['write'] = async (work) => {
    const transaction = await database.begin('write');
    let change: Change | undefined;
    try {
      change = await work(await lockStore(transaction.client, lockTimeout));
    } catch (error) {
      await transaction.rollback();
      if (!isUnprepared(error)) return explained(error);
      await prepare();
      return write(work);
    }
    if (change === undefined) await transaction.rollback();
    else {
      await commitChange(database, transaction.commit, change, unfinished);
      landed({ change: change.id, summary: change.summary });
    }
    return change;
  };

  return {
    read: async (work) => {
      try {
        return await readingOnce(work);
      } catch (error) {
        if (!isLost(error)) return explained(error);
      }
      return readingOnce(work).catch(explained);
    },
    readOnce: (work) => readingOnce(work).catch(explained),
    async *readEach(items) {
      const transaction = await database.begin('read');
      try {
        const moment = await momentIn(transaction.client);
        if (moment) yield* items(moment);
      } catch (error) {
        explained(error);
      } finally {
        await transaction.rollback();
      }
    },
    write,
  };
};

/**
 * Access within a transaction that has begun and holds the store's lock, for changes that others made elsewhere; whoever
 * began it ends it.
 */
export const withinTransaction = (client: PoolClient): Access => {
  const moment = async (): Promise<Moment> => ({ client, row: { ...(await readStoreRow(client)), role: undefined } });
  return {
    read: async (work) => work(await moment()),
    readOnce: async (work) => work(await moment()),
    async *readEach(items) {
      yield* items(await moment());
    },
    write: async (work) => work(await moment()),
  };
};
