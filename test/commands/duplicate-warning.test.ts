import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { answering } from '../helpers/answers.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
let maria: string;
let bob: string;
beforeEach(async () => {
  workspace = await createWorkspace();
  const stdin = [
    {
      firstName: 'María',
      lastName: 'García',
      company: 'Acme',
      workEmail: 'maria@acme.example',
      mobile: '+85291234567',
    },
    { firstName: 'Bob', lastName: 'Lee', company: 'Acme', workPhone: '+85228765432' },
  ]
    .map((contact) => JSON.stringify(contact))
    .join('\n');
  const added = await workspace.json<readonly Contact[]>(['add', '--from-json', '-'], { stdin });
  [maria = '', bob = ''] = added.map(({ id }) => id);
});
afterEach(() => workspace.remove());

const count = async (): Promise<number> => (await workspace.json<readonly Contact[]>(['list'])).length;

const twin = ['--first-name', 'Maria', '--last-name', 'Garcia', '--mobile', '+852 9123 4567'];
const warning = () =>
  `Maria Garcia, +85291234567 (ID) looks like María García, Acme, maria@acme.example (${maria}): same mobile, same name.`;
const withoutNewId = (text: string): string => text.replace(/(?<=\+85291234567 \()\w+/, 'ID');

describe('in scripts', () => {
  it('add warns of a likely duplicate, and adds it', async () => {
    const { code, stderr } = await workspace.run(['add', ...twin]);
    expect(code).toBe(0);
    expect(withoutNewId(stderr)).toBe(`warning: ${warning()}\n`);
    expect(await count()).toBe(3);
  });

  it('add --fail-on-duplicate adds nothing', async () => {
    const { code, stdout, stderr } = await workspace.run(['add', ...twin, '--fail-on-duplicate']);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(withoutNewId(stderr)).toBe(
      `error: ${warning()}\n` +
        'hint: Nothing was saved. Edit the contact that is there, or leave out --fail-on-duplicate.\n',
    );
    expect(await count()).toBe(2);
  });

  it.each<[string, readonly string[]]>([
    ['a namesake elsewhere', ['--first-name', 'Bob', '--last-name', 'Lee', '--company', 'Beta']],
    [
      'staff with the address of a customer',
      ['--category', 'internal', '--first-name', 'Maria', '--email', 'maria@acme.example'],
    ],
  ])('%s is none', async (_, flags) => {
    expect(await workspace.run(['add', ...flags, '--fail-on-duplicate'])).toMatchObject({ code: 0, stderr: '' });
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'a colleague on the same switchboard',
      ['--first-name', 'Ann', '--company', 'Acme', '--work-phone', '+85228765432'],
      /^warning: Ann, Acme.* shares the phone number \+85228765432 with Bob Lee, Acme.*\.\n$/,
    ],
    [
      'somebody else at the same mailbox',
      ['--first-name', 'Ann', '--last-name', 'Wolf', '--work-email', 'maria@acme.example'],
      /^warning: Ann Wolf.* shares the email address maria@acme\.example with María García.*\.\n$/,
    ],
  ])('%s is none, and is told', async (_, flags, told) => {
    const { code, stderr } = await workspace.run(['add', ...flags, '--fail-on-duplicate']);
    expect(code).toBe(0);
    expect(stderr).toMatch(told);
  });

  it('a pair that was told apart is none', async () => {
    const { id } = await workspace.json<Contact>(['add', ...twin, '--quiet']);
    const { code } = await workspace.run(['merge', '--duplicates'], {
      terminal: true,
      ask: answering(['apart']).ask,
    });
    expect(code).toBe(0);
    const again = ['edit', id, '--mobile', '+85291234568', '--fail-on-duplicate'];
    expect(await workspace.run(again)).toMatchObject({ code: 0 });
    expect(await workspace.run(['edit', id, '--mobile', '+85291234567', '--fail-on-duplicate'])).toMatchObject({
      code: 0,
    });
  });

  it('edit warns where a contact comes to look like another, and not of what it looked like before', async () => {
    const flags = ['--first-name', 'Maria', '--last-name', 'Garcia', '--work-email', 'maria@acme.example'];
    expect(await workspace.run(['edit', bob, ...flags, '--fail-on-duplicate'])).toMatchObject({ code: 6, stdout: '' });
    const edited = await workspace.run(['edit', bob, ...flags]);
    expect(edited.stderr).toContain('same email, same name');
    const again = await workspace.run(['edit', bob, '--personal-email', 'm@x.example', '--fail-on-duplicate']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(await workspace.run(['edit', bob, '--job-title', 'CEO'])).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('at a terminal', () => {
  const message = () => `This looks like María García, Acme, maria@acme.example (${maria}): same mobile, same name`;

  it.each<[readonly string[], number, number, number]>([
    [['save'], 0, 3, 1],
    [['cancel'], 130, 2, 1],
    [['open', 'save'], 0, 3, 2],
    [['open', 'cancel'], 130, 2, 2],
  ])('%j: exit %i, %i contacts', async (answers, code, number, questions) => {
    const { ask, asked } = answering(answers);
    const outcome = await workspace.run(['add', ...twin], { terminal: true, ask });
    expect(outcome.code).toBe(code);
    expect(asked).toEqual(
      [`${message()}: Open it | Save anyway | Cancel`, `${message()}: Save anyway | Cancel`].slice(0, questions),
    );
    expect(outcome.stderr.includes('Mailing') || outcome.stderr.includes('Acme')).toBe(questions === 2);
    expect(await count()).toBe(number);
  });

  it('--yes and --no-input only warn', async () => {
    for (const flag of ['--yes', '--no-input']) {
      const { ask } = answering([]);
      const outcome = await workspace.run(['add', ...twin, flag], { terminal: true, ask });
      expect(outcome).toMatchObject({ code: 0 });
      expect(outcome.stderr).toContain('same mobile, same name');
    }
  });
});
