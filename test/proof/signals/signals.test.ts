import { watch } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from '../../store/json/program.js';

const bin = fileURLToPath(new URL('../../../bin/contacts.js', import.meta.url));
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-signals-'));
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

let sound: string;
const rows = (name: string) =>
  [
    'First Name,Work Email',
    ...Array.from({ length: 4000 }, (_, index) => `${name}${index},${name}${index}@x.example`),
  ].join('\n');
const run = async (folder: string, ...argv: readonly string[]): Promise<string> => {
  const { ended, output } = start(process.execPath, [bin, '--store', join(folder, 'c.json'), ...argv]);
  expect([await ended, output()]).toEqual([0, expect.anything()]);
  return output();
};

beforeAll(async () => {
  sound = await newFolder();
  await writeFile(join(sound, 'rows.csv'), rows('ann'));
  await writeFile(join(sound, 'more.csv'), rows('eve'));
  await run(sound, 'import', join(sound, 'rows.csv'), '--quiet');
});

/** What a command makes while it works, by which its phases are known. */
const phases: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['import that holds the lock', ['import', 'more.csv'], /^c\.json\.lock$/],
  ['import that writes its change', ['import', 'more.csv'], /^preparing-/],
  ['import that writes the store', ['import', 'more.csv'], /^c\.json\.tmp-/],
  ['import that has replaced the backup', ['import', 'more.csv'], /^c\.json\.bak$/],
  ['export', ['export', 'out.csv'], /^\.out\.csv\..*\.part$/],
  ['copy that has begun', ['store', 'copy', 'c.json', 'd.json'], /^d\.json\.filling$/],
  ['copy that holds the lock', ['store', 'copy', 'c.json', 'd.json'], /^d\.json\.lock$/],
  ['purge', ['store', 'purge', '--yes'], /^c\.json\.lock$/],
];
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

describe('a signal', () => {
  it.each(
    phases.flatMap(([name, argv, mark], index) => [[name, signals[index % 3] ?? 'SIGTERM', argv, mark] as const]),
  )('leaves nothing behind: %s (%s)', async (_, signal, argv, mark) => {
    const folder = await newFolder();
    await cp(sound, folder, { recursive: true });
    const wanted = argv.map((word) => (/\.(csv|json)$/.test(word) ? join(folder, word) : word));
    const { child, ended, output } = start(process.execPath, [bin, '--store', join(folder, 'c.json'), ...wanted]);
    const watching = [folder, join(folder, 'c.json.history')].map((path) =>
      watch(path, (_event, name) => {
        if (name !== null && mark.test(name)) child.kill(signal);
      }),
    );
    const how = await ended;
    for (const watcher of watching) watcher.close();
    // It may have been over before the signal came; where it was not, the shell sees which signal ended it.
    expect([0, signal]).toContain(how);
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((name) => /tmp-|preparing-|\.lock|\.part$|\.filling/.test(name))).toEqual([]);
    const { external } = JSON.parse(await run(folder, 'store', 'info', '--json')) as { external: number };
    const isMade = argv[0] === 'import' ? external === 8000 : external === 4000;
    if (argv[0] === 'import') expect([4000, 8000]).toContain(external);
    if (how === signal && output().includes('nothing was changed')) {
      expect(external).toBe(4000);
      expect(left).not.toContain('d.json.history');
    } else expect(isMade).toBe(true);
    expect(JSON.parse(await run(folder, 'store', 'check', '--json'))).toEqual({ sound: true, faults: [] });
  });
});
