import { describe, expect, it } from 'vitest';
import { fits } from '../../../src/contacts/query/match.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import { UsageError } from '../../../src/errors.js';
import type { Contact } from '../../../src/fields/contact.js';
import { contactWith } from '../sample-contact.js';
import { strict } from './fields.js';

/** A language at a moment, for a user whose calendar shows a day. */
const at = (now: string, today = now.slice(0, 10)) => ({
  ...strict,
  clock: { now: new Date(now), today: () => today },
});
const noon = at('2026-11-24T12:00:00.000Z');
const matches = (query: string, contact: Partial<Contact>, language = noon): boolean =>
  fits(parseQuery(query, language), { ...contactWith({}), ...contact });

describe('a time in a query', () => {
  it.each([
    ['created:2026-11-24', '2026-11-24T00:00:00.000Z', true],
    ['created:2026-11-24', '2026-11-24T23:59:59.999Z', true],
    ['created:2026-11-24', '2026-11-25T00:00:00.000Z', false],
    ['created:today', '2026-11-24T23:59:59.999Z', true],
    ['created:today', '2026-11-23T23:59:59.999Z', false],
    ['created:yesterday', '2026-11-23T00:00:00.000Z', true],
    ['created:>yesterday', '2026-11-23T23:59:59.999Z', false],
    ['created:>yesterday', '2026-11-24T00:00:00.000Z', true],
    ['created:>=yesterday', '2026-11-23T00:00:00.000Z', true],
    ['created:<today', '2026-11-23T23:59:59.999Z', true],
    ['created:TODAY', '2026-11-24T09:00:00.000Z', true],
    ['created:2026-01-31T09:00Z', '2026-01-31T09:00:59.999Z', true],
    ['created:2026-01-31T09:00Z', '2026-01-31T09:01:00.000Z', false],
    ['created:2026-01-31T09:00:30Z', '2026-01-31T09:00:30.500Z', true],
    ['created:2026-01-31T09:00:30Z', '2026-01-31T09:00:31.000Z', false],
    ['created:2026-01-31T09:00:30.250Z', '2026-01-31T09:00:30.250Z', true],
    ['created:>2026-01-31T09:00Z', '2026-01-31T09:00:00.000Z', false],
    ['created:>2026-01-31T09:00Z', '2026-01-31T09:00:00.001Z', true],
    ['created:>=2026-01-31T09:00Z', '2026-01-31T09:00:00.000Z', true],
    ['created:<2026-01-31T09:00Z', '2026-01-31T08:59:59.999Z', true],
    ['created:<=2026-01-31T09:00Z', '2026-01-31T09:00:00.000Z', true],
    ['created:2026-01-31T09:00Z..2026-01-31T10:00Z', '2026-01-31T10:00:00.000Z', true],
    ['created:2026-01-31T09:00Z..2026-01-31T10:00Z', '2026-01-31T10:00:00.001Z', false],
    ['created:2026-01-31T09:00Z..2026-01-31', '2026-01-31T23:00:00.000Z', true],
    ['created:..2026-01-31T09:00Z', '2026-01-31T09:00:00.000Z', true],
    ['created:>2026-01-31T09:00+08:00', '2026-01-31T01:00:00.001Z', true],
    ['created:>2026-01-31T09:00+0800', '2026-01-31T01:00:00.000Z', false],
    ['created:"2026-01-31 09:00Z"', '2026-01-31T09:00:00.000Z', true],
    ['created:>-7d', '2026-11-17T12:00:00.000Z', false],
    ['created:>-7d', '2026-11-17T12:00:00.001Z', true],
    ['created:>=-1w', '2026-11-17T12:00:00.000Z', true],
    ['created:<-3w', '2026-11-03T11:59:59.999Z', true],
    ['created:>-6m', '2026-05-24T12:00:00.001Z', true],
    ['created:<-1y', '2025-11-24T11:59:59.999Z', true],
    ['created:<=+7d', '2026-12-01T12:00:00.000Z', true],
    ['created:-30d..-7d', '2026-11-17T12:00:00.000Z', true],
    ['created:-30d..-7d', '2026-11-17T12:00:00.001Z', false],
    ['created:-30d..-7d', '2026-10-25T11:59:59.999Z', false],
    ['created:-7d', '2026-11-17T00:00:00.000Z', true],
    ['created:-7d', '2026-11-18T00:00:00.000Z', false],
    ['created:-30d..today', '2026-11-24T23:00:00.000Z', true],
    ['created:2026-01-31', '2026-01-31T08:00:00+08:00', true],
    ['created:2026-01-31', '2026-01-31T07:59:59+08:00', false],
  ])('%s, of what was made at %s: %s', (query, createdAt, expected) => {
    expect(matches(query, { createdAt })).toBe(expected);
  });

  it('is the last day of a month where the month before or after is shorter', () => {
    const march = at('2026-03-31T12:00:00.000Z');
    expect(matches('created:>=-1m', { createdAt: '2026-02-28T12:00:00.000Z' }, march)).toBe(true);
    expect(matches('created:<-1m', { createdAt: '2026-02-28T11:59:59.999Z' }, march)).toBe(true);
    const leapDay = at('2024-02-29T12:00:00.000Z');
    expect(matches('created:>=-1y', { createdAt: '2023-02-28T12:00:00.000Z' }, leapDay)).toBe(true);
  });

  it.each([
    ...[
      'created:7d',
      'created:-7',
      'created:-7h',
      'created:tomorrow',
      'created:today-7d',
      'created:last-week',
      'created:-99999y',
    ],
    ...[
      'created:2026-02-30T09:00Z',
      'created:2026-01-31T24:00Z',
      'created:2026-01-31T09:60Z',
      'created:2026-01-31T09Z',
    ],
    ...['created:2026-01-31T09:00', 'created:2026-01-31T09:00+99:00', 'created:-7d..-30d', 'created:today..yesterday'],
    ...['birth-date:1990-05-12T09:00Z', 'renewal:>2026-01-31T09:00Z', 'created:2026-01-01..2026-02-01..2026-03-01'],
  ])('cannot be %s', (query) => {
    expect(() => parseQuery(query, noon)).toThrow(UsageError);
    expect(() => parseQuery(query, { ...noon, strict: false })).toThrow(UsageError);
  });
});

describe('noted:', () => {
  const note = (createdAt: string) => ({
    id: createdAt,
    text: 'x',
    author: 'ann',
    createdAt,
    updatedAt: '2026-11-24T11:00:00.000Z',
  });
  const notes = [note('2026-11-20T10:00:00.000Z'), note('2026-11-22T10:00:00.000Z'), note('2026-11-21T10:00:00.000Z')];

  it('is when the newest note was made', () => {
    expect(matches('noted:2026-11-22', { notes })).toBe(true);
    expect(matches('noted:2026-11-21', { notes })).toBe(false);
    expect(matches('noted:<-3d', { notes })).toBe(false);
    expect(matches('noted:>-3d', { notes })).toBe(true);
  });

  it('is missing where there is no note', () => {
    expect(matches('missing:noted', { notes: [] })).toBe(true);
    expect(matches('has:noted', { notes })).toBe(true);
    expect(matches('noted:>2000', { notes: [] })).toBe(false);
  });
});

describe('birthday:', () => {
  const eve = at('2026-12-28T12:00:00.000Z');
  it.each([
    ['birthday:12-24', '1990-12-24', true],
    ['birthday:12/24', '1990-12-24', true],
    ['birthday:2-9', '1990-02-09', true],
    ['birthday:12-24', '1990-12-25', false],
    ['birthday:12-24..01-06', '1990-12-24', true],
    ['birthday:12-24..01-06', '1990-12-31', true],
    ['birthday:12-24..01-06', '1990-01-01', true],
    ['birthday:12-24..01-06', '1990-01-06', true],
    ['birthday:12-24..01-06', '1990-01-07', false],
    ['birthday:12-24..01-06', '1990-12-23', false],
    ['birthday:02-28..03-01', '1992-02-29', true],
    ['birthday:02-29', '1992-02-29', true],
    ['birthday:today', '1990-12-28', true],
    ['birthday:yesterday', '1990-12-27', true],
    ['birthday:today..+7d', '1990-12-28', true],
    ['birthday:today..+7d', '1990-01-04', true],
    ['birthday:today..+7d', '1990-01-05', false],
    ['birthday:-1w..today', '1990-12-21', true],
    ['birthday:+1m', '1990-01-28', true],
    ['birthday:-1y..today', '1990-06-15', true],
    ['birthday:12-01..today', '1990-12-29', false],
  ])('%s, of who was born on %s: %s', (query, birthDate, expected) => {
    expect(matches(query, { birthDate }, eve)).toBe(expected);
  });

  it('does not match who has no birth date', () => {
    expect(matches('birthday:01-01..12-31', {})).toBe(false);
    expect(matches('missing:birthday', {})).toBe(true);
  });

  it('begins today where the user is', () => {
    const inHongKong = at('2026-12-23T20:00:00.000Z', '2026-12-24');
    expect(matches('birthday:today', { birthDate: '1990-12-24' }, inHongKong)).toBe(true);
    expect(matches('created:today', { createdAt: '2026-12-23T09:00:00.000Z' }, inHongKong)).toBe(true);
  });

  it.each([
    ...['birthday:1990', 'birthday:1990-12-24', 'birthday:12', 'birthday:13-01', 'birthday:02-30', 'birthday:may'],
    ...[
      'birthday:>12-01',
      'birthday:12-24..',
      'birthday:..01-06',
      'birthday:+7d..today',
      'birthday:12-24..01-06..02-01',
    ],
  ])('cannot be %s', (query) => {
    expect(() => parseQuery(query, noon)).toThrow(UsageError);
  });
});
