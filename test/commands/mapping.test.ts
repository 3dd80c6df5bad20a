import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

/** Keeps a mapping of three columns, of which one is left out. */
const keep = async (name: string): Promise<string> => {
  const path = join(workspace.folder, 'people.csv');
  await writeFile(path, 'Vorn.,Handy,Schuh\nAda,+85291234567,38\n');
  const map = ['Vorn.=first-name', 'Handy=mobile', 'Schuh='].flatMap((choice) => ['--map', choice]);
  await workspace.ok(['import', path, '--mapping', name, ...map]);
  return path;
};

describe('mapping', () => {
  it('lists the saved mappings, and shows what their columns hold', async () => {
    expect(await workspace.json(['mapping', 'list'])).toEqual([]);
    await keep('crm');
    await keep('CRM 2');
    expect(await workspace.json(['mapping', 'list'])).toEqual([
      { name: 'crm', columns: 3 },
      { name: 'CRM 2', columns: 3 },
    ]);
    expect(await workspace.ok(['mapping', 'list'])).toBe('crm\t3\nCRM 2\t3\n');
    expect(await workspace.json(['mapping', 'show', 'crm'])).toEqual({
      name: 'crm',
      columns: { 'Vorn.': 'first-name', Handy: 'mobile', Schuh: '' },
    });
    expect(await workspace.ok(['mapping', 'show', 'crm'])).toBe(
      'Vorn.\tfirst-name\nHandy\tmobile\nSchuh\t(left out)\n',
    );
    const table = await workspace.ok(['mapping', 'show', 'crm'], { terminal: true });
    expect(table).toContain('Column');
    expect(table).toContain('(left out)');
  });

  it('deletes one, which undo takes back', async () => {
    const path = await keep('crm');
    expect(await workspace.ok(['mapping', 'rm', 'crm', '--dry-run'])).toBe(
      'Would delete the mapping "crm" (3 columns).\n',
    );
    expect(await workspace.json(['mapping', 'list'])).toEqual([{ name: 'crm', columns: 3 }]);
    const { change } = await workspace.json<{ change: string }>(['mapping', 'rm', 'crm']);
    expect(await workspace.json(['mapping', 'list'])).toEqual([]);
    expect((await workspace.run(['import', path, '--mapping', 'crm'])).code).toBe(3);
    const [newest] = await workspace.json<{ id: string; command: string; summary: string }[]>(['log']);
    expect(newest).toMatchObject({ id: change, command: 'mapping rm', summary: 'Deleted the mapping crm' });
    await workspace.ok(['undo']);
    expect(await workspace.json(['mapping', 'show', 'crm'])).toMatchObject({ columns: { Handy: 'mobile' } });
    expect(await workspace.ok(['import', path, '--mapping', 'crm'])).toContain('1 unchanged');
    expect(await workspace.json(['mapping', 'rm', 'crm', '--dry-run'])).toEqual({ deleted: 1, change: null });
  });

  it.each([
    [['show', 'cmr'], 'Did you mean "crm"?'],
    [['rm', '__proto__'], 'See "contacts mapping list".'],
  ])('knows no other: %s', async (words, hint) => {
    await keep('crm');
    const { code, stderr } = await workspace.run(['mapping', ...words]);
    expect(stderr).toBe(`error: There is no saved mapping "${words[1]}".\nhint: ${hint}\n`);
    expect(code).toBe(3);
  });

  it('is completed by name', async () => {
    await keep('crm');
    for (const words of [
      ['mapping', 'rm', ''],
      ['import', '--mapping', ''],
    ]) {
      expect(await workspace.ok(['completion', 'suggest', '--', ...words])).toBe('crm\tVorn., Handy, Schuh\n');
    }
  });
});
