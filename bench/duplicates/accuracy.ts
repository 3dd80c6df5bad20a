import { eachCandidatePair } from '../../src/contacts/duplicates/candidates.js';
import { featuresOf } from '../../src/contacts/duplicates/features.js';
import { createDuplicateSearch } from '../../src/contacts/duplicates/groups.js';
import { createBusiness } from './business.js';
import type { Labelled } from './population.js';
import { createRegistry } from './registry.js';

export interface Accuracy {
  /** The share of the pairs that were found to be one person that are. */
  readonly precision: number;
  /** The share of the pairs that are one person that were found. */
  readonly recall: number;
}

const pairsIn = (sizes: Iterable<number>): number => [...sizes].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);

const counted = <Value>(values: Iterable<Value>): ReadonlyMap<Value, number> => {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** How right the groups are, pair by pair, at each of the least scores. */
export const accuracyOf = (population: readonly Labelled[], scores: readonly number[]): readonly Accuracy[] => {
  const search = createDuplicateSearch();
  const personOf = new Map(population.map(({ contact, person }) => [contact.id, person]));
  for (const { contact } of population) search.add(contact);
  const wanted = pairsIn(counted(personOf.values()).values());
  return scores.map((score) => {
    const groups = search.groups(score, []).map(({ ids }) => ids.map((id) => personOf.get(id)));
    const found = pairsIn(groups.map((group) => group.length));
    const right = groups.reduce((sum, group) => sum + pairsIn(counted(group).values()), 0);
    return { precision: found === 0 ? 1 : right / found, recall: right / wanted };
  });
};

/** The share of the pairs of one person that the blocking keys bring together, and how many pairs they bring for each contact. */
export const blockingOf = (
  population: readonly Labelled[],
): { readonly recall: number; readonly pairsEach: number } => {
  const wanted = pairsIn(counted(population.map(({ person }) => person)).values());
  let right = 0;
  let pairs = 0;
  const features = population.map(({ contact }) => featuresOf(contact));
  eachCandidatePair(features, (one, other) => {
    pairs += 1;
    if (population[one]?.person === population[other]?.person) right += 1;
  });
  return { recall: right / wanted, pairsEach: pairs / population.length };
};

/** The populations that are measured; each comes out the same every time. */
export const populations: Readonly<Record<string, (seed: number) => readonly Labelled[]>> = {
  'registry, one copy, few faults': (seed) =>
    createRegistry({ seed, people: 5000, doubled: 5000, copies: 1, faults: 3 }),
  'registry, up to five copies': (seed) => createRegistry({ seed, people: 4000, doubled: 1500, copies: 5, faults: 4 }),
  'registry, many faults': (seed) => createRegistry({ seed, people: 5000, doubled: 2000, copies: 2, faults: 6 }),
  business: (seed) => createBusiness({ seed, people: 8000, doubled: 1500 }),
};
