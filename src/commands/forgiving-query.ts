import type { Query } from '../contacts/query/query.js';
import type { StoreView } from '../store/store.js';
import { type CategoryChoice, categoriesOf, readQuery } from './list-options.js';

/** What is searched for. */
interface Wanted {
  /** What was typed. */
  readonly query: string;
  readonly where?: string;
  readonly category: CategoryChoice;
}

/**
 * The query of what was typed and of `--where`; where nothing matches it, the one that allows for typing errors in what
 * was typed, if that finds anything.
 */
export const queryThatFinds = async (
  { query: typed, where, category }: Wanted,
  view: StoreView,
): Promise<{ readonly query: Query | undefined; readonly allowsErrors: boolean }> => {
  const categories = categoriesOf(category);
  const settings = await view.settings();
  const exact = await readQuery([typed, where], categories, settings);
  const wanted = await readQuery([typed], categories, settings);
  if (exact === undefined || wanted === undefined) return { query: exact, allowsErrors: false };
  if (await view.findsAny({ category, query: exact })) return { query: exact, allowsErrors: false };
  const { allowTypingErrors } = await import('../contacts/query/typing-errors.js');
  const { allOf } = await import('../contacts/query/query.js');
  const near = allowTypingErrors(wanted);
  const narrowed = await readQuery([where], categories, settings);
  const query = near && allOf(narrowed ? [near, narrowed] : [near]);
  const allowsErrors = query !== undefined && (await view.findsAny({ category, query }));
  return { query: allowsErrors ? query : exact, allowsErrors };
};
