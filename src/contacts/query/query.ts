/** A query that was read; see `parseQuery`. */
export interface Query {
  /** As it was written. */
  readonly text: string;
}
