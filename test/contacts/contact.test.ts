import { describe, expect, it } from 'vitest';
import { describeContact, displayName, fullNames, initials, isEastAsian } from '../../src/contacts/contact.js';
import { contactWith } from './sample-contact.js';

describe('isEastAsian', () => {
  it.each([
    ['陳大文', true],
    ['すずき ハナコ', true],
    ['김민수', true],
    ['佐々木', true],
    ['Chan', false],
    ['陳 Peter', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isEastAsian(text)).toBe(expected);
  });
});

const shown: readonly [string, Parameters<typeof contactWith>[0], string, string][] = [
  ['first and last name', { firstName: 'Maria', lastName: 'Garcia', company: 'Acme' }, 'Maria Garcia', 'MG'],
  ['a first name', { firstName: 'maria' }, 'maria', 'M'],
  ['a last name', { lastName: 'García' }, 'García', 'G'],
  ['a Han name, family name first', { firstName: '大文', lastName: '陳' }, '陳大文', '陳'],
  ['a Kana name', { firstName: 'ハナコ', lastName: 'スズキ' }, 'スズキハナコ', 'ス'],
  ['a Hangul name', { firstName: '민수', lastName: '김' }, '김민수', '김'],
  ['a name in two scripts', { firstName: 'Peter', lastName: '陳' }, 'Peter 陳', 'P陳'],
  ['a company', { company: 'Acme Trading Ltd', emails: ['a@b.example'] }, 'Acme Trading Ltd', 'AT'],
  ['a company that starts with a sign', { company: '«Acme»' }, '«Acme»', 'A'],
  ['an email address', { emails: ['maria@acme.example'], phones: ['+85291234567'] }, 'maria@acme.example', 'M'],
  ['a phone number', { phones: ['+85291234567'] }, '+85291234567', '8'],
  ['an id', {}, 'k3v9x2m4p7qr', 'K'],
  ['a letter and its marks', { firstName: 'e\u0301mile' }, 'e\u0301mile', 'E\u0301'],
  ['an emoji', { firstName: '🎉' }, '🎉', '🎉'],
];

describe('displayName and initials', () => {
  it.each(shown)('%s', (_what, given, name, letters) => {
    expect([displayName(contactWith(given)), initials(contactWith(given))]).toEqual([name, letters]);
  });
});

describe('fullNames', () => {
  it('gives every order in which a name is typed', () => {
    expect(fullNames({ firstName: 'Maria', lastName: 'Garcia' })).toEqual(['Maria Garcia', 'Garcia Maria']);
    expect(fullNames({ firstName: '大文', lastName: '陳' })).toEqual(['陳大文', '大文 陳', '陳 大文']);
    expect(fullNames({ firstName: '', lastName: 'Garcia' })).toEqual(['Garcia']);
    expect(fullNames({})).toEqual([]);
  });
});

describe('describeContact', () => {
  it.each([
    [{ firstName: 'Maria', company: 'Acme', emails: ['m@acme.example'] }, 'Maria, Acme, m@acme.example (k3v9x2m4p7qr)'],
    [{ firstName: 'Maria', phones: ['+85291234567'] }, 'Maria, +85291234567 (k3v9x2m4p7qr)'],
    [{ company: 'Acme', phones: ['+85291234567'] }, 'Acme, +85291234567 (k3v9x2m4p7qr)'],
    [{ emails: ['m@acme.example'] }, 'm@acme.example (k3v9x2m4p7qr)'],
  ])('%j', (given, line) => {
    expect(describeContact(contactWith(given))).toBe(line);
  });
});
