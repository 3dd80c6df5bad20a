import type { PoolClient } from 'pg';
import type { Change, Edit, Plan, Why } from '../../contacts/change.js';
import { emptySettings, type Settings } from '../../contacts/settings.js';
import { NotFoundError, StoreError } from '../../errors.js';
import type { Contact } from '../../fields/contact.js';
import { same } from '../json/same.js';
import type { ChangeOptions, ContactStore, Fault, RestorePoint, StoreInfo, StoreView } from '../store.js';
import { applyEdits } from './apply-edits.js';
import { faultsIn } from './check.js';
import { type Database, openDatabase, UnknownOutcome } from './connection.js';
import { alteringEdits, growth, idOf, refuseStale } from './edits.js';
import { editsOf, findChange, loggedChanges, pruneHistory, summaries, writeChange } from './history.js';
import { migrations } from './migrations.js';
import { positionsOf } from './places.js';
import { isLost, isUnprepared, serverError } from './server-error.js';
import { emptyView, type StoreRow, viewIn } from './view.js';

export interface PostgresStoreOptions {
  /** `postgres://…`; the password may stand in it, in `PGPASSWORD` or in `.pgpass`. */
  readonly url: string;
  readonly now: () => Date;
  /** Makes the ids of changes. */
  readonly newId: () => string;
  /** How long to wait for other writers, and for a server that is starting, in milliseconds. */
  readonly lockTimeout: number;
  /** Asks whether a database that is not prepared may be, before the first write. */
  readonly mayPrepare: () => Promise<boolean>;
  /** Asks for the password where none is known or it is refused; nothing where nobody can be asked. */
  readonly askPassword?: (user: string) => Promise<string | undefined>;
}

const unpreparedRow: StoreRow = { revision: 0, settings: emptySettings, external: 0, internal: 0 };

/** What the store's row says; `undefined` where the database is not prepared. */
const readStoreRow = async (client: PoolClient, lock = ''): Promise<StoreRow> => {
  const { rows } = await client.query(`SELECT * FROM contacts_store ${lock}`);
  const { version, revision, settings, external, internal } = rows[0];
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
  return { revision: Number(revision), settings, external: Number(external), internal: Number(internal) };
};

/** Brings the tables to the newest version. */
const migrate = (database: Database): Promise<void> =>
  database.within('write', async (client) => {
    // Of two that prepare a database at the same time, one waits.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('contacts_store'))");
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
  });

/** The edits that lead from one state of some contacts to another. */
const difference = (
  from: ReadonlyMap<string, Contact>,
  to: ReadonlyMap<string, Contact>,
  positions: { readonly from: ReadonlyMap<string, number>; readonly to: ReadonlyMap<string, number> },
): readonly Edit[] =>
  [...new Set([...from.keys(), ...to.keys()])].flatMap((id): readonly Edit[] => {
    const [before, after] = [from.get(id), to.get(id)];
    if (same(before, after)) return [];
    const position = before && after ? undefined : (positions.from.get(id) ?? positions.to.get(id));
    return [{ ...(before && { before }), ...(after && { after }), ...(position !== undefined && { position }) }];
  });

const inverse = ({ before, after, position }: Edit): Edit => ({
  ...(after && { before: after }),
  ...(before && { after: before }),
  ...(position !== undefined && { position }),
});

/**
 * The contacts in the tables of a PostgreSQL database.
 *
 * Writers take turns by the lock on the store's one row, which the server gives up where a writer dies. A change is one
 * transaction. Readers see one moment, and wait for nobody.
 */
export const openPostgresStore = (options: PostgresStoreOptions): ContactStore => {
  const { now, newId, lockTimeout, mayPrepare } = options;
  const database = openDatabase(options.url, lockTimeout, options.askPassword);
  const { location } = database;

  const readingOnce = async <Result>(
    work: (view: StoreView, client: PoolClient, row: StoreRow) => Promise<Result>,
    unprepared: () => Promise<Result>,
  ): Promise<Result> => {
    const transaction = await database.begin('read');
    try {
      let row: StoreRow;
      try {
        row = await readStoreRow(transaction.client);
      } catch (error) {
        if (isUnprepared(error)) return await unprepared();
        throw error;
      }
      return await work(viewIn(transaction.client, row), transaction.client, row);
    } finally {
      await transaction.rollback();
    }
  };

  /** Reads at one moment; once more where the connection broke, since reading twice does no harm. */
  const reading = async <Result>(
    work: (view: StoreView, client: PoolClient, row: StoreRow) => Promise<Result>,
    unprepared: () => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await readingOnce(work, unprepared);
    } catch (error) {
      if (!isLost(error)) throw serverError(error, location);
    }
    return readingOnce(work, unprepared).catch((error: unknown) => {
      throw serverError(error, location);
    });
  };

  const viewing = <Result>(work: (view: StoreView) => Promise<Result>): Promise<Result> =>
    reading(work, () => work(emptyView(emptySettings)));

  const prepareFirst = async (): Promise<void> => {
    if (!(await mayPrepare())) {
      throw new StoreError(
        `${location} has no tables of contacts yet.`,
        'Run `contacts store init`, which makes them.',
      );
    }
    await migrate(database);
  };

  /** Looks whether a change landed after the answer to its commit was lost. */
  const hasLanded = (id: string): Promise<boolean> =>
    database.within('write', async (client) => {
      // Waits for what is left of the lost transaction.
      await client.query('SELECT FROM contacts_store FOR UPDATE');
      return (await client.query('SELECT FROM contacts_change WHERE id = $1', [id])).rowCount === 1;
    });

  const outcomeOf = async (change: Change): Promise<void> => {
    const landed = await hasLanded(change.id).catch(() => undefined);
    if (landed === true) return;
    throw landed === false
      ? new StoreError(
          `${location}: the connection to the server was lost.`,
          'Nothing was changed. Run the command again when the server is back.',
        )
      : new StoreError(
          `${location}: the connection was lost, and whether the change ${change.id} was made is not known.`,
          `See with \`contacts log\` whether ${change.id} is there before running the command again.`,
        );
  };

  /**
   * Works under the store's lock, in one transaction; nothing is kept where no change comes of it.
   *
   * @param work gives the change, and the settings that follow from it
   */
  const writing = async (
    work: (client: PoolClient, row: StoreRow) => Promise<Change | undefined>,
  ): Promise<Change | undefined> => {
    const transaction = await database.begin('write');
    const { client } = transaction;
    let change: Change | undefined;
    try {
      await client.query(`SET LOCAL lock_timeout = ${Math.max(1, Math.round(lockTimeout))}`);
      const row = await readStoreRow(client, 'FOR UPDATE');
      change = await work(client, row);
      if (change !== undefined) await record(client, row, change);
    } catch (error) {
      await transaction.rollback();
      if (isUnprepared(error)) {
        await prepareFirst();
        return writing(work);
      }
      throw serverError(error, location);
    }
    if (change === undefined) {
      await transaction.rollback();
      return undefined;
    }
    try {
      await transaction.commit();
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
      await outcomeOf(change);
    }
    return change;
  };

  const record = async (client: PoolClient, row: StoreRow, change: Change): Promise<void> => {
    const settings = change.settings?.after ?? row.settings;
    const revision = row.revision + 1;
    await writeChange(client, change, revision);
    await client.query(
      'UPDATE contacts_store SET revision = $1, settings = $2, external = external + $3, internal = internal + $4',
      [revision, JSON.stringify(settings), growth(change.edits, 'external'), growth(change.edits, 'internal')],
    );
    await pruneHistory(client, settings.history ?? {});
  };

  const changeOf = (
    why: Why,
    plan: Omit<Plan, 'settings'>,
    settings: { readonly before: Settings; readonly after: Settings },
  ): Change => ({
    id: newId(),
    at: now().toISOString(),
    by: why.by,
    command: why.command,
    summary: plan.summary ?? why.summary,
    ...(plan.undoes !== undefined && { undoes: plan.undoes }),
    edits: plan.edits,
    ...(!same(settings.before, settings.after) && { settings }),
  });

  /** What a plan comes to; `undefined` where it alters nothing. */
  const changeOfPlan = async (
    why: Why,
    plan: Plan,
    settings: Settings,
    apply: (edits: readonly Edit[]) => Promise<readonly Edit[]>,
  ): Promise<Change | undefined> => {
    const altering = alteringEdits(plan.edits);
    const after = plan.settings ?? settings;
    if (altering.length === 0 && same(after, settings)) return undefined;
    return changeOf(why, { ...plan, edits: await apply(altering) }, { before: settings, after });
  };

  const change = async (
    why: Why,
    plan: (view: StoreView) => Promise<Plan>,
    { dryRun = false }: ChangeOptions = {},
  ): Promise<Change | undefined> => {
    if (dryRun) {
      return viewing(async (view) =>
        changeOfPlan(why, await plan(view), await view.settings(), async (edits) => {
          const ids = edits.map(idOf);
          const stored = new Map((await view.get(ids)).map((contact) => [contact.id, contact]));
          for (const [index, edit] of edits.entries()) refuseStale(edit, stored.get(ids[index] ?? ''));
          return edits;
        }),
      );
    }
    return writing(async (client, row) =>
      changeOfPlan(why, await plan(viewIn(client, row)), row.settings, (edits) => applyEdits(client, edits)),
    );
  };

  const restorePoints = (): Promise<readonly RestorePoint[]> =>
    reading(
      async (_, client, { external, internal }) => {
        let contacts = external + internal;
        return (await loggedChanges(client)).map(({ id, at, created, deleted }) => {
          contacts += deleted - created;
          return { name: id, at, contacts };
        });
      },
      async () => [],
    );

  const restore = async (point: string, why: Why): Promise<string> => {
    await writing(async (client, row) => {
      const log = await loggedChanges(client);
      const last = log.findIndex(({ id }) => id === point);
      if (last < 0) {
        const names = log.map(({ id }) => id).join(', ');
        throw new NotFoundError(
          `There is no state ${point} to restore.`,
          names === '' ? 'There is no history.' : `There are: ${names}.`,
        );
      }
      const taken = log.slice(0, last + 1);
      const edits: (readonly Edit[])[] = [];
      for (const { revision } of taken) edits.push(await editsOf(client, revision));
      const ids = [...new Set(edits.flat().map(idOf))];
      const view = viewIn(client, row);
      const state = async () => new Map((await view.get(ids)).map((contact) => [contact.id, contact]));
      const [from, fromPositions] = [await state(), await positionsOf(client, ids)];
      for (const part of edits) await applyEdits(client, part.map(inverse));
      const [to, toPositions] = [await state(), await positionsOf(client, ids)];
      const before = row.settings;
      const after = taken.reduce((settings, { settings: changed }) => changed?.before ?? settings, before);
      return changeOf(
        why,
        { edits: difference(from, to, { from: fromPositions, to: toPositions }) },
        { before, after },
      );
    });
    // All of it is in the history: there is nothing to put aside.
    return '';
  };

  const info = (): Promise<StoreInfo> => {
    const nothing = { contacts: 0, history: 0, backups: 0 };
    return reading<StoreInfo>(
      async (_, client, { revision, settings, external, internal }) => {
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
      },
      async () => ({
        location,
        kind: 'postgres',
        exists: false,
        ...unpreparedRow,
        labels: 0,
        fields: 0,
        bytes: nothing,
        changes: 0,
      }),
    );
  };

  return {
    find: (selection, order, page) => viewing((view) => view.find(selection, order, page)),
    async *each(selection, order) {
      const transaction = await database.begin('read');
      try {
        const row = await readStoreRow(transaction.client).catch((error: unknown) => {
          if (isUnprepared(error)) return undefined;
          throw error;
        });
        if (row !== undefined) yield* viewIn(transaction.client, row).each(selection, order);
      } catch (error) {
        throw serverError(error, location);
      } finally {
        await transaction.rollback();
      }
    },
    get: (ids) => viewing((view) => view.get(ids)),
    lookup: (keys) => viewing((view) => view.lookup(keys)),
    settings: () => viewing((view) => view.settings()),
    snapshot: async (work) => {
      try {
        return await readingOnce(work, () => work(emptyView(emptySettings)));
      } catch (error) {
        throw serverError(error, location);
      }
    },
    change,
    history: (page) =>
      reading(
        (_, client) => summaries(client, page),
        async () => [],
      ),
    changeById: (id) =>
      reading(
        (_, client) => findChange(client, id),
        async () => undefined,
      ),
    info,
    check: () =>
      reading<readonly Fault[]>(
        (_, client, row) => faultsIn(client, row),
        async () => [],
      ),
    restorePoints,
    restore,
    purge: async () => {
      await database.within('write', async (client) => {
        await client.query('SELECT FROM contacts_store FOR UPDATE');
        await client.query('DELETE FROM contacts_edit; DELETE FROM contacts_change');
      });
    },
    prepare: () => migrate(database),
    close: () => database.close(),
  };
};
