import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnreportedError } from '../../../src/errors.js';
import type { Landing } from '../../../src/store/store.js';
import { countingIds, type RunOptions, runProgram } from '../../helpers/run.js';
import { contact, create, idsIn } from '../sample.js';
import { closeStores, newPlace, openAt } from './place.js';

afterEach(async () => {
  vi.restoreAllMocks();
  await closeStores();
});

/** Sends the next COMMIT, or keeps it back, and loses its answer with the connection. */
const loseCommit = (isSent: boolean, afterwards = () => {}): void => {
  let isLost = false;
  const query = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    if (given[0] !== 'COMMIT' || isLost) return query.apply(this, given) as never;
    isLost = true;
    afterwards();
    const answer = isSent ? query.apply(this, given) : Promise.resolve();
    return answer.then(() => Promise.reject(new Error('Connection terminated unexpectedly'))) as never;
  });
};

/** Lets no further connection begin. */
const cutOff = (): void => {
  vi.spyOn(pg.Pool.prototype, 'connect').mockImplementation(() =>
    Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })),
  );
};

describe('a commit whose answer was lost', () => {
  it.each([
    ['has landed, and is told as made', true, ['old', 'new']],
    ['has not landed, and is told with 7', false, ['old']],
  ] as const)('%s', async (_, isSent, present) => {
    const url = await newPlace();
    await create(openAt(url), contact('old'));
    const landings: Landing[] = [];
    const store = openAt(url, { landed: (landing) => void landings.push(landing) });
    loseCommit(isSent);
    const outcome = await create(store, contact('new')).catch((error: unknown) => error);
    vi.restoreAllMocks();
    expect(await idsIn(openAt(url))).toEqual(present);
    expect(landings).toHaveLength(isSent ? 1 : 0);
    if (isSent) expect(outcome).toMatchObject({ id: landings[0]?.change });
    else expect(outcome).toMatchObject({ code: 'store', hint: expect.stringContaining('Nothing was changed.') });
  });

  it('may stand where the server cannot be asked', async () => {
    const url = await newPlace();
    await create(openAt(url), contact('old'));
    const store = openAt(url, { lockTimeout: 0 });
    loseCommit(true, cutOff);
    const error = await create(store, contact('new')).catch((reason: unknown) => reason);
    vi.restoreAllMocks();
    expect(error).toBeInstanceOf(UnreportedError);
    const [newest] = await openAt(url).history({ offset: 0, limit: 1 });
    expect(String(error)).toContain(`The change ${newest?.id} (Added contacts) may stand`);
    expect((error as UnreportedError).hint).toContain(`\`contacts log --change ${newest?.id}\``);
  });

  it('that erased the history, or made the tables, is done again', async () => {
    const url = await newPlace();
    loseCommit(true);
    const store = openAt(url);
    await store.prepare?.();
    vi.restoreAllMocks();
    await create(store, contact('old'));
    loseCommit(false);
    await store.purge();
    vi.restoreAllMocks();
    expect(await openAt(url).history({ offset: 0 })).toEqual([]);
  });
});

describe('a command on a database whose result cannot be written', () => {
  let folder: string;
  let url: string;
  const newId = countingIds();
  const run = (argv: readonly string[], options?: RunOptions) => runProgram(argv, { store: url, newId }, options);
  const log = async () => JSON.parse((await run(['log', '--json'])).stdout);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contacts-test-'));
    await writeFile(join(folder, 'new.csv'), 'First Name,Mobile\nCid,+85291234567\nDan,12\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    url = await newPlace();
    await run(['label', 'add', 'VIP', '--yes']);
    await run(['add', '--first-name', 'Ada']);
    await run(['add', '--first-name', 'Bob']);
  });

  it.each([
    ['add', '--first-name', 'Eve'],
    ['edit', 'Ada', '--company', 'Acme'],
    ['rm', 'Bob', '--yes'],
    ['merge', 'Ada', 'Bob'],
    ['import', 'new.csv'],
    ['note', 'add', 'Ada', 'Wrote.'],
    ['label', 'add', 'Lead'],
    ['undo'],
    ['store', 'init', '--country-code', 'HK'],
  ])("contacts %s %s %s: exit 8, with the change's id", async (...argv) => {
    const before = await log();
    const given = argv.map((argument) => (argument === 'new.csv' ? join(folder, argument) : argument));
    const { code, stderr } = await run([...given, '--json'], { outputFails: 'ENOSPC' });
    const [landed, ...earlier] = await log();
    expect(earlier).toHaveLength(before.length);
    const last = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
    expect([code, last.error.code]).toEqual([8, 'unreported']);
    expect(last.error.message).toContain(`The change ${landed.id} stands (${landed.summary})`);
    expect(last.error.hint).toContain(`\`contacts log --change ${landed.id}\``);
  });

  it('may have copied, or purged, a store', async () => {
    const copy = await newPlace();
    const copied = await run(['store', 'copy', url, copy], { outputFails: 'EIO' });
    expect([copied.code, copied.stderr]).toEqual([8, expect.stringContaining('stands (Copied the store to postgres:')]);
    const purged = await run(['store', 'purge', '--yes'], { outputFails: 'EIO' });
    expect([purged.code, purged.stderr]).toEqual([8, expect.stringContaining('Erased the history')]);
    expect(await log()).toEqual([]);
  });
});
