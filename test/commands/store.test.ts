import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['add', '--first-name', 'Ada']);
  await workspace.ok(['add', '--first-name', 'Bea']);
});
afterEach(() => workspace.remove());

describe('a sound store', () => {
  it('is told so, with where it is and how large', async () => {
    expect(await workspace.json(['store', 'check'])).toEqual({ sound: true, faults: [] });
    expect(await workspace.json(['store', 'info'])).toMatchObject({
      location: workspace.store,
      kind: 'json',
      exists: true,
      external: 2,
      internal: 0,
      changes: 2,
    });
    expect(await workspace.ok(['store', 'info'])).toContain('Contacts       2 external contacts, 0 staff members\n');
  });

  it('has its own country by init, and loses history and backups by purge', async () => {
    await workspace.ok(['store', 'init', '--country-code', 'HK']);
    expect(await workspace.json(['add', '--first-name', 'Cy', '--mobile', '9123 4567'])).toMatchObject({
      phones: [{ kind: 'mobile', number: '+85291234567' }],
    });
    expect(await workspace.run(['store', 'purge'])).toMatchObject({ code: 2 });
    expect(await workspace.json(['store', 'purge', '--yes'])).toEqual({ purged: true });
    expect(await workspace.json(['log'])).toEqual([]);
    expect(await workspace.run(['undo'])).toMatchObject({ code: 3 });
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(3);
  });
});

describe('a damaged store', () => {
  it('is never taken for an empty one; its last state is brought back, and the bad file kept', async () => {
    const before = await workspace.json(['list']);
    await truncate(workspace.store, 300);
    for (const argv of [['list'], ['add', '--first-name', 'Cy'], ['export'], ['store', 'check']]) {
      const { code, stderr } = await workspace.run(argv);
      expect(`${argv.join(' ')}: ${code}`).toBe(`${argv.join(' ')}: 7`);
      if (argv[0] !== 'store')
        expect(stderr).toContain('The last good copy has 2 contacts, of 2026-11-24T12:00:00.000Z');
    }
    expect(await workspace.json(['store', 'restore', '--list'])).toMatchObject([
      { name: 'latest', contacts: 2 },
      { name: 'backup', contacts: 1 },
      { contacts: 1 },
      { contacts: 0 },
    ]);
    expect(await workspace.ok(['store', 'restore', '--list'])).toContain('latest\t2026-11-24 12:00:00\t2\n');
    expect(await workspace.run(['store', 'restore'])).toMatchObject({ code: 2 });
    expect(await workspace.run(['store', 'restore', 'yesterday', '--yes'])).toMatchObject({ code: 3 });
    const { kept } = await workspace.json<{ kept: string }>(['store', 'restore', '--yes']);
    expect((await readFile(kept)).length).toBe(300);
    expect(await workspace.json(['list'])).toEqual(before);
    expect(await workspace.json(['store', 'check'])).toEqual({ sound: true, faults: [] });
  });

  it.each([
    ['', 'is empty'],
    ['null', 'is no contacts store'],
    ['{"schema": 2, "revision": 1, "settings": {}, "contacts": []}', 'newer'],
    ['[1, 2]', 'is no contacts store'],
  ])('such as %j is refused', async (text, message) => {
    await writeFile(workspace.store, text);
    const { code, stderr } = await workspace.run(['list']);
    expect(code).toBe(7);
    expect(stderr).toContain(message);
  });
});

describe('a damaged backup', () => {
  it('is what keeps it from being restored: exit 7, and the store is as it was', async () => {
    const before = await workspace.json(['list']);
    await writeFile(`${workspace.store}.bak`, '{');
    const { code, stderr } = await workspace.run(['store', 'restore', 'backup', '--yes']);
    expect(code).toBe(7);
    expect(stderr).toContain(`${workspace.store}.bak`);
    expect(await workspace.json(['list'])).toEqual(before);
  });
});

describe('a missing store', () => {
  it.each([
    ['list'],
    ['search', 'ada'],
    ['show', 'Ada'],
    ['add', '--first-name', 'Cy'],
    ['edit', 'Ada', '--company', 'Acme'],
    ['rm', 'Ada'],
    ['import', '-'],
    ['export'],
    ['label', 'list'],
    ['stats'],
    ['duplicates'],
    ['log'],
    ['undo'],
    ['store', 'info'],
    ['store', 'check'],
    ['store', 'purge', '--yes'],
  ])('is damaged: %s %s', async (...argv) => {
    await rm(workspace.store);
    const { code, stdout, stderr } = await workspace.run(argv, { stdin: 'First Name\nEve\n' });
    expect(code).toBe(7);
    expect(stdout + stderr).toContain(`${workspace.store} is missing, but its history and its backup are there.`);
    await workspace.ok(['store', 'restore', '--yes']);
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(2);
  });

  it('begins anew by init, which keeps aside what was there', async () => {
    await rm(workspace.store);
    const { code, stderr } = await workspace.run(['store', 'init']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^warning: What was there is kept aside:\n.*\.replaced-.*\.history\n.*\.replaced-.*\.bak\n$/,
    );
    expect(await workspace.json(['list'])).toEqual([]);
    expect(await workspace.run(['store', 'init'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not lose a damaged file to init, unless --yes puts it aside', async () => {
    await truncate(workspace.store, 300);
    expect(await workspace.run(['store', 'init'])).toMatchObject({ code: 7 });
    expect(await workspace.run(['store', 'init', '--yes'])).toMatchObject({ code: 0 });
    expect(await workspace.json(['list'])).toEqual([]);
  });
});
