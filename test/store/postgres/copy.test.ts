import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeStamps, copyStore } from '../../../src/store/copy.js';
import { createWorkspace, type Workspace } from '../../helpers/run.js';
import { openAt as openFileAt } from '../json/place.js';
import { contact, create, moment } from '../sample.js';
import { closeStores, newPlace, openAt, sql } from './place.js';

let workspace: Workspace;
let url: string;
beforeEach(async () => {
  workspace = await createWorkspace();
  url = await newPlace();
});
afterEach(async () => {
  await closeStores();
  await workspace.remove();
});

/** Makes a store with a history: added, edited, deleted from the middle, brought back; with a label. */
const fill = async ({ ok }: Workspace, at: string): Promise<void> => {
  const on = (...argv: readonly string[]) => ok(['--store', at, '--yes', ...argv]);
  await on('label', 'add', 'VIP', '--color', 'red');
  for (const name of ['Ann', 'Bob', 'Cid', '王小明']) await on('add', '--first-name', name, '--label', 'VIP');
  await on('edit', 'Bob', '--company', 'Acme');
  await on('rm', 'Bob');
  await on('undo');
  await on('rm', 'Ann');
};

describe('store copy', () => {
  it.each(['into a database', 'out of a database'])('copies contacts, settings and history %s', async (direction) => {
    const [from, to] = direction === 'into a database' ? [workspace.store, url] : [url, workspace.store];
    await fill(workspace, from);
    const copied = await workspace.json(['store', 'copy', from, to]);
    expect(copied).toEqual({ contacts: 3, changes: 9, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const read = async (at: string) => ({
      contacts: await workspace.json(['--store', at, 'list', '--category', 'all', '--sort', 'created-at']),
      settings: await workspace.json(['--store', at, 'label', 'list']),
      // The role that made a change is known where it was made.
      log: (await workspace.json<readonly object[]>(['--store', at, 'log'])).map((change) => ({
        ...change,
        role: null,
      })),
    });
    expect(await read(to)).toEqual(await read(from));
    await workspace.ok(['--store', to, 'undo']);
    expect(await workspace.json(['--store', to, 'show', 'Ann'])).toMatchObject({ firstName: 'Ann' });
  });

  it('begins with the state before the oldest change that is kept', async () => {
    await fill(workspace, workspace.store);
    await workspace.ok(['store', 'purge', '--yes']);
    await workspace.ok(['rm', 'Cid']);
    const copied = await workspace.json(['store', 'copy', workspace.store, url]);
    expect(copied).toMatchObject({ contacts: 2, changes: 1 });
    const log = await workspace.json(['--store', url, 'log']);
    expect(log).toMatchObject([
      { command: 'rm', deleted: 1 },
      { command: 'store copy', created: 3 },
    ]);
    expect(await workspace.json(['--store', url, 'store', 'check'])).toEqual({ sound: true, faults: [] });
  });

  it('does not write into a store that has something', async () => {
    await fill(workspace, workspace.store);
    await workspace.ok(['--store', url, '--yes', 'add', '--first-name', 'Zoe']);
    const { code, stderr } = await workspace.run(['store', 'copy', workspace.store, url]);
    expect(code).toBe(6);
    expect(stderr).toContain('is not empty; nothing was copied.');
    expect(await workspace.json(['--store', url, 'list'])).toMatchObject([{ firstName: 'Zoe' }]);
  });

  describe.each(['into a database', 'out of a database'])('%s', (direction) => {
    const way = () =>
      (direction === 'into a database' ? [workspace.store, url] : [url, workspace.store]) as [string, string];
    const open = (at: string, stamps: Partial<ChangeStamps> = {}) => ({
      ...(at === url ? openAt(at, stamps) : openFileAt(at, stamps)),
      close: async () => {},
    });
    const copy = (from: string, to: string, reached: (done: number) => Promise<void> | void) =>
      copyStore({
        from: open(from),
        openTo: async (stamps) => open(to, stamps),
        by: 'ada',
        stamps: { now: () => new Date(moment), newId: () => 'copied' },
        reached,
      });

    it('leaves nothing where it fails half-way, and can be done again', async () => {
      const [from, to] = way();
      await fill(workspace, from);
      const failing = copy(from, to, (done) => {
        if (done === 5) throw new Error('half-way');
      });
      await expect(failing).rejects.toThrow('half-way');
      expect(await open(to).info()).toMatchObject({ exists: false, revision: 0, changes: 0 });
      expect(await workspace.json(['store', 'copy', from, to])).toMatchObject({ contacts: 3, changes: 9 });
    });

    it('leaves nothing where somebody writes to the original meanwhile', async () => {
      const [from, to] = way();
      await fill(workspace, from);
      const failing = copy(from, to, async (done) => {
        if (done === 5) await create(open(from), contact('zoe'));
      });
      await expect(failing).rejects.toThrow(`while it was copied.`);
      expect(await open(to).info()).toMatchObject({ exists: false, revision: 0, changes: 0 });
    });
  });

  it('does not copy a store to itself', async () => {
    expect((await workspace.run(['store', 'copy', url, url])).code).toBe(2);
  });
});

describe('store init', () => {
  it('makes the tables once, and sets the country', async () => {
    const init = ['--store', url, '--country-code', 'HK', 'store', 'init'];
    expect(await workspace.json(init)).toMatchObject({ kind: 'postgres', exists: true, revision: 1 });
    expect(await workspace.json(init)).toMatchObject({ exists: true, revision: 1 });
    await workspace.ok(['--store', url, 'add', '--mobile', '9123 4567']);
    expect(await workspace.json(['--store', url, 'list'])).toMatchObject([{ phones: [{ number: '+85291234567' }] }]);
  });

  it('is wanted before the first write, where nobody can be asked', async () => {
    const { code, stderr } = await workspace.run(['--store', url, 'add', '--first-name', 'Ann']);
    expect(code).toBe(7);
    expect(stderr).toContain('has no tables of contacts yet.');
    expect(stderr).toContain('contacts store init');
    expect(await workspace.json(['--store', url, 'list'])).toEqual([]);
  });

  it('refuses tables of a later version', async () => {
    await workspace.ok(['--store', url, 'store', 'init']);
    const schema = new URL(url).searchParams.get('options')?.split('=')[1];
    await sql(`UPDATE ${schema}.contacts_store SET version = 99`);
    const { code, stderr } = await workspace.run(['--store', url, 'list']);
    expect(code).toBe(7);
    expect(stderr).toContain('The tables are of version 99, which this program does not know yet.');
  });
});
