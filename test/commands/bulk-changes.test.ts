import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { answering } from '../helpers/answers.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const file = async (name: string, text: string | Uint8Array): Promise<string> => {
  const path = join(workspace.folder, name);
  await writeFile(path, text);
  return path;
};

const add = (...contacts: readonly object[]): Promise<readonly Contact[]> =>
  workspace
    .json<Contact | readonly Contact[]>(['add', '--from-json', '-'], {
      stdin: contacts.map((contact) => JSON.stringify(contact)).join('\n'),
    })
    .then((added) => [added].flat());

const person = (number: number): object => ({
  firstName: `Person ${number}`,
  company: 'Acme',
  emails: [{ kind: 'work', address: `p${number}@acme.example` }],
});

const addMany = (number: number): Promise<readonly Contact[]> =>
  add(...Array.from({ length: number }, (_, index) => person(index + 1)));

const total = async (): Promise<number> => (await workspace.json<unknown[]>(['list', '--category', 'all'])).length;

describe('a list of addresses of which some are unknown and some come twice', () => {
  const known = Array.from({ length: 40 }, (_, index) => `p${index + 1}@acme.example`);
  const twice = known.slice(0, 3).map((address) => address.toUpperCase());
  const unknown = Array.from({ length: 7 }, (_, index) => `gone${index + 1}@acme.example`);
  const csv = `Email\r\n${[...known, ...unknown, ...twice].join('\r\n')}\r\n`;

  it('changes nothing and names all that are unknown', async () => {
    await addMany(45);
    const path = await file('bounces.csv', csv);
    const outcome = await workspace.run(['rm', '--from', path, '--yes']);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toBe(
      [
        `error: 7 entries of ${path} match no contact:`,
        ...unknown.map((address, index) => `  line ${42 + index}: ${address}`),
        'hint: Nothing was changed. Correct these entries, or leave them out with --ignore-missing.',
        '',
      ].join('\n'),
    );
    expect(await total()).toBe(45);
  });

  it('deletes the others with --ignore-missing, as one change that one undo takes back', async () => {
    await addMany(45);
    const path = await file('bounces.csv', csv);
    const rm = ['rm', '--from', path, '--ignore-missing'];
    expect(await workspace.run(rm)).toMatchObject({ code: 2 });
    expect(await workspace.json([...rm, '--dry-run'])).toMatchObject({ deleted: 40, missing: 7, change: null });
    const changes = await workspace.json<unknown[]>(['log']);
    expect(await workspace.json([...rm, '--yes'])).toEqual({
      deleted: 40,
      missing: 7,
      change: expect.stringMatching(/^\w{12}$/),
    });
    expect(await total()).toBe(5);
    expect(await workspace.json<unknown[]>(['log'])).toHaveLength(changes.length + 1);
    await workspace.ok(['undo']);
    expect(await total()).toBe(45);
  });

  it('says in words how many are left out', async () => {
    await addMany(45);
    const path = await file('bounces.csv', csv);
    expect(await workspace.ok(['edit', '--from', path, '--ignore-missing', '--group', 'Gone', '--yes'])).toBe(
      'Edited 40 contacts; 0 unchanged; 7 entries not found.\n',
    );
  });
});

it('names twenty of what a list has and the store has not, and then how many more', async () => {
  await addMany(1);
  const stdin = Array.from({ length: 33 }, (_, index) => `gone${index + 1}@acme.example\n`).join('');
  const { code, stderr } = await workspace.run(['rm', '--from', '-', '--yes'], { stdin });
  const lines = stderr.split('\n');
  expect(code).toBe(3);
  expect(lines.slice(0, 2)).toEqual([
    'error: 33 entries of standard input match no contact:',
    '  line 1: gone1@acme.example',
  ]);
  expect(lines.slice(20, 22)).toEqual(['  line 20: gone20@acme.example', '  and 13 more']);
});

describe('what a list names', () => {
  let ids: Readonly<Record<'maria' | 'bob' | 'ann' | 'sam', string>>;
  beforeEach(async () => {
    await workspace.ok(['store', 'info']);
    const [maria, bob, ann] = await add(
      {
        firstName: 'Maria',
        phones: [
          { kind: 'mobile', number: '+85291234567' },
          { kind: 'work', number: '+85228765432' },
        ],
        emails: [{ kind: 'work', address: 'maria@acme.example' }],
      },
      { firstName: 'Bob', phones: [{ kind: 'work', number: '+85228765432' }], emails: [] },
      { firstName: 'Ann', emails: [{ kind: 'personal', address: "o'ann@home.example" }] },
    );
    const sam = await workspace.json<Contact>([
      ...['add', '--category', 'internal', '--first-name', 'Sam', '--email', 'sam@our.example'],
    ]);
    ids = { maria: maria?.id ?? '', bob: bob?.id ?? '', ann: ann?.id ?? '', sam: sam.id };
  });

  const found = async (text: string | Uint8Array, ...options: readonly string[]) => {
    const path = await file('list.csv', text);
    const rm = ['rm', '--from', path, '--dry-run', '--json', ...options];
    const { code, stdout, stderr } = await workspace.run(rm, { country: 'HK' });
    if (code !== 0) return JSON.parse(stderr).error;
    return (JSON.parse(stdout).changes as readonly { name: string }[]).map(({ name }) => name).sort();
  };

  it.each<readonly [string, (named: typeof ids) => string | Uint8Array, readonly string[]]>([
    ['ids', ({ bob, maria }) => `${bob}\n${maria.toUpperCase()}\n`, ['Bob', 'Maria']],
    ['addresses, after a byte order mark', () => '\ufeffMARIA@acme.example\r\n', ['Maria']],
    [
      'addresses in UTF-16',
      () => Buffer.from("\ufeffmaria@acme.example\r\no'ann@home.example\r\n", 'utf16le'),
      ['Ann', 'Maria'],
    ],
    [
      'addresses beside names in an old encoding',
      () => Buffer.from('Name;Email\r\nGarc\xeda;maria@acme.example\r\n', 'latin1'),
      ['Maria'],
    ],
    [
      'a column in an old encoding',
      () => Buffer.from([0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b, 0x0a, ...Buffer.from('maria@acme.example\n')]),
      ['Maria'],
    ],
    [
      'an address as mail programs write it',
      () => 'Maria <maria@acme.example>\nmailto:sam@our.example\n',
      ['Maria', 'Sam'],
    ],
    ['numbers in any form', () => '9123 4567\n', ['Maria']],
    [
      'a mixture, with blank lines',
      ({ sam }) => `\n${sam}\n\n+852 9123-4567\n"o'ann@home.example"\n`,
      ['Ann', 'Maria', 'Sam'],
    ],
    ['a column ID', ({ bob, ann }) => `Name,ID\nBob,${bob}\n"Lee, Ann",${ann}\n`, ['Ann', 'Bob']],
    ['a column in another language', () => 'Nachname;E-Mail-Adresse\nX;maria@acme.example\n', ['Maria']],
    ['a column in Japanese', () => '名前,メールアドレス\n森,maria@acme.example\n', ['Maria']],
    ['columns after a delimiter line', () => 'sep=;\r\nName;Email\r\n"X;Y";maria@acme.example\r\n', ['Maria']],
    ['columns after lines of prose', () => 'Bounces of November\n\nName,Email\nX,maria@acme.example\n', ['Maria']],
    [
      'two addresses in a cell',
      () => "Email\nmaria@acme.example; info@acme.example\no'ann@home.example\n",
      ['Ann', 'Maria'],
    ],
    [
      'numbers where a row has neither id nor address',
      ({ sam }) => `ID,Email,Mobile\n${sam},,\n,o'ann@home.example,9123 4567\n,,91234567\n`,
      ['Ann', 'Maria', 'Sam'],
    ],
    ['an id of another program beside the address', () => 'Record ID,Email\n1234,maria@acme.example\n', ['Maria']],
    ['a shared number beside an own one', () => 'Work Phone,Mobile\n2876 5432,9123 4567\n', ['Maria']],
    ['an own export', () => 'ID,Type,First Name,Work Email\r\n,Lead,Maria,maria@acme.example\r\n', ['Maria']],
    ['nothing', () => '', []],
    ['a header alone', () => 'Email\n', []],
  ])('is found by %s', async (_, text, names) => {
    expect(await found(text(ids))).toEqual(names);
  });

  it.each<readonly [string, string, string, string]>([
    ['a number of two', '2876 5432\n', 'ambiguous', '1 entry of '],
    ['a name', 'Maria\n', 'not_found', 'line 1: Maria'],
    ['the start of an id', '2222\n', 'not_found', 'line 1: 2222'],
    [
      'an unknown id with a known address',
      'ID,Email\n333333333333,maria@acme.example\n',
      'not_found',
      'line 2: 333333333333',
    ],
    [
      'a row without anything to find by',
      'First Name,Email\nMaria,\n',
      'not_found',
      'line 2: Maria (no id, email address or phone number)',
    ],
    [
      'a header with none of the columns',
      'First Name,Company\nMaria,Acme\n',
      'invalid',
      'has no column of ids, email addresses or phone numbers',
    ],
    [
      'several columns without a header',
      'Maria,maria@acme.example\n',
      'invalid',
      'has several columns (line 1) and no header',
    ],
    [
      'entries above what looks like a header',
      'maria@acme.example\nEmail\nbob@x.example\n',
      'not_found',
      'line 2: Email',
    ],
    ['two that a row names', "Email\nmaria@acme.example; o'ann@home.example\n", 'ambiguous', '1 entry of '],
    [
      'a row with more cells than the header',
      'Name,Email\nLee, Ann,maria@acme.example\n',
      'invalid',
      'line 2 has 3 cells',
    ],
    ['an open quote', 'Email\n"maria@acme.example\n', 'invalid', 'Line 2'],
  ])('is refused where it is %s', async (_, text, code, message) => {
    const error = await found(text);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('may have a header that is not known', async () => {
    const { code, hint } = await found('Recipient\nmaria@acme.example\n');
    expect([code, hint]).toEqual([
      'not_found',
      'Nothing was changed. Correct these entries, or leave them out with --ignore-missing. If "Recipient" is a header, write ID, Email or Mobile there.',
    ]);
  });

  it('names all that match several, with those that match none', async () => {
    const error = await found('Mobile\n2876 5432\n5555 5555\n');
    expect(error.message.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^1 entry of .* matches no contact:$/),
      '  line 3: 5555 5555',
    ]);
    expect(error.message).toContain(`    Maria, maria@acme.example (${ids.maria})\n    Bob, +85228765432 (${ids.bob})`);
    expect(await found('Mobile\n2876 5432\n5555 5555\n', '--ignore-missing')).toMatchObject({ code: 'ambiguous' });
  });

  it('is of one category where that is given', async () => {
    const list = 'maria@acme.example\nsam@our.example\n';
    expect(await found(list, '--category', 'internal', '--ignore-missing')).toEqual(['Sam']);
    expect(await found(list, '--category', 'external')).toMatchObject({ code: 'not_found' });
  });
});

it('a list may be a workbook', async () => {
  await addMany(3);
  const path = join(workspace.folder, 'acme.xlsx');
  await workspace.ok(['export', path, '--where', 'p1 OR p2']);
  expect(await workspace.json(['rm', '--from', path, '--yes'])).toMatchObject({ deleted: 2 });
  const old = join(import.meta.dirname, '..', '..', 'fixtures', 'cases', 'formats', 'old-excel.xls');
  const { code, stderr } = await workspace.run(['rm', '--from', old, '--yes']);
  expect([code, stderr]).toEqual([5, expect.stringContaining('is an old Excel workbook (.xls).')]);
});

describe('the question', () => {
  it('comes after the number and the first ten names, and no means that nothing is changed', async () => {
    await addMany(12);
    const { ask, asked } = answering(['no']);
    const edit = ['edit', '--where', 'company:acme', '--company', 'Acme Ltd'];
    const { code, stderr } = await workspace.run(edit, { terminal: true, ask });
    expect(code).toBe(130);
    expect(asked).toEqual(['Edit these 12 contacts?']);
    const lines = stderr.split('\n');
    expect(lines[0]).toBe('12 contacts:');
    expect(lines[1]).toBe('  Person 1, Acme, p1@acme.example (222222222222)');
    expect(lines[11]).toBe('  and 2 more');
    expect(lines[12]).toBe('error: Cancelled; nothing was edited.');
    expect(await workspace.json<unknown[]>(['list', '--where', 'company:"Acme Ltd"'])).toEqual([]);
  });

  it('is followed by how to take the change back', async () => {
    await addMany(3);
    const { ask, asked } = answering(['yes']);
    const { code, stdout, stderr } = await workspace.run(['rm', '--all'], { terminal: true, ask });
    expect([code, stdout, asked]).toEqual([0, 'Deleted 3 contacts.\n', ['Delete these 3 contacts?']]);
    const [, prefix = ''] = /^To undo this: contacts undo (\w+)$/m.exec(stderr) ?? [];
    expect(prefix.length).toBeGreaterThanOrEqual(4);
    await workspace.ok(['undo', prefix]);
    expect(await total()).toBe(3);
    const quiet = await workspace.run(['rm', '--all', '--yes', '-q'], { terminal: true });
    expect([quiet.code, quiet.stderr]).toEqual([0, '']);
  });

  it('is not asked of a list that comes in on standard input', async () => {
    await addMany(1);
    const rm = ['rm', '--from', '-'];
    const { code, stderr } = await workspace.run(rm, { terminal: true, stdin: 'p1@acme.example\n' });
    expect(code).toBe(2);
    expect(stderr).toContain('This would delete 1 contact, which needs --yes.');
  });
});

describe('a dry run', () => {
  it('names whom it would change, field by field', async () => {
    await addMany(2);
    const edit = ['edit', '--all', '--company', 'Beta', '--add', 'personal-email=x@home.example', '--dry-run'];
    expect(await workspace.ok(edit)).toBe(
      [
        '222222222222\tPerson 1\tCompany\tAcme\tBeta',
        '222222222222\tPerson 1\tPersonal Email\t\tx@home.example',
        '222222222223\tPerson 2\tCompany\tAcme\tBeta',
        '222222222223\tPerson 2\tPersonal Email\t\tx@home.example',
        'Would edit 2 contacts; 0 unchanged.',
        '',
      ].join('\n'),
    );
    expect(await workspace.json<unknown[]>(['list', '--where', 'company:beta'])).toEqual([]);
  });

  it('names whom it would delete', async () => {
    await addMany(2);
    expect(await workspace.ok(['rm', '--where', 'company:acme', '--dry-run'])).toBe(
      [
        '222222222222\tPerson 1\tLead\t\tAcme\t\tp1@acme.example',
        '222222222223\tPerson 2\tLead\t\tAcme\t\tp2@acme.example',
        'Would delete 2 contacts.',
        '',
      ].join('\n'),
    );
  });
});

it('thousands of lines are looked up together', async () => {
  const stdin = Array.from({ length: 2500 }, (_, index) => JSON.stringify(person(index))).join('\n');
  await workspace.ok(['add', '--from-json', '-'], { stdin });
  const list = Array.from({ length: 2500 }, (_, index) => `p${index}@acme.example\n`).join('');
  expect(await workspace.json(['rm', '--from', '-', '--yes'], { stdin: list })).toMatchObject({ deleted: 2500 });
});
