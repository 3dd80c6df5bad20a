import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConflictError, StoreError } from '../../../src/errors.js';
import { all, contact, create, idsIn } from '../sample.js';
import { closeStores, newPlace, openAt, sql } from './place.js';
import { startServer, type TestServer } from './server.js';

// A server of their own: what these tests do to it, others would feel.
let server: TestServer;
beforeAll(async () => {
  server = await startServer(['-c', 'fsync=off', '-c', 'max_connections=12']);
});
afterAll(() => server.stop());
afterEach(async () => {
  vi.restoreAllMocks();
  await closeStores();
});

const batch = Array.from({ length: 50 }, (_, index) => contact(`new${index}`));

/**
 * Does something right before or after the n-th statement from now on is sent on a connection.
 *
 * @returns tells whether that many were sent
 */
const atStatement = (wanted: number, when: 'before' | 'after', act: (client: pg.Client) => void): (() => boolean) => {
  let sent = 0;
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    sent += 1;
    const isWanted = sent === wanted;
    if (isWanted && when === 'before') act(this);
    const answer = query.apply(this, given);
    if (isWanted && when === 'after') act(this);
    return answer as never;
  });
  return () => sent >= wanted;
};

const killBackend = (client: pg.Client): void => {
  process.kill((client as unknown as { readonly processID: number }).processID, 'SIGKILL');
};

/** Imports a batch while something happens, and tells whether it was acknowledged, and what is there. */
const importUnder = async (url: string) => {
  const outcome = await create(openAt(url), ...batch).then(
    () => undefined,
    (error: unknown) => error,
  );
  vi.restoreAllMocks();
  const present = (await idsIn(openAt(url))).length;
  return { outcome, present };
};

describe('a server that is killed in the middle of an import', () => {
  it('leaves the state before or after it, and the answer says which', async () => {
    const outcomes = new Set<string>();
    for (let statement = 1; statement <= 20; statement++) {
      const url = await newPlace(server.url);
      await create(openAt(url), contact('old'));
      const happened = atStatement(statement, 'after', killBackend);
      const { outcome, present } = await importUnder(url);
      if (outcome === undefined) expect(present).toBe(1 + batch.length);
      else {
        expect(outcome).toBeInstanceOf(StoreError);
        expect(String((outcome as StoreError).hint)).toContain('Nothing was changed.');
        expect(present).toBe(1);
      }
      outcomes.add(outcome === undefined ? 'after' : 'before');
      await closeStores();
      if (!happened()) break;
    }
    expect(outcomes).toEqual(new Set(['before', 'after']));
  });

  it('may be the whole server', async () => {
    for (const statement of [3, 6, 9, 12, 14]) {
      const url = await newPlace(server.url);
      await create(openAt(url), contact('old'));
      let restarted = Promise.resolve();
      atStatement(statement, 'after', () => {
        restarted = server.killAndRestart();
      });
      const { outcome, present } = await importUnder(url);
      await restarted;
      expect([1, 1 + batch.length]).toContain(present);
      if (outcome === undefined) expect(present).toBe(1 + batch.length);
      else expect(outcome).toBeInstanceOf(StoreError);
      await closeStores();
    }
  });
});

describe('trouble with the server', () => {
  it('whose answer to a commit was lost is looked into: the change that landed is told as made', async () => {
    const url = await newPlace(server.url);
    const store = openAt(url);
    await create(store, contact('old'));
    const query = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>;
    let lost = false;
    vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
      const answer = query.apply(this, given);
      if (given[0] !== 'COMMIT' || lost) return answer as never;
      lost = true;
      return answer.then(() => Promise.reject(new Error('Connection terminated unexpectedly'))) as never;
    });
    const change = await create(store, contact('new'));
    expect(lost).toBe(true);
    expect(change?.edits).toEqual([{ after: contact('new') }]);
    expect(await idsIn(store)).toEqual(['old', 'new']);
  });

  it.each([1, 2, 3])('that breaks the connection of a reader at statement %i is not felt', async (statement) => {
    const store = openAt(await newPlace(server.url));
    await create(store, contact('old'));
    const happened = atStatement(statement, 'before', killBackend);
    expect(await idsIn(store)).toEqual(['old']);
    expect(happened()).toBe(true);
  });

  it('that cancels a statement is told', async () => {
    const url = await newPlace(server.url);
    await create(openAt(url), contact('old'));
    const hasty = new URL(url);
    hasty.searchParams.set('options', `${hasty.searchParams.get('options')} -c statement_timeout=1`);
    const slow = openAt(hasty.href, { lockTimeout: 0 });
    const error = await slow
      .change({ by: 'ada', command: 'add', summary: '' }, async (view) => {
        for (let times = 0; times < 200; times++) await all(view);
        return { edits: Array.from({ length: 5000 }, (_, index) => ({ after: contact(`many${index}`) })) };
      })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain('the server cancelled the statement');
    expect(await idsIn(openAt(url))).toEqual(['old']);
  });

  it('that has no connection left is told, and nothing hangs', async () => {
    const url = await newPlace(server.url);
    const limited = new URL(url);
    limited.username = 'limited';
    limited.password = 'limited';
    await sql(`CREATE ROLE limited LOGIN PASSWORD 'limited' CONNECTION LIMIT 0`, server.url);
    const error = await openAt(limited.href, { lockTimeout: 0 })
      .settings()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain('the server has too many connections');
  });

  it('is a conflict where another writer holds the store too long', async () => {
    const url = await newPlace(server.url);
    await create(openAt(url), contact('old'));
    const impatient = openAt(url, { lockTimeout: 50 });
    let error: unknown;
    await openAt(url).change({ by: 'ada', command: 'add', summary: '' }, async () => {
      error = await create(impatient, contact('new')).catch((reason: unknown) => reason);
      return { edits: [] };
    });
    expect(error).toBeInstanceOf(ConflictError);
    expect(String(error)).toContain('another writer held the store too long');
  });
});

describe('40 writers at the same time', () => {
  it('lose nothing that was acknowledged, on one contact and on many', async () => {
    const url = await newPlace();
    await create(openAt(url), contact('one', { company: '' }));
    const stores = Array.from({ length: 4 }, () => openAt(url));
    const acknowledged = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const store = stores[index % stores.length] ?? openAt(url);
        await create(store, contact(`id${index}`));
        await store.change({ by: 'ada', command: 'edit', summary: '' }, async (view) => {
          const [before] = await view.get(['one']);
          if (before === undefined) throw new Error('It is gone.');
          return { edits: [{ before, after: { ...before, company: `${before.company ?? ''} ${index}` } }] };
        });
        return index;
      }),
    );
    const [one, ...others] = await all(openAt(url));
    expect(
      one?.company
        ?.trim()
        .split(' ')
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual(acknowledged);
    expect(others.map(({ id }) => id).toSorted()).toEqual(acknowledged.map((index) => `id${index}`).toSorted());
    expect(await openAt(url).check()).toEqual([]);
  });
});

describe('unique values of staff', () => {
  it('are held by a constraint, whatever the plan looked at', async () => {
    const store = openAt(await newPlace());
    const staff = (id: string, extension: string) => contact(id, { category: 'internal', extension });
    await create(store, staff('ann', '12'));
    await expect(create(store, staff('bob', '12'))).rejects.toThrow('taken by another staff member');
    expect(await idsIn(store)).toEqual(['ann']);
    await store.change({ by: 'ada', command: 'edit', summary: '' }, async () => ({
      edits: [{ before: staff('ann', '12'), after: staff('ann', '13') }, { after: staff('bob', '12') }],
    }));
    expect(await idsIn(store)).toEqual(['ann', 'bob']);
  });
});
