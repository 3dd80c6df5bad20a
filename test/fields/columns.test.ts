import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, joinNotes, splitNotes, valueCounter } from '../../src/fields/columns.js';
import { type Contact, emptyData } from '../../src/fields/contact.js';
import type { CustomField } from '../../src/fields/field.js';

const contact: Contact = {
  ...emptyData,
  id: 'k3v9x2m4p7qr',
  category: 'external',
  type: 'Lead',
  firstName: 'Maria',
  birthDate: '1990-12-31',
  language: 'zh-Hant',
  labels: ['VIP', 'Newsletter'],
  phones: [
    { kind: 'mobile', number: '+85291234567' },
    { kind: 'work', number: '+85228765432;ext=12' },
    { kind: 'mobile', number: '+85291234568' },
  ],
  emails: [{ kind: 'work', address: 'maria@example.com' }],
  custom: { seats: 12, paying: false, tags: ['a', 'b'] },
  notes: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'tester',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'tester',
};

const custom: readonly CustomField[] = [
  { key: 'seats', label: 'Seats', kind: 'number' },
  { key: 'paying', label: 'Paying', kind: 'checkbox' },
  { key: 'tags', label: 'Tags', kind: 'multi-select', choices: ['a', 'b', 'c'] },
];

describe('columns', () => {
  it('are the header of contract.md', () => {
    expect(
      columnsOf('external', [])
        .map(({ header }) => header)
        .join(', '),
    ).toBe(
      'ID, Type, First Name, Last Name, Level, Company, Job Title, Department, Birth Date, Language, Group, Contact Label, ' +
        'Mobile, Work Phone, Home Phone, Other Phone, Work Email, Personal Email, Other Email, Zip Code, Street, City, ' +
        'State, Country, Messenger, LINE, WOZTELL (WhatsApp Cloud), WOZTELL (Facebook), WOZTELL (Instagram), Notes',
    );
  });

  it('are those of staff by the same rule', () => {
    expect(
      columnsOf('internal', custom)
        .map(({ header }) => header)
        .join(', '),
    ).toBe(
      'ID, First Name, Last Name, Email, Phone Number, Role, Department, Job Title, Time Zone, Extension Number, ' +
        'Availability Status, Avatar, Notes',
    );
  });

  it('grow with the values, custom fields standing before the notes', () => {
    const { add, counts } = valueCounter('external');
    add(contact);
    const filled = columnsOf('external', custom, counts)
      .map((column) => `${column.header}=${column.text(contact)}`)
      .filter((cell) => !cell.endsWith('='));
    expect(filled).toEqual([
      'ID=k3v9x2m4p7qr',
      'Type=Lead',
      'First Name=Maria',
      'Birth Date=12/31/1990',
      'Language=Traditional Chinese',
      'Contact Label=VIP; Newsletter',
      'Mobile=+85291234567',
      'Mobile 2=+85291234568',
      'Work Phone=+85228765432;ext=12',
      'Work Email=maria@example.com',
      'Seats=12',
      'Paying=No',
      'Tags=a; b',
    ]);
  });
});

describe('notes in one text', () => {
  it.each([
    [['one'], 'one'],
    [['one', 'two'], 'one\n---\ntwo'],
    [['above\n---\nbelow'], 'above\n----\nbelow'],
    [['---'], '----'],
    [['-----\r\n--'], '------\r\n--'],
  ])('%j are %j', (notes, text) => {
    expect(joinNotes(notes)).toBe(text);
    expect(splitNotes(text)).toEqual(notes);
  });

  it('are split where a spreadsheet changed the line ends', () => {
    expect(splitNotes('one\r\n---\r\ntwo')).toEqual(['one', 'two']);
  });

  it('come back to the byte', () => {
    const note = fc
      .array(fc.constantFrom('-', '---', '----', '\n', '\r\n', '\r', ' ', 'a'), { minLength: 1 })
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(note), (notes) => {
        expect(splitNotes(joinNotes(notes))).toEqual(notes);
      }),
    );
  });
});
