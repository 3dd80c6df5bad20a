import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/errors.js';
import { all, contact, create, idsIn, why } from '../sample.js';
import { newPath, openAt } from './place.js';

const header = (settings = '{}', schema = '1', revision = '3') =>
  `{"schema": ${schema}, "revision": ${revision}, "settings": ${settings}, "contacts": [`;
const ann = JSON.stringify(contact('ann'));
const bob = JSON.stringify(contact('bob'));
const file = (...lines: readonly string[]) => `${header()}\n${lines.join('\n')}\n]}\n`;
const noStore = 'is no contacts store (an object with schema, revision, settings and contacts)';

const problemOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error(`No StoreError, but ${error}`);
  return error;
};

describe('a damaged file', () => {
  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', ' is empty'],
    ['a blank file', ' \n\n', ' is empty'],
    ['a byte order mark', '\ufeff', ' is empty'],
    ['null', 'null\n', ` ${noStore}`],
    ['a list', '[]', ` ${noStore}`],
    ['other JSON', '{"people": []}', ' is no contacts store: it has no number under "schema"'],
    ['an older schema', `${header('{}', '0')}\n]}\n`, ', line 1, has the unknown schema 0'],
    ['no revision', '{"schema": 1, "settings": {}, "contacts": []}', ' has no whole number under "revision"'],
    ['a broken revision', `${header('{}', '1', '1.5')}\n]}\n`, ', line 1, has no whole number under "revision"'],
    ['no settings', '{"schema": 1, "revision": 1, "contacts": []}', ' has no object under "settings"'],
    [
      'settings of another form',
      `${header('{"labels": ["VIP"]}')}\n]}\n`,
      ', line 1, has settings whose "labels" is not of the right form',
    ],
    ...['{"kind":"colour"}', '{"kind":"__proto__"}', '{"kind":"dropdown","choices":"a"}'].map(
      (part): [string, string, string] => [
        `a field with ${part}`,
        `${header(`{"fields": [${JSON.stringify({ key: 'a', label: 'A', ...JSON.parse(part) })}]}`)}\n]}\n`,
        ', line 1, has settings whose "fields" is not of the right form',
      ],
    ),
    [
      'settings that are nested too deeply',
      `${header(`{"later": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`)}\n]}\n`,
      ', line 1, has settings whose "later" is nested too deeply',
    ],
    [
      'an unknown key',
      '{"schema": 1, "revision": 1, "settings": {}, "contacts": [], "x": 1}',
      ' has the unknown key "x"',
    ],
    ['no contacts', '{"schema": 1, "revision": 1, "settings": {}}', ' has no list under "contacts"'],
    [
      'a contact without a category',
      `{"schema": 1, "revision": 1, "settings": {}, "contacts": [{"id": "x"}]}`,
      ' holds a contact (number 1) that has no "category"',
    ],
    ['text', 'hello', ' is no valid JSON'],
    ['a file cut at its end', `${header()}\n${ann},\n`, ', line 2, is cut short: its end is missing'],
    ['a file cut within a line', `${header()}\n${ann},\n${bob.slice(0, 50)}`, ', line 3, is no valid JSON'],
    ['a missing comma', file(ann, bob), ', line 3, is no valid JSON'],
    ['a comma too many', file(`${ann},`, `${bob},`), ', line 4, is no valid JSON'],
    ['a damaged line', file(`${ann},`, `${bob.replace(':', '')}`), ', line 3, is no valid JSON'],
    [
      'a damaged value',
      file(`${ann},`, `${bob.replace('"phones":[]', '"phones":[}')}`),
      ', line 3, is no contact in JSON',
    ],
    [
      'a contact without a list',
      file(`${ann},`, bob.replace('"phones":[],', '')),
      ', line 3, holds a contact that has no "phones"',
    ],
    [
      'a number for a text',
      file(bob.replace('"firstName":"bob"', '"firstName":5')),
      ', line 2, holds a contact that has a "firstName" that is not of the right form',
    ],
    [
      'an unknown category',
      file(bob.replace('external', 'other')),
      ', line 2, holds a contact that has a "category" that is not of the right form',
    ],
    [
      'a part of a later version that is nested too deeply',
      file(bob.replace(/\}$/, `,"later":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)),
      ', line 2, holds a contact that has a "later" that is nested too deeply',
    ],
    ['an id twice in a line', file(bob.replace(/\}$/, ',"id":"ann"}')), ', line 2, holds a contact with two ids'],
    [
      'Latin-1',
      Buffer.from(file(`${ann},`, bob.replace('bob","label', 'bób","label')), 'latin1'),
      ', line 3, holds bytes that are no UTF-8',
    ],
    [
      'Latin-1 in another layout',
      Buffer.from(`\n${file(ann.replace('ann","label', 'änn","label'))}`, 'latin1'),
      ', line 3, holds bytes that are no UTF-8',
    ],
    ['UTF-16', Buffer.from(file(ann), 'utf16le'), ', line 1, is no valid JSON'],
    ['an id of two contacts', file(`${ann},`, ann), ' holds several contacts with the id ann'],
  ])('is refused and left alone: %s', async (_, text, problem) => {
    const path = await newPath();
    await writeFile(path, text);
    const store = openAt(path);
    const message = `${path}${problem}. Nothing was changed.`;
    expect((await problemOf(create(store, contact('new')))).message).toBe(message);
    expect(await readFile(path)).toEqual(Buffer.from(text));
    expect(await store.check()).toMatchObject([{ where: path, severity: 'error', message }]);
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
  });

  it('is refused by readers too, with what to do', async () => {
    const path = await newPath();
    await writeFile(path, file(`${ann},`, bob.replace('"phones":[]', '"phones":[}')));
    const error = await problemOf(all(openAt(path)));
    expect(error.message).toBe(`${path}, line 3, is no contact in JSON. Nothing was changed.`);
    expect(error.hint).toBe('There is no good copy beside it; bring back one of your own.');
  });

  it('of a newer schema says so', async () => {
    const path = await newPath();
    await writeFile(path, `${header('{}', '2')}\n]}\n`);
    const error = await problemOf(all(openAt(path)));
    expect(error.message).toContain('has schema 2 and was written by a newer version; this one reads schema 1');
    expect(error.hint).toBe('Install the newest version of contacts.');
  });

  it('names the last good copy, with what the newest change did to it', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await create(store, contact('bob'), contact('cid'));
    const [newest] = await store.history({ offset: 0 });
    await writeFile(path, 'damaged');
    expect((await problemOf(all(store))).hint).toBe(
      `The last good copy has 3 contacts, of ${newest?.at}; \`contacts store restore\` brings it back.`,
    );
  });

  it('is read as far as somebody looks at it', async () => {
    const path = await newPath();
    await writeFile(path, file(`${ann},`, bob.replace('"phones":[]', '"phones":[}')));
    expect(await openAt(path).get(['ann'])).toEqual([contact('ann')]);
  });

  it('has every fault found by the check: lines, ids, history, backup', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await create(store, contact('bob'));
    await writeFile(path, file(`${ann},`, `${bob.replace('"phones":[]', '"phones":0')},`, ann));
    const [first, second] = await store.history({ offset: 0 });
    await writeFile(`${path}.history/0000000001-${second?.id}.jsonl`, '{}\n');
    await writeFile(`${path}.bak`, '');
    expect(await store.check()).toEqual([
      {
        where: path,
        severity: 'error',
        message: `${path}, line 3, holds a contact that has a "phones" that is not of the right form. Nothing was changed.`,
        remedy: expect.stringContaining('brings it back.'),
      },
      {
        where: path,
        severity: 'error',
        message: `${path} holds several contacts with the id ann. Nothing was changed.`,
        remedy: 'Nothing is lost: give all but one of them another id in the file, by hand.',
      },
      {
        where: `${path}.bak`,
        severity: 'warning',
        message: `${path}.bak is empty. Nothing was changed.`,
        remedy: 'See `contacts store restore --list` for what can be brought back all the same.',
      },
      {
        where: `${path}.history/0000000001-${second?.id}.jsonl`,
        severity: 'warning',
        message: `${path}.history/0000000001-${second?.id}.jsonl is no change in JSON.`,
        remedy: 'This change alone cannot be undone; the others can. `contacts store repair` sets its file aside.',
      },
    ]);
    expect(first).toBeDefined();
  });

  it('is not what is left of a change that was not made', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await writeFile(`${path}.history/0000000002-torn.jsonl`, '{"id":');
    expect(await store.check()).toEqual([]);
    await create(store, contact('bob'));
    await writeFile(`${path}.history/0000000003-torn.jsonl`, '');
    expect(await store.check()).toEqual([]);
  });

  it('may be a folder', async () => {
    const path = await newPath();
    await mkdir(path);
    for (const work of [all(openAt(path)), create(openAt(path), contact('ann'))]) {
      expect((await problemOf(work)).message).toBe(`${path} is a folder, not a store.`);
    }
  });
});

describe('restore', () => {
  const damagedStore = async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await create(store, contact('bob'));
    await create(store, contact('cid'));
    return { path, store };
  };
  const restoreWhy = { ...why, command: 'store restore', summary: 'Restored' };

  it('offers the latest state, the backup, and the states before each change', async () => {
    const { path, store } = await damagedStore();
    const log = await store.history({ offset: 0 });
    await writeFile(path, 'damaged');
    const points = await store.restorePoints();
    expect(points.map(({ name, contacts }) => [name, contacts])).toEqual([
      ['latest', 3],
      ['backup', 2],
      ...log.map(({ id }, index) => [id, 2 - index]),
    ]);
    expect(points[0]?.at).toBe(log[0]?.at);
  });

  it.each([
    ['latest', ['ann', 'bob', 'cid'], 0],
    ['backup', ['ann', 'bob'], 1],
  ])('brings back the %s state, keeps the damaged file and goes on counting', async (point, ids, deleted) => {
    const { path, store } = await damagedStore();
    await writeFile(path, 'damaged');
    const kept = await store.restore(point, restoreWhy);
    expect(kept).toMatch(/contacts\.json\.damaged-2026-11-24T10-/);
    expect(await readFile(kept, 'utf8')).toBe('damaged');
    expect(await idsIn(store)).toEqual(ids);
    expect(await store.info()).toMatchObject({ revision: 4, changes: 4 });
    expect((await store.history({ offset: 0 }))[0]).toMatchObject({ command: 'store restore', deleted });
    await create(store, contact('dan'));
    expect(await idsIn(store)).toEqual([...ids, 'dan']);
    expect(await store.check()).toEqual([]);
  });

  it('works again on what was damaged after a restore', async () => {
    const { path, store } = await damagedStore();
    await writeFile(path, 'damaged');
    await store.restore('backup', restoreWhy);
    await writeFile(path, 'damaged again');
    expect((await store.restorePoints())[0]).toMatchObject({ name: 'latest', contacts: 2 });
    await store.restore('latest', restoreWhy);
    expect(await idsIn(store)).toEqual(['ann', 'bob']);
  });

  it('leads back beyond a state that nobody knows where the changes from the beginning do', async () => {
    const { path, store } = await damagedStore();
    const [newest, ...earlier] = await store.history({ offset: 0 });
    await writeFile(path, 'damaged');
    await rm(`${path}.history/0000000003-${newest?.id}.jsonl`);
    expect((await store.restorePoints()).map(({ contacts }) => contacts)).toEqual([2, 1, 0]);
    await store.restore('backup', restoreWhy);
    const [restored] = await store.history({ offset: 0 });
    expect((await store.restorePoints()).map(({ name }) => name)).toEqual([
      'backup',
      restored?.id,
      ...earlier.map(({ id }) => id),
    ]);
  });

  it.each([
    ['torn within a line', (text: string) => text.slice(0, -20)],
    ['cut between its lines', (text: string) => text.slice(0, text.lastIndexOf('{'))],
    ['empty', () => ''],
  ])('brings back the last state in spite of a change that was not made: %s', async (_, left) => {
    const { path, store } = await damagedStore();
    const [newest] = await store.history({ offset: 0 });
    const text = await readFile(`${path}.history/0000000003-${newest?.id}.jsonl`, 'utf8');
    await writeFile(`${path}.history/0000000004-torn.jsonl`, left(text.replace('"revision":3', '"revision":4')));
    await writeFile(path, 'damaged');
    expect((await problemOf(all(store))).hint).toContain('has 3 contacts');
    expect((await store.restorePoints())[0]).toMatchObject({ name: 'latest', contacts: 3 });
    await store.restore('latest', restoreWhy);
    expect(await idsIn(store)).toEqual(['ann', 'bob', 'cid']);
    expect(await store.check()).toEqual([]);
    expect(await store.info()).toMatchObject({ revision: 4, changes: 4 });
  });

  it('makes do with the backup where the newest change cannot be read', async () => {
    const { path, store } = await damagedStore();
    const [newest] = await store.history({ offset: 0 });
    await writeFile(path, 'damaged');
    await writeFile(`${path}.history/0000000003-${newest?.id}.jsonl`, '');
    expect((await store.restorePoints())[0]).toMatchObject({ name: 'backup', contacts: 2 });
    expect((await problemOf(all(store))).hint).toContain('has 2 contacts');
  });

  it('brings back a store that somebody removed', async () => {
    const { path, store } = await damagedStore();
    await rm(path);
    expect(await store.restore('latest', restoreWhy)).toBe('');
    expect(await idsIn(store)).toEqual(['ann', 'bob', 'cid']);
  });
});
