import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBy, compareCodePoints, sortKey } from '../../src/contacts/order.js';
import type { Contact } from '../../src/fields/contact.js';
import { contactWith } from './sample-contact.js';

type Given = Parameters<typeof contactWith>[0];

describe('sortKey', () => {
  it.each<[string, Given, string | undefined]>([
    ['lastName', { lastName: 'García' }, 'garcia'],
    ['lastName', { firstName: 'Maria' }, undefined],
    ['lastName', { lastName: '' }, undefined],
    ['name', { company: 'Ácme' }, 'acme'],
    ['name', { firstName: 'Maria', lastName: 'Garcia' }, 'maria garcia'],
    ['labels', { labels: ['VIP', 'Press'] }, 'vip; press'],
    ['labels', {}, undefined],
    ['phones.mobile', { phones: ['+85291234567', '+85298765432'] }, '+85291234567'],
    ['phones.work', { phones: ['+85291234567'] }, undefined],
    ['phones', { phones: ['+85291234567'] }, '+85291234567'],
    ['emails.work', { emails: ['Maria@Acme.Example'] }, 'maria@acme.example'],
    ['address.city', { address: { city: 'Kowloon' } }, 'kowloon'],
    ['birthDate', { birthDate: '1990-05-12' }, '1990-05-12'],
    ['createdAt', {}, '2026-03-01t23:59:59.000z'],
    ['custom.size', { custom: { size: 'Large' } }, 'large'],
    ['custom.size', { custom: { other: 'Large' } }, undefined],
    ['custom.constructor', {}, undefined],
    ['constructor', {}, undefined],
  ])('%s of %j is %j', (path, given, key) => {
    expect(sortKey(contactWith(given), path)).toBe(key);
  });

  it('sorts numbers as numbers', () => {
    const number = fc.double({ noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [keyA = '', keyB = ''] = [a, b].map((size) => sortKey(contactWith({ custom: { size } }), 'custom.size'));
        expect(Math.sign(compareCodePoints(keyA, keyB))).toBe(a === b ? 0 : a < b ? -1 : 1);
      }),
    );
    const [nine = '', ten = ''] = ['9', '10'].map((extension) => sortKey(contactWith({ extension }), 'extension'));
    expect(nine < ten).toBe(true);
  });
});

describe('compareCodePoints', () => {
  it('orders as UTF-8 does', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      {
        examples: [
          ['\u{1f600}', '\uff21'],
          ['\u{1f600}', '\u{1f601}'],
          ['a', 'ab'],
        ],
      },
    );
  });
});

describe('compareBy', () => {
  const people: readonly Contact[] = [
    contactWith({ id: 'c', firstName: 'Zoe', company: 'Acme' }),
    contactWith({ id: 'b', firstName: 'Ana', company: 'acme' }),
    contactWith({ id: 'e', firstName: 'Ben' }),
    contactWith({ id: 'd', firstName: 'Ana', company: 'Globex' }),
    contactWith({ id: 'a', firstName: 'Ana', company: 'Acme' }),
    contactWith({ id: 'f', firstName: 'Ana' }),
  ];
  const sorted = (by: string, descending: boolean) =>
    [...people]
      .sort(compareBy({ by, descending }))
      .map(({ id }) => id)
      .join('');

  it.each([
    ['company', false, 'abcdfe'],
    ['company', true, 'dabcfe'],
    ['name', false, 'abdfec'],
    ['name', true, 'ceabdf'],
    ['id', true, 'fedcba'],
  ])('by %s, descending %s: %s', (by, descending, ids) => {
    expect(sorted(by, descending)).toBe(ids);
  });
});
