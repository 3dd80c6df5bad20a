import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['label', 'add', 'VIP', '--color', 'blue']);
  await workspace.ok(['add', '--first-name', 'Ada', '--label', 'VIP', '--mobile', '+85291234567']);
  await workspace.ok([
    'add',
    '--category',
    'internal',
    '--first-name',
    'Bea',
    '--email',
    'b@x.example',
    '--extension',
    '12',
  ]);
  await workspace.ok([
    'add',
    '--category',
    'internal',
    '--first-name',
    'Cy',
    '--email',
    'c@x.example',
    '--extension',
    '13',
  ]);
});
afterEach(() => workspace.remove());

const replace = async (from: string, to: string): Promise<void> => {
  const text = await readFile(workspace.store, 'utf8');
  expect(text).toContain(from);
  await writeFile(workspace.store, text.replace(from, to));
};

interface Check {
  readonly sound: boolean;
  readonly faults: readonly {
    readonly where: string;
    readonly severity: string;
    readonly message: string;
    readonly remedy: string;
  }[];
}
const check = async (): Promise<Check> => JSON.parse((await workspace.run(['store', 'check', '--json'])).stdout);
const repair = async () => {
  const { code, stdout } = await workspace.run(['store', 'repair', '--json']);
  return { code, ...(JSON.parse(stdout) as { repaired: number; left: Check['faults']; change: string | null }) };
};

const ada = 'Ada, +85291234567 (222222222223)';

describe('store check', () => {
  it.each([
    [
      '"labels":["VIP"]',
      '"labels":["Old"]',
      'warning',
      `${ada} has the label "Old", which is not defined.`,
      'store repair',
    ],
    [
      '"labels":["VIP"]',
      '"labels":["vip"]',
      'warning',
      `${ada} has the label "vip", which is not defined.`,
      'writes it as defined',
    ],
    [
      '"labels":["VIP"]',
      '"labels":["VIP"],"custom":{"size":5}',
      'warning',
      `${ada} has a value of the field "size", which is not defined.`,
      'store repair',
    ],
    ['"type":"Lead"', '"type":"Friend"', 'error', `${ada}: Type "Friend" is not one of`, "--set 'type=VALUE'"],
    [
      '+85291234567',
      'call me maybe',
      'error',
      'Ada, call me maybe (222222222223): Mobile "call me maybe"',
      "--remove 'mobile=call me maybe'",
    ],
    ['"kind":"mobile"', '"kind":"pager"', 'error', `${ada} has "+85291234567" of the unknown kind "pager".`, 'by hand'],
    [
      '"extension":"13"',
      '"extension":"12"',
      'error',
      'has the same extension "12" as Bea, b@x.example',
      'contacts edit',
    ],
    ['c@x.example', 'B@x.example', 'error', 'has the same email "b@x.example" as Bea, b@x.example', 'contacts edit'],
  ])('tells of %s made %s', async (from, to, severity, message, remedy) => {
    await replace(from, to);
    const { sound, faults } = await check();
    expect(sound).toBe(false);
    expect(faults).toEqual([
      {
        where: workspace.store,
        severity,
        message: expect.stringContaining(message),
        remedy: expect.stringContaining(remedy),
      },
    ]);
    const { code, stdout } = await workspace.run(['store', 'check']);
    expect(code).toBe(7);
    expect(stdout).toMatch(new RegExp(`^${severity}: ${workspace.store}: .*\\n  .*\\n$`));
  });
});

describe('store repair', () => {
  it('defines what is not defined, as one change that bare undo passes over', async () => {
    await replace(
      '"labels":["VIP"]',
      '"labels":["VIP","Old"],"custom":{"size":5,"paid":true,"tags":["a","b"],"code":"x"}',
    );
    const { code, repaired, left, change } = await repair();
    expect([code, repaired, left]).toEqual([0, 5, []]);
    expect(await workspace.json(['field', 'list'])).toMatchObject([
      { key: 'size', kind: 'number' },
      { key: 'paid', kind: 'checkbox' },
      { key: 'tags', kind: 'multi-select', choices: ['a', 'b'] },
      { key: 'code', kind: 'text' },
    ]);
    expect(await workspace.json(['log'])).toMatchObject([
      {
        id: change,
        command: 'store repair',
        summary:
          'Defined the label "Old"; Defined the field "size"; Defined the field "paid"; Defined the field "tags"; Defined the field "code"',
      },
      {},
      {},
      {},
      {},
    ]);
    expect(await workspace.ok(['undo'])).toContain('Added Cy');
    expect(await repair()).toEqual({ code: 0, repaired: 0, left: [], change: null });
  });

  it('leaves what it cannot mend, and says so', async () => {
    await replace('+85291234567', 'call me maybe');
    const before = await readFile(workspace.store, 'utf8');
    const { code, repaired, left, change } = await repair();
    expect([code, repaired, left.length, change]).toEqual([7, 0, 1, null]);
    expect(await readFile(workspace.store, 'utf8')).toBe(before);
  });

  it('sets aside a change that cannot be read, and replaces a damaged backup', async () => {
    const folder = `${workspace.store}.history`;
    const [first = '', second = ''] = (await readdir(folder)).toSorted();
    await writeFile(join(folder, second), 'damaged');
    await writeFile(`${workspace.store}.bak`, '');
    expect((await check()).faults.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    const { code, stdout } = await workspace.run(['store', 'repair']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Set aside the damaged change \S+\.\nReplaced the damaged backup\.\nThe store is sound\.\n$/,
    );
    const left = await readdir(workspace.folder);
    expect(left.filter((name) => name.includes('.damaged-'))).toHaveLength(2);
    expect(await readdir(folder)).toContain(first);
    await workspace.ok(['store', 'purge', '--yes']);
    expect((await readdir(workspace.folder)).filter((name) => name.includes('.damaged-'))).toEqual([]);
  });
});

describe('one change that cannot be read', () => {
  it('leaves the rest of the log, and undo, as they were', async () => {
    const folder = `${workspace.store}.history`;
    const names = (await readdir(folder)).toSorted();
    await writeFile(join(folder, names[1] ?? ''), '');
    const { code, stdout, stderr } = await workspace.run(['log']);
    expect([code, stdout.trimEnd().split('\n').length]).toEqual([0, 3]);
    expect(stderr).toContain('is left out: ');
    expect(await workspace.ok(['undo'])).toContain('Added Cy');
  });

  it('is not passed over by bare undo where it is the newest', async () => {
    const folder = `${workspace.store}.history`;
    const names = (await readdir(folder)).toSorted();
    await writeFile(join(folder, names.at(-1) ?? ''), '');
    const { code, stderr } = await workspace.run(['undo']);
    expect(code).toBe(7);
    expect(stderr).toMatch(
      /The newer change \S+ cannot be read, so it cannot be undone\. Nothing was undone\.\nhint: To undo the one before it \(Added Bea\): contacts undo \S+\./,
    );
    expect(await workspace.json<unknown[]>(['list', '--category', 'all'])).toHaveLength(3);
  });
});

describe('the advice', () => {
  it.each([
    ['"labels":["VIP"]', '"labels":["vip"]'],
    ['"labels":["VIP"]', '"labels":["VIP","Old"]'],
    ['"type":"Lead"', '"type":"Friend"'],
    ['+85291234567', 'call me maybe'],
  ])('mends %s made %s', async (from, to) => {
    await replace(from, to);
    const [fault] = (await check()).faults;
    const [, id = '', flag = '', value = ''] = /contacts edit (\S+) (--\w+) '([^']*)'/.exec(fault?.remedy ?? '') ?? [];
    await workspace.ok(['edit', id, flag, value.replace('VALUE', 'Customer')]);
    expect(await check()).toEqual({ sound: true, faults: [] });
  });
});

describe('a contact with an undefined label', () => {
  it('can be edited, undone, merged, and rid of it', async () => {
    await replace('"labels":["VIP"]', '"labels":["VIP","Old"]');
    await workspace.ok(['edit', 'Ada', '--company', 'Acme']);
    await workspace.ok(['undo']);
    await workspace.ok(['add', '--first-name', 'Dan', '--company', 'Acme']);
    await workspace.ok(['merge', 'Ada', 'Dan', '--yes']);
    await workspace.ok(['edit', 'Ada', '--remove', 'label=Old']);
    expect(await check()).toEqual({ sound: true, faults: [] });
    expect(await workspace.run(['edit', 'Ada', '--add', 'label=Other'])).toMatchObject({ code: 3 });
  });
});

describe('an older copy of the store in its place', () => {
  it('is told of, and the later changes are kept aside by the next change', async () => {
    await rename(`${workspace.store}.bak`, join(workspace.folder, 'kept'));
    await workspace.ok(['add', '--first-name', 'Dan']);
    await writeFile(workspace.store, await readFile(join(workspace.folder, 'kept')));
    const { faults } = await check();
    expect(faults).toMatchObject([
      {
        severity: 'warning',
        message: 'The history goes on to revision 5, but the store is at 3: it may be an older copy.',
      },
    ]);
    await workspace.ok(['add', '--first-name', 'Eve']);
    const aside = (await readdir(workspace.folder)).filter((name) => name.includes('.replaced-'));
    expect(aside).toHaveLength(1);
    expect(await readdir(join(workspace.folder, aside[0] ?? ''))).toHaveLength(2);
    expect(await check()).toEqual({ sound: true, faults: [] });
  });
});
