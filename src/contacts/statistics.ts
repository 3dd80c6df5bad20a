import type { Category, FieldSpec } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import { fold } from '../fields/fold.js';
import { valuesAt } from '../fields/values.js';
import { compareCodePoints } from './order.js';

/** A value, and how many contacts have it. */
export interface Tally {
  /** As it is kept; of spellings that differ in case, accents or width alone, the first that was seen. */
  readonly value: string;
  readonly count: number;
}

/** What a field's values come to: the most frequent first. */
export interface FieldTallies {
  readonly field: FieldSpec;
  readonly tallies: readonly Tally[];
}

/** How many contacts have a value in a field. */
export interface Completeness {
  readonly field: FieldSpec;
  readonly filled: number;
}

export interface Statistics {
  readonly contacts: number;
  readonly fields: readonly FieldTallies[];
  /** The months in which contacts were added, as YYYY-MM (UTC), the earliest first. */
  readonly months: readonly Tally[];
  readonly completeness: readonly Completeness[];
}

/** The paths of the fields whose values are counted. */
const talliedPaths: Readonly<Record<Category, readonly string[]>> = {
  external: ['type', 'level', 'labels', 'company', 'address.country', 'language'],
  internal: ['role', 'department', 'availability', 'timeZone'],
};

/** Counts values, and keeps the first spelling of each. */
class Counter {
  readonly #tallies = new Map<string, { readonly value: string; count: number }>();

  add(value: string): void {
    const key = fold(value);
    const tally = this.#tallies.get(key);
    if (tally) tally.count += 1;
    else this.#tallies.set(key, { value, count: 1 });
  }

  tallies(): readonly Tally[] {
    return [...this.#tallies.values()].sort((a, b) => b.count - a.count || compareCodePoints(a.value, b.value));
  }
}

/**
 * Counts contacts one after the other, so that a store may be larger than memory.
 *
 * @param contacts those of one category
 * @param fields the category's, with the custom ones
 */
export const statisticsOf = async (
  contacts: AsyncIterable<Contact>,
  category: Category,
  fields: readonly FieldSpec[],
): Promise<Statistics> => {
  const tallied = fields.filter(({ path }) => talliedPaths[category].includes(path));
  const counters = tallied.map((field) => ({ field, counter: new Counter() }));
  const months = new Counter();
  const filled = new Map<FieldSpec, number>(fields.map((field) => [field, 0]));
  let number = 0;
  for await (const contact of contacts) {
    number += 1;
    months.add(contact.createdAt.slice(0, 7));
    for (const { field, counter } of counters) for (const value of valuesAt(contact, field.path)) counter.add(value);
    for (const [field, before] of filled) if (valuesAt(contact, field.path).length > 0) filled.set(field, before + 1);
  }
  return {
    contacts: number,
    fields: counters.map(({ field, counter }) => ({ field, tallies: counter.tallies() })),
    months: [...months.tallies()].sort((a, b) => compareCodePoints(a.value, b.value)),
    completeness: [...filled].map(([field, count]) => ({ field, filled: count })),
  };
};
