import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const addPeople = async (): Promise<void> => {
  const { ok } = workspace;
  await ok(['label', 'add', 'VIP', '--color', 'red']);
  await ok(['label', 'add', 'Newsletter']);
  await ok([
    'add',
    ...['--first-name', 'María', '--last-name', 'García', '--company', 'Acme', '--mobile', '+852 9123 4567'],
    ...['--work-email', 'maria@example.com', '--label', 'vip'],
  ]);
  await ok(['add', '--first-name', 'Bob', '--company', 'Beta', '--type', 'customer', '--mobile', '+1 201-555-0123']);
  await ok([
    'add',
    ...['--category', 'internal', '--first-name', 'Sam', '--last-name', 'Staff', '--extension', '204'],
    ...['--availability', 'active', '--role', 'agent', '--email', 'sam@example.com'],
  ]);
};

const ids = { maria: '222222222224', bob: '222222222226', sam: '222222222228' };

describe('add', () => {
  it('gives the contact as it now is', async () => {
    const added = await workspace.json<Contact>(
      ['add', '--first-name', 'Maria', '--mobile', '9123 4567', '--country-code', '852', '--birth-date', '12/31/1990'],
      { user: 'ann' },
    );
    expect(added).toEqual({
      id: '222222222222',
      category: 'external',
      type: 'Lead',
      level: 'Primary',
      firstName: 'Maria',
      birthDate: '1990-12-31',
      labels: [],
      phones: [{ kind: 'mobile', number: '+85291234567' }],
      emails: [],
      notes: [],
      createdAt: '2026-11-24T12:00:00.000Z',
      createdBy: 'ann',
      updatedAt: '2026-11-24T12:00:00.000Z',
      updatedBy: 'ann',
    });
    expect(await workspace.json(['show', '222222222222'])).toEqual(added);
  });

  it('changes nothing in a dry run', async () => {
    expect(await workspace.ok(['add', '--first-name', 'Maria', '--dry-run'])).toBe('Would add Maria (222222222222).\n');
    expect(await workspace.json(['list'])).toEqual([]);
    expect(await workspace.json(['log'])).toEqual([]);
  });

  it('takes one JSON object, and one on each line', async () => {
    const one = '{"firstName":"Ada","phones":[{"kind":"mobile","number":"+85291234567"}],"custom":{}}';
    expect(await workspace.json(['add', '--from-json', '-'], { stdin: one })).toMatchObject({ firstName: 'Ada' });
    const two = '{"firstName":"Bea"}\n{"company":"Acme","mobile":"+85291234568"}\n';
    expect(await workspace.json(['add', '--from-json', '-'], { stdin: two })).toMatchObject([
      { firstName: 'Bea' },
      { company: 'Acme', phones: [{ kind: 'mobile', number: '+85291234568' }] },
    ]);
    expect(await workspace.json<unknown[]>(['log'])).toHaveLength(2);
  });

  it('adds all of several JSON objects, or none', async () => {
    const stdin = '{"firstName":"Bea"}\n{"firstName":"Cy","workEmail":"nobody"}\n';
    const { code, stderr } = await workspace.run(['add', '--from-json', '-'], { stdin });
    expect(code).toBe(5);
    expect(stderr).toBe(
      'error: line 2: Work Email "nobody" is not an email address such as name@example.com.\n' +
        'hint: Nothing was changed. Mend the values and run the command again.\n',
    );
    expect(await workspace.json(['list'])).toEqual([]);
  });
});

describe('errors', () => {
  beforeEach(addPeople);

  it.each<[readonly string[], number, string, string]>([
    [['add'], 2, 'usage', 'Nothing to add: no field was given, and there is no terminal for the form.'],
    [['add', '--email', 'x@example.com'], 2, 'usage', '--email is a flag for staff.'],
    [['add', '--category', 'internal', '--company', 'x'], 2, 'usage', '--company is a flag for external contacts.'],
    [['add', '--frist-name', 'x'], 2, 'usage', "unknown option '--frist-name'"],
    [['add', '--type', 'boss'], 5, 'invalid', 'Type "boss" is not one of Lead, Prospect, Customer, Other.'],
    [['add', '--first-name', 'x', '--label', 'vpi'], 3, 'not_found', 'There is no label "vpi".'],
    [['add', '--first-name', 'x', '--set', 'colour=red'], 3, 'not_found', 'There is no field "colour" of external'],
    [['add', '--first-name', 'x', '--mobile', '9123 4567'], 5, 'invalid', 'Mobile "9123 4567" has no country code'],
    [['add', '--first-name', 'x', '--country-code', 'ZZ'], 2, 'usage', '--country-code: "ZZ" is neither a calling'],
    [['add', '--category', 'internal', '--first-name', 'x', '--extension', '204'], 6, 'conflict', 'Extension Number'],
    [
      ['add', '--category', 'internal', '--email', 'SAM@example.com'],
      6,
      'conflict',
      'Email "SAM@example.com" is taken',
    ],
    [['show', 'nobody'], 3, 'not_found', 'There is no contact "nobody".'],
    [['show'], 2, 'usage', "missing required argument 'ref'"],
    [['edit'], 2, 'usage', 'Nothing to edit was named.'],
    [['edit', 'bob'], 2, 'usage', 'A question would have to be asked'],
    [['edit', 'bob', '--where', 'x', '--company', 'y'], 2, 'usage', 'REF and --where cannot be combined.'],
    [['edit', '--where', 'bob', '--company', 'y'], 2, 'usage', 'This would edit 1 contact, which needs --yes.'],
    [['rm', '--where', 'x', '--from', 'y', '--all'], 2, 'usage', '--where and --from and --all cannot be combined.'],
    [['rm', '--where', 'bob', '--where', 'maria', '--yes'], 2, 'usage', '--where is given twice.'],
    [['rm', '--from', 'x', '--from', 'y', '--yes'], 2, 'usage', '--from is given twice.'],
    [['list', '--where', 'bob', '--where', 'maria'], 2, 'usage', '--where is given twice.'],
    [['rm', 'bob', '--ignore-missing'], 2, 'usage', '--ignore-missing goes with --from.'],
    [['rm', '--all'], 2, 'usage', 'This would delete 2 contacts, which needs --yes.'],
    [['rm', '--where', ' ', '--yes'], 2, 'usage', ''],
    [['edit', '--where', '', '--company', 'x', '--yes'], 2, 'usage', ''],
    [['edit', 'bob', '--add', 'company=x'], 2, 'usage', 'Company holds one value, and has one.'],
    [['edit', 'bob', '--company', '', '--first-name', '', '--mobile', ''], 5, 'invalid', 'The contact needs at least'],
    [['rm'], 2, 'usage', 'Nothing to delete was named.'],
    [['rm', '--where', 'type:lead'], 2, 'usage', 'This would delete 1 contact, which needs --yes.'],
    [['list', '--sort', 'nmae'], 3, 'not_found', 'There is no field "nmae".'],
    [['list', '--fields', 'id,,name'], 2, 'usage', '--fields: "id,,name" has an empty name in it.'],
    [['list', '--limit', '-5'], 2, 'usage', "option '--limit <n>' argument '-5' is invalid."],
    [['list', '--format', 'xml'], 2, 'usage', "option '--format <format>' argument 'xml' is invalid."],
    [['list', '--category', 'all', '--format', 'csv'], 2, 'usage', 'CSV of contacts and staff together'],
    [['list', '--where', 'company:"Ac'], 2, 'usage', ''],
    [['search'], 2, 'usage', 'Nothing to search for.'],
    [['lsit'], 2, 'usage', 'There is no command "lsit".'],
    [['note', 'ad', 'bob'], 2, 'usage', "unknown command 'ad'"],
    [['label', 'add', 'vip'], 6, 'conflict', 'There is a label "VIP" already.'],
    [['label', 'add', 'a;b'], 5, 'invalid', '"a;b" cannot be a label'],
    [['label', 'add', 'x', '--color', 'mauve'], 2, 'usage', '"mauve" is not a colour.'],
    [['label', 'rm', 'x'], 3, 'not_found', 'There is no label "x".'],
    [['field', 'add', 'Company'], 6, 'conflict', 'There is a field "Company" already.'],
    [['field', 'add', 'Mobile 2'], 5, 'invalid', '"Mobile 2" is a column of CSV files already.'],
    [['field', 'add', 'Created'], 6, 'conflict', 'There is a field "Created" already.'],
    [['field', 'add', 'Tier', '--kind', 'dropdown'], 2, 'usage', 'A dropdown field needs choices.'],
    [['undo', 'nochange'], 3, 'not_found', 'There is no change "nochange".'],
    [['import', 'nowhere.csv'], 3, 'not_found', 'There is no file "nowhere.csv".'],
    [['export', '--template', '--format', 'json'], 2, 'usage', '--template is for CSV.'],
    [['--store', 'ftp://x', 'list'], 2, 'usage', 'ftp: is no kind of store'],
  ])('%j: exit %i', async (argv, code, errorCode, message) => {
    expect(await workspace.run(argv)).toMatchObject({ code, stdout: '' });
    if (argv.includes('--format')) return;
    const outcome = await workspace.run([...argv, '--json']);
    expect(outcome).toMatchObject({ code, stdout: '' });
    const { error } = JSON.parse(outcome.stderr.trim().split('\n').at(-1) ?? '');
    expect(error.code).toBe(errorCode);
    expect(error.message).toContain(message);
  });

  it('are told in words with a hint, without a stack', async () => {
    expect(await workspace.run(['lsit'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: There is no command "lsit".\nhint: Did you mean "list"?\n',
    });
  });

  it('show no control characters of the data', async () => {
    const { stderr } = await workspace.run(['show', 'x\u001b[31m\u202e']);
    expect(stderr).toContain('x\\x1b[31m\\u202e');
    expect(stderr).not.toContain('\u001b');
  });

  it('are the help and exit 2 where nothing is given', async () => {
    const { code, stdout, stderr } = await workspace.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: contacts \[options\] <command>\n/);
  });
});

describe('list', () => {
  beforeEach(addPeople);

  it('is tab-separated down a pipe, without a header', async () => {
    expect(await workspace.ok(['list'])).toBe(
      `${ids.bob}\tBob\tCustomer\t\tBeta\t+12015550123\t\n` +
        `${ids.maria}\tMaría García\tLead\tVIP\tAcme\t+85291234567\tmaria@example.com\n`,
    );
    expect(await workspace.ok(['list', '--category', 'internal'])).toBe(`${ids.sam}\tSam Staff\t204\tActive\tAgent\n`);
  });

  it('is a table that fits at a terminal, with the count on standard error', async () => {
    const { stdout, stderr } = await workspace.run(['list'], { terminal: true, columns: 100 });
    expect(stderr).toBe('2 contacts.\n');
    expect(stdout.split('\n')[0]?.trimEnd()).toMatch(/^ID +Name +Type +Contact Label +Company +Mobile +Work Email$/);
  });

  it.each([
    [['--sort', 'name:desc', '--fields', 'first-name'], 'María\nBob\n'],
    [['--limit', '1', '--fields', 'name'], 'Bob\n'],
    [['--offset', '1', '--fields', 'name,company'], 'María García\tAcme\n'],
    [['--where', 'type:customer', '--fields', 'name'], 'Bob\n'],
    [['--category', 'all', '--fields', 'name', '--sort', 'created'], 'Bob\nMaría García\nSam Staff\n'],
    [['--where', 'nobody'], ''],
  ])('%j', async (options, expected) => {
    expect(await workspace.ok(['list', ...options])).toBe(expected);
  });

  it('gives JSON, NDJSON and CSV', async () => {
    const all = await workspace.json<Contact[]>(['list']);
    expect(all.map(({ id }) => id)).toEqual([ids.bob, ids.maria]);
    const lines = (await workspace.ok(['list', '--format', 'ndjson'])).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(all);
    expect(await workspace.json(['list', '--fields', 'id,mobile,label,company', '--limit', '1'])).toEqual([
      { id: ids.bob, mobile: ['+12015550123'], label: [], company: 'Beta' },
    ]);
    expect(await workspace.json(['list', '--where', 'nobody'])).toEqual([]);
    expect(await workspace.ok(['list', '--format', 'csv', '--fields', 'name,mobile,created'])).toBe(
      'Name,Mobile,Created\r\n' +
        'Bob,+12015550123,2026-11-24T12:00:00.000Z\r\n' +
        'María García,+85291234567,2026-11-24T12:00:00.000Z\r\n',
    );
  });
});

describe('search', () => {
  beforeEach(addPeople);

  it.each([
    [['garcia'], ['María García']],
    [['GARC'], ['María García']],
    [['9123', '4567'], ['María García']],
    [['(852)', '9123-4567'], ['María García']],
    [['+852 91234567'], ['María García']],
    [['maria@example.com'], ['María García']],
    [['company:acme', 'type:lead'], ['María García']],
    [['has:email', '-garcia'], ['Sam Staff']],
    [['label:vip'], ['María García']],
    [['204'], ['Sam Staff']],
    [['-garcia', '--category', 'external'], ['Bob']],
    [['nobody'], []],
  ])('%j finds %j', async (query, names) => {
    const found = await workspace.ok(['search', ...query, '--fields', 'name']);
    expect(found.split('\n').filter((line) => line !== '')).toEqual(names);
  });
});

describe('references', () => {
  beforeEach(addPeople);

  it.each([
    ids.maria,
    'María García',
    'garcia maria',
    'maria@example.com',
    'MARIA@EXAMPLE.COM',
    '+85291234567',
    '9123 4567',
    '(852) 9123-4567',
    '00852 9123 4567',
  ])('%s finds the contact', async (reference) => {
    expect(await workspace.json(['show', reference])).toMatchObject({ id: ids.maria });
  });

  it('are refused where they fit several', async () => {
    await workspace.ok(['add', '--first-name', 'Bob', '--company', 'Gamma']);
    const { code, stderr } = await workspace.run(['show', 'bob']);
    expect(code).toBe(4);
    expect(stderr).toContain(`Bob, Beta, +12015550123 (${ids.bob})`);
    expect(stderr).toContain('Bob, Gamma (22222222222b)');
  });
});

describe('show', () => {
  beforeEach(addPeople);

  it('is an array where several are shown', async () => {
    const shown = await workspace.json<Contact[]>(['show', 'bob', 'sam staff']);
    expect(shown.map(({ id }) => id)).toEqual([ids.bob, ids.sam]);
  });

  it('has every section that holds something', async () => {
    await workspace.ok(['edit', 'bob', '--city', 'Paris', '--country', 'France', '--line', 'bob.line']);
    await workspace.ok(['note', 'add', 'bob', 'Likes tea.']);
    const card = await workspace.ok(['show', 'bob']);
    for (const text of ['Bob', 'Customer', 'Beta', '+12015550123', 'Paris', 'FR', 'bob.line', 'Likes tea.', ids.bob]) {
      expect(card).toContain(text);
    }
  });
});

describe('edit', () => {
  beforeEach(addPeople);

  it('replaces by flags, and alters lists by --add and --remove', async () => {
    const edited = await workspace.json<Contact>(
      [
        ...['edit', 'garcia maria', '--company', 'Acme Ltd', '--add', 'label=newsletter', '--remove', 'label=VIP'],
        ...['--add', 'mobile=+85291234568', '--unset', 'work-email', '--set', 'city=Hong Kong'],
      ],
      { user: 'ben', now: '2026-11-25T08:00:00.000Z' },
    );
    expect(edited).toMatchObject({
      company: 'Acme Ltd',
      labels: ['Newsletter'],
      phones: [
        { kind: 'mobile', number: '+85291234567' },
        { kind: 'mobile', number: '+85291234568' },
      ],
      emails: [],
      address: { city: 'Hong Kong' },
      createdBy: 'tester',
      updatedBy: 'ben',
      updatedAt: '2026-11-25T08:00:00.000Z',
    });
  });

  it('makes no change where nothing changes', async () => {
    const before = await workspace.json<unknown[]>(['log']);
    expect(await workspace.ok(['edit', 'bob', '--company', 'Beta'])).toBe(
      `Nothing changed: Bob, Beta, +12015550123 (${ids.bob}).\n`,
    );
    expect(await workspace.json(['log'])).toEqual(before);
  });

  it('edits all that a query fits, as one change', async () => {
    const edit = ['edit', '--where', 'acme OR beta', '--group', 'West'];
    const group = { before: null, after: 'West' };
    expect(await workspace.json([...edit, '--dry-run'])).toEqual({
      updated: 2,
      unchanged: 0,
      change: null,
      changes: [
        { id: ids.maria, name: 'María García', action: 'updated', fields: { group } },
        { id: ids.bob, name: 'Bob', action: 'updated', fields: { group } },
      ],
    });
    const outcome = await workspace.json<{ change: string }>([...edit, '--yes']);
    expect(outcome).toEqual({ updated: 2, unchanged: 0, change: expect.stringMatching(/^\w{12}$/) });
    expect(await workspace.json(['edit', '--where', 'group:west', '--group', 'West', '--yes'])).toEqual({
      updated: 0,
      unchanged: 2,
      change: null,
    });
    await workspace.ok(['undo', outcome.change]);
    expect(await workspace.json(['list', '--where', 'has:group'])).toEqual([]);
  });
});

describe('rm', () => {
  beforeEach(addPeople);

  it('deletes those that are named', async () => {
    expect(await workspace.json(['rm', 'bob', '9123 4567'])).toEqual({ deleted: 2, change: expect.any(String) });
    expect(await workspace.json(['list'])).toEqual([]);
  });

  it('deletes none where one of them is not there', async () => {
    expect((await workspace.run(['rm', 'bob', 'nobody'])).code).toBe(3);
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(2);
  });

  it('deletes by query and by file with --yes', async () => {
    expect(await workspace.json(['rm', '--where', 'type:customer', '--dry-run'])).toMatchObject({
      deleted: 1,
      change: null,
      changes: [{ id: ids.bob, name: 'Bob', action: 'deleted', fields: { company: { before: 'Beta', after: null } } }],
    });
    expect(await workspace.json(['rm', '--where', 'type:customer', '--yes'])).toMatchObject({ deleted: 1 });
    const stdin = `Name,ID\r\n"García, María",${ids.maria}\r\n`;
    expect(await workspace.json(['rm', '--from', '-', '-y'], { stdin })).toMatchObject({ deleted: 1 });
    expect(await workspace.json(['rm', '--where', 'nobody', '--yes'])).toEqual({ deleted: 0, change: null });
  });

  it('asks at a terminal', async () => {
    const ask = (answer: boolean) => ({ confirm: async () => answer }) as never;
    expect(await workspace.run(['rm', 'bob'], { terminal: true, ask: ask(false) })).toMatchObject({ code: 130 });
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(2);
    expect(await workspace.run(['rm', 'bob'], { terminal: true, ask: ask(true) })).toMatchObject({ code: 0 });
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(1);
  });
});

describe('notes', () => {
  beforeEach(addPeople);

  it('are added, listed, edited and deleted', async () => {
    const note = await workspace.json<{ id: string }>(['note', 'add', 'bob', 'First'], { user: 'ann' });
    expect(note).toMatchObject({ text: 'First', author: 'ann', createdAt: '2026-11-24T12:00:00.000Z' });
    await workspace.ok(['note', 'add', 'bob', '-'], { stdin: 'Second\nline\n' });
    expect(await workspace.json(['note', 'list', 'bob'])).toMatchObject([{ text: 'First' }, { text: 'Second\nline' }]);
    expect(await workspace.json(['note', 'edit', 'bob', note.id, 'Changed'], { user: 'ben' })).toMatchObject({
      text: 'Changed',
      author: 'ann',
    });
    expect(await workspace.json(['note', 'rm', 'bob', note.id])).toMatchObject({ deleted: 1 });
    expect(await workspace.json(['note', 'list', 'bob'])).toMatchObject([{ text: 'Second\nline' }]);
    expect((await workspace.run(['note', 'rm', 'bob', note.id])).code).toBe(3);
    expect((await workspace.run(['note', 'add', 'bob', ' '])).code).toBe(5);
  });
});

describe('labels and custom fields', () => {
  beforeEach(addPeople);

  it('are renamed in the contacts that have them, and undone with them', async () => {
    const before = await workspace.json(['list']);
    expect(await workspace.json(['label', 'rename', 'vip', 'Gold'])).toMatchObject({ name: 'Gold', updated: 1 });
    expect(await workspace.json(['show', 'maria garcia'])).toMatchObject({ labels: ['Gold'] });
    expect(await workspace.json(['label', 'list'])).toEqual([
      { name: 'Gold', color: 'red', contacts: 1 },
      { name: 'Newsletter', color: 'gray', contacts: 0 },
    ]);
    await workspace.ok(['undo']);
    expect(await workspace.json(['list'])).toEqual(before);
    expect(await workspace.json(['label', 'list'])).toMatchObject([{ name: 'VIP' }, { name: 'Newsletter' }]);
  });

  it('hold values of their kind', async () => {
    await workspace.ok(['field', 'add', 'Account Number', '--kind', 'number']);
    await workspace.ok(['field', 'add', 'tier', '--kind', 'dropdown', '--choices', 'Gold,Silver', '--required']);
    expect(await workspace.json(['field', 'list'])).toEqual([
      { key: 'accountNumber', name: 'Account Number', kind: 'number', choices: [], required: false },
      { key: 'tier', name: 'tier', kind: 'dropdown', choices: ['Gold', 'Silver'], required: true },
    ]);
    expect(await workspace.json(['edit', 'bob', '--set', 'Account Number=12', '--set', 'tier=gold'])).toMatchObject({
      custom: { accountNumber: 12, tier: 'Gold' },
    });
    expect(await workspace.ok(['search', 'accountNumber:>10', '--fields', 'name,tier'])).toBe('Bob\tGold\n');
    await workspace.ok(['field', 'rename', 'tier', 'Rank']);
    expect(await workspace.json(['show', 'bob'])).toMatchObject({ custom: { accountNumber: 12, Rank: 'Gold' } });
    await workspace.ok(['field', 'rm', 'rank']);
    expect(await workspace.json(['show', 'bob'])).toMatchObject({ custom: { accountNumber: 12 } });
    await workspace.ok(['undo']);
    expect(await workspace.json(['show', 'bob'])).toMatchObject({ custom: { accountNumber: 12, Rank: 'Gold' } });
  });
});

describe('log and undo', () => {
  it('take back, refuse what has changed since, and redo by naming the undo', async () => {
    await workspace.ok(['add', '--first-name', 'Ada']);
    await workspace.ok(['edit', 'ada', '--company', 'One']);
    await workspace.ok(['edit', 'ada', '--company', 'Two']);
    const log = await workspace.json<{ id: string; summary: string; undone: boolean }[]>(['log']);
    expect(log).toMatchObject([
      { command: 'edit', summary: 'Edited Ada', created: 0, updated: 1, deleted: 0, undone: false, by: 'tester' },
      { command: 'edit' },
      { command: 'add', summary: 'Added Ada', created: 1 },
    ]);
    const [two, one] = log;
    expect(await workspace.run(['undo', one?.id ?? ''])).toMatchObject({ code: 6 });
    const undone = await workspace.json<{ undone: string; change: string }>(['undo']);
    expect(undone.undone).toBe(two?.id);
    expect(await workspace.json(['show', 'ada'])).toMatchObject({ company: 'One' });
    expect((await workspace.run(['undo', two?.id ?? ''])).code).toBe(6);
    expect(await workspace.json(['undo', undone.change])).toMatchObject({ undone: undone.change });
    expect(await workspace.json(['show', 'ada'])).toMatchObject({ company: 'Two' });
    expect(await workspace.json(['log'])).toMatchObject([
      { command: 'undo', undone: false },
      { command: 'undo', undone: true },
      { command: 'edit', undone: false },
      {},
      {},
    ]);
  });

  it('bring a deleted contact back in its place', async () => {
    for (const name of ['Ada', 'Bea', 'Cy']) await workspace.ok(['add', '--first-name', name]);
    const before = await workspace.ok(['export']);
    await workspace.ok(['rm', 'bea']);
    await workspace.ok(['undo']);
    expect(await workspace.ok(['export'])).toBe(before);
  });
});

describe('undo', () => {
  it('leaves no contact with a label, a field or an extension that is not its own', async () => {
    const { ok, run } = workspace;
    await ok(['label', 'add', 'VIP']);
    await ok(['add', '--first-name', 'Ada', '--label', 'VIP']);
    const [, labelled] = await workspace.json<{ id: string }[]>(['log']);
    expect(await run(['undo', labelled?.id ?? ''])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('Ada (222222222223) has the label "VIP", which would not be defined.'),
    });
    await ok(['rm', 'ada']);
    await ok(['label', 'rm', 'VIP']);
    const [, removed] = await workspace.json<{ id: string }[]>(['log']);
    expect(await run(['undo', removed?.id ?? ''])).toMatchObject({ code: 6 });

    await ok(['add', '--category', 'internal', '--first-name', 'Sam', '--extension', '1']);
    await ok(['rm', 'sam']);
    await ok(['add', '--category', 'internal', '--first-name', 'Tom', '--extension', '1']);
    const [, staff] = await workspace.json<{ id: string }[]>(['log']);
    expect(await run(['undo', staff?.id ?? ''])).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('Extension Number "1" is taken by Tom'),
    });
  });
});
