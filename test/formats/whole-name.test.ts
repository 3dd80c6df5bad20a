import { expect, test } from 'vitest';
import { splitName } from '../../src/formats/whole-name.js';

test.each([
  ['Ada Lovelace', 'Ada', 'Lovelace'],
  ['  Ada   King  Lovelace ', 'Ada King', 'Lovelace'],
  ['Lovelace, Ada', 'Ada', 'Lovelace'],
  ['Mia van der Berg', 'Mia', 'van der Berg'],
  ['van Berg', 'van', 'Berg'],
  ['Madonna', 'Madonna', ''],
  ['陳大文', '陳大文', ''],
  ['陳 大文', '大文', '陳'],
  ['田中 ユキ', 'ユキ', '田中'],
  ['김 철수', '철수', '김'],
  ['Acme, Inc, Ltd', 'Acme, Inc,', 'Ltd'],
])('%j is %j and %j', (name, first, last) => {
  expect(splitName(name)).toEqual([first, last]);
});
