import type { RowIssue } from './row.js';
import { type RowEntry, RowLog, type RowResult } from './row-log.js';

/** How many rows did what; `rows` is the sum of the others. */
export interface ImportCounts {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
}

const byRow = (one: { readonly row: number }, other: { readonly row: number }): number => one.row - other.row;

/** What became of the rows of an import, each of which is added once. */
export class Tally {
  readonly #counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
  readonly #errors: RowIssue[] = [];
  readonly #warnings: RowIssue[] = [];
  readonly #log: RowLog | undefined;
  #nothingLands = false;

  /** @param log takes down what became of each row, where that is wanted */
  constructor(log: RowLog | undefined) {
    this.#log = log;
  }

  add(entry: RowEntry): void {
    this.#counts[entry.action] += 1;
    for (const error of entry.errors ?? []) this.#errors.push(error);
    for (const warning of entry.warnings ?? []) this.#warnings.push(warning);
    this.#log?.add(entry);
  }

  /** Counts a row of which nobody takes anything down but its warnings. */
  count(action: RowEntry['action'], warnings: readonly RowIssue[]): void {
    this.#counts[action] += 1;
    for (const warning of warnings) this.#warnings.push(warning);
  }

  get rejected(): number {
    return this.#counts.rejected;
  }

  /** What would have been created or updated is left alone. */
  landNothing(): void {
    this.#nothingLands = true;
  }

  counts(): ImportCounts {
    const { created, updated, unchanged, skipped, rejected } = this.#counts;
    const rows = created + updated + unchanged + skipped + rejected;
    if (!this.#nothingLands) return { rows, created, updated, unchanged, skipped, rejected };
    return { rows, created: 0, updated: 0, unchanged, skipped: created + updated + skipped, rejected };
  }

  /** In the order of the rows. */
  errors(): readonly RowIssue[] {
    return this.#errors.sort(byRow);
  }

  /** In the order of the rows. */
  warnings(): readonly RowIssue[] {
    return this.#warnings.sort(byRow);
  }

  /** What became of each row, in their order; none where nobody wanted it. */
  results(): Iterable<RowResult> {
    return this.#log?.results(this.#nothingLands) ?? [];
  }
}
