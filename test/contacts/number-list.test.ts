import { expect, test } from 'vitest';
import { LargeNumberList, NumberList } from '../../src/contacts/number-list.js';

test('holds as many numbers as it is given, up to 2³² - 1', () => {
  const list = new NumberList();
  for (let number = 0; number < 10_000; number += 1) list.push(2 ** 32 - 1 - number);
  expect(list.length).toBe(10_000);
  list.set(5000, 7);
  expect([0, 4999, 5000, 5001, 9999].map((at) => list.at(at))).toEqual([
    4_294_967_295, 4_294_962_296, 7, 4_294_962_294, 4_294_957_296,
  ]);
});

test('takes up many at once, and gives all back', () => {
  const list = new LargeNumberList();
  list.push(2 ** 53 - 1);
  list.append(Float64Array.from({ length: 1000 }, (_, index) => index * 2 ** 32));
  list.append(new Float64Array());
  expect(list.length).toBe(1001);
  expect([0, 1, 1000].map((at) => list.at(at))).toEqual([2 ** 53 - 1, 0, 999 * 2 ** 32]);
  expect(list.take()).toHaveLength(1001);
  expect(list.length).toBe(0);
  list.push(7);
  expect([...list.take()]).toEqual([7]);
});
