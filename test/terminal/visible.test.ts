import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/terminal/visible.js';

const cases: readonly (readonly [what: string, text: string, oneLine: string, lines: string])[] = [
  ['plain text', 'Anna Müller', 'Anna Müller', 'Anna Müller'],
  ['an escape sequence', '\x1b[31mred', '\\x1b[31mred', '\\x1b[31mred'],
  ['a C1 control', 'a\u009b31m', 'a\\x9b31m', 'a\\x9b31m'],
  ['bell, backspace, delete, nul', '\x07\b\x7f\0', '\\x07\\x08\\x7f\\x00', '\\x07\\x08\\x7f\\x00'],
  ['a tab', 'a\tb', 'a\\tb', 'a\\tb'],
  ['a line feed', 'a\nb', 'a⏎b', 'a\nb'],
  ['a carriage return and line feed', 'a\r\nb', 'a⏎b', 'a\nb'],
  ['a lone carriage return', 'a\rb', 'a\\rb', 'a\\rb'],
  ['direction overrides', 'a\u202etxt.exe\u202c', 'a\\u202etxt.exe\\u202c', 'a\\u202etxt.exe\\u202c'],
  ['direction isolates', '\u2066a\u2069', '\\u2066a\\u2069', '\\u2066a\\u2069'],
  ['direction marks', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c', '\\u200e\\u200f\\u061c'],
  ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029', 'a\\u2028b\\u2029'],
  ['a byte order mark', '\ufeffa', '\\ufeffa', '\\ufeffa'],
  [
    'the joiners of Persian and emoji',
    'می\u200cخواهم 👩\u200d👧',
    'می\u200cخواهم 👩\u200d👧',
    'می\u200cخواهم 👩\u200d👧',
  ],
];

describe('visible', () => {
  test.each(cases)('shows %s', (_what, text, oneLine, lines) => {
    expect([visible(text), visible(text, { lines: true })]).toEqual([oneLine, lines]);
  });

  test('leaves nothing that steers a terminal, and is the same when it is applied again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});
