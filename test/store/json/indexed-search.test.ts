import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import type { Contact } from '../../../src/fields/contact.js';
import type { Order, Selection } from '../../../src/store/store.js';
import { withoutFields } from '../../contacts/query/fields.js';
import { apply, contact, create } from '../sample.js';
import { newPath, openAt } from './place.js';

/** Texts that are names here and parts of other values there; some are identifiers too. */
const words = ['trading', 'Trading Post', 'retrading', 'ada', 'adamant', '王小明', 'berg', '4711', 'x-trading'];
const word = fc.constantFrom(...words, 'Wang Xiao Ming Ltd');
const name = fc.stringMatching(/^[A-Z][a-z]{2,6}$/);
/** Now and then one of the words. */
const seldom = (usual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: word, weight: 1 }, { arbitrary: usual, weight: 60 });
const data = fc.record({
  category: fc.constantFrom('external' as const, 'internal' as const),
  firstName: seldom(name),
  lastName: name,
  company: fc.oneof(word, name),
  jobTitle: seldom(name),
  extension: seldom(fc.constant('12')),
});

/** Some blocks of contacts. */
const people: readonly Contact[] = [
  contact('wang', { firstName: '小明', lastName: '王', company: 'Wang Xiao Ming Ltd' }),
  ...fc.sample(data, { numRuns: 900, seed: 3 }).map((given, number) => contact(`person${number}`, given)),
];

/** One store on one file with an index and one without, after changes that the index was told of. */
const changed = async () => {
  const path = await newPath();
  const [indexed, plain] = [1, Number.POSITIVE_INFINITY].map((indexedFrom) => openAt(path, { indexedFrom }));
  if (indexed === undefined || plain === undefined) throw new Error('There are two.');
  await create(indexed, ...people);
  await indexed.settings();
  await apply(
    indexed,
    people.slice(300, 340).map((before, number) => {
      if (number % 3 === 0) return { before };
      return { before, after: { ...before, company: 'trading', ...(number % 3 === 1 && { lastName: 'Trading' }) } };
    }),
  );
  return { indexed, plain };
};

const queries = [
  ...[...words, 'rading', 'wang', 'od', 'ada berg', '"wang xiao ming"', '-trading', 'company:trading', '12', 'nobody'],
].map((text) => parseQuery(text, withoutFields));
const selections = (['all', 'external'] as const).flatMap((category) =>
  queries.map((query): Selection => ({ category, query })),
);
const orders: readonly Order[] = [
  'rank',
  'stored',
  { by: 'name', descending: false },
  { by: 'company', descending: true },
];
const pages = [0, 1, 3, 20].flatMap((limit) => [0, 1, 30].map((offset) => ({ offset, limit })));

const idsOf = (contacts: readonly Contact[]): readonly string[] => contacts.map(({ id }) => id);

describe('a page of what is found by the index', () => {
  it('is the page that is found without it, in whatever part of the contacts the words stand', async () => {
    const { indexed, plain } = await changed();
    await indexed.snapshot((told) =>
      plain.snapshot(async (read) => {
        for (const [turn, selection] of selections.entries()) {
          const order = orders[turn % orders.length] ?? 'rank';
          for (const wanted of new Set<Order>(['rank', order])) {
            const ids = idsOf((await read.find(selection, wanted, { offset: 0 })).contacts);
            for (const { offset, limit } of pages) {
              const found = idsOf(await told.findPage(selection, wanted, { offset, limit }));
              expect([selection, wanted, found]).toEqual([selection, wanted, ids.slice(offset, offset + limit)]);
            }
            expect(await told.findsAny(selection)).toBe(ids.length > 0);
          }
        }
      }),
    );
  });
});
