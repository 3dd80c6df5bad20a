import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;

const csv = `First Name,Last Name,Type,Level,Company,Job Title,Department,Birth Date,Contact Label,Mobile,Mobile 2,Work Phone,Home Phone,Work Email,Personal Email,Street,City,State,Zip Code,Country,Language,LINE,Notes
Ada,Lovelace,Prospect,Primary,Acme,CTO,R&D,12/10/1985,VIP; gold,+447400123456,+447400123457,+442079460958,+442079460959,ada@acme.example,ada@home.example,"1 High St
Floor 2",London,Greater London,01067,GB,en,adaline,"=a note
of two lines"
Zoë,Müller,Customer,Primary,,,,,,+447400123458,,,,,,,,,,,,,
`;

beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['import', '-'], { stdin: csv });
});
afterEach(() => workspace.remove());

const path = (name: string): string => join(workspace.folder, name);

/** Ada as she is in a store that read the file of a program. */
const readBack = async (file: string, flags: readonly string[] = []): Promise<Partial<Contact>> => {
  const store = path(`${file}.json`);
  await workspace.ok(['import', path(file), '--store', store, ...flags]);
  const [ada, zoe, ...more] = await workspace.json<readonly Contact[]>(['list', '--json', '--store', store]);
  expect([zoe?.lastName, more]).toEqual(['Müller', []]);
  const { id, createdAt, createdBy, updatedAt, updatedBy, ...data } = ada as Contact;
  return data;
};

const notes = (contact: Partial<Contact>): readonly string[] => (contact.notes ?? []).map(({ text }) => text);

const ada = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: 'Acme',
  jobTitle: 'CTO',
  birthDate: '1985-12-10',
};
const london = {
  street: '1 High St\nFloor 2',
  city: 'London',
  state: 'Greater London',
  zipCode: '01067',
  country: 'GB',
};
const phones = [
  { kind: 'mobile', number: '+447400123456' },
  { kind: 'mobile', number: '+447400123457' },
  { kind: 'work', number: '+442079460958' },
  { kind: 'home', number: '+442079460959' },
];
const emails = [
  { kind: 'work', address: 'ada@acme.example' },
  { kind: 'personal', address: 'ada@home.example' },
];

describe.each(['csv', 'xlsx'])('export --for, as %s', (extension) => {
  test('excel reads back as it was', async () => {
    await workspace.ok(['export', path(`a.${extension}`), '--for', 'excel']);
    const before = await workspace.ok(['list', '--json']);
    expect(await workspace.json(['import', path(`a.${extension}`), '--json'])).toMatchObject({ rows: 2, unchanged: 2 });
    expect(await workspace.ok(['list', '--json'])).toBe(before);
    if (extension === 'csv') expect((await readFile(path('a.csv'), 'utf8')).slice(0, 3)).toBe('\ufeffID');
  });

  test('google', async () => {
    const { code, stderr } = await workspace.run(['export', path(`a.${extension}`), '--for', 'google']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'Google Contacts has no column for Type (2 contacts), Level (2 contacts): these values were not written.',
    );
    const found = await readBack(`a.${extension}`);
    expect(found).toMatchObject({
      ...ada,
      department: 'R&D',
      address: london,
      phones,
      emails,
      labels: ['VIP', 'gold'],
    });
    expect(notes(found)).toEqual(['=a note\nof two lines', 'Language: English\nLINE: adaline']);
  });

  test('outlook', async () => {
    const { code, stderr } = await workspace.run(['export', path(`a.${extension}`), '--for', 'outlook']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'Outlook has no column for Type (2 contacts), Level (2 contacts), LINE (1 contact), a further Mobile (1 contact): these values were not written.',
    );
    const found = await readBack(`a.${extension}`);
    expect(found).toMatchObject({
      ...ada,
      department: 'R&D',
      address: london,
      language: 'en',
      labels: ['VIP', 'gold'],
    });
    expect(found.phones).toEqual(expect.arrayContaining(phones.filter(({ number }) => number !== '+447400123457')));
    expect(found.emails?.map(({ address }) => address)).toEqual(['ada@acme.example', 'ada@home.example']);
    expect(notes(found)).toEqual(['=a note\nof two lines']);
  });

  test('hubspot', async () => {
    const { code, stderr } = await workspace.run(['export', path(`a.${extension}`), '--for', 'hubspot']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'HubSpot has no column for Level (2 contacts), Department (1 contact), Contact Label (1 contact), LINE (1 contact), Notes (1 contact), a further Mobile (1 contact), a further Home Phone (1 contact): these values were not written.',
    );
    const found = await readBack(`a.${extension}`);
    const address = { ...london, street: '1 High St, Floor 2' };
    expect(found).toMatchObject({ ...ada, type: 'Prospect', address, language: 'en' });
    expect(found.phones).toEqual(expect.arrayContaining([phones[0], phones[2]]));
    expect(found.emails?.map(({ address: email }) => email)).toEqual(['ada@acme.example', 'ada@home.example']);
  });
});

test.each([
  [['--for', 'google', '--format', 'json'], '--for writes CSV or an Excel workbook.'],
  [['--for', 'google', '--fields', 'first-name'], '--for google writes the columns of Google Contacts.'],
  [['--for', 'outlook', '--category', 'internal'], '--for outlook is for external contacts.'],
  [['--for', 'lotus'], 'lotus'],
])('%j is a usage error', async (flags, message) => {
  const { code, stderr } = await workspace.run(['export', ...flags]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('the header alone', async () => {
  const header = await workspace.ok(['export', '--for', 'hubspot', '--template', '--delimiter', ';']);
  expect(header).toBe(
    'First Name;Last Name;Email;Additional email addresses;Phone Number;Mobile Phone Number;Job Title;Company Name;Street Address;City;State/Region;Postal Code;Country/Region;Preferred language;Date of birth;Lifecycle Stage\r\n',
  );
});
