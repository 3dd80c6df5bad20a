import type { QueryMatcher } from '../../contacts/query/matcher.js';
import type { Selection } from '../store.js';

/** A selection, with what tells whether a contact fits its query. */
export interface Wanted {
  readonly category: Selection['category'];
  readonly matcher?: QueryMatcher;
}

/** A selection ready to be looked for; what matches is loaded where there is a query. */
export const wantedOf = async ({ category, query }: Selection): Promise<Wanted> =>
  query === undefined
    ? { category }
    : { category, matcher: (await import('../../contacts/query/matcher.js')).matcherOf(query) };
