import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['add', '--first-name', 'Ada']);
  await workspace.ok(['add', '--first-name', 'Bea']);
  await mkdir(join(workspace.folder, 'x'));
  await symlink('contacts.json', join(workspace.folder, 'link.json'));
});
afterEach(() => workspace.remove());

it.each([
  ['the store', 'contacts.json', 2],
  ['the store by another way', 'x/../contacts.json', 2],
  ['a link to the store', 'link.json', 2],
  ['its lock', 'contacts.json.lock', 2],
  ['its backup', 'contacts.json.bak', 2],
  ['its history', 'contacts.json.history', 2],
  ['a file in its history', 'contacts.json.history/0000000001-x.jsonl', 2],
  ['its index', 'contacts.json.index', 2],
  ['a name that is too long', 'x'.repeat(300), 7],
  ['a device', '/dev/null', 0],
  ['a device that is full', '/dev/full', 7],
])('what is exported, and the rejected rows of an import, leave all as it was: %s', async (_, name, code) => {
  const path = name.startsWith('/') ? name : `${workspace.folder}/${name}`;
  const csv = join(workspace.folder, 'bad.csv');
  await writeFile(csv, 'First Name,Mobile\nCid,12\n');
  const before = await readFile(workspace.store, 'utf8');
  const beside = await readdir(workspace.folder);
  for (const argv of [
    ['export', path, '--force'],
    ['import', csv, '--rejects', path],
  ]) {
    const outcome = await workspace.run(argv);
    // The rejected rows that a device has swallowed are told as rejected.
    expect([argv[0], outcome.code, outcome.stderr]).toEqual([
      argv[0],
      code === 0 && argv[0] === 'import' ? 5 : code,
      expect.not.stringContaining('fault'),
    ]);
    expect(await readFile(workspace.store, 'utf8')).toBe(before);
    expect(await readdir(workspace.folder)).toEqual(beside);
  }
  if (name.startsWith('/dev/')) expect((await stat(path)).isCharacterDevice()).toBe(true);
  expect(await workspace.ok(['store', 'check'])).toBe('The store is sound.\n');
});

// An export to a folder writes vCards there; rejected rows want a file.
it.each([
  ['a folder', 'x'],
  ['a name with a slash at its end', 'out.csv/'],
])('the rejected rows of an import leave all as it was: %s', async (_, name) => {
  const csv = join(workspace.folder, 'bad.csv');
  await writeFile(csv, 'First Name,Mobile\nCid,12\n');
  const before = await readFile(workspace.store, 'utf8');
  const beside = await readdir(workspace.folder);
  const outcome = await workspace.run(['import', csv, '--rejects', `${workspace.folder}/${name}`]);
  expect([outcome.code, outcome.stderr]).toEqual([7, expect.stringContaining('it is a folder')]);
  expect(await readFile(workspace.store, 'utf8')).toBe(before);
  expect(await readdir(workspace.folder)).toEqual(beside);
});
