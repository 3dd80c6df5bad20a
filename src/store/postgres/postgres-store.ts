import type { Change } from '../../contacts/change.js';
import { emptySettings } from '../../contacts/settings.js';
import { StoreError } from '../../errors.js';
import { Unfinished } from '../../unfinished.js';
import { notEmpty } from '../not-empty.js';
import { loadSoundness } from '../soundness.js';
import type { ContactStore, Fault, OnLanding, Repair, StoreFilling, StoreInfo, StoreView } from '../store.js';
import { type Access, commitChange, lockStore, type Moment, ownTransactions, withinTransaction } from './access.js';
import { faultsIn } from './check.js';
import { type Database, openDatabase } from './connection.js';
import { eachEdit, findChange, summaries } from './history.js';
import { makeChange, planChange, planViewOf, recordApplied, type Stamps } from './make-change.js';
import { migrate } from './migrate.js';
import { planDefinitions } from './repair.js';
import { restoreIn, restorePointsIn } from './restore.js';
import { serverError } from './server-error.js';
import { emptyView, viewIn } from './view.js';

export interface PostgresStoreOptions extends Stamps {
  /** `postgres://…`; the password may stand in it, in `PGPASSWORD` or in `.pgpass`. */
  readonly url: string;
  /** How long to wait for other writers, and for a server that is starting, in milliseconds. */
  readonly lockTimeout: number;
  /** Is told of whatever lands in the store. */
  readonly landed?: OnLanding;
  /** What a signal undoes, or says. */
  readonly unfinished?: Unfinished;
  /** Asks whether a database that is not prepared may be, before the first write. */
  readonly mayPrepare: () => Promise<boolean>;
  /** Asks for the password where none is known or it is refused; nothing where nobody can be asked. */
  readonly askPassword?: (user: string) => Promise<string | undefined>;
}

const infoIn = async (location: string, { client, row }: Moment): Promise<StoreInfo> => {
  const { revision, settings, external, internal } = row;
  const { rows } = await client.query(
    `SELECT pg_total_relation_size('contacts_contact') AS contacts, count(*) AS changes,
       coalesce(sum(bytes), 0) AS history FROM contacts_change`,
  );
  return {
    location,
    kind: 'postgres',
    exists: true,
    revision,
    external,
    internal,
    labels: settings.labels.length,
    fields: settings.fields.length,
    bytes: { contacts: Number(rows[0].contacts), history: Number(rows[0].history), backups: 0 },
    changes: Number(rows[0].changes),
  };
};

const infoUnprepared = (location: string): StoreInfo => ({
  location,
  kind: 'postgres',
  exists: false,
  revision: 0,
  external: 0,
  internal: 0,
  labels: 0,
  fields: 0,
  bytes: { contacts: 0, history: 0, backups: 0 },
  changes: 0,
});

/** What a store does by way of its access, whose transactions are its own or one that is there already. */
const storeOver = (
  access: Access,
  location: string,
  stamps: Stamps,
): Omit<ContactStore, 'purge' | 'prepare' | 'fill' | 'close'> => {
  const viewAt = (moment: Moment | undefined): StoreView =>
    moment ? viewIn(moment.client, moment.row) : emptyView(emptySettings);
  const viewing = <Result>(work: (view: StoreView) => Promise<Result>): Promise<Result> =>
    access.read((moment) => work(viewAt(moment)));
  return {
    find: (selection, order, page) => viewing((view) => view.find(selection, order, page)),
    findPage: (selection, order, page) => viewing((view) => view.findPage(selection, order, page)),
    findsAny: (selection) => viewing((view) => view.findsAny(selection)),
    each: (selection, order) => access.readEach((moment) => viewAt(moment).each(selection, order)),
    get: (ids) => viewing((view) => view.get(ids)),
    lookup: (keys) => viewing((view) => view.lookup(keys)),
    settings: () => viewing((view) => view.settings()),
    snapshot: (work) => access.readOnce((moment) => work(viewAt(moment))),
    change: async (why, plan, { dryRun = false } = {}) =>
      dryRun
        ? viewing(async (view) => planChange(stamps, why, await plan(planViewOf(view)), view))
        : access.write((moment) => makeChange(stamps, why, plan, moment)),
    history: (page) => access.read(async (moment) => (moment ? summaries(moment.client, page) : [])),
    async *eachEdit(selection) {
      yield* access.readEach(({ client }) => eachEdit(client, selection));
    },
    changeById: (id) => access.read(async (moment) => moment && findChange(moment.client, id)),
    info: () => access.read(async (moment) => (moment ? infoIn(location, moment) : infoUnprepared(location))),
    check: () =>
      access.read<readonly Fault[]>(async (moment) => {
        if (moment === undefined) return [];
        const soundness = (await loadSoundness(stamps.now()))(moment.row.settings);
        return faultsIn(moment.client, moment.row, soundness);
      }),
    repair: async (labelColours, why) => {
      let repaired: Repair['repaired'] = [];
      const change = await access.write((moment) => {
        const plan = async (view: StoreView) => {
          const planned = await planDefinitions(view, labelColours);
          repaired = planned.repaired;
          return planned.plan;
        };
        return makeChange(stamps, { ...why, summary: '' }, plan, moment);
      });
      return { repaired, change: change?.id };
    },
    restorePoints: () => access.read(async (moment) => (moment ? restorePointsIn(moment) : [])),
    restore: async (point, why) => {
      await access.write(async (moment) => recordApplied(stamps, why, await restoreIn(moment, point), moment));
      // All of it is in the history: there is nothing to put aside.
      return '';
    },
  };
};

/** Fills an empty store, and makes its tables where they are not there, in one transaction. */
const fillIn = async <Result>(
  database: Database,
  { lockTimeout, landed = () => {}, unfinished = new Unfinished(), ...stamps }: PostgresStoreOptions,
  work: (store: StoreFilling) => Promise<Result>,
): Promise<Result> => {
  const { location } = database;
  const transaction = await database.begin('write');
  let last: Change | undefined;
  let result: Result;
  try {
    await migrate(transaction.client);
    const { row } = await lockStore(transaction.client, lockTimeout);
    if (row.revision > 0) throw notEmpty(location);
    const store = storeOver(withinTransaction(transaction.client), location, stamps);
    result = await work({
      ...store,
      change: async (...given) => {
        const change = await store.change(...given);
        last = change ?? last;
        return change;
      },
    });
  } catch (error) {
    await transaction.rollback();
    throw serverError(error, location);
  }
  await commitChange(database, transaction.commit, last, unfinished);
  landed({ change: last?.id, summary: `Copied the store to ${location}` });
  return result;
};

/**
 * The contacts in the tables of a PostgreSQL database.
 *
 * Writers take turns by the lock on the store's one row, which the server gives up where a writer dies. A change is one
 * transaction. Readers see one moment, and wait for nobody.
 */
export const openPostgresStore = (options: PostgresStoreOptions): ContactStore => {
  const database = openDatabase(options.url, options.lockTimeout, options.askPassword);
  const { location } = database;
  const { landed = () => {}, unfinished = new Unfinished() } = options;
  const prepareTables = () => database.within('write', migrate);
  const prepare = async (): Promise<void> => {
    if (await prepareTables()) landed({ change: undefined, summary: `Made the tables in ${location}` });
  };
  const prepareFirst = async (): Promise<void> => {
    if (!(await options.mayPrepare())) {
      throw new StoreError(
        `${location} has no tables of contacts yet.`,
        'Run `contacts store init`, which makes them.',
      );
    }
    // No landing of its own: whatever fails afterwards, no contact was changed.
    await prepareTables();
  };
  return {
    ...storeOver(ownTransactions(database, options.lockTimeout, prepareFirst, landed, unfinished), location, options),
    purge: async () => {
      await database.within('write', async (client) => {
        await client.query('SELECT FROM contacts_store FOR UPDATE');
        await client.query('DELETE FROM contacts_edit; DELETE FROM contacts_change');
      });
      landed({ change: undefined, summary: 'Erased the history' });
    },
    prepare,
    fill: (work) => fillIn(database, options, work),
    close: () => database.close(),
  };
};
