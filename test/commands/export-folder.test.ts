import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
let folder: string;
beforeEach(async () => {
  workspace = await createWorkspace();
  folder = join(workspace.folder, 'cards');
  for (const name of ['Ada', 'Bob']) await workspace.ok(['add', '--first-name', name, '--company', 'Acme']);
});
afterEach(() => workspace.remove());

const exportCards = async (...flags: readonly string[]) =>
  (await workspace.run(['export', `${folder}/`, ...flags])).stderr;

const exported = (counts: string): string => `Exported ${counts.replace(':', ` to ${folder}/:`)}\n`;

describe('export to a folder', () => {
  test('writes a vCard for each contact, and leaves what is unchanged alone', async () => {
    expect(await exportCards()).toBe(exported('2 contacts: 2 files written, 0 unchanged, 0 removed.'));
    const [first = '', second = ''] = await readdir(folder);
    expect(await readFile(join(folder, first), 'utf8')).toContain(`UID;VALUE=text:${first.slice(0, -4)}\r\n`);
    for (const name of [first, second]) await utimes(join(folder, name), 1, 1);
    await workspace.ok(['edit', second.slice(0, -4), '--job-title', 'Boss']);
    expect(await exportCards()).toBe(exported('2 contacts: 1 file written, 1 unchanged, 0 removed.'));
    expect((await stat(join(folder, first))).mtimeMs).toBe(1000);
    expect(await workspace.json(['import', folder])).toMatchObject({ rows: 2, unchanged: 2 });
  });

  test('removes what it wrote for contacts that are gone, and nothing else', async () => {
    await exportCards();
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await writeFile(
      join(folder, 'zzzzzzzzzzzz.vcf'),
      'BEGIN:VCARD\r\nUID:zzzzzzzzzzzz\r\nFN:Other Store\r\nEND:VCARD\r\n',
    );
    await workspace.ok(['rm', 'Bob', '--yes']);
    expect(await exportCards('--where', 'company:nobody')).toBe(
      `${exported('0 contacts: 0 files written, 0 unchanged, 1 removed.')}Left 1 file of contacts that were not chosen as they are.\n`,
    );
    expect(await readdir(folder)).toHaveLength(3);
  });

  test('gives no second card to a contact that another program has a file for', async () => {
    await exportCards();
    const foreign = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:abc-1\r\nFN:Cy Dean\r\nEND:VCARD\r\n';
    await writeFile(join(folder, 'abc-1.vcf'), foreign);
    await workspace.ok(['import', folder]);
    expect(await exportCards()).toContain('1 contact has a card in a file of another program there');
    expect(await readFile(join(folder, 'abc-1.vcf'), 'utf8')).toBe(foreign);
    expect(await readdir(folder)).toHaveLength(3);
  });

  test('is for vCards', async () => {
    expect(await exportCards('--format', 'csv')).toBe(
      'error: A folder gets a vCard for each contact, not csv.\nhint: Leave --format out, or name a file.\n',
    );
  });

  test('of no vCards cannot be imported', async () => {
    expect((await workspace.run(['import', workspace.folder])).stderr).toBe(
      `error: The folder "${workspace.folder}" has no .vcf files.\nhint: Name a folder of vCards, or files.\n`,
    );
  });
});

describe('--format mutt', () => {
  test('is a message, and then a line for each address', async () => {
    await workspace.ok(['edit', 'Ada', '--work-email', 'ada@acme.example', '--personal-email', 'ada@example.org']);
    await workspace.ok(['add', '--first-name', 'Cy', '--last-name', 'a\tb', '--other-email', 'cy@example.com']);
    expect(await workspace.ok(['search', 'ada', '--format', 'mutt'])).toBe(
      '2 addresses found\nada@acme.example\tAda\tAcme\nada@example.org\tAda\tAcme\n',
    );
    expect(await workspace.ok(['list', '--format', 'mutt', '--where', 'cy'])).toBe(
      '1 address found\ncy@example.com\tCy a b\tother\n',
    );
  });

  test('has nothing that only comes near', async () => {
    await workspace.ok(['edit', 'Ada', '--work-email', 'ada@acme.example']);
    expect(await workspace.ok(['search', 'adda', '--format', 'mutt'])).toBe('No addresses found\n');
  });
});
