import { readdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../../src/contacts/settings.js';
import { StoreError } from '../../../src/errors.js';
import { apply, contact, create, made, settings } from '../sample.js';
import { newPath, openAt } from './place.js';

describe('the history', () => {
  it('has a file for each change: its summary on the first line, then an edit on each', async () => {
    const path = await newPath();
    const store = openAt(path);
    const after = settings({ country: 'HK' });
    const change = made(
      await apply(store, [{ after: contact('ann') }, { after: contact('bob') }], { settings: after, undoes: 'c0' }),
    );
    expect(await readdir(`${path}.history`)).toEqual([`0000000001-${change.id}.jsonl`]);
    const text = await readFile(`${path}.history/0000000001-${change.id}.jsonl`, 'utf8');
    expect(text.split('\n').map((line) => line && JSON.parse(line))).toEqual([
      {
        id: change.id,
        at: change.at,
        by: 'ada',
        command: 'add',
        summary: 'Added contacts',
        undoes: 'c0',
        settings: { before: emptySettings, after },
        created: 2,
        updated: 0,
        deleted: 0,
        revision: 1,
        token: expect.any(String),
      },
      { after: contact('ann') },
      { after: contact('bob') },
      '',
    ]);
  });

  it('is told from the first lines alone', async () => {
    const path = await newPath();
    const store = openAt(path);
    const change = made(await create(store, contact('ann')));
    const file = `${path}.history/0000000001-${change.id}.jsonl`;
    const [first] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${first}\ndamaged\n`);
    expect(await store.history({ offset: 0 })).toMatchObject([{ id: change.id, created: 1 }]);
    const error: unknown = await store.changeById(change.id).catch((reason) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toBe(`StoreError: ${file} is no change in JSON.`);
  });

  it('ignores a change whose revision the store never reached, until the next one sweeps it', async () => {
    const path = await newPath();
    const store = openAt(path);
    const change = made(await create(store, contact('ann')));
    const file = `${path}.history/0000000001-${change.id}.jsonl`;
    const never = `${path}.history/0000000002-never.jsonl`;
    await writeFile(never, (await readFile(file, 'utf8')).replace('"revision":1', '"revision":2'));
    expect(await store.history({ offset: 0 })).toHaveLength(1);
    expect(await store.changeById('never')).toBeUndefined();
    expect((await store.info()).changes).toBe(1);
    const next = made(await create(store, contact('bob')));
    expect(await readdir(`${path}.history`)).toEqual([`0000000001-${change.id}.jsonl`, `0000000002-${next.id}.jsonl`]);
  });

  it('keeps no more bytes than the settings say, and the newest change in any case', async () => {
    const path = await newPath();
    const store = openAt(path);
    const text = 'x'.repeat(10_000);
    await apply(store, [], { settings: settings({ history: { bytes: 25_000 } }) });
    for (const id of ['a', 'b', 'c']) await create(store, contact(id, { company: text }));
    expect((await store.history({ offset: 0 })).map(({ created }) => created)).toEqual([1, 1]);
    await create(store, contact('d', { company: text.repeat(3) }));
    expect(await store.history({ offset: 0 })).toHaveLength(1);
  });

  it('keeps a hundred changes where the settings do not say', async () => {
    const path = await newPath();
    const store = openAt(path);
    const change = made(await create(store, contact('ann')));
    const text = await readFile(`${path}.history/0000000001-${change.id}.jsonl`, 'utf8');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"revision": 1', '"revision": 101'));
    for (let revision = 2; revision <= 101; revision++) {
      const name = `${String(revision).padStart(10, '0')}-c${revision}.jsonl`;
      await writeFile(`${path}.history/${name}`, text.replace('"revision":1', `"revision":${revision}`));
    }
    await create(store, contact('bob'));
    const names = await readdir(`${path}.history`);
    expect(names).toHaveLength(100);
    expect(names[0]).toBe('0000000003-c3.jsonl');
  });

  it('passes over files that are no change', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await writeFile(`${path}.history/notes.txt`, 'mine');
    expect(await store.history({ offset: 0 })).toHaveLength(1);
    await store.purge();
    expect(await readdir(`${path}.history`)).toEqual(['notes.txt']);
  });
});
