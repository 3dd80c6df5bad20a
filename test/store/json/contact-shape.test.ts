import { expect, test } from 'vitest';
import { contactProblem } from '../../../src/store/json/contact-shape.js';

const at = '2026-01-02T03:04:05.678Z';
const note = { id: 'nnnnnnnnnnnn', text: 'one', author: 'grace', createdAt: at, updatedAt: at };
const contact = {
  id: '23456789bcdf',
  category: 'external',
  firstName: 'Ada',
  labels: ['VIP'],
  phones: [{ kind: 'mobile', number: '+447700900123' }],
  emails: [{ kind: 'work', address: 'ada@example.com' }],
  address: { city: 'London' },
  social: { line: 'ada' },
  custom: { seats: 12, paying: false, tags: ['a'], plan: 'b' },
  notes: [note],
  mergedIds: ['3456789bcdfg'],
  createdAt: at,
  createdBy: 'grace',
  updatedAt: at,
  updatedBy: 'grace',
};

test.each([
  ['a contact', contact],
  ['parts of a later version', { ...contact, pronouns: 5 }],
  ['parts of a later version within its parts', { ...contact, phones: [{ kind: 'fax', number: '1', since: 1990 }] }],
  ['a key that every object has', JSON.parse(`{"constructor":1,"__proto__":2,${JSON.stringify(contact).slice(1)}`)],
])('nothing is wrong with %s', (_name, value) => {
  expect(contactProblem(value)).toBeUndefined();
});

test.each([null, 'text', 5, [contact]])('%j is no object', (value) => {
  expect(contactProblem(value)).toBe('is no object');
});

test.each([
  'id',
  'category',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'labels',
  'phones',
  'emails',
  'notes',
])('%s has to be there', (key) => {
  const { [key]: _, ...rest } = contact as Record<string, unknown>;
  expect(contactProblem(rest)).toBe(`has no "${key}"`);
});

const unfit: readonly (readonly [string, unknown])[] = [
  ['id', ''],
  ['id', 5],
  ['category', 'constructor'],
  ['createdAt', 5],
  ['labels', 'VIP'],
  ['labels', [5]],
  ['phones', {}],
  ['phones', [null]],
  ['phones', [{ kind: 'mobile' }]],
  ['phones', [{ number: '1' }]],
  ['emails', [{ kind: 'work', number: '1' }]],
  ['emails', [{ address: '1' }]],
  ...Object.keys(note).map((key) => ['notes', [note, { ...note, [key]: 5 }]] as const),
  ['firstName', null],
  ['address', []],
  ['address', { city: 5 }],
  ['social', { line: null }],
  ['custom', { seats: null }],
  ['custom', { tags: [5] }],
  ['mergedIds', '3456789bcdfg'],
];

test.each(unfit)('%s cannot be %j', (key, part) => {
  expect(contactProblem({ ...contact, [key]: part })).toBe(`has a "${key}" that is not of the right form`);
});

test('the parts that every contact has are told of first, and then the others in their order', () => {
  const { notes: _, ...unfinished } = contact;
  expect(contactProblem({ company: 5, ...unfinished })).toBe('has no "notes"');
  expect(contactProblem({ company: 5, ...contact, notes: undefined, phones: 5 })).toBe(
    'has a "phones" that is not of the right form',
  );
  expect(contactProblem({ company: 5, ...contact, lastName: 5 })).toBe('has a "company" that is not of the right form');
});
