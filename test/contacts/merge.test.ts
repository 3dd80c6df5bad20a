import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailKey } from '../../src/contacts/keys.js';
import { conflictsBetween, inPrecedence, mergedContact, unitedData } from '../../src/contacts/merge.js';
import type { Contact } from '../../src/fields/contact.js';
import { type CustomField, fieldsOf } from '../../src/fields/field.js';
import { fold } from '../../src/fields/fold.js';
import { shownValues } from '../../src/fields/values.js';
import { buildContact, buildNote, createIdCounter, mobile, numberedId, workEmail } from '../helpers/build-contact.js';

const custom: readonly CustomField[] = [
  { key: 'age', label: 'Age', kind: 'number' },
  { key: 'topics', label: 'Topics', kind: 'multi-select', choices: ['a', 'b', 'c'] },
];
const fields = fieldsOf('external', custom);
const stamp = { by: 'ann', at: '2026-11-24T12:00:00.000Z' };
const contact = (number: number, given: Partial<Contact>): Contact =>
  buildContact({ id: numberedId(number), ...given });

const merge = (contacts: readonly Contact[]): Contact => {
  const [primary, ...others] = contacts;
  if (primary === undefined) throw new RangeError('There is nothing to merge.');
  return mergedContact(primary, others, unitedData(contacts, fields), fields, stamp, createIdCounter(1000));
};

describe('addresses', () => {
  it.each<[string, Contact['address'], Contact['address'], Contact['address'], boolean]>([
    [
      'complete each other',
      { city: 'Rome' },
      { street: 'Via X 1', city: 'ROME' },
      { street: 'Via X 1', city: 'Rome' },
      false,
    ],
    ['fill an empty one', undefined, { street: 'Via X 1' }, { street: 'Via X 1' }, false],
    [
      'stay whole where they differ',
      { street: 'A', city: 'Rome' },
      { street: 'B', zipCode: '1' },
      { street: 'A', city: 'Rome' },
      true,
    ],
  ])('%s', (_, one, other, expected, hasNote) => {
    const merged = merge([
      contact(1, { firstName: 'A', ...(one && { address: one }) }),
      contact(2, { firstName: 'A', ...(other && { address: other }) }),
    ]);
    expect(merged.address).toEqual(expected);
    expect(merged.notes.map(({ text }) => text)).toEqual(
      hasNote ? [`Before the merge, A (${numberedId(2)}) had:\nMailing Address: 1, B`] : [],
    );
  });
});

describe('conflicts', () => {
  it('are the places with several values, an address being one', () => {
    const contacts = [
      contact(1, { firstName: 'Ann', company: 'Acme', address: { city: 'Rome' }, custom: { age: 7, topics: ['a'] } }),
      contact(2, { firstName: 'Ann', address: { city: 'Bonn', street: 'B' }, custom: { age: 8, topics: ['b'] } }),
      contact(3, { firstName: 'ann', company: 'Acme', address: { city: 'rome', street: 'A' } }),
    ];
    const found = conflictsBetween(contacts, fields).map(({ path, options }) => [
      path,
      ...options.map(({ text, holders }) => `${text}: ${holders.map(({ id }) => id.at(-1)).join()}`),
    ]);
    expect(found).toEqual([
      ['firstName', 'Ann: 3,4', 'ann: 5'],
      ['address', 'A, Rome: 3,5', 'B, Bonn: 4'],
      ['custom.age', '7: 3', '8: 4'],
    ]);
  });

  it('are settled by what was picked', () => {
    const contacts = [contact(1, { company: 'Acme' }), contact(2, { company: 'Beta' })];
    const [conflict] = conflictsBetween(contacts, fields);
    const second = conflict?.options[1];
    if (second === undefined) throw new Error('There is no conflict.');
    expect(unitedData(contacts, fields, new Map([['company', second]])).company).toBe('Beta');
  });
});

it('puts contacts that changed at one moment in their order, whatever is preferred', () => {
  const at = (number: number, updatedAt: string): Contact => contact(number, { updatedAt });
  const contacts = [
    at(1, '2026-01-02T00:00:00.000Z'),
    at(2, '2026-01-03T00:00:00.000Z'),
    at(3, '2026-01-02T00:00:00.000Z'),
  ];
  const order = (preference: 'primary' | 'newest' | 'oldest') =>
    inPrecedence(contacts, preference).map(({ id }) => contacts.findIndex((one) => one.id === id) + 1);
  expect([order('primary'), order('newest'), order('oldest')]).toEqual([
    [1, 2, 3],
    [2, 1, 3],
    [1, 3, 2],
  ]);
});

const someText = fc.constantFrom('Ann', 'ann', 'Bob', 'Ça', '');
const someContact = fc
  .record({
    firstName: someText,
    company: someText,
    street: someText,
    city: someText,
    line: someText,
    phones: fc.subarray(['+85291234567', '+85291234568', '+85291234567;ext=1']),
    emails: fc.subarray(['a@x.example', 'A@x.example', 'b@x.example']),
    labels: fc.subarray(['VIP', 'News']),
    notes: fc.subarray(['tea', 'coffee']),
    topics: fc.subarray(['a', 'b', 'c']),
  })
  .map(({ street, city, line, phones, emails, notes, topics, ...rest }) => ({
    ...rest,
    address: { ...(street && { street }), ...(city && { city }) },
    social: { ...(line && { line }) },
    custom: { topics },
    phones: phones.map(mobile),
    emails: emails.map(workEmail),
    notes: notes.map((text, index) => buildNote(numberedId(500 + index), text)),
  }));

it('loses nothing, and doubles nothing', () => {
  fc.assert(
    fc.property(fc.array(someContact, { minLength: 2, maxLength: 4 }), (given) => {
      const contacts = given.map((data, index) => contact(index, data));
      const merged = merge(contacts);
      const notes = fold(merged.notes.map(({ text }) => text).join('\n'));
      for (const one of contacts) {
        for (const field of fields.filter(({ kind }) => kind !== 'note')) {
          for (const value of shownValues(field, one)) {
            const isKept = shownValues(field, merged).some((kept) => fold(kept) === fold(value));
            expect(isKept || notes.includes(fold(value)), `${field.path} ${value}`).toBe(true);
          }
        }
        for (const { text } of one.notes) expect(merged.notes.filter((note) => note.text === text)).toHaveLength(1);
      }
      const keys = [
        ...merged.phones.map(({ number }) => number),
        ...merged.emails.map(({ address }) => emailKey(address)),
        ...merged.labels,
      ];
      expect(new Set(keys).size).toBe(keys.length);
      expect([merged.id, ...(merged.mergedIds ?? [])]).toEqual(contacts.map(({ id }) => id));
    }),
  );
});
