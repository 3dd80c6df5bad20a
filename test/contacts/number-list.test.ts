import { expect, test } from 'vitest';
import { NumberList } from '../../src/contacts/number-list.js';

test('holds as many numbers as it is given, up to 2³² - 1', () => {
  const list = new NumberList();
  for (let number = 0; number < 10_000; number += 1) list.push(2 ** 32 - 1 - number);
  expect(list.length).toBe(10_000);
  list.set(5000, 7);
  expect([0, 4999, 5000, 5001, 9999].map((at) => list.at(at))).toEqual([
    4_294_967_295, 4_294_962_296, 7, 4_294_962_294, 4_294_957_296,
  ]);
});
