import { copyFile, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.js';
import type { Contact } from '../../src/fields/contact.js';
import type { Ask } from '../../src/terminal/ask.js';
import { createWorkspace, type RunOptions, type Workspace } from '../helpers/run.js';

let template: Workspace;
let workspace: Workspace;
/** Three contacts that differ in every section, of whom the second was changed last; two staff members. */
let maria: string;
let mary: string;
let m: string;
let sam: string;
let sammy: string;

const day = (number: number): RunOptions => ({ now: `2026-11-0${number}T12:00:00.000Z` });

const add = async (given: readonly string[], options: RunOptions = {}): Promise<string> =>
  (await template.json<Contact>(['add', ...given], options)).id;

beforeAll(async () => {
  template = await createWorkspace();
  const { ok } = template;
  await ok(['field', 'add', 'Tier', '--kind', 'dropdown', '--choices', 'gold,silver,bronze']);
  await ok(['field', 'add', 'Hobbies', '--kind', 'multi-select', '--choices', 'chess,golf,tea']);
  for (const label of ['VIP', 'Newsletter']) await ok(['label', 'add', label]);
  maria = await add(
    [
      ...['--first-name', 'María', '--last-name', 'García', '--company', 'Acme', '--birth-date', '1990-12-31'],
      ...['--mobile', '+852 9123 4567', '--work-email', 'maria@acme.example', '--label', 'VIP'],
      ...['--street', '1 Main St', '--city', 'Springfield', '--line', 'maria.g', '--set', 'tier=gold'],
      ...['--set', 'hobbies=chess'],
    ],
    day(1),
  );
  await add(['--first-name', 'Zoe']);
  mary = await add(
    [
      ...['--first-name', 'Mary', '--last-name', 'Garcia', '--company', 'Beta', '--birth-date', '1991-12-31'],
      ...['--work-phone', '+852 9123 4567', '--mobile', '+852 9123 4568', '--personal-email', 'MARIA@acme.example'],
      ...['--work-email', 'mary@beta.example', '--label', 'newsletter', '--type', 'customer'],
      ...['--street', '2 High St', '--city', 'Shelbyville', '--line', 'mary', '--set', 'tier=silver'],
      ...['--set', 'hobbies=golf;chess'],
    ],
    day(3),
  );
  m = await add(
    [
      ...['--first-name', 'M.', '--last-name', 'GARCIA', '--job-title', 'CEO', '--mobile', '+852 9123 4569'],
      ...['--city', 'springfield', '--zip-code', '12345', '--facebook', 'mg', '--set', 'tier=bronze'],
    ],
    day(2),
  );
  await ok(['note', 'add', maria, 'Likes tea.'], day(1));
  await ok(['note', 'add', m, 'Likes tea.'], day(2));
  await ok(['note', 'add', mary, 'Met in Rome.'], day(3));
  sam = await add(['--category', 'internal', '--email', 'sam@example.com', '--extension', '204']);
  sammy = await add(['--category', 'internal', '--email', 'sammy@example.com', '--extension', '205']);
  await add(['--category', 'internal', '--email', 'kim@example.com', '--extension', '206']);
});
afterAll(() => template.remove());

beforeEach(async () => {
  workspace = await createWorkspace();
  await copyFile(template.store, workspace.store);
});
afterEach(() => workspace.remove());

describe('merge by flags', () => {
  it('unites the lists, keeps the primary, and puts into notes what there is no room for', async () => {
    const before = await workspace.json<Contact>(['show', maria]);
    const merged = await workspace.json<Contact>(['merge', maria, mary, m], { user: 'ann' });
    expect(merged).toEqual({
      ...before,
      jobTitle: 'CEO',
      phones: [
        { kind: 'mobile', number: '+85291234567' },
        { kind: 'mobile', number: '+85291234568' },
        { kind: 'mobile', number: '+85291234569' },
      ],
      emails: [
        { kind: 'work', address: 'maria@acme.example' },
        { kind: 'work', address: 'mary@beta.example' },
      ],
      labels: ['VIP', 'Newsletter'],
      address: { street: '1 Main St', city: 'Springfield', zipCode: '12345' },
      social: { line: 'maria.g', facebook: 'mg' },
      custom: { Tier: 'gold', Hobbies: ['chess', 'golf'] },
      notes: [
        before.notes[0],
        expect.objectContaining({ text: 'Met in Rome.', author: 'tester' }),
        expect.objectContaining({
          author: 'ann',
          createdAt: '2026-11-24T12:00:00.000Z',
          text: [
            `Before the merge, Mary Garcia (${mary}) had:`,
            'Type: Customer',
            'First Name: Mary',
            'Company: Beta',
            'Birth Date: 12/31/1991',
            'Mailing Address: 2 High St, Shelbyville',
            'LINE: mary',
            'Tier: silver',
          ].join('\n'),
        }),
        expect.objectContaining({ text: `Before the merge, M. GARCIA (${m}) had:\nFirst Name: M.\nTier: bronze` }),
      ],
      updatedAt: '2026-11-24T12:00:00.000Z',
      updatedBy: 'ann',
      mergedIds: [mary, m],
    });
    expect(await workspace.json(['list', '--where', 'garcia'])).toEqual([merged]);
    expect(await workspace.json(['log', '--limit', '1'])).toMatchObject([
      { command: 'merge', summary: 'Merged 3 contacts into María García', created: 0, updated: 1, deleted: 2 },
    ]);
  });

  it('is found by the ids of the others, also by import, and after a further merge', async () => {
    await workspace.ok(['merge', mary, m]);
    expect(await workspace.json(['merge', maria, mary])).toMatchObject({ id: maria, mergedIds: [mary, m] });
    for (const id of [mary, m, m.slice(0, 12)]) {
      expect(await workspace.json(['show', id])).toMatchObject({ id: maria });
    }
    const stdin = `ID,Department\n${m},Sales\n`;
    expect(await workspace.json(['import', '-', '--format', 'csv'], { stdin })).toMatchObject({ updated: 1 });
    expect(await workspace.json(['show', maria])).toMatchObject({ department: 'Sales', mergedIds: [mary, m] });
  });

  it('is taken back by one undo, to the byte', async () => {
    const shown = async (): Promise<readonly string[]> => [
      await workspace.ok(['list', '--json']),
      await workspace.ok(['list', '--format', 'ndjson', '--sort', 'created']),
      await workspace.ok(['export', '-']),
      (await readFile(workspace.store, 'utf8')).replace(/"revision":\s*\d+/, ''),
    ];
    const before = await shown();
    await workspace.ok(['merge', mary, m, maria, '--set', 'company=Gamma', '--set', 'mobile=+85291230000']);
    expect(await shown()).not.toEqual(before);
    await workspace.ok(['undo']);
    expect(await shown()).toEqual(before);
  });

  it.each([
    ['primary', { company: 'Acme', type: 'Lead', address: { city: 'Springfield' }, labels: ['VIP', 'Newsletter'] }],
    ['newest', { company: 'Beta', type: 'Customer', address: { city: 'Shelbyville' }, labels: ['Newsletter', 'VIP'] }],
    ['oldest', { company: 'Acme', jobTitle: 'CEO', address: { city: 'Springfield' }, labels: ['VIP', 'Newsletter'] }],
  ])('takes the values that --prefer %s says', async (prefer, expected) => {
    const merged = await workspace.json<Contact>(['merge', maria, mary, m, '--prefer', prefer]);
    expect(merged).toMatchObject({ id: maria, createdAt: '2026-11-01T12:00:00.000Z', ...expected });
    expect(merged.notes.some(({ text }) => text.includes(`María García (${maria})`))).toBe(prefer === 'newest');
  });

  it('sets fields of what is left', async () => {
    const merged = await workspace.json<Contact>(['merge', maria, mary, '--set', 'company=Gamma', '--set', 'line=']);
    expect(merged).toMatchObject({ company: 'Gamma' });
    expect(merged.social).toBeUndefined();
    expect(merged.notes.map(({ text }) => text).join('\n')).toMatch(/Company: Acme\nLINE: maria\.g[^]*Company: Beta/);
  });

  it('changes nothing in a dry run', async () => {
    const before = await workspace.json(['list']);
    expect(await workspace.ok(['merge', maria, mary, '--dry-run'])).toBe(
      `Would merge 2 contacts into María García, Acme, maria@acme.example (${maria}).\n`,
    );
    expect(await workspace.json(['list'])).toEqual(before);
  });

  it('merges staff, whose unique values are taken over and not doubled', async () => {
    const taken = await workspace.run(['merge', sam, sammy, '--set', 'extension=206']);
    expect(taken).toMatchObject({ code: 6 });
    expect(taken.stderr).toContain('Extension Number "206" is taken by kim@example.com');
    expect(await workspace.json(['merge', sam, sammy, '--set', 'extension=205'])).toMatchObject({
      emails: [{ address: 'sam@example.com' }, { address: 'sammy@example.com' }],
      extension: '205',
    });
  });
});

describe('what is refused', () => {
  it.each<[readonly string[], number, string]>([
    [[], 2, 'Nothing to merge was named.'],
    [['maria@acme.example'], 2, 'One contact alone cannot be merged.'],
    [['+852 9123 4569', 'm. garcia'], 2, '"m. garcia" is M. GARCIA, +85291234569'],
    [['mary@beta.example', 'm. garcia', 'mary garcia'], 2, '"mary garcia" is Mary Garcia, Beta'],
    [['m. garcia', 'sam@example.com'], 2, 'is external, and sam@example.com'],
    [['sam@example.com', 'm. garcia'], 2, 'is internal, and M. GARCIA'],
    [['mary@beta.example', 'nobody'], 3, 'There is no contact "nobody".'],
    [['mary@beta.example', 'm. garcia', '--set', 'colour=red'], 3, 'There is no field "colour"'],
    [['mary@beta.example', 'm. garcia', '--set', 'birth-date=soon'], 5, 'Birth Date "soon"'],
    [['mary@beta.example', 'm. garcia', '--prefer', 'mine'], 2, "argument 'mine' is invalid"],
  ])('%j: exit %i', async (references, code, message) => {
    const before = await workspace.json(['list', '--category', 'all']);
    const outcome = await workspace.run(['merge', ...references]);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(message);
    expect(await workspace.json(['list', '--category', 'all'])).toEqual(before);
  });

  it('is a contact that was merged into the primary already', async () => {
    await workspace.ok(['merge', maria, mary]);
    expect(await workspace.run(['merge', maria, mary])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('merge at a terminal', () => {
  const unasked = async (): Promise<never> => {
    throw new Error('This is not to be asked.');
  };

  /** Takes the choice with one of these names, or else the one that is preselected, and keeps what was asked. */
  const answering = (wanted: readonly string[], confirms: boolean, asked: string[] = []): Ask => ({
    text: unasked,
    chooseSeveral: unasked,
    search: unasked,
    longText: unasked,
    chooseOne: async ({ message, choices, initial }) => {
      const preset = choices.find(({ value }) => value === initial);
      asked.push(`${message}: ${choices.map(({ name }) => name).join(' | ')} [${preset?.name}]`);
      const chosen = choices.find(({ name }) => wanted.includes(name)) ?? preset;
      if (chosen === undefined) throw new Error('Nothing is preselected.');
      return chosen.value;
    },
    confirm: async ({ message }) => {
      asked.push(message);
      return confirms;
    },
  });

  it('asks where the fields differ, the primary preselected, and shows the result', async () => {
    const asked: string[] = [];
    const ask = answering(['Beta', '2 High St, Shelbyville'], true, asked);
    const { code, stderr } = await workspace.run(['merge', maria, mary, m], { terminal: true, columns: 100, ask });
    expect(code).toBe(0);
    expect(asked).toEqual([
      'Type: Lead | Customer [Lead]',
      'First Name: María | Mary | M. [María]',
      'Last Name: García | Garcia | GARCIA [García]',
      'Company: Acme | Beta [Acme]',
      'Birth Date: 12/31/1990 | 12/31/1991 [12/31/1990]',
      'Mailing Address: 12345, 1 Main St, Springfield | 2 High St, Shelbyville [12345, 1 Main St, Springfield]',
      'LINE: maria.g | mary [maria.g]',
      'Tier: gold | silver | bronze [gold]',
      'Merge the 3 contacts into this one?',
    ]);
    expect(stderr).toMatch(/Company +Acme +Beta\n/);
    expect(stderr).toContain('Met in Rome.');
    const merged = await workspace.json<Contact>(['show', maria]);
    expect(merged).toMatchObject({ company: 'Beta', address: { street: '2 High St' }, mergedIds: [mary, m] });
    expect(merged.notes.map(({ text }) => text).join('\n')).toContain(
      `Before the merge, María García (${maria}) had:\nCompany: Acme\nMailing Address: 1 Main St, Springfield`,
    );
  });

  it('leaves all as it was where the result is not confirmed', async () => {
    const before = await workspace.json(['list']);
    const outcome = await workspace.run(['merge', maria, mary], { terminal: true, ask: answering([], false) });
    expect(outcome.code).toBe(130);
    expect(outcome.stderr).toContain('Cancelled; nothing was merged.');
    expect(await workspace.json(['list'])).toEqual(before);
  });

  it('refuses where one of them was changed during the questions', async () => {
    const ask = {
      ...answering([], true),
      confirm: async () => {
        await workspace.ok(['edit', mary, '--company', 'Delta']);
        return true;
      },
    };
    const outcome = await workspace.run(['merge', maria, mary], { terminal: true, ask });
    expect(outcome.code).toBe(6);
    expect(await workspace.json(['list'])).toHaveLength(4);
  });

  it('ends at Ctrl-C with 130 and leaves all as it was', async () => {
    const ask = {
      ...answering([], true),
      chooseOne: async () => {
        throw new InterruptedError();
      },
    };
    expect(await workspace.run(['merge', maria, mary], { terminal: true, ask })).toMatchObject({ code: 130 });
    expect(await workspace.json(['list'])).toHaveLength(4);
  });

  it.each([
    [['--prefer', 'newest'], ['Merge the 2 contacts into this one?']],
    [['--yes'], []],
  ])('%j asks %j', async (flags, questions) => {
    const asked: string[] = [];
    await workspace.ok(['merge', maria, mary, ...flags], { terminal: true, ask: answering([], true, asked) });
    expect(asked).toEqual(questions);
  });
});
