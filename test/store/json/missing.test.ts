import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/errors.js';
import { systemFiles } from '../../../src/store/json/files.js';
import type { ContactStore } from '../../../src/store/store.js';
import { all, contact, create, idsIn, made, undo, why } from '../sample.js';
import { systemError } from './faulty-files.js';
import { newPath, openAt } from './place.js';

const restoreWhy = { ...why, command: 'store restore', summary: 'Restored' };

/** A store of three changes whose file is gone, with its history and its backup as they were, or as somebody left them. */
const missing = async (meddle: (path: string) => Promise<unknown> = async () => {}) => {
  const path = await newPath();
  const store = openAt(path);
  for (const id of ['ann', 'bob', 'cid']) await create(store, contact(id));
  await rm(path);
  await meddle(path);
  return { path, store };
};

const entry = async (path: string, revision: number): Promise<string> => {
  const names = await readdir(`${path}.history`);
  return `${path}.history/${names.find((name) => Number(name.slice(0, 10)) === revision)}`;
};
const withoutBackup = (path: string) => rm(`${path}.bak`);
const withoutHistory = (path: string) => rm(`${path}.history`, { recursive: true });

/** All files of a folder and below, with what they hold. */
const contentsOf = async (folder: string): Promise<Record<string, string>> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((item) => item.isFile()).map((item) => `${item.parentPath}/${item.name}`);
  return Object.fromEntries(await Promise.all(files.map(async (path) => [path, await readFile(path, 'utf8')])));
};

const failing = async (work: Promise<unknown>): Promise<StoreError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`No StoreError, but ${error}`);
};

describe('a missing store', () => {
  const works: readonly [string, (store: ContactStore) => Promise<unknown>][] = [
    ['find', idsIn],
    ['get', (store) => store.get(['ann'])],
    ['settings', (store) => store.settings()],
    ['history', (store) => store.history({ offset: 0 })],
    ['changeById', (store) => store.changeById('c')],
    ['info', (store) => store.info()],
    ['change', (store) => create(store, contact('dan'))],
    ['a dry run', (store) => store.change(why, async () => ({ edits: [{ after: contact('dan') }] }), { dryRun: true })],
    ['purge', (store) => store.purge()],
    ['fill', (store) => store.fill(async () => undefined)],
  ];

  it.each(works)('is damaged for %s, which writes nothing', async (_, work) => {
    const { path, store } = await missing();
    const before = await contentsOf(dirname(path));
    const { message, hint } = await failing(work(store));
    expect(message).toBe(`${path} is missing, but its history and its backup are there. Nothing was changed.`);
    expect(hint).toMatch(
      /^The last good copy has 3 contacts, of 2026-11-24T10:[\d:.]+Z; `contacts store restore` brings it back\. To begin anew, run `contacts store init`; what is there is kept aside\.$/,
    );
    expect(await contentsOf(dirname(path))).toEqual(before);
  });

  it.each([
    ['its history is', withoutBackup],
    ['its backup is', withoutHistory],
  ])('is damaged where only %s there', async (what, meddle) => {
    const { path, store } = await missing(meddle);
    expect((await failing(idsIn(store))).message).toBe(`${path} is missing, but ${what} there. Nothing was changed.`);
    expect(await store.check()).toMatchObject([
      { where: path, message: `${path} is missing, but ${what} there. Nothing was changed.` },
    ]);
  });

  it('is none that never was, or whose history was purged', async () => {
    const { path, store } = await missing(async (path) => {
      await withoutBackup(path);
      await withoutHistory(path);
    });
    expect(await idsIn(store)).toEqual([]);
    expect(await store.check()).toEqual([]);
    await create(store, contact('dan'));
    await store.purge();
    await rm(path);
    expect(await idsIn(store)).toEqual([]);
  });

  it('is none for a reader that looks while the first change is being made', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    let looks = 0;
    const reader = openAt(path, {
      files: {
        ...systemFiles,
        status: (name) => {
          if (name === path) looks += 1;
          if (looks === 1) throw systemError('ENOENT', 'stat');
          return systemFiles.status(name);
        },
      },
    });
    expect(await idsIn(reader)).toEqual(['ann']);
  });
});

describe('restore of a missing store', () => {
  it.each<[string, (path: string) => Promise<unknown>, string, readonly string[]]>([
    ['from backup and history', async () => {}, 'latest', ['ann', 'bob', 'cid']],
    ['from the history alone', withoutBackup, 'latest', ['ann', 'bob', 'cid']],
    ['from the backup alone', withoutHistory, 'backup', ['ann', 'bob']],
    ['from a damaged backup and the history', (path) => writeFile(`${path}.bak`, '{'), 'latest', ['ann', 'bob', 'cid']],
    [
      'from the backup and the newest change',
      async (path) => {
        await rm(await entry(path, 1));
        await writeFile(await entry(path, 2), '');
      },
      'latest',
      ['ann', 'bob', 'cid'],
    ],
    [
      'from the first change, where the second cannot be read',
      async (path) => {
        await withoutBackup(path);
        await writeFile(await entry(path, 2), 'damaged');
      },
      'c',
      ['ann'],
    ],
  ])('brings back what can be: %s', async (_, meddle, name, ids) => {
    const { store } = await missing(meddle);
    const [newest] = await store.restorePoints();
    expect(newest).toMatchObject({ contacts: ids.length });
    expect(newest?.name.startsWith(name)).toBe(true);
    expect(await store.restore(newest?.name ?? '', restoreWhy)).toBe('');
    expect(await idsIn(store)).toEqual(ids);
    await undo(store, made(await create(store, contact('dan'))));
    expect(await idsIn(store)).toEqual(ids);
  });

  it('lists no state that cannot be brought back', async () => {
    const { store } = await missing(async (path) => {
      await withoutBackup(path);
      const text = await readFile(await entry(path, 2), 'utf8');
      await writeFile(await entry(path, 2), text.replace('"firstName":"bob"', '"firstName":5'));
      await rm(await entry(path, 1));
    });
    expect(await store.restorePoints()).toEqual([]);
    const { hint } = await failing(idsIn(store));
    expect(hint).toContain('There is no good copy beside it');
  });

  it('brings back each state that it lists', async () => {
    const { path, store } = await missing(withoutBackup);
    for (const { name, contacts } of await store.restorePoints()) {
      const folder = dirname(await newPath());
      await cp(dirname(path), folder, { recursive: true });
      const copy = openAt(`${folder}/${basename(path)}`);
      await copy.restore(name, restoreWhy);
      expect(await all(copy)).toHaveLength(contacts);
    }
  });
});

describe('beginning anew', () => {
  it('keeps aside what is left of a missing store, as a store that can be restored', async () => {
    const { path, store } = await missing();
    const kept = await store.beginAnew?.(false);
    expect(kept?.map((name) => name.replace(/replaced-[\dTZ.-]+(?=\.)/, 'replaced-T').slice(path.length))).toEqual([
      '.replaced-T.history',
      '.replaced-T.bak',
    ]);
    expect(await idsIn(store)).toEqual([]);
    await create(store, contact('dan'));
    expect(await store.info()).toMatchObject({ revision: 1, changes: 1 });
    const aside = openAt(kept?.[0]?.replace(/\.history$/, '') ?? '');
    await aside.restore('latest', restoreWhy);
    expect(await idsIn(aside)).toEqual(['ann', 'bob', 'cid']);
  });

  it('puts a damaged file aside only where it is told to, and purge erases what was kept', async () => {
    const { path, store } = await missing((path) => writeFile(path, 'damaged'));
    expect((await failing(store.beginAnew?.(false) ?? Promise.resolve())).message).toContain('is no valid JSON');
    const [file = ''] = (await store.beginAnew?.(true)) ?? [];
    expect(await readFile(file, 'utf8')).toBe('damaged');
    expect(await idsIn(store)).toEqual([]);
    await create(store, contact('dan'));
    await store.purge();
    expect(await readdir(dirname(path))).toEqual(['contacts.json', 'contacts.json.history']);
  });

  it('leaves a sound store alone', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    expect(await store.beginAnew?.(true)).toEqual([]);
    expect(await idsIn(store)).toEqual(['ann']);
  });

  it('is not needed for a file that was moved and put back', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await rename(path, `${path}.elsewhere`);
    await failing(idsIn(store));
    await rename(`${path}.elsewhere`, path);
    expect(await idsIn(store)).toEqual(['ann']);
  });
});
