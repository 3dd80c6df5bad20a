import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering } from './answers.js';
import { countingIds, type Outcome, type RunOptions, runProgram } from './run.js';

interface Fields {
  readonly [field: string]: { readonly before: unknown; readonly after: unknown };
}

interface Logged {
  readonly id: string;
  readonly by: string;
  readonly command: string;
  readonly summary: string;
  readonly undone: boolean;
  readonly role: string | null;
  readonly undoes?: string;
  readonly edits: readonly {
    readonly id: string;
    readonly name: string;
    readonly action: string;
    readonly fields: Fields;
  }[];
}

const rows = [
  'First Name,Last Name,Mobile,Work Email',
  'Ada,Lovelace,+85291234567,ada@acme.example',
  'Bob,Berg,+85261234567,bob@acme.example',
];

/**
 * What `log` and `undo` tell and do, on any store.
 *
 * @param newPlace gives the path or URL of a store in which nothing is
 * @param role the role that the store's changes are made by; null in a file
 */
export const describeHistory = (newPlace: () => Promise<string>, role: string | null): void => {
  let store: string;
  let folder: string;
  let newId: () => string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contacts-test-'));
    store = await newPlace();
    // Turned round, so that four characters tell them apart.
    const ids = countingIds();
    newId = () => [...ids()].reverse().join('');
    await writeFile(join(folder, 'in.csv'), rows.join('\n'));
    await ok('import', join(folder, 'in.csv'), '--yes');
    [ada = '', bob = ''] = (await json<readonly { id: string }[]>('list', '--sort', 'name')).map(({ id }) => id);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  let ada: string;
  let bob: string;
  const run = (argv: readonly string[], options?: RunOptions): Promise<Outcome> =>
    runProgram(argv, { store, newId }, options);
  const as = async (user: string, argv: readonly string[], now?: string): Promise<string> => {
    const { code, stdout, stderr } = await run(argv, { user, ...(now !== undefined && { now }) });
    if (code !== 0) throw new Error(`contacts ${argv.join(' ')}: exit ${code}\n${stderr}`);
    return stdout;
  };
  const ok = (...argv: readonly string[]) => as('tester', argv);
  const json = async <Value>(...argv: readonly string[]): Promise<Value> => JSON.parse(await ok(...argv, '--json'));
  const log = (...argv: readonly string[]) => json<readonly Logged[]>('log', ...argv);
  /** The commands of a log, with the contacts and the fields that each touched. */
  const told = async (...argv: readonly string[]) =>
    (await log(...argv)).map(({ command, edits }) => [
      command,
      ...edits.map(({ name, action, fields }) => `${action} ${name}: ${Object.keys(fields).join(' ')}`),
    ]);
  const newest = async (...argv: readonly string[]): Promise<Logged> => {
    const [first] = await log(...argv);
    if (first === undefined) throw new Error('The log is empty.');
    return first;
  };

  const editThrice = async () => {
    await ok('edit', ada, '--company', 'Acme');
    await ok('edit', ada, '--mobile', '+85291230000');
    await ok('edit', ada, '--birth-date', '1990-03-04', '--job-title', 'Analyst');
  };
  const imported = ['import', 'created Ada Lovelace: type firstName lastName level mobile work-email'];
  const edited = [
    ['edit', 'updated Ada Lovelace: jobTitle birthDate'],
    ['edit', 'updated Ada Lovelace: mobile'],
    ['edit', 'updated Ada Lovelace: company'],
  ];

  describe('log --contact', () => {
    it('tells what was done to a contact, field by field', async () => {
      await editThrice();
      await ok('edit', bob, '--company', 'Beta');
      expect(await told('--contact', ada)).toEqual([...edited, imported]);
      expect((await newest('--contact', 'ada@acme.example', '--limit', '1', '--offset', '1')).edits).toEqual([
        {
          ...{ id: ada, name: 'Ada Lovelace', action: 'updated' },
          fields: { mobile: { before: ['+85291234567'], after: ['+85291230000'] } },
        },
      ]);
    });

    it('follows a contact into the one that it was merged into, and back where that is undone', async () => {
      await editThrice();
      await ok('merge', bob, ada);
      await ok('edit', bob, '--company', 'Beta');
      const before = [...edited, imported];
      const both = (await told('--contact', ada)).slice(0, 2);
      expect(both[0]).toEqual(['edit', 'updated Bob Berg: company']);
      expect(both[1]).toEqual([
        'merge',
        expect.stringContaining('updated Bob Berg: '),
        expect.stringContaining('deleted Ada Lovelace: '),
      ]);
      expect(String(both[1]?.[1])).toContain('mergedIds');
      expect((await told('--contact', ada)).slice(2)).toEqual(before);
      // By the other it is the other's own log.
      expect((await told('--contact', bob)).map(([command]) => command)).toEqual(['edit', 'merge', 'import']);
      // What was in the other before the merge is no part of it.
      expect((await told('--contact', 'Ada Lovelace')).length).toBe(2 + before.length);

      await ok('undo');
      await ok('undo');
      await ok('edit', ada, '--level', 'Tertiary');
      await ok('edit', bob, '--level', 'Tertiary');
      const after = await told('--contact', ada);
      expect(after.map(([command]) => command)).toEqual([
        'edit',
        'undo',
        'undo',
        'edit',
        'merge',
        'edit',
        'edit',
        'edit',
        'import',
      ]);
      expect(after[1]).toEqual(['undo', expect.stringContaining('Bob Berg'), expect.stringContaining('created Ada')]);
      expect((await told('--contact', bob)).map(([command]) => command)).toEqual([
        'edit',
        'undo',
        'undo',
        'edit',
        'merge',
        'import',
      ]);
    });

    it('follows through several merges', async () => {
      await ok('add', '--first-name', 'Cid');
      await ok('merge', bob, ada);
      await ok('merge', 'Cid', bob);
      await ok('edit', 'Cid Berg', '--company', 'Gamma');
      expect((await told('--contact', ada)).map(([command]) => command)).toEqual(['edit', 'merge', 'merge', 'import']);
      expect((await told('--contact', bob)).map(([command]) => command)).toEqual(['edit', 'merge', 'merge', 'import']);
    });

    it.each([
      ['its id', () => ada],
      ['the start of its id', () => `${ada.slice(0, 4)}…`],
      ['its address', () => 'ADA@acme.example'],
      ['its number', () => '+852 9123 4567'],
      ['its name', () => 'ada lovelace'],
    ])('finds a deleted contact by %s', async (_, reference) => {
      await ok('edit', ada, '--company', 'Acme');
      await ok('rm', ada, '--yes');
      const commands = (await told('--contact', reference())).map(([command]) => command);
      expect(commands).toEqual(['rm', 'edit', 'import']);
      const [removal] = await log('--contact', reference());
      expect(removal?.edits[0]?.fields.company).toEqual({ before: 'Acme', after: null });
    });

    it('fails where nobody was ever meant, or several deleted ones are', async () => {
      expect(await run(['log', '--contact', 'nobody@acme.example'])).toMatchObject({ code: 3 });
      await ok('add', '--first-name', 'Ada', '--last-name', 'Lovelace');
      await ok('rm', ada, '--yes');
      await ok('rm', 'Ada Lovelace', '--yes');
      expect(await run(['log', '--contact', 'Ada Lovelace'])).toMatchObject({
        code: 4,
        stderr: expect.stringContaining('matches 2 contacts'),
      });
    });
  });

  describe('log', () => {
    it('tells one change with all its contacts', async () => {
      const [change] = await log();
      const [whole] = await log('--change', `${change?.id.slice(0, 4)}…`);
      expect(whole?.edits.map(({ id, action }) => [id, action])).toEqual([
        [ada, 'created'],
        [bob, 'created'],
      ]);
      await ok('label', 'add', 'VIP');
      expect((await newest('--change', (await newest()).id)).edits).toEqual([]);
      const { stdout } = await run(['log', '--change', change?.id ?? '', '--format', 'ndjson']);
      expect(stdout.split('\n')).toHaveLength(2);
      expect(JSON.parse(stdout)).toEqual(whole);
    });

    it('chooses by user, command and date', async () => {
      await as('eve', ['edit', ada, '--company', 'Acme'], '2026-12-01T09:00:00.000Z');
      await as('tester', ['note', 'add', ada, 'Called.'], '2026-12-02T09:00:00.000Z');
      const chosen = async (...argv: readonly string[]) => (await log(...argv)).map(({ command }) => command);
      expect(await chosen('--by', 'eve')).toEqual(['edit']);
      expect(await chosen('--command', 'note')).toEqual(['note add']);
      expect(await chosen('--command', 'note add')).toEqual(['note add']);
      expect(await chosen('--since', '2026-12-01')).toEqual(['note add', 'edit']);
      expect(await chosen('--since', '2026-12-02', '--by', 'eve')).toEqual([]);
      expect(await chosen('--since', '2026-12-01T10:00Z')).toEqual(['note add']);
      const later = async (...argv: readonly string[]): Promise<readonly Logged[]> =>
        JSON.parse(await as('tester', ['log', '--json', ...argv], '2026-12-03T08:00:00.000Z'));
      expect(await later('--since', '-1d')).toHaveLength(1);
      expect(await later('--since', '-1w')).toHaveLength(2);
      expect(await later('--since', 'yesterday')).toHaveLength(1);
      expect(await later('--since', 'today')).toHaveLength(0);
      expect(await chosen('--contact', ada, '--by', 'eve')).toEqual(['edit']);
      expect(await chosen('--contact', ada, '--command', 'import', '--since', '2026-11-24')).toEqual(['import']);
      expect(await chosen('--contact', ada, '--change', (await newest('--by', 'eve')).id)).toEqual(['edit']);
      expect((await run(['log', '--by', 'mallory'])).stderr).toBe(
        'The log has no change by mallory. It has changes by tester, eve.\n',
      );
      expect(await run(['log', '--command', 'improt'])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('Did you mean "import"?'),
      });
      expect(await run(['log', '--since', 'soon'])).toMatchObject({ code: 2 });
      expect(await run(['log', '--by', ' '])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('names nobody'),
      });
      expect(await run(['log', '--change', 'zzzz'])).toMatchObject({ code: 3 });
      expect(await run(['log', '--change', (await newest()).id.slice(0, 3)])).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('four characters'),
      });
    });

    it('tells the role and what an undo undoes', async () => {
      const [first] = await log();
      await ok('undo');
      expect(await newest()).toMatchObject({ command: 'undo', role, undoes: first?.id });
      expect(first).toMatchObject({ role });
      expect(first).not.toHaveProperty('undoes');
    });

    it('is a line a field down a pipe, and a page for people at a terminal', async () => {
      await ok('edit', ada, '--company', 'Acme', '--add', 'mobile=+85261230000');
      const { id } = await newest();
      const start = `${id}\t2026-11-24 12:00:00\ttester\tedit\t${ada}\tAda Lovelace\tupdated`;
      expect(await ok('log', '--change', id)).toBe(
        `${start}\tCompany\t\tAcme\n${start}\tMobile\t+85291234567\t+85291234567; +85261230000\n`,
      );
      const { stdout } = await run(['log', '--contact', ada, '--limit', '1'], { terminal: true });
      const who = role === null || role === 'tester' ? 'tester' : `tester (role ${role})`;
      expect(stdout).toBe(
        [
          `${id}  2026-11-24 12:00:00 UTC  ${who}  Edited Ada Lovelace`,
          `  updated Ada Lovelace (${ada})`,
          '    Company: (empty) → Acme',
          '    Mobile: +85291234567 → +85291234567; +85261230000',
          '',
        ].join('\n'),
      );
    });
  });

  describe('undo', () => {
    it('goes back step by step, and redoes an undo that is named', async () => {
      await ok('edit', ada, '--company', 'Acme');
      await ok('edit', ada, '--company', 'Beta');
      await ok('undo');
      expect(await ok('undo')).toMatch(/^Undid edit: Edited Ada Lovelace \(/);
      expect(await json('show', ada)).not.toHaveProperty('company');
      const { id } = await newest();
      expect(await ok('undo', id, '--dry-run')).toBe(`Would redo edit: Edited Ada Lovelace (${id}).\n`);
      expect(await ok('undo', id)).toBe(`Redid edit: Edited Ada Lovelace (${id}).\n`);
      expect(await json('show', ada)).toMatchObject({ company: 'Acme' });
      const redo = await newest();
      expect(redo).toMatchObject({ command: 'undo', summary: 'Redid edit: Edited Ada Lovelace', undoes: id });
      expect(await ok('undo', redo.id)).toBe(`Undid edit: Edited Ada Lovelace (${redo.id}).\n`);
      expect(await ok('undo')).toMatch(/^Undid import: /);
      expect(await run(['undo'])).toMatchObject({ code: 3 });
    });

    it('takes a change by the start of its id', async () => {
      await ok('edit', ada, '--company', 'Acme');
      const { id } = await newest();
      expect(await run(['undo', id.slice(0, 3)])).toMatchObject({ code: 3 });
      expect(await json('undo', `${id.slice(0, 4)}…`)).toEqual({ undone: id, change: expect.any(String) });
    });

    describe('of what somebody else did', () => {
      const theirs = async () => {
        await as('eve', ['edit', ada, '--company', 'Acme']);
        return (await newest()).id;
      };

      it('wants --yes or the id where nobody can be asked', async () => {
        const id = await theirs();
        const { code, stderr } = await run(['undo']);
        expect([code, stderr]).toEqual([
          2,
          `error: The newest change is by eve, not by you: Edited Ada Lovelace (${id}, 2026-11-24 12:00 UTC).\n` +
            `hint: Nothing was undone. To undo it: contacts undo ${id}, or add --yes.\n`,
        ]);
        expect((await newest()).id).toBe(id);
        expect(await run(['undo', '--dry-run'])).toMatchObject({ code: 0 });
        expect(await run(['undo', id])).toMatchObject({ code: 0, stderr: '' });
      });

      it('says who did it with --yes', async () => {
        await theirs();
        const { code, stderr } = await run(['undo', '--yes']);
        expect([code, stderr]).toEqual([0, expect.stringContaining('The newest change is by eve')]);
      });

      it.each([
        ['yes', 0, 'undo'],
        ['no', 130, 'edit'],
      ])('asks at a terminal: %s', async (answer, code, command) => {
        const id = await theirs();
        const { ask, asked } = answering([answer]);
        const outcome = await run(['undo'], { terminal: true, ask });
        const change = `Edited Ada Lovelace (${id}, 2026-11-24 12:00 UTC)`;
        expect(asked).toEqual([`The newest change is by eve, not by you: ${change}. Undo it?`]);
        expect(outcome.code).toBe(code);
        expect(await newest()).toMatchObject({ command });
      });
    });
  });
};
