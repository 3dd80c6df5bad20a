import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowsOfKeys } from '../../../src/contacts/import/rows-of-keys.js';
import { hashOfKey } from '../../../src/contacts/key-hash.js';

test('knows the first row of each hash, however many there are', () => {
  const hash = fc.oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.nat({ max: 40 }).map((number) => number * 2 ** 32),
  );
  fc.assert(
    fc.property(fc.array(hash, { maxLength: 3000, size: 'max' }), (hashes) => {
      const rows = new RowsOfKeys();
      const first = new Map<number, number>();
      for (const [row, each] of hashes.entries()) {
        expect(rows.claim(each, row)).toBe(first.get(each));
        if (!first.has(each)) first.set(each, row);
      }
      for (const each of [...hashes, 0, 1, 2 ** 32]) expect(rows.get(each)).toBe(first.get(each));
    }),
    { numRuns: 30 },
  );
});

test('keys of one value and another kind have hashes of their own', () => {
  const keys = [
    { of: 'id', value: 'a' },
    { of: 'email', value: 'a' },
    { of: 'phone', value: 'a' },
    { of: 'email', value: 'b' },
    { of: 'email', value: 'ab' },
    { of: 'email', value: 'ba' },
  ] as const;
  expect(new Set(keys.map(({ of, value }) => hashOfKey(of, value))).size).toBe(keys.length);
  for (const hash of keys.map(({ of, value }) => hashOfKey(of, value)))
    expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
});

test('a hundred thousand keys share no hash', () => {
  const hashes = new Set<number>();
  for (let number = 0; number < 100_000; number += 1) {
    hashes.add(hashOfKey('phone', `+8529${String(number).padStart(7, '0')}`));
  }
  expect(hashes.size).toBe(100_000);
});
