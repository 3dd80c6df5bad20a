import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answering } from '../helpers/answers.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  for (const [first, last] of [
    ['Maria', 'García'],
    ['Ana', 'García'],
    ['Bob', 'Lee'],
  ] as const) {
    await workspace.ok(['add', '--first-name', first, '--last-name', last, '--mobile', '+85291234567']);
  }
});
afterEach(() => workspace.remove());

describe('a REF that matches nobody', () => {
  it('names those that come near, where nobody can be asked', async () => {
    expect(await workspace.run(['show', 'garcia'])).toMatchObject({
      code: 3,
      stdout: '',
      stderr: [
        'error: There is no contact "garcia".',
        'hint: Did you mean one of these?',
        '  Ana García, +85291234567 (222222222224)',
        '  Maria García, +85291234567 (222222222222)',
        'To search: contacts search garcia',
        '',
      ].join('\n'),
    });
  });

  it('names five at most', async () => {
    for (let number = 0; number < 5; number += 1) {
      await workspace.ok(['add', '--first-name', `Eva ${number}`, '--last-name', 'Garcia']);
    }
    const { stderr } = await workspace.run(['show', 'garcia']);
    expect(stderr.split('\n').filter((line) => /\(\w{12}\)$/.test(line))).toHaveLength(5);
  });

  it.each([
    ['zzzz', 'contacts search zzzz'],
    ['maria@garcia.example', 'contacts search maria@garcia.example'],
    ['+85291234560', 'contacts search +85291234560'],
    ["o'hara & sons", "contacts search 'o'\\''hara & sons'"],
    ['company:"x', "contacts search 'company:\"x'"],
  ])('says how to search for %s where none comes near', async (reference, search) => {
    const { code, stderr } = await workspace.run(['show', reference]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `hint: Give an id, an email address, a phone number or a full name. To search: ${search}\n`,
    );
  });

  it.each([
    [['show', 'garcia']],
    [['edit', 'garcia', '--company', 'Acme']],
    [['rm', 'garcia', '--yes']],
    [['merge', 'garcia', 'bob lee', '--yes']],
    [['note', 'add', 'garcia', 'Called']],
    [['note', 'list', 'garcia']],
    [['call', 'garcia', '--print']],
    [['sms', 'garcia', '--print']],
    [['share', 'garcia']],
  ])('is offered what a search finds at a terminal: %j', async (argv) => {
    const { ask, asked } = answering(['Ana García']);
    const { code, stderr } = await workspace.run(argv, { terminal: true, ask });
    expect([code, stderr.includes('error')]).toEqual([0, false]);
    expect(asked).toEqual(['There is no contact "garcia". Which of these do you mean?: Ana García | Maria García']);
  });

  it('is offered what a search finds, even if it is only one', async () => {
    const { ask, asked } = answering(['Bob Lee']);
    expect((await workspace.run(['show', 'bob'], { terminal: true, ask })).code).toBe(0);
    expect(asked).toEqual(['There is no contact "bob". Which of these do you mean?: Bob Lee']);
  });

  it('is an error at a terminal too where a search finds nobody', async () => {
    expect((await workspace.run(['show', 'zzzz'], { terminal: true })).code).toBe(3);
  });
});

it('a REF and a change lose the sign with which a table cuts', async () => {
  expect(await workspace.json(['show', '222222222222…'])).toMatchObject({ firstName: 'Maria' });
  const [newest] = await workspace.json<readonly { id: string }[]>(['log']);
  expect(await workspace.json(['undo', `${newest?.id.slice(0, 12)}…`])).toMatchObject({ undone: newest?.id });
});

it('a REF is of one category where that is given', async () => {
  await workspace.ok(['add', '--category', 'internal', '--first-name', 'Bob', '--last-name', 'Lee']);
  expect((await workspace.run(['edit', 'bob lee', '--department', 'Sales'])).code).toBe(4);
  const edit = ['edit', 'bob lee', '--department', 'Sales', '--category', 'internal'];
  expect(await workspace.json(edit)).toMatchObject({ category: 'internal', department: 'Sales' });
});

describe('an unknown command', () => {
  it.each([
    [['find', 'x'], 'Use "contacts search".'],
    [['ls'], 'Use "contacts list".'],
    [['new'], 'Use "contacts add".'],
    [['delete', 'x'], 'Use "contacts rm".'],
    [['remove', 'x'], 'Use "contacts rm".'],
    [['view', 'x'], 'Use "contacts show".'],
    [['LIST'], 'Use "contacts list".'],
    [['history'], 'Use "contacts log".'],
    [['init'], 'Use "contacts store init".'],
    [['help', 'find'], 'Use "contacts search".'],
    [['serach', 'x'], 'Did you mean "search"?'],
    [['garcia'], 'To look for a contact: contacts search garcia'],
    [['maria', 'garcia'], 'To look for a contact: contacts search maria garcia'],
    [['constructor'], 'To look for a contact: contacts search constructor'],
  ])('%j: %s', async (argv, hint) => {
    const { code, stderr } = await workspace.run(argv);
    const name = argv[0] === 'help' ? argv[1] : argv[0];
    expect([code, stderr]).toEqual([2, `error: There is no command "${name}".\nhint: ${hint}\n`]);
  });

  it.each([
    [['label', 'delete', 'x'], 'Use "contacts label rm".'],
    [['label', 'ls'], 'Use "contacts label list".'],
    [['label', 'edit', 'x'], 'Use "contacts label rename".'],
    [['note', 'new', 'x'], 'Use "contacts note add".'],
    [['field', 'create', 'x'], 'Use "contacts field add".'],
    [['store', 'create'], 'Use "contacts store init".'],
    [['label', 'lst'], 'Did you mean "list"?'],
    [['note', 'garcia'], 'See "contacts note --help".'],
  ])('%j, within a group: %s', async (argv, hint) => {
    const { code, stderr } = await workspace.run(argv);
    expect([code, stderr]).toEqual([2, `error: unknown command '${argv[1]}'\nhint: ${hint}\n`]);
  });

  it.each(['label', 'note', 'field', 'store', 'mapping'])('is wanted after %s, whose help is shown', async (group) => {
    const { code, stderr } = await workspace.run([group]);
    expect([code, stderr.split('\n')[0]]).toEqual([2, `Usage: contacts ${group} [options] [command]`]);
  });

  it.each([[['completion', 'bash']], [['label', 'help']], [['label', '--help']], [['help', 'label']]])(
    'is not what is named by %j',
    async (argv) => {
      expect((await workspace.run(argv)).code).toBe(0);
    },
  );
});
