import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countingIds, type Outcome, runProgram } from '../../helpers/run.js';

/** What is done to a file; nothing is written where it gives nothing. */
type Way = (text: string) => string | undefined;

const ways: Readonly<Record<string, Way>> = {
  'is gone': () => undefined,
  'is empty': () => '',
  'is cut in the middle': (text) => text.slice(0, text.length / 2),
  'is cut within its first line': (text) => text.slice(0, text.indexOf('\n') - 1),
  'has a byte changed in its middle': (text) =>
    `${text.slice(0, text.length / 2)}\u0000${text.slice(text.length / 2 + 1)}`,
  'has no quotes': (text) => text.replaceAll('"', ''),
  'is something else': () => 'Hello\n',
  'is null': () => 'null\n',
};

/** The files of the store: itself, its backup, and its five changes from the oldest on. */
const files = ['store', 'backup', 'change 1', 'change 2', 'change 3', 'change 4', 'change 5'] as const;
type File = (typeof files)[number];

const singles = files.flatMap((file) => Object.keys(ways).map((way) => ({ [file]: way }) as Damage));
type Damage = Partial<Record<File, string>>;
const doubles: readonly Damage[] = ['is gone', 'is cut in the middle'].flatMap((way) =>
  files
    .slice(1)
    .flatMap((file) =>
      ['is gone', 'is empty', 'is something else', 'has no quotes'].map((other) => ({ store: way, [file]: other })),
    ),
);
const cases = [...singles, ...doubles].map(
  (damage) =>
    [
      Object.entries(damage)
        .map(([file, way]) => `the ${file} ${way}`)
        .join(', and '),
      damage,
    ] as const,
);

let sound: string;
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-damage-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const newId = countingIds();
const run = (folder: string, ...argv: readonly string[]): Promise<Outcome> =>
  runProgram([...argv, '--json'], { store: join(folder, 'c.json'), newId });

const preparations: readonly (readonly string[])[] = [
  ['label', 'add', 'VIP', '--color', 'blue'],
  ['add', '--first-name', 'Ann', '--label', 'VIP', '--mobile', '+852 9123 4567'],
  ['add', '--first-name', 'Bob'],
  ['edit', 'Bob', '--company', 'Acme'],
  ['add', '--first-name', 'Cid'],
];

beforeAll(async () => {
  sound = await newFolder();
  for (const argv of preparations) expect(await run(sound, ...argv)).toMatchObject({ code: 0 });
});

const pathOf = async (folder: string, file: File): Promise<string> => {
  if (file === 'store') return join(folder, 'c.json');
  if (file === 'backup') return join(folder, 'c.json.bak');
  const names = (await readdir(join(folder, 'c.json.history'))).toSorted();
  return join(folder, 'c.json.history', names[Number(file.at(-1)) - 1] ?? '');
};

const damaged = async (damage: Damage): Promise<string> => {
  const folder = await newFolder();
  await cp(sound, folder, { recursive: true });
  // All names are looked up before one of them is gone.
  const wanted = await Promise.all(files.map(async (file) => [file, await pathOf(folder, file)] as const));
  for (const [file, path] of wanted) {
    const way = damage[file];
    if (way === undefined) continue;
    const left = ways[way]?.(await readFile(path, 'utf8'));
    if (left === undefined) await rm(path);
    else await writeFile(path, left);
  }
  return folder;
};

interface Fault {
  readonly where: string;
  readonly severity: string;
  readonly message: string;
  readonly remedy: string;
}
interface Listed {
  readonly firstName: string;
  readonly company?: string;
}

const namesIn = async (folder: string): Promise<readonly string[] | undefined> => {
  const { code, stdout } = await run(folder, 'list');
  if (code !== 0) return undefined;
  return (JSON.parse(stdout) as readonly Listed[]).map(({ firstName, company = '' }) => firstName + company).toSorted();
};

const last = ['Ann', 'BobAcme', 'Cid'];

describe('a damaged store, history or backup', () => {
  it.each(cases)('loses nothing to whoever follows the advice: %s', async (_, damage) => {
    const folder = await damaged(damage);
    const before = await namesIn(folder);
    const isOnlyStore = Object.keys(damage).length === 1;
    expect(before).toEqual('store' in damage ? undefined : last);

    const check = await run(folder, 'store', 'check');
    const { faults } = JSON.parse(check.stdout) as { readonly faults: readonly Fault[] };
    expect(check.code).toBe(faults.length > 0 ? 7 : 0);
    for (const { where, message, remedy } of faults) {
      expect(where.startsWith(folder)).toBe(true);
      expect(`${message}${remedy}`).not.toMatch(/undefined|purge/);
      expect(remedy.length).toBeGreaterThan(20);
    }
    // Whatever is damaged, it is told; a change whose file is gone cannot be.
    const isTold = Object.entries(damage).some(([file, way]) => way !== 'is gone' || file === 'store');
    expect(faults.length > 0).toBe(isTold);

    const log = await run(folder, 'log');
    // The log needs the store's first line alone.
    expect(before === undefined ? [0, 7] : [0]).toContain(log.code);
    const undo = await run(folder, 'undo', '--dry-run');
    expect([0, 7]).toContain(undo.code);

    const repair = await run(folder, 'store', 'repair');
    expect(await namesIn(folder)).toEqual(before);
    if (before !== undefined) expect(repair.code).toBe(0);

    if (before === undefined) {
      const points = JSON.parse((await run(folder, 'store', 'restore', '--list')).stdout) as readonly {
        name: string;
        contacts: number;
      }[];
      const advised = faults.some(({ remedy }) => remedy.includes('`contacts store restore` brings it back'));
      expect(advised).toBe(points.length > 0);
      // Of a store that is damaged in two places at least one good state is left in all these cases.
      const restored = await run(folder, 'store', 'restore', '--yes');
      expect(restored.code).toBe(0);
      const names = await namesIn(folder);
      expect(names).toHaveLength(points[0]?.contacts ?? -1);
      const suffices = isOnlyStore || damage['change 5'] === undefined;
      if (suffices) expect(names).toEqual(last);
      // What could not be read is kept, whatever is in it.
      const left = await readdir(folder);
      if (damage.store !== 'is gone') expect(left.some((name) => name.includes('.damaged-'))).toBe(true);
    }
    const kept = await namesIn(folder);
    expect(await run(folder, 'add', '--first-name', 'Dan')).toMatchObject({ code: 0 });
    expect(await namesIn(folder)).toEqual([...(kept ?? []), 'Dan'].toSorted());
    expect(await run(folder, 'undo')).toMatchObject({ code: 0 });
    expect(await namesIn(folder)).toEqual(kept);
    await run(folder, 'store', 'repair');
    expect(JSON.parse((await run(folder, 'store', 'check')).stdout)).toEqual({ sound: true, faults: [] });
  });

  it('comes in a hundred cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });
});
