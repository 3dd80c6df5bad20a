import { describe, expect, test } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { emptyData } from '../../src/fields/contact.js';
import { labelColours } from '../../src/terminal/label-colours.js';
import { createStyle } from '../../src/terminal/style.js';

const named = (firstName: string, lastName?: string): Contact => ({
  ...emptyData,
  id: 'bcdfghjkmnpq',
  category: 'internal',
  createdAt: '2026-11-01T09:00:00.000Z',
  createdBy: 'sam',
  updatedAt: '2026-11-01T09:00:00.000Z',
  updatedBy: 'sam',
  firstName,
  ...(lastName !== undefined && { lastName }),
});

describe('without colours', () => {
  const style = createStyle(0);

  test('text stays as it is', () => {
    const paints = [style.heading, style.dim, style.error, style.warning, style.success, style.match, style.accent];
    for (const paint of [...paints, style.label('red'), style.label('#123456'), style.choice('Lead')]) {
      expect(paint('text')).toBe('text');
    }
  });

  test('a chip is in brackets, and a badge is two cells', () => {
    expect([
      style.chip('VIP', style.label('red')),
      style.badge(named('Anna', 'Lee')),
      style.badge(named('Anna')),
    ]).toEqual(['[VIP]', 'AL', 'A ']);
  });
});

describe('with colours', () => {
  test.each([
    [1, 'red', '\x1b[31mVIP\x1b[39m'],
    [1, 'orange', '\x1b[93mVIP\x1b[39m'],
    [3, 'red', '\x1b[38;2;229;72;77mVIP\x1b[39m'],
    [3, '#0a0B0c', '\x1b[38;2;10;11;12mVIP\x1b[39m'],
    [1, 'mauve', '\x1b[90mVIP\x1b[39m'],
  ] as const)('at level %i a label in %s', (level, colour, text) => {
    expect(createStyle(level).label(colour)('VIP')).toBe(text);
  });

  test.each([1, 2, 3] as const)('at level %i each name of a colour looks different', (level) => {
    const style = createStyle(level);
    expect(new Set(labelColours.map((name) => style.label(name)('VIP'))).size).toBe(labelColours.length);
  });

  test('a chip is a ground of the colour', () => {
    const style = createStyle(1);
    expect(style.chip('VIP', style.label('blue'))).toBe('\x1b[7m\x1b[34m VIP \x1b[39m\x1b[27m');
  });

  test('a badge has the same colour for the same name, whatever its case, and others for others', () => {
    const badge = (contact: Contact): string => createStyle(1).badge(contact);
    expect(badge(named('ANNA', 'Lee'))).toBe(badge(named('Anna', 'Lee')));
    const badges = ['Ada', 'Abe', 'Amy', 'Ann', 'Art', 'Ace'].map((name) => badge(named(name, 'Lee')));
    expect(new Set(badges).size).toBeGreaterThan(2);
  });

  test('a paint takes one text, so that it can be mapped over lines', () => {
    expect(['a', 'b'].map(createStyle(1).dim)).toEqual(['\x1b[2ma\x1b[22m', '\x1b[2mb\x1b[22m']);
  });
});
