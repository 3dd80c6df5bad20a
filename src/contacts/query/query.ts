/** A query that was read (`parseQuery`). It is plain data. */
export interface Query {
  /** As it was written. */
  readonly text: string;
  readonly root: QueryNode;
}

/** A part of a query. `all` of nothing fits every contact. */
export type QueryNode =
  | { readonly is: 'all' | 'any'; readonly of: readonly QueryNode[] }
  | { readonly is: 'not'; readonly node: QueryNode }
  | Word
  | Near
  | { readonly is: 'field'; readonly paths: readonly string[]; readonly test: Test }
  | { readonly is: 'present'; readonly paths: readonly string[] };

/**
 * A text that is wanted anywhere, in one of several folded forms: a word or a phrase in its only one, a date as written
 * and as YYYY-MM-DD, a phone number as written and in its digits, kana as written and in romaji. The first form is as
 * written.
 */
export interface Word {
  readonly is: 'word';
  readonly forms: readonly string[];
}

/** A folded word that is wanted anywhere with at most so many typing errors. */
export interface Near {
  readonly is: 'near';
  readonly text: string;
  readonly most: number;
}

/** One end of a range: a number, a day as YYYY-MM-DD, or a moment as `Date.toISOString` writes it. */
export interface Bound {
  readonly value: string | number;
  /** The bound itself is outside the range. */
  readonly excluded: boolean;
}

/** What is wanted of one of a field's values. Texts are folded. */
export type Test =
  | { readonly by: 'part' | 'whole'; readonly texts: readonly string[] }
  | { readonly by: 'range'; readonly low?: Bound; readonly high?: Bound }
  /** Days of the year as MM-DD, both included; over the turn of the year where the first is the later one. */
  | { readonly by: 'monthDay'; readonly first: string; readonly last: string };

/** One node of several; nothing where there is none. */
export const combine = (is: 'all' | 'any', nodes: readonly QueryNode[]): QueryNode | undefined =>
  nodes.length > 1 ? { is, of: nodes } : nodes[0];

/** The query that a contact fits if it fits all of these. */
export const allOf = (queries: readonly Query[]): Query => ({
  text: queries.map(({ text }) => text).join(' '),
  root: combine(
    'all',
    queries.map(({ root }) => root),
  ) ?? { is: 'all', of: [] },
});
