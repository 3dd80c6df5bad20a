import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyData } from '../../src/fields/contact.js';
import { type CustomField, fieldsOf } from '../../src/fields/field.js';
import { type Filling, fillerOf, withValues } from '../../src/fields/values.js';

const custom: readonly CustomField[] = [
  { key: 'score', label: 'Score', kind: 'number' },
  { key: 'active', label: 'Active', kind: 'checkbox' },
  { key: 'tiers', label: 'Tiers', kind: 'multi-select', choices: ['gold', 'new'] },
  { key: '__proto__', label: 'Proto', kind: 'text' },
];

const fields = ['external', 'internal'].flatMap((category) => [
  fieldsOf(category as 'external' | 'internal', custom).filter(({ kind }) => kind !== 'note'),
]);

test('values are put where `withValues` sets them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...fields).chain((some) => fc.shuffledSubarray([...some])),
      fc.array(fc.constantFrom('1', 'true', 'gold'), { maxLength: 2 }),
      (some, values) => {
        const filled: Filling = { labels: [], phones: [], emails: [], notes: [] };
        for (const field of some) fillerOf(field)(filled, values);
        const set = some.reduce((data, field) => withValues(data, field, values), emptyData);
        expect(filled).toEqual(set);
        expect(JSON.stringify(filled)).toBe(JSON.stringify(set));
      },
    ),
  );
});
