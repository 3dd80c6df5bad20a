import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from '../../src/errors.js';
import type { Ask, Choice, ChoiceQuestion, SearchQuestion } from '../../src/terminal/ask.js';
import { createWorkspace, type Outcome, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok([
    'add',
    ...['--first-name', 'Maria', '--last-name', 'Garcia', '--company', 'Acme', '--work-email', 'maria@acme.example'],
    ...['--mobile', '+852 9123 4567', '--work-phone', '+852 2876 5432'],
  ]);
  await workspace.ok(['add', '--first-name', 'Bob', '--last-name', 'Garcia']);
  await workspace.ok(['add', '--category', 'internal', '--first-name', 'Sam', '--email', 'sam@acme.example']);
});
afterEach(() => workspace.remove());

/** One thing that a user does: types a text and takes the first match, chooses by name, types a line, answers yes. */
type Step =
  | { readonly search: string }
  | { readonly choose: string }
  | { readonly text: string }
  | { readonly yes: boolean };

/** Someone at the keyboard, who does these steps in order and then presses Ctrl-C; and what they saw. */
const user = (steps: readonly Step[]) => {
  const left = [...steps];
  const seen: string[] = [];
  const step = <Kind extends string>(kind: Kind): Extract<Step, { readonly [K in Kind]: unknown }> => {
    const next = left.shift();
    if (next === undefined) throw new InterruptedError();
    if (!(kind in next)) throw new Error(`Asked for ${kind}, and the next step is ${JSON.stringify(next)}.`);
    return next as Extract<Step, { readonly [K in Kind]: unknown }>;
  };
  const shown = ({ name, hint }: Choice<unknown>): string => (hint === undefined ? name : `${name} (${hint})`);
  const ask = {
    search: async <Value>({ message, initial, find, preview }: SearchQuestion<Value>) => {
      const { search } = step('search');
      const found = await find(search, new AbortController().signal);
      seen.push(`${message}${initial === undefined ? '' : ` [${initial}]`}: ${found.map(shown).join(', ')}`);
      const [first] = found;
      if (first === undefined) throw new InterruptedError();
      if (preview) seen.push(preview(first.value).split('\n')[0] ?? '');
      return first.value;
    },
    chooseOne: async <Value>({ message, choices }: ChoiceQuestion<Value>) => {
      const { choose } = step('choose');
      seen.push(`${message}: ${choices.map(shown).join(', ')}`);
      const chosen = choices.find(({ name }) => name === choose);
      if (chosen === undefined) throw new Error(`There is no choice ${choose}.`);
      return chosen.value;
    },
    text: async () => step('text').text,
    confirm: async () => step('yes').yes,
    longText: async () => {
      throw new UsageError('There is no editor.');
    },
  } as unknown as Ask;
  return { ask, seen };
};

const pick = async (
  steps: readonly Step[],
  argv: readonly string[] = [],
): Promise<Outcome & { seen: readonly string[] }> => {
  const { ask, seen } = user(steps);
  return { ...(await workspace.run(argv, { terminal: true, ask })), seen };
};

const actions =
  'Show, Edit, Add a note, Call (+85291234567), Text (+85291234567), Mail (maria@acme.example), Copy a number, ' +
  'Merge (with another contact), Delete, Back to the search, Leave';

describe('the picker', () => {
  it('lists what matches, previews the contact, and leaves', async () => {
    const { code, stderr, seen } = await pick([{ search: 'maria' }, { choose: 'Leave' }]);
    expect([code, stderr]).toEqual([0, '']);
    expect(seen).toEqual([
      'Find a contact: Maria Garcia (Acme · +85291234567 · maria@acme.example)',
      'MG Maria Garcia',
      `Maria Garcia: ${actions}`,
    ]);
  });

  it('begins with the first contacts, staff among them', async () => {
    const { seen } = await pick([{ search: '' }]);
    expect(seen[0]).toBe(
      'Find a contact: Maria Garcia (Acme · +85291234567 · maria@acme.example), Bob Garcia, Sam (sam@acme.example)',
    );
  });

  it.each([
    ['g', 'Find a contact: Maria Garcia (Acme · +85291234567 · maria@acme.example), Bob Garcia'],
    ['bo', 'Find a contact: Bob Garcia'],
    ['sam ', 'Find a contact: Sam (sam@acme.example)'],
    ['zzzz', 'Find a contact: '],
  ])('narrows to %j', async (search, line) => {
    expect((await pick([{ search }])).seen[0]).toBe(line);
  });

  it('opens for a search without a query, in its category', async () => {
    const { seen } = await pick([{ search: '' }], ['search', '--category', 'internal']);
    expect(seen[0]).toBe('Find a contact: Sam (sam@acme.example)');
  });

  it('allows for typing errors', async () => {
    const { seen } = await pick([{ search: 'mraia' }]);
    expect(seen[0]).toBe(
      'Find a contact: Maria Garcia (near what you typed · Acme · +85291234567 · maria@acme.example)',
    );
  });

  it('comes back to the text as it was', async () => {
    const { seen } = await pick([{ search: 'bob' }, { choose: 'Back to the search' }, { search: 'bob' }]);
    expect(seen.filter((line) => line.startsWith('Find'))).toEqual([
      'Find a contact: Bob Garcia',
      'Find a contact [bob]: Bob Garcia',
    ]);
  });

  it('ends with 130 on Ctrl-C', async () => {
    expect(await pick([])).toMatchObject({ code: 130 });
    expect(await pick([{ search: 'bob' }])).toMatchObject({ code: 130, stderr: 'error: Left the picker.\n' });
  });

  it('wants a terminal', async () => {
    expect(await workspace.run([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^Usage: /) });
    expect(await workspace.run(['search'])).toMatchObject({ code: 2, stdout: '' });
    expect(await workspace.run(['search', '--json'], { terminal: true })).toMatchObject({ code: 2, stdout: '' });
    expect(await workspace.run(['--no-input'], { terminal: true })).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('the actions of the picker', () => {
  it.each<[string, readonly Step[], Partial<Outcome>]>([
    [
      'show',
      [{ choose: 'Show' }],
      { stdout: expect.stringContaining('Work Email  maria@acme.example') as unknown as string },
    ],
    [
      'add a note',
      [{ choose: 'Add a note' }, { text: 'Call back' }],
      { stdout: 'Added note 222222222228 to Maria Garcia, Acme, maria@acme.example (222222222222).\n' },
    ],
    ['call', [{ choose: 'Call' }, { choose: '+85228765432' }], { opened: ['tel:+85228765432'] }],
    ['mail', [{ choose: 'Mail' }], { opened: ['mailto:maria@acme.example'] }],
    [
      'copy a number',
      [{ choose: 'Copy a number' }, { choose: '+85291234567' }],
      { stderr: '\x1b]52;c;Kzg1MjkxMjM0NTY3\x07Handed +85291234567 to the clipboard.\n' },
    ],
  ])('%s', async (_name, steps, outcome) => {
    expect(await pick([{ search: 'maria' }, ...steps, { choose: 'Leave' }])).toMatchObject({ code: 0, ...outcome });
  });

  it('delete, and go back to the search', async () => {
    const { stdout, seen } = await pick([
      { search: 'maria' },
      { choose: 'Delete' },
      { yes: true },
      { search: 'garcia' },
      { choose: 'Leave' },
    ]);
    expect(stdout).toBe('Deleted Maria Garcia, Acme, maria@acme.example (222222222222).\n');
    expect(seen).toContain('Find a contact [maria]: Bob Garcia');
  });

  it('merge with another', async () => {
    const steps: readonly Step[] = [
      { search: 'maria' },
      { choose: 'Merge' },
      { search: 'garcia' },
      { choose: 'Maria' },
      { yes: true },
      { choose: 'Leave' },
    ];
    const { code, seen } = await pick(steps);
    expect(code).toBe(0);
    expect(seen).toContain('Merge which contact into Maria Garcia?: Bob Garcia');
    expect(await workspace.json(['search', 'garcia', '--fields', 'name,mergedIds'])).toEqual([
      { name: 'Maria Garcia', mergedIds: ['222222222224'] },
    ]);
  });

  it('stay after what is cancelled, and after what goes wrong', async () => {
    const { code, stderr, seen } = await pick([
      { search: 'maria' },
      { choose: 'Delete' },
      { yes: false },
      { choose: 'Leave' },
    ]);
    expect([code, stderr]).toEqual([0, '  Maria Garcia, Acme, maria@acme.example (222222222222)\n']);
    expect(seen.filter((line) => line.startsWith('Maria Garcia: '))).toHaveLength(2);
    const failed = await pick([{ search: 'maria' }, { choose: 'Add a note' }, { text: ' ' }, { choose: 'Leave' }]);
    expect(failed).toMatchObject({ code: 0, stderr: 'warning: There is no editor.\n' });
  });
});
