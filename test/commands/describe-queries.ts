import { beforeAll, describe, expect, it } from 'vitest';
import type { Surroundings } from '../helpers/run.js';
import { rightQueries, wrongQueries } from './query-cases.js';
import { answerTo, fillStore } from './query-store.js';

const everybody = ['Eve', 'Ada', 'Bob', 'Cid', 'Dee'];

/** The tables of queries, in `--where` and in a search, on a store of some kind. */
export const describeQueries = (kind: string, surroundingsOf: () => Promise<Surroundings>): void => {
  describe(`queries on ${kind}`, () => {
    let surroundings: Surroundings;
    const where = (query: string): Promise<string> => answerTo(['list', '--where', query], surroundings);
    const search = (query: string): Promise<string> => answerTo(['search', query], surroundings);
    beforeAll(async () => {
      surroundings = await surroundingsOf();
      await fillStore(surroundings);
    });

    it.each(rightQueries)('%j finds %s', async (query, found) => {
      expect(await where(query)).toBe(found);
      expect(await search(query)).toBe(found);
    });

    const negatable = rightQueries.filter(([query]) => query !== 'simon or garfunkel');
    it.each(negatable)('NOT (%s) finds all the others', async (query, found) => {
      const others = everybody.filter((name) => !found.split(' ').includes(name));
      expect(await where(`NOT (${query})`)).toBe(others.join(' '));
    });

    it.each(wrongQueries)('$query is refused in --where', async (wrong) => {
      const refused = [wrong.where].flat().join('\n');
      expect(await where(wrong.query)).toBe(refused);
      expect(await search(wrong.query)).toBe(wrong.search === 'the same' ? refused : [wrong.search].flat().join('\n'));
    });
  });
};
