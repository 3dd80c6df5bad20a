import { expect, it } from 'vitest';
import { accuracyOf } from '../../../bench/duplicates/accuracy.js';
import { createBusiness } from '../../../bench/duplicates/business.js';
import { createRegistry } from '../../../bench/duplicates/registry.js';
import { likelyScore } from '../../../src/contacts/duplicates/evidence.js';

it.each([
  ['a registry', createRegistry({ seed: 3, people: 1000, doubled: 600, copies: 1, faults: 3 })],
  ['a registry with several copies', createRegistry({ seed: 4, people: 1000, doubled: 300, copies: 3, faults: 3 })],
  ['a company', createBusiness({ seed: 5, people: 2000, doubled: 600 })],
])('finds the people of %s, and few others', (_, population) => {
  const [accuracy] = accuracyOf(population, [likelyScore]);
  expect(accuracy?.precision).toBeGreaterThanOrEqual(0.99);
  expect(accuracy?.recall).toBeGreaterThanOrEqual(0.97);
});
