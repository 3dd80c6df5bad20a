import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ask, ChoiceQuestion } from '../../src/terminal/ask.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const file = async (name: string, text: string): Promise<string> => {
  const path = join(workspace.folder, name);
  await writeFile(path, text);
  return path;
};

const people =
  'ID,Given Name,Birth Date,Work Email,Reach,Quirk,Fax\n' +
  ',Ada,03/04/1990,ada@x.example,+85291234567,likes tea,\n' +
  ',Bea,05/06/1991,nobody,+85291234568,tall,\n';

const reach = 'its values are those of Mobile: --map "Reach=mobile"';
const columns = [
  { column: 'ID', field: 'id', samples: [], why: 'the ID of the contact; all its cells are empty' },
  {
    column: 'Given Name',
    field: 'firstName',
    samples: ['Ada', 'Bea'],
    why: 'the header is a common name of the field',
  },
  {
    column: 'Birth Date',
    field: 'birthDate',
    samples: ['03/04/1990', '05/06/1991'],
    why:
      'the header is the name of the field; all 2 dates read both ways, month first here: ' +
      'say --date-order dmy where that is wrong',
  },
  {
    column: 'Work Email',
    field: 'work-email',
    samples: ['ada@x.example', 'nobody'],
    why: 'the header is the name of the field; 1 of its first 2 different values is not valid there',
  },
  { column: 'Reach', field: '', samples: ['+85291234567', '+85291234568'], why: `no field fits; ${reach}` },
  { column: 'Quirk', field: 'notes', samples: ['likes tea', 'tall'], why: 'you chose it' },
  { column: 'Fax', field: '', samples: [], why: 'you left it out; all its cells are empty' },
];
const flags = ['--map', 'Quirk=notes', '--map', 'Fax=', '--ignore-unknown', '--dry-run'];

describe('the columns of a file', () => {
  it('are told by a dry run in JSON: the field of each, three samples, and why', async () => {
    const { stdout } = await workspace.run(['import', await file('people.csv', people), ...flags, '--json']);
    expect(JSON.parse(stdout).columns).toEqual(columns);
    expect(await workspace.json(['import', await file('good.csv', 'First Name\nAda\n')])).not.toHaveProperty('columns');
    expect(await workspace.json(['import', await file('a.json', '[{"firstName":"Ada"}]'), '--dry-run'])).toMatchObject({
      columns: [],
    });
  });

  it('are told to people down a pipe and at a terminal', async () => {
    const csv = await file('people.csv', people);
    const { stdout } = await workspace.run(['import', csv, ...flags]);
    expect(stdout.split('\n').slice(0, columns.length)).toEqual(
      columns.map(({ column, field, samples, why }) => [column, field, samples.join(' | '), why].join('\t')),
    );
    const shown = (await workspace.run(['import', csv, ...flags], { terminal: true, columns: 200 })).stdout;
    expect(shown).toMatch(/Column\s+Field\s+Samples\s+Why/);
    expect(shown).toContain('likes tea | tall');
  });

  it('name no order of dates that was told', async () => {
    const csv = await file('people.csv', 'First Name,Birth Date\nAda,03/04/1990\n');
    const { columns: told } = await workspace.json<{ columns: { why: string }[] }>([
      ...['import', csv, '--dry-run', '--date-order', 'dmy'],
    ]);
    expect(told[1]?.why).toBe('the header is the name of the field');
  });

  it('are offered as what their values are', async () => {
    const offered: unknown[] = [];
    const ask = {
      chooseOne: async ({ message, initial, choices }: ChoiceQuestion<string>) => {
        offered.push(`${message} ${choices.find(({ value }) => value === initial)?.name}`);
        return initial;
      },
      text: async () => '',
    } as unknown as Ask;
    const csv = await file(
      'people.csv',
      'First Name,Reach,More,Reach by,Quirk\nAda,+85291234567,+85291234568,ada@x.example,tall\n',
    );
    const { code } = await workspace.run(['import', csv], { terminal: true, ask });
    expect(code).toBe(0);
    expect(offered).toEqual([
      'What is in the column "Reach" (+85291234567)? Mobile',
      'What is in the column "More" (+85291234568)? Work Phone',
      'What is in the column "Reach by" (ada@x.example)? Work Email',
      'What is in the column "Quirk" (tall)? Make a custom field of it',
    ]);
    expect(await workspace.json(['list', '--fields', 'mobile,work-phone,work-email,Quirk'])).toEqual([
      { mobile: ['+85291234567'], 'work-phone': ['+85291234568'], 'work-email': ['ada@x.example'], Quirk: 'tall' },
    ]);
  });

  it('keep the texts of staff in notes', async () => {
    const ask = {
      chooseOne: async ({ initial }: ChoiceQuestion<string>) => initial,
      text: async () => '',
    } as unknown as Ask;
    const csv = await file('staff.csv', 'First Name,Quirk\nAda,tall\n');
    const { code } = await workspace.run(['import', csv, '--category', 'internal'], { terminal: true, ask });
    expect(code).toBe(0);
    expect(await workspace.json(['list', '--category', 'internal'])).toMatchObject([{ notes: [{ text: 'tall' }] }]);
  });

  it('are named with what their values are, where nobody can be asked', async () => {
    const { stderr, code } = await workspace.run(['import', await file('people.csv', people), '--dry-run']);
    expect(code).toBe(5);
    expect(stderr).toContain('By their values: --map "Reach=mobile".');
  });
});
