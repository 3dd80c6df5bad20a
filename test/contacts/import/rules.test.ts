import { describe, expect, it } from 'vitest';
import { describeContact } from '../../../src/contacts/contact.js';
import { emptySettings } from '../../../src/contacts/settings.js';
import type { Contact } from '../../../src/fields/contact.js';
import { buildContact, buildNote, mobile, numberedId, workEmail, workPhone } from '../../helpers/build-contact.js';
import { type Cells, type Imported, importRows, type Options } from './import-rows.js';

const [annaId, bobId, goneId, newId] = [0, 1, 2, 3].map(numberedId) as [string, string, string, string];

const anna = buildContact({
  id: annaId,
  firstName: 'Anna',
  lastName: 'Lee',
  type: 'Customer',
  company: 'Acme',
  phones: [mobile('+85291234567'), workPhone('+85228765432')],
  emails: [workEmail('anna@example.com')],
  labels: ['VIP'],
  notes: [buildNote('n1', 'Called.')],
  mergedIds: [goneId],
});
const bob = buildContact({
  id: bobId,
  firstName: 'Bob',
  phones: [workPhone('+85228880000')],
  emails: [workEmail('bob@example.com')],
});
const stored: readonly Contact[] = [anna, bob];
const settings = { ...emptySettings, labels: [{ name: 'VIP', color: 'red' }] };

const summary = ({ counts }: Imported): string =>
  Object.entries(counts)
    .filter(([name, count]) => name !== 'rows' && count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

const messages = (issues: Imported['errors']): readonly string[] =>
  issues.map(({ row, column, value, message }) => `${row} ${column} "${value}" ${message}`);

const run = (rows: readonly Cells[], options: Options = {}): Imported =>
  importRows(stored, rows, { settings, ...options });

const afterwards = (done: Imported, id: string): Contact | undefined => done.contacts.find((one) => one.id === id);

describe('which contact a row is', () => {
  const cases: readonly (readonly [string, readonly Cells[], Options, string])[] = [
    ['its ID', [{ id: annaId, jobTitle: 'CEO' }], {}, '1 updated'],
    ['the ID of a contact merged into it', [{ id: goneId, jobTitle: 'CEO' }], {}, '1 updated'],
    [
      'its ID and the ID of a contact merged into it',
      [
        { id: annaId, 'emails.work': 'anna@example.com' },
        { id: goneId, 'emails.work': 'anna@example.com', jobTitle: 'CEO' },
      ],
      {},
      '1 updated, 1 unchanged',
    ],
    [
      'IDs of their own make two of one number, and of another row with it they are not asked for',
      [
        { id: newId, firstName: 'Cid', 'phones.mobile': '91110000' },
        { id: numberedId(4), firstName: 'Dan', 'phones.mobile': '91110000' },
        { id: numberedId(5), firstName: 'Eve', 'phones.mobile': '91110000' },
      ],
      {},
      '3 created',
    ],
    [
      'one ID twice, and another number of its own',
      [
        { id: newId, firstName: 'Cid', 'phones.mobile': '91110000' },
        { id: newId, firstName: 'Cid', 'phones.mobile': '91110000', company: 'Acme' },
      ],
      {},
      '1 created, 1 updated',
    ],
    ['an unknown ID makes a new one', [{ id: newId, 'emails.work': 'anna@example.com' }], {}, '1 created'],
    ['its address in capitals', [{ 'emails.work': 'ANNA@EXAMPLE.COM', company: 'Bolt' }], {}, '1 updated'],
    ['its address of another kind', [{ 'emails.personal': 'anna@example.com', company: 'Bolt' }], {}, '1 updated'],
    [
      'its address is not asked for',
      [{ 'emails.work': 'anna@example.com', company: 'X' }],
      { match: ['phone'] },
      '1 created',
    ],
    [
      'its number and the same name',
      [{ firstName: 'Anna', lastName: 'Lee', 'phones.mobile': '91234567' }],
      {},
      '1 unchanged',
    ],
    [
      'its number and the name turned round',
      [{ firstName: 'Lee', lastName: 'Anna', 'phones.mobile': '91234567' }],
      {},
      '1 updated',
    ],
    ['its number, and the row has no name', [{ company: 'Bolt', 'phones.mobile': '9123 4567' }], {}, '1 updated'],
    ['its number with another name', [{ firstName: 'Cid', 'phones.mobile': '9123 4567' }], {}, '1 created'],
    [
      'its number is not asked for',
      [{ firstName: 'Anna', lastName: 'Lee', 'phones.mobile': '91234567', company: 'X' }],
      { match: ['email'] },
      '1 created',
    ],
    [
      'by ID alone',
      [{ firstName: 'Anna', 'emails.work': 'anna@example.com', company: 'X' }],
      { match: [] },
      '1 created',
    ],
    ['its name alone is not enough', [{ firstName: 'Anna', lastName: 'Lee', jobTitle: 'CEO' }], {}, '1 created'],
    ['a name alone that adds nothing', [{ firstName: 'Anna', lastName: 'Lee', company: 'Acme' }], {}, '1 unchanged'],
    ['a company alone, twice', [{ company: 'Bolt' }, { company: 'Bolt' }], {}, '1 created, 1 unchanged'],
  ];
  it.each(cases)('%s', (_name, rows, options, expected) => {
    expect(summary(run(rows, options))).toBe(expected);
  });

  it('is told apart from a colleague on the same number, with a warning', () => {
    const done = run([{ firstName: 'Cid', 'phones.work': '2888 0000' }]);
    expect(summary(done)).toBe('1 created');
    expect(messages(done.warnings)).toEqual([
      `1 <phones.work> "+85228880000" is also the number of ${describeContact(bob)}: kept apart, since Cid is another name`,
    ]);
    const again = importRows(done.contacts, [{ firstName: 'Cid', 'phones.work': '2888 0000' }]);
    expect(again.warnings).toEqual([]);
  });

  it('cannot be two: the row is rejected and names them', () => {
    const done = run([
      { 'emails.work': ['anna@example.com', 'bob@example.com'] },
      { 'emails.work': 'bob@example.com' },
    ]);
    expect(summary(done)).toBe('1 unchanged, 1 rejected');
    expect(messages(done.errors)).toEqual([
      `1  "" fits two contacts, ${describeContact(anna)} and ${describeContact(bob)}: give it the ID of the right one`,
    ]);
  });

  it('names a contact that the file itself makes by its row, and no more than three', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ 'emails.work': `${name}@example.org` }));
    const done = run([...rows, { 'emails.work': rows.map((row) => row['emails.work']) }]);
    expect(messages(done.errors)).toEqual([
      '6  "" fits several contacts, the contact of row 1, the contact of row 2, the contact of row 3 and others: give it the ID of the right one',
    ]);
  });

  it('is not staff where external contacts are imported', () => {
    const staff = buildContact({
      id: newId,
      category: 'internal',
      firstName: 'Sue',
      emails: [workEmail('sue@example.com')],
    });
    const done = importRows([staff], [{ 'emails.work': 'sue@example.com' }, { id: newId, firstName: 'X' }]);
    expect(summary(done)).toBe('1 created, 1 rejected');
    expect(messages(done.errors)).toEqual([
      `2  "" has the ID of ${describeContact(staff)}, who is internal, not external`,
    ]);
  });
});

describe('update', () => {
  it('adds phones, emails, labels and notes, and lets what is given win', () => {
    const done = run([
      {
        'emails.work': ['anna@example.com', 'lee@example.com'],
        'phones.mobile': ['91234567', '9123 4568'],
        labels: 'vip; Newsletter',
        notes: ['Called.', 'Wrote.'],
        company: 'Bolt',
        jobTitle: '',
        'address.city': 'Hong Kong',
      },
    ]);
    expect(afterwards(done, annaId)).toEqual({
      ...anna,
      company: 'Bolt',
      phones: [...anna.phones, mobile('+85291234568')],
      emails: [...anna.emails, workEmail('lee@example.com')],
      labels: ['VIP', 'Newsletter'],
      address: { city: 'Hong Kong' },
      notes: [anna.notes[0], expect.objectContaining({ text: 'Wrote.', author: 'bea' })],
      updatedAt: '2026-11-24T09:00:00.000Z',
      updatedBy: 'bea',
    });
    expect(done.edits).toEqual([{ before: anna, after: afterwards(done, annaId) }]);
  });

  it('adds no number that is there under another kind', () => {
    expect(summary(run([{ 'emails.work': 'anna@example.com', 'phones.work': '9123 4567' }]))).toBe('1 unchanged');
  });

  it('sets the kinds that the file has columns for exactly, where the row has the ID', () => {
    const done = run([{ id: annaId, 'phones.mobile': '9123 4568', 'phones.work': '', 'phones.home': [] }]);
    expect(afterwards(done, annaId)?.phones).toEqual([mobile('+85291234568')]);
    expect(afterwards(done, annaId)?.emails).toEqual(anna.emails);
    const added = run([{ id: annaId, 'phones.mobile': '9123 4568' }]);
    expect(afterwards(added, annaId)?.phones).toEqual([mobile('+85291234568'), workPhone('+85228765432')]);
  });

  it('folds all rows of an ID before it sets a kind exactly', () => {
    const done = run([
      { id: annaId, 'phones.mobile': '9123 4568' },
      { id: annaId, 'phones.mobile': '9123 4569' },
    ]);
    expect(afterwards(done, annaId)?.phones.slice(0, 2)).toEqual([mobile('+85291234568'), mobile('+85291234569')]);
    expect(summary(done)).toBe('2 updated');
  });

  it('does not leave a contact with nothing to be told by', () => {
    const lone = buildContact({ id: newId, phones: [mobile('+85291234567')] });
    const done = importRows([lone], [{ id: newId, 'phones.mobile': '' }]);
    expect(messages(done.errors)).toEqual([
      '1  "" needs at least one of first name, last name, company, phone or email',
    ]);
    expect(summary(done)).toBe('1 rejected');
  });

  it('keeps a contact that ends as it was', () => {
    const done = run([
      { 'emails.work': 'anna@example.com', company: 'Bolt' },
      { 'emails.work': 'anna@example.com', company: 'Acme' },
    ]);
    expect(summary(done)).toBe('2 unchanged');
    expect(done.edits).toEqual([]);
  });
});

describe('skip, replace and create', () => {
  it('skip leaves a contact of the store alone, and folds the rows of a new one', () => {
    const done = run(
      [
        { 'emails.work': 'anna@example.com', company: 'Bolt' },
        { 'emails.work': 'new@example.com' },
        { 'emails.work': 'new@example.com', company: 'Bolt' },
        { id: bobId, firstName: 'Robert' },
      ],
      { onMatch: 'skip' },
    );
    expect(summary(done)).toBe('1 created, 1 updated, 2 skipped');
    expect(done.contacts.slice(0, 2)).toEqual(stored);
  });

  it('replace makes the row the contact, and keeps what the program keeps', () => {
    const done = run([{ 'emails.work': 'anna@example.com', firstName: 'Ann', company: '', notes: ['Called.'] }], {
      onMatch: 'replace',
    });
    expect(afterwards(done, annaId)).toEqual({
      id: annaId,
      category: 'external',
      type: 'Lead',
      level: 'Primary',
      firstName: 'Ann',
      labels: [],
      phones: [],
      emails: anna.emails,
      notes: anna.notes,
      mergedIds: [goneId],
      createdAt: anna.createdAt,
      createdBy: 'ana',
      updatedAt: '2026-11-24T09:00:00.000Z',
      updatedBy: 'bea',
    });
  });

  it('create makes a new one each time, under an id of its own', () => {
    const rows = [{ id: annaId, firstName: 'Anna' }, { 'emails.work': 'bob@example.com' }, { firstName: 'Bob' }];
    const done = run(rows, { onMatch: 'create' });
    expect(summary(done)).toBe('3 created');
    expect(done.contacts.slice(0, 2)).toEqual(stored);
    expect(summary(importRows(done.contacts, rows, { onMatch: 'create' }))).toBe('3 created');
  });
});

describe('rows of one contact', () => {
  it('are folded in their order: the last that says something wins', () => {
    const done = run([
      { firstName: 'Cid', 'emails.work': 'cid@example.com', company: 'Acme' },
      { 'emails.work': ['cid@example.com', 'c@example.com'], company: 'Bolt', notes: 'Met.' },
      { firstName: 'CID', 'emails.work': 'c@example.com', notes: 'Met.' },
      { 'emails.work': 'c@example.com' },
    ]);
    expect(summary(done)).toBe('1 created, 2 updated, 1 unchanged');
    expect(done.edits).toHaveLength(1);
    expect(done.edits[0]?.after).toMatchObject({
      firstName: 'CID',
      company: 'Bolt',
      type: 'Lead',
      level: 'Primary',
      emails: [workEmail('cid@example.com'), workEmail('c@example.com')],
      notes: [{ text: 'Met.' }],
      createdAt: '2026-11-24T09:00:00.000Z',
      createdBy: 'bea',
      updatedBy: 'bea',
    });
  });

  it('that a second import would read otherwise are rejected', () => {
    const nameless = run([
      { firstName: 'Cid', 'phones.work': '2999 0000' },
      { 'phones.work': '2999 0000', company: 'Acme' },
      { firstName: 'Dan', 'phones.work': '2999 0000' },
    ]);
    expect(summary(nameless)).toBe('2 created, 1 rejected');
    expect(messages(nameless.errors)).toEqual([
      '2  "" contradicts other rows on whose number, address or name this is: mend them, or give them their IDs',
    ]);
    const renamed = run([
      { firstName: 'Anna', lastName: 'Lee', 'phones.mobile': '9123 4567' },
      { firstName: 'Anna', lastName: 'Berg', 'emails.work': 'anna@example.com' },
      { firstName: 'Bob', 'phones.work': '2888 0000', company: 'Acme' },
    ]);
    expect(summary(renamed)).toBe('1 updated, 2 rejected');
  });
});

describe('a bad row', () => {
  const bad: Cells = {
    firstName: 'Cid',
    'phones.mobile': ['9123 4567', '12'],
    birthDate: '02/30/1990',
    'emails.work': 'cid@example.com',
  };

  it('is rejected with all its faults, and no other row is', () => {
    const done = run([
      bad,
      { problem: 'has 3 cells too many' },
      { id: 'A-17', firstName: 'X' },
      { group: 'x' },
      { 'emails.work': 'x@example.com' },
    ]);
    expect(messages(done.errors)).toEqual([
      '1 <phones.mobile> "12" is too short to be a phone number',
      '1 <birthDate> "02/30/1990" is not a day of the calendar',
      '2  "" has 3 cells too many',
      '3 <id> "A-17" is not an ID that this program gives: leave the cell empty, or the column out',
      '4  "" needs at least one of first name, last name, company, phone or email',
    ]);
    expect(done.errors[0]).toMatchObject({ row: 1, line: 2 });
    expect(summary(done)).toBe('1 created, 4 rejected');
  });

  it('lands without its bad cells, which go to notes, where that is wanted', () => {
    const done = run([bad, { problem: 'has 3 cells too many' }, { 'emails.work': 'nobody' }], { onInvalid: 'note' });
    expect(summary(done)).toBe('1 created, 2 rejected');
    expect(done.edits[0]?.after).toMatchObject({
      phones: [mobile('+85291234567')],
      notes: [{ text: '<phones.mobile>: 12' }, { text: '<birthDate>: 02/30/1990' }],
    });
    expect(done.edits[0]?.after).not.toHaveProperty('birthDate');
    expect(messages(done.warnings)).toEqual([
      '1 <phones.mobile> "12" is too short to be a phone number; kept in a note',
      '1 <birthDate> "02/30/1990" is not a day of the calendar; kept in a note',
      `1 <phones.mobile> "+85291234567" is also the number of ${describeContact(anna)}: kept apart, since Cid is another name`,
    ]);
  });

  it('does not take a number from a contact whose new one is bad', () => {
    const done = run([{ id: annaId, 'phones.mobile': '12' }], { onInvalid: 'note' });
    expect(afterwards(done, annaId)?.phones).toEqual(anna.phones);
    expect(afterwards(done, annaId)?.notes.map((note) => note.text)).toEqual(['Called.', '<phones.mobile>: 12']);
  });

  it('keeps all others from landing with `strict`', () => {
    const rows = [
      { 'emails.work': 'x@example.com' },
      bad,
      { id: annaId, company: 'Bolt' },
      { id: bobId, firstName: 'Bob' },
    ];
    const done = run(rows, { strict: true });
    expect(summary(done)).toBe('1 unchanged, 2 skipped, 1 rejected');
    expect(done.edits).toEqual([]);
    expect(summary(run([{ id: annaId, company: 'Bolt' }], { strict: true }))).toBe('1 updated');
  });

  it('warns of a number that is not known to be assigned', () => {
    const done = run([{ firstName: 'Cid', 'phones.mobile': '+852 1123 4567' }]);
    expect(summary(done)).toBe('1 created');
    expect(messages(done.warnings)).toEqual([
      '1 <phones.mobile> "+852 1123 4567" can be a phone number, but is not known to be assigned',
    ]);
  });
});

describe('labels', () => {
  it('that are not defined are defined by the rows that land, each with a colour', () => {
    const done = run([
      { 'emails.work': 'a@example.com', labels: 'New; vip' },
      { 'emails.work': 'b@example.com', labels: 'NEW; Other' },
      { 'emails.work': 'nobody', labels: 'Never' },
    ]);
    expect(done.newLabels).toEqual([
      { name: 'New', color: 'green' },
      { name: 'Other', color: 'blue' },
    ]);
    expect(done.settings).toEqual({ ...settings, labels: [...settings.labels, ...done.newLabels] });
    expect(done.edits.map((edit) => edit.after?.labels)).toEqual([
      ['New', 'VIP'],
      ['New', 'Other'],
    ]);
  });

  it('that are all defined leave the settings alone', () => {
    expect(run([{ 'emails.work': 'a@example.com', labels: 'vip' }]).settings).toBeUndefined();
  });
});

describe('custom fields', () => {
  const withFields = {
    ...settings,
    fields: [
      { key: 'interests', label: 'Interests', kind: 'multi-select', choices: ['Golf', 'Tea', 'Art'] },
      { key: 'size', label: 'Size', kind: 'number' },
    ],
  } as const;

  it('add what is chosen, and take the number that is given', () => {
    const before = { ...anna, custom: { interests: ['Golf'], size: 3 } };
    const rows = [{ id: annaId, 'custom.interests': 'tea; golf', 'custom.size': '4' }];
    const done = importRows([before], rows, { settings: withFields });
    expect(afterwards(done, annaId)?.custom).toEqual({ interests: ['Golf', 'Tea'], size: 4 });
    expect(summary(importRows(done.contacts, rows, { settings: withFields }))).toBe('1 unchanged');
  });

  it('that are not defined are a fault', () => {
    expect(messages(run([{ firstName: 'X', 'custom.size': '4' }]).errors)).toEqual([
      '1 <custom.size> "" is not a field of this kind of contact',
    ]);
  });
});

describe('staff', () => {
  const sue = buildContact({
    id: annaId,
    category: 'internal',
    firstName: 'Sue',
    extension: '11',
    emails: [workEmail('sue@example.com')],
  });
  const tom = buildContact({
    id: bobId,
    category: 'internal',
    firstName: 'Tom',
    extension: '12',
    emails: [workEmail('tom@example.com')],
  });
  const staff = (rows: readonly Cells[], options: Options = {}): Imported =>
    importRows([sue, tom], rows, { category: 'internal', ...options });
  const taken = (name: string): string => `is taken by ${name}: no two staff members share it`;

  it('are matched by their address, and get no presets', () => {
    const done = staff([
      { 'emails.work': 'sue@example.com', role: 'Agent' },
      { firstName: 'Uma', extension: '13' },
    ]);
    expect(summary(done)).toBe('1 created, 1 updated');
    expect(done.edits[1]?.after).not.toHaveProperty('type');
  });

  it('share no extension and no address', () => {
    const done = staff([
      { id: annaId, extension: '12' },
      { firstName: 'Uma', extension: '11' },
      { firstName: 'Vic', extension: '14' },
      { 'emails.work': 'wes@example.com', extension: '14' },
      { id: newId, firstName: 'Xia', 'emails.work': 'TOM@example.com' },
    ]);
    expect(messages(done.errors)).toEqual([
      `1 <extension> "12" ${taken(describeContact(tom))}`,
      `2 <extension> "11" ${taken(describeContact(sue))}`,
      expect.stringMatching(/^3 <extension> "14" is taken by wes@example.com/),
      `5 <emails.work> "TOM@example.com" ${taken(describeContact(tom))}`,
    ]);
    expect(summary(done)).toBe('1 created, 4 rejected');
  });

  it('with nothing but an extension take none that another row wants', () => {
    const done = staff([
      { firstName: 'Uma', extension: '13' },
      { 'emails.work': 'sue@example.com', extension: '13' },
      { 'emails.work': 'sue@example.com', extension: '14' },
    ]);
    expect(messages(done.errors)).toEqual(['1 <extension> "13" is in row 2 too: no two staff members share it']);
    expect(summary(done)).toBe('2 updated, 1 rejected');
  });

  it('may exchange their extensions', () => {
    const done = staff([
      { id: annaId, extension: '12' },
      { id: bobId, extension: '11' },
    ]);
    expect(summary(done)).toBe('2 updated');
  });

  it('with nothing but an extension are found again by all that they say', () => {
    const rows = [{ firstName: 'Uma', extension: '13' }];
    const done = staff(rows);
    const again = importRows(done.contacts, rows, { category: 'internal' });
    expect(summary(again)).toBe('1 unchanged');
  });
});

describe('the notes of a file that has their authors and times', () => {
  it('keep them', () => {
    const note = buildNote('n7', 'Met.', 'zoe');
    const row = { firstName: 'Cid', notes: ['Met.', 'Wrote.'] };
    const done = importRows([], [row], { notes: [note] });
    expect(done.edits[0]?.after?.notes).toEqual([note, expect.objectContaining({ text: 'Wrote.', author: 'bea' })]);
  });
});
