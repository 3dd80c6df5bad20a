import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openJsonStore } from '../../src/store/json/json-store.js';
import type { StoreDependencies } from '../../src/store/open.js';
import { countingIds, createWorkspace, type Workspace } from '../helpers/run.js';
import { newPath } from '../store/json/place.js';
import { describeQueries } from './describe-queries.js';
import { asked, fillStore } from './query-store.js';

const openWithIndex = async (path: string, dependencies: StoreDependencies) =>
  openJsonStore({ path, indexedFrom: 1, ...dependencies });

describeQueries('a JSON file', async () => ({ store: await newPath(), newId: countingIds() }));
describeQueries('a JSON file with an index', async () => ({
  store: await newPath(),
  newId: countingIds(),
  openStore: openWithIndex,
}));

let workspace: Workspace | undefined;
afterEach(() => workspace?.remove());

const filled = async (): Promise<Workspace> => {
  workspace = await createWorkspace();
  await fillStore({ store: workspace.store, newId: countingIds(1000) });
  return workspace;
};

describe('an empty query', () => {
  it.each([
    [['list', '--where', '']],
    [['search', '']],
    [['search', ' ', '\t']],
    [['search', 'ada', '--where', '']],
    [['search', '', '--where', 'ada']],
    [['search', '\u200b\u2060']],
    [['stats', '--where', '']],
    [['duplicates', '--where', '  ']],
    [['export', '--where', '']],
    [['export', '--where', '\n', 'out.csv']],
    [['edit', '--where', '  ', '--company', 'X', '--yes']],
    [['edit', '--where', '\u00a0', '--company', 'X', '--dry-run']],
    [['rm', '--where', '', '--yes']],
    [['rm', '--where', '', '--dry-run']],
    [['rm', '--where', '\u00a0', '--yes']],
  ])('is refused: %j', async (argv) => {
    const { run, store } = await filled();
    const before = await readFile(store, 'utf8');
    for (const terminal of [false, true]) {
      expect(await run(argv, { terminal })).toMatchObject({
        code: 2,
        stdout: '',
        stderr:
          'error: The query is empty.\n' +
          'hint: Write what to look for. For all contacts give no query, or --all to "edit" and "rm".\n',
      });
    }
    expect(await readFile(store, 'utf8')).toBe(before);
  });

  it.each(['\u00ad', '""', '" "', 'NOT ""', '()'])(
    'is refused too where only marks are left of it: %j',
    async (query) => {
      const { run, store } = await filled();
      const before = await readFile(store, 'utf8');
      expect(await run(['rm', '--where', query, '--yes'])).toMatchObject({ code: 2 });
      expect(await readFile(store, 'utf8')).toBe(before);
    },
  );
});

describe('a strict query', () => {
  it('is that of every command with --where', async () => {
    const { run, store } = await filled();
    const before = await readFile(store, 'utf8');
    for (const argv of [
      ['list'],
      ['search'],
      ['search', 'ada'],
      ['stats'],
      ['duplicates'],
      ['export'],
      ['edit', '--company', 'X', '--yes'],
      ['rm', '--yes'],
      ['rm', '--dry-run'],
    ]) {
      const { code, stdout, stderr } = await run([...argv, '--where', '-lable:VIP']);
      expect([argv, code, stdout]).toEqual([argv, 2, '']);
      expect(stderr).toContain('hint: Did you mean -label:VIP?');
    }
    expect(await readFile(store, 'utf8')).toBe(before);
  });

  it('may ask for a role, or a country, that some contact has', async () => {
    const { run, ok } = await filled();
    const staff = ['list', '--category', 'internal', '--fields', 'name', '--where'];
    expect(await ok([...staff, 'role:"night porter"'])).toBe('Sam\n');
    expect(await ok([...staff, '-role:agent'])).toBe('Sam\n');
    expect(await ok([...staff, 'availability:busy'])).toBe('Sam\n');
    expect((await run([...staff, '-role:agnet'])).stderr).toBe(
      'error: Role cannot be "agnet":\n  -role:agnet\n        ^\n' +
        'hint: Did you mean -role:Agent? No contact has "agnet"; others are Administrator, Supervisor, Agent.\n',
    );
    expect((await run([...staff, 'availability:away'])).code).toBe(2);
    await ok(['add', '--first-name', 'Fay', '--country', 'Atlantis']);
    expect(await ok(['list', '--fields', 'name', '--where', 'country:atlantis'])).toBe('Fay\n');
  });

  it('counts the days of time stamps in UTC, and those of birth dates where the user is', async () => {
    const { ok } = await filled();
    await ok(['add', '--first-name', 'Fay', '--birth-date', '2000-11-25']);
    const found = (query: string, now: string, timeZone: string) =>
      ok(['list', '--fields', 'first-name', '--where', query], { now, timeZone });
    const evening = '2026-11-24T20:00:00.000Z';
    expect(await found('birthday:today', evening, 'Asia/Hong_Kong')).toBe('Fay\n');
    expect(await found('birthday:today', evening, 'UTC')).toBe('');
    expect(await found('created:today', evening, 'Asia/Hong_Kong')).toBe('Dee\nFay\n');
    expect(await found('birth-date:yesterday..today', evening, 'Asia/Hong_Kong')).toBe('');
    expect(asked < evening).toBe(true);
  });
});
