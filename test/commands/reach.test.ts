import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask } from '../../src/terminal/ask.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.ok([
    'add',
    ...['--first-name', 'Maria', '--work-phone', '+852 2876 5432 ext. 12', '--mobile', '+852 9123 4567'],
    ...['--work-email', 'maria@acme.example', '--personal-email', 'm.garcia@example.com'],
    ...['--whatsapp', '+852 9123 4567', '--line', 'maria', '--facebook', '1234'],
  ]);
  await workspace.ok(['add', '--first-name', 'Bob', '--mobile', '+1 201-555-0123', '--facebook', '99']);
});
afterAll(() => workspace.remove());

/** Chooses the answer that has this text in its name, and keeps what was asked. */
const choosing = (wanted: string) => {
  const asked: string[] = [];
  const ask = {
    chooseOne: async ({ message, choices }: Parameters<Ask['chooseOne']>[0]) => {
      asked.push(message, ...choices.map(({ name, hint }) => `${name} ${hint}`));
      return choices.find(({ name }) => name.includes(wanted))?.value;
    },
  } as Ask;
  return { ask, asked };
};

describe('down a pipe', () => {
  it.each([
    [['call', 'maria'], 'tel:+85291234567'],
    [['call', 'maria', '--kind', 'work'], 'tel:+85228765432;ext=12'],
    [['call', '9123 4567', '--kind', 'work'], 'tel:+85228765432;ext=12'],
    [['sms', 'maria'], 'sms:+85291234567'],
    [['sms', 'maria', '--kind', 'work'], 'sms:+85228765432'],
    [['email', 'maria'], 'mailto:maria@acme.example'],
    [['email', 'maria', '--kind', 'personal'], 'mailto:m.garcia@example.com'],
    [['chat', 'maria'], 'https://wa.me/85291234567'],
    [['chat', 'maria', '--kind', 'line'], 'https://line.me/R/ti/p/~maria'],
  ])('%j prints %s', async (argv, uri) => {
    expect(await workspace.run(argv)).toEqual({ code: 0, stdout: `${uri}\n`, stderr: '', opened: [] });
  });

  it('gives JSON', async () => {
    expect(await workspace.json(['email', 'maria'])).toEqual({
      kind: 'work',
      value: 'maria@acme.example',
      uri: 'mailto:maria@acme.example',
    });
  });
});

describe('at a terminal', () => {
  it('opens the only address there is', async () => {
    expect(await workspace.run(['call', 'bob'], { terminal: true })).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Opened tel:+12015550123 for Bob.\n',
      opened: ['tel:+12015550123'],
    });
  });

  it('asks which of several', async () => {
    const { ask, asked } = choosing('2876');
    expect(await workspace.run(['call', 'maria'], { terminal: true, ask })).toMatchObject({
      code: 0,
      opened: ['tel:+85228765432;ext=12'],
    });
    expect(asked).toEqual(['Which phone number of Maria?', '+85291234567 Mobile', '+85228765432;ext=12 Work Phone']);
  });

  it('prints with --print', async () => {
    expect(await workspace.run(['chat', 'maria', '--kind', 'whatsapp', '--print'], { terminal: true })).toEqual({
      code: 0,
      stdout: 'https://wa.me/85291234567\n',
      stderr: '',
      opened: [],
    });
  });
});

describe('what cannot be reached', () => {
  it.each([
    [['email', 'bob'], 3, 'error: Bob has no email address.\nhint: "contacts edit 222222222224" adds one.\n'],
    [
      ['call', 'bob', '--kind', 'work'],
      3,
      'error: Bob has no phone number of the kind "work".\nhint: There is: +12015550123 (mobile).\n',
    ],
    [
      ['chat', 'bob'],
      3,
      'error: Bob has no messaging account with a public link.\nhint: "contacts edit 222222222224" adds one.\n',
    ],
    [
      ['chat', 'bob', '--kind', 'facebook'],
      2,
      "error: option '--kind <kind>' argument 'facebook' is invalid. Allowed choices are whatsapp, messenger, line, instagram.\nhint: See \"contacts --help\".\n",
    ],
  ])('%j', async (argv, code, stderr) => {
    expect(await workspace.run(argv)).toEqual({ code, stdout: '', stderr, opened: [] });
  });
});
