import type { Category } from '../../../fields/catalogue.js';

/** Lines that the index knows and that follow one another in the store's file as they did when it was built. */
export interface Run {
  /** Of the first of them among the contacts. */
  readonly position: number;
  /** Which lines they were when the index was built, counted from 0. */
  readonly line: number;
  readonly count: number;
  /** Where in the file the first one begins. */
  readonly start: number;
}

/** A contact that was written after the index was built. */
export interface Fresh {
  readonly position: number;
  /** Where in the file its line begins, and ends without the comma. */
  readonly start: number;
  readonly end: number;
  readonly category: Category;
  /** Its line of the index's text; absent where that cannot hold it. */
  readonly text?: string;
  readonly hashes: readonly number[];
  /** How many of the index's lines come before it by name. */
  readonly rank: number;
  /** What it is sorted by (`sortKey`), then its id. */
  readonly name: string;
  readonly id: string;
}

/** The contacts of the store as lines of the index and as fresh ones, each in the order of their positions. */
export interface Arrangement {
  readonly runs: readonly Run[];
  readonly fresh: readonly Fresh[];
}

/** The last of several, ordered by a number, whose number is not greater. */
export const lastUpTo = <Item>(items: readonly Item[], numberOf: (item: Item) => number, most: number) => {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberOf(items[middle] as Item) <= most) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
};

/** Where a line of the index stands among the contacts now; `undefined` where it is gone. */
export const positionOfLine = ({ runs }: Arrangement, line: number): number | undefined => {
  const run = lastUpTo(runs, (one) => one.line, line);
  return run && line < run.line + run.count ? run.position + line - run.line : undefined;
};

/** Which line of the index, or which fresh contact, stands at a position. */
export const atPosition = ({ runs, fresh }: Arrangement, position: number): number | Fresh | undefined => {
  const run = lastUpTo(runs, (one) => one.position, position);
  if (run && position < run.position + run.count) return run.line + position - run.position;
  const found = lastUpTo(fresh, (one) => one.position, position);
  return found?.position === position ? found : undefined;
};
