import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guard, unguard } from '../../../src/formats/csv/formula-guard.js';

test.each([
  ['=1+1', "'=1+1"],
  ["'=1", "''=1"],
  ['-5', "'-5"],
  ['@home', "'@home"],
  ['\tx', "'\tx"],
  ['\r\nx', "'\r\nx"],
  ['\0x', "'\0x"],
  ['＝1', "'＝1"],
  ['＠x', "'＠x"],
  ['+85291234567', '+85291234567'],
  ['+44 (20) 7946-0123', '+44 (20) 7946-0123'],
  ['+85228765432;ext=12', "'+85228765432;ext=12"],
  ['+1+1', "'+1+1"],
  ["'t Hooft", "'t Hooft"],
  ["''", "''"],
  ['N/A', "'N/A"],
  ['\u200b', "'\u200b"],
  ['\u200eNULL', "'\u200eNULL"],
  ['none', "'none"],
  ["'none", "''none"],
  ['--', "'--"],
  ['None', 'None'],
  ['NULL and void', 'NULL and void'],
  ['a=1', 'a=1'],
  ['', ''],
])('%j is written %j', (text, cell) => {
  expect(guard(text)).toBe(cell);
  expect(unguard(cell)).toBe(text);
});

test('every text comes back', () => {
  const signs = fc.constantFrom(
    "'",
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '\0',
    '＝',
    '＋',
    '－',
    '＠',
    '1',
    ' ',
    'a',
    'none',
    'N/A',
  );
  fc.assert(fc.property(fc.string({ unit: signs }), (text) => unguard(guard(text)) === text));
});
