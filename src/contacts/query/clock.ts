/** What `today` and `-7d` in a query are counted from. */
export interface Clock {
  readonly now: Date;
  /** Today's date where the user is, as YYYY-MM-DD: birth dates and the like have no time zone. */
  today(): string;
}
