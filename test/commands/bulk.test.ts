import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import type { Ask, ChoiceQuestion, TextQuestion } from '../../src/terminal/ask.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');

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

interface Issue {
  readonly row: number;
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

interface Outcome {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly errors: readonly Issue[];
  readonly warnings: readonly Issue[];
  readonly warningCount: number;
  readonly change: string | null;
}

/** Imports with `--json`; its exit code must be 0, or 5 where rows are rejected. */
const importJson = async (...argv: readonly string[]): Promise<Outcome> => {
  const { code, stdout, stderr } = await workspace.run(['import', ...argv, '--json']);
  if (stdout === '') throw new Error(stderr);
  const outcome: Outcome = JSON.parse(stdout);
  expect(code).toBe(outcome.rejected > 0 ? 5 : 0);
  const { rows, created, updated, unchanged, skipped, rejected } = outcome;
  expect(created + updated + unchanged + skipped + rejected).toBe(rows);
  return outcome;
};

describe('the import of a file with bad rows', () => {
  const path = join(fixtures, 'contacts-with-faults.csv');

  it('names each of them, lands the others, changes nothing the second time, and is undone whole', async () => {
    const expected = JSON.parse(await readFile(join(fixtures, 'contacts-with-faults.json'), 'utf8'));
    const first = await importJson(path);
    const known = first.errors.map(({ row, line, column, value }) => ({ row, line, column, value }));
    expect(known).toEqual(
      expected.map(({ row, line, column, value }: Outcome['errors'][number]) => ({ row, line, column, value })),
    );
    expect(first.errors.every(({ message }) => message !== '')).toBe(true);

    const second = await importJson(path);
    expect(second).toEqual({
      ...first,
      created: 0,
      updated: 0,
      unchanged: first.created + first.updated + first.unchanged,
      change: null,
    });

    await workspace.ok(['undo']);
    expect(await workspace.json(['list'])).toEqual([]);
    expect(await workspace.json(['label', 'list'])).toEqual([]);
  });

  it('writes a reject file that imports once it is mended', async () => {
    const rejects = join(workspace.folder, 'bad.csv');
    const csv =
      'First Name,Mobile,Work Email\r\nAda,12,ada@example.com\r\nBea,+85291234567,bea@example.com\r\nCy,,nobody\r\n';
    const outcome = await importJson(await file('some.csv', csv), '--rejects', rejects);
    expect(outcome).toMatchObject({ rows: 3, created: 1, rejected: 2 });
    expect(await readFile(rejects, 'utf8')).toBe(
      '\ufeffFirst Name,Mobile,Work Email,Error\r\n' +
        'Ada,12,ada@example.com,Mobile is too short to be a phone number\r\n' +
        'Cy,,nobody,Work Email is not an email address such as name@example.com\r\n',
    );
    const mended = (await readFile(rejects, 'utf8'))
      .replace(',12,', ',+85291234568,')
      .replace('nobody', 'cy@example.com');
    expect(await importJson(await file('mended.csv', mended))).toMatchObject({ rows: 2, created: 2, rejected: 0 });
  });

  it('lands nothing with --strict, and the bad cell in a note with --on-invalid note', async () => {
    const csv = await file('some.csv', 'First Name,Mobile\nAda,12\nBea,+85291234567\n');
    expect(await importJson(csv, '--strict')).toMatchObject({ created: 0, rejected: 1, change: null });
    expect(await importJson(csv, '--on-invalid', 'note')).toMatchObject({ created: 2, rejected: 0 });
    const [ada] = await workspace.json<Contact[]>(['list', '--where', 'ada']);
    expect(ada?.notes.map(({ text }) => text)).toEqual([expect.stringContaining('12')]);
  });
});

describe('a dry run', () => {
  it('tells the counts and the first contacts field by field, and changes nothing', async () => {
    await workspace.ok(['add', '--first-name', 'Ada', '--work-email', 'ada@example.com']);
    const csv = await file(
      'some.csv',
      'First Name,Work Email,Company\nAda,ada@example.com,Acme\nBea,bea@example.com,\n',
    );
    const { stdout, code } = await workspace.run(['import', csv, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'First Name\tfirstName\tAda | Bea\tthe header is the name of the field',
      'Work Email\twork-email\tada@example.com | bea@example.com\tthe header is the name of the field',
      'Company\tcompany\tAcme\tthe header is the name of the field',
      '  ~ Ada (222222222222)',
      '    Company: Acme',
      expect.stringMatching(/^ {2}\+ Bea \(\w{12}\)$/),
      '    Type: Lead',
      '    First Name: Bea',
      '    Level: Primary',
      '    Work Email: bea@example.com',
      'Would import 2 rows: 1 created, 1 updated, 0 unchanged, 0 skipped, 0 rejected.',
      '',
    ]);
    expect(await workspace.json<unknown[]>(['list'])).toHaveLength(1);
  });
});

describe('columns that no field fits', () => {
  const csv = 'First Name,Shoe Size,__proto__\nAda,38,x\nBea,,\n';

  it('stop the import, unless it is told what becomes of them', async () => {
    const path = await file('some.csv', csv);
    const { code, stderr } = await workspace.run(['import', path]);
    expect(code).toBe(5);
    expect(stderr).toContain('No field fits the columns "Shoe Size" (38), "__proto__" (x).');
    expect(await importJson(path, '--ignore-unknown', '--dry-run')).toMatchObject({ created: 2 });
    expect(await importJson(path, '--map', 'Shoe Size=', '--map', '__proto__=company', '--dry-run')).toMatchObject({
      created: 2,
    });
    expect(await importJson(path, '--create-fields')).toMatchObject({ created: 2 });
    expect(await workspace.json(['list', '--where', 'has:shoe-size', '--fields', 'name,Shoe Size'])).toEqual([
      { name: 'Ada', 'Shoe Size': '38' },
    ]);
    expect(await importJson(path, '--create-fields')).toMatchObject({ unchanged: 2, change: null });
    await workspace.ok(['undo']);
    expect(await workspace.json(['field', 'list'])).toEqual([]);
  });

  it('are asked for at a terminal, and the answers are kept for the next file', async () => {
    const path = await file('some.csv', csv);
    const asked: string[] = [];
    const ask = {
      chooseOne: async ({ message, choices }: ChoiceQuestion<string>) => {
        asked.push(message);
        return message.includes('Shoe') ? choices.find(({ name }) => name === 'Group')?.value : '';
      },
      text: async ({ message }: TextQuestion) => {
        asked.push(message);
        return 'shoes';
      },
    } as unknown as Ask;
    const { code } = await workspace.run(['import', path], { terminal: true, ask });
    expect(code).toBe(0);
    expect(asked).toEqual([
      'What is in the column "Shoe Size" (38)?',
      'What is in the column "__proto__" (x)?',
      'Keep these answers for the next file under the name',
    ]);
    expect(await workspace.json(['show', 'ada'])).toMatchObject({ group: '38' });
    const next = await file('next.csv', 'First Name,Shoe Size\nCy,44\n');
    expect((await workspace.run(['import', next])).code).toBe(5);
    await importJson(next, '--mapping', 'shoes');
    expect(await workspace.json(['show', 'cy'])).toMatchObject({ group: '44' });
    expect((await workspace.run(['import', next, '--mapping', 'socks'])).code).toBe(3);
  });

  it('keep --map under the name of --mapping', async () => {
    const path = await file('some.csv', 'First Name,Shoe Size\nAda,38\n');
    await importJson(path, '--map', 'Shoe Size=group', '--mapping', 'shoes');
    await importJson(path, '--mapping', 'shoes');
    expect(await workspace.json(['show', 'ada'])).toMatchObject({ group: '38' });
  });
});

describe('an encoding that cannot be told', () => {
  // "First Name,Company" with "Müller" and "Café" in Windows-1252.
  const bytes = Buffer.from('First Name,Company\nM\xfcller,Caf\xe9\n', 'latin1');

  it('is refused with what each would give, and settled by --encoding', async () => {
    const path = await file('old.csv', bytes);
    const { code, stderr } = await workspace.run(['import', path]);
    expect(code).toBe(5);
    expect(stderr).toContain('Windows-1252: Müller | Café');
    await importJson(path, '--encoding', 'windows-1252');
    expect(await workspace.ok(['list', '--fields', 'name,company'])).toBe('Müller\tCafé\n');
  });

  it('is asked for at a terminal', async () => {
    const path = await file('old.csv', bytes);
    const ask = {
      chooseOne: async ({ choices }: ChoiceQuestion<string>) =>
        choices.find(({ name }) => name.startsWith('Windows-1252: Müller'))?.value,
    } as unknown as Ask;
    expect((await workspace.run(['import', path], { terminal: true, ask })).code).toBe(0);
    expect(await workspace.ok(['list', '--fields', 'name'])).toBe('Müller\n');
  });
});

describe('export', () => {
  it('and import give back every contact, for CSV by its ID, for JSON and vCard too', async () => {
    await workspace.ok(['import', join(fixtures, 'contacts.csv')]);
    const before = await workspace.json<Contact[]>(['list', '--sort', 'id']);
    for (const name of ['all.csv', 'all.json', 'all.ndjson', 'all.vcf']) {
      const path = join(workspace.folder, name);
      await workspace.ok(['export', path]);
      expect(await importJson(path)).toMatchObject({ rows: 1000, unchanged: 1000, change: null });
    }
    await workspace.ok(['rm', '--where', 'has:id', '--yes']);
    for (const name of ['all.csv', 'all.json']) {
      expect(await importJson(join(workspace.folder, name))).toMatchObject({ created: 1000 });
      const after = await workspace.json<Contact[]>(['list', '--sort', 'id']);
      const said = ({ notes, createdAt, updatedAt, ...rest }: Contact) => ({
        ...rest,
        notes: notes.map(({ text }) => text),
      });
      expect(after.map(said)).toEqual(before.map(said));
      await workspace.ok(['undo']);
    }
  });

  it('makes as many columns as the phones need, and tells how many contacts it wrote', async () => {
    await workspace.ok(['add', '--first-name', 'Ada']);
    await workspace.ok(['add', '--first-name', 'Al']);
    await workspace.ok(['add', '--first-name', 'Bea', '--mobile', '+85291234567', '--mobile', '+85291234568']);
    await workspace.ok(['add', '--first-name', 'Cy', '--mobile', '+85291234569']);
    const path = join(workspace.folder, 'out.csv');
    const { code, stderr } = await workspace.run(['export', path, '--fields', 'first-name,mobile']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `Exported 4 contacts to ${path}.\n` });
    expect(await readFile(path, 'utf8')).toBe(
      'First Name,Mobile,Mobile 2\r\nAda,,\r\nAl,,\r\nBea,+85291234567,+85291234568\r\nCy,+85291234569,\r\n',
    );
  });

  it('refuses an existing file without --force, and replaces it with it', async () => {
    await workspace.ok(['add', '--first-name', 'Ada']);
    const path = await file('out.csv', 'precious');
    expect((await workspace.run(['export', path])).code).toBe(6);
    expect(await readFile(path, 'utf8')).toBe('precious');
    await workspace.ok(['export', path, '--force', '--fields', 'first-name', '--bom']);
    expect(await readFile(path, 'utf8')).toBe('\ufeffFirst Name\r\nAda\r\n');
    expect((await workspace.run(['export', join(workspace.folder, 'nowhere', 'x.csv')])).code).toBe(7);
    expect((await workspace.run(['export', workspace.folder, '--format', 'csv', '--force'])).code).toBe(2);
    expect((await workspace.run(['export', '/dev/full'])).code).toBe(7);
  });

  it('never writes over the store, nor what is kept beside it', async () => {
    await workspace.ok(['add', '--first-name', 'Ada']);
    const before = await readFile(workspace.store, 'utf8');
    const link = join(workspace.folder, 'link.csv');
    await symlink(workspace.store, link);
    for (const path of [workspace.store, link, `${workspace.store}.bak`, `${workspace.store}.history/x`]) {
      const { code, stderr } = await workspace.run(['export', path, '--force', '--format', 'csv']);
      expect({ path, code, stderr }).toMatchObject({
        path,
        code: 2,
        stderr: expect.stringContaining('is the store itself'),
      });
    }
    const csv = await file('bad.csv', 'First Name,Mobile\nBea,12\n');
    expect((await workspace.run(['import', csv, '--rejects', workspace.store])).code).toBe(2);
    expect((await workspace.run(['import', csv, '--rejects', csv])).code).toBe(2);
    expect(await readFile(csv, 'utf8')).toBe('First Name,Mobile\nBea,12\n');
    expect(await readFile(workspace.store, 'utf8')).toBe(before);
  });

  it('guards texts that a spreadsheet would run, and the template imports', async () => {
    await workspace.ok(['add', '--first-name', '=1+1', '--last-name', "'t Hooft", '--mobile', '+85291234567']);
    expect(await workspace.ok(['export', '--fields', 'first-name,last-name,mobile'])).toBe(
      "First Name,Last Name,Mobile\r\n'=1+1,'t Hooft,+85291234567\r\n",
    );
    expect(await workspace.ok(['export', '--fields', 'first-name', '--raw'])).toBe('First Name\r\n=1+1\r\n');
    const template = await workspace.ok(['export', '--template']);
    expect(template).toMatch(/^ID,Type,First Name,.*,Notes\r\n$/);
    expect(await importJson(await file('template.csv', template))).toMatchObject({ rows: 0, change: null });
  });

  it.each([
    [['--format', 'vcard'], 'VERSION:4.0'],
    [['--format', 'vcard', '--vcard-version', '3.0'], 'VERSION:3.0'],
    [['--format', 'ndjson'], '"firstName":"Ada"'],
    [['--format', 'json', '--fields', 'id,name'], '"name":"Ada"'],
  ])('writes %j', async (options, text) => {
    await workspace.ok(['add', '--first-name', 'Ada']);
    expect(await workspace.ok(['export', ...options])).toContain(text);
  });
});

describe('bulk work by a spreadsheet', () => {
  it('corrects a number by the ID, and is one change', async () => {
    await workspace.ok(['add', '--first-name', 'Ada', '--mobile', '+85291234567', '--work-email', 'ada@example.com']);
    const sheet = (await workspace.ok(['export'])).replace('+85291234567', '+85291234568');
    const path = await file('sheet.csv', sheet);
    expect(await importJson(path)).toMatchObject({ updated: 1 });
    expect(await workspace.json(['show', 'ada'])).toMatchObject({
      phones: [{ kind: 'mobile', number: '+85291234568' }],
    });
    await workspace.ok(['undo']);
    expect(await workspace.json(['show', 'ada'])).toMatchObject({
      phones: [{ kind: 'mobile', number: '+85291234567' }],
    });
  });
});
