import { describe, expect, it } from 'vitest';
import { commandWords, shieldValues, unshield, wantsJson } from '../../src/commands/arguments.js';

describe('shielded values', () => {
  it.each([
    [['search', '-garcia'], [1]],
    [['search', '-yamada'], [1]],
    [['list', '-5'], [1]],
    [['list', '-yq'], [1]],
    [['rm', '-y', '-q', '-h', '-V'], []],
    [['import', '-'], []],
    [['list', '--json'], []],
    [['search', '--', '-garcia'], []],
    [['search', '-x', '--', '-y'], [1]],
  ])('of %j are those at %j', (argv, places) => {
    const shielded = shieldValues(argv);
    expect(shielded.flatMap((argument, index) => (argument === argv[index] ? [] : [index]))).toEqual(places);
    expect(unshield(shielded)).toEqual(argv);
  });

  it('are found wherever they stand', () => {
    const [shielded = ''] = shieldValues(['-garcia']);
    expect(unshield({ query: [shielded], set: [`x=${shielded}`], limit: 5, none: undefined })).toEqual({
      query: ['-garcia'],
      set: ['x=-garcia'],
      limit: 5,
      none: undefined,
    });
  });
});

describe('the words of a command line', () => {
  it.each([
    [['list', '--json'], ['list']],
    [
      ['--store', 'list', 'search', 'x'],
      ['search', 'x'],
    ],
    [['--store=list', 'search'], ['search']],
    [
      ['-y', '--no-input', 'note', 'add', 'x'],
      ['note', 'add'],
    ],
    [
      ['help', 'add'],
      ['help', 'add'],
    ],
    [['--help'], []],
    [[], []],
  ])('%j are %j', (argv, words) => {
    expect(commandWords(argv)).toEqual(words);
  });
});

describe('JSON is asked for', () => {
  it.each([
    [['list', '--json'], true],
    [['list', '--format', 'json'], true],
    [['list', '--format=ndjson'], true],
    [['list', '--format', 'csv'], false],
    [['list'], false],
    [['note', 'add', 'x', '--', '--json'], false],
  ])('by %j: %s', (argv, expected) => {
    expect(wantsJson(argv)).toBe(expected);
  });
});
