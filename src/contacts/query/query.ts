/** A query that was read; see `parseQuery`. */
export interface Query {
  /** As it was written. */
  readonly text: string;
  readonly root: QueryNode;
}

/** A part of a query. `all` of nothing fits every contact. Texts are folded. */
export type QueryNode =
  | { readonly is: 'all' | 'any'; readonly of: readonly QueryNode[] }
  | { readonly is: 'not'; readonly node: QueryNode }
  | { readonly is: 'word'; readonly text: string };
