import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { firstInOrder } from '../../../src/store/json/first-in-order.js';

interface Item {
  readonly key: number;
  readonly turn: number;
}

const byKey = (one: Item, other: Item): number => one.key - other.key;

describe('firstInOrder', () => {
  test.each([
    [[3, 1, 2], 2, [1, 2]],
    [[3, 1, 2], 5, [1, 2, 3]],
    [[3, 1, 2], 0, []],
    [[], 3, []],
    [[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], 1, [0]],
    [[3, 1, 2], Number.POSITIVE_INFINITY, [1, 2, 3]],
  ])('of %j the first %d are %j', (items, most, expected) => {
    expect(firstInOrder(items, (one, other) => one - other, most)).toEqual(expected);
  });

  it('gives the beginning of what sorting gives, those that are alike in their turn', () => {
    const items = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(items, fc.integer({ min: 0, max: 30 }), (keys, most) => {
        const all = keys.map((key, turn): Item => ({ key, turn }));
        expect(firstInOrder(all, byKey, most)).toEqual(all.toSorted(byKey).slice(0, most));
      }),
    );
  });
});
