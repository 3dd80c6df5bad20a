import { describe, expect, it } from 'vitest';
import { nearest, nearestHint } from '../../src/contacts/nearest.js';

const commands = ['list', 'search', 'show', 'add', 'edit', 'rm', 'note', 'log', 'undo'];

describe('the nearest names', () => {
  it.each([
    ['lsit', ['list']],
    ['serach', ['search']],
    ['sear', ['search']],
    ['EDT', ['edit']],
    ['shwo', ['show']],
    ['foo', []],
    ['frobnicate', []],
    ['', ['list', 'search', 'show']],
  ])('to %s are %j', (name, expected) => {
    expect(nearest(name, commands)).toEqual(expected);
  });

  it('are named in the hint, or else the fallback is given', () => {
    expect(nearestHint('vpi', ['VIP', 'Vips', 'Other'], 'none')).toBe('Did you mean "VIP"?');
    expect(nearestHint('x', ['Other'], 'See the list.')).toBe('See the list.');
  });
});
