import type { TakenAsText } from '../contacts/query/doubts.js';
import { allOf, type Query } from '../contacts/query/query.js';
import type { StoreView } from '../store/store.js';
import { type CategoryChoice, categoriesOf, parseFor, readQuery } from './list-options.js';
import type { Session } from './session.js';

/** What is searched for. */
interface Wanted {
  /** What was typed; nothing where only `--where` was given. */
  readonly query: string | undefined;
  readonly where?: string;
  readonly category: CategoryChoice;
}

export interface FoundQuery {
  readonly query: Query | undefined;
  /** It allows for typing errors, and without that nothing matches. */
  readonly allowsErrors: boolean;
  /** A line that says what was taken as text. */
  readonly asText: string | undefined;
}

const asTextLine = (asText: readonly TakenAsText[]): string | undefined => {
  const told = (heading: string, some: readonly TakenAsText[]): readonly string[] => {
    const pieces = some.map(({ written, meant }) =>
      meant.length === 0 ? `"${written}"` : `"${written}" (did you mean ${meant.join(' or ')}?)`,
    );
    return pieces.length === 0 ? [] : [`${heading}: ${pieces.join(', ')}.`];
  };
  const lines = [
    ...told(
      'Taken as text',
      asText.filter(({ isIgnored }) => !isIgnored),
    ),
    ...told(
      'Ignored, since it joins nothing',
      asText.filter(({ isIgnored }) => isIgnored),
    ),
  ];
  return lines.length === 0 ? undefined : lines.join(' ');
};

/**
 * The query of what was typed and of `--where`; where nothing matches it, the one that allows for typing errors in what
 * was typed, if that finds anything.
 */
export const queryThatFinds = async (
  { query: typed, where, category }: Wanted,
  view: StoreView,
  session: Session,
): Promise<FoundQuery> => {
  const categories = categoriesOf(category);
  const narrowed = await readQuery(where, categories, view, session);
  if (typed === undefined) return { query: narrowed, allowsErrors: false, asText: undefined };
  const wanted = await parseFor(typed, false, categories, view, session);
  const within = (query: Query): Query => (narrowed ? allOf([query, narrowed]) : query);
  const found = { query: within(wanted), allowsErrors: false, asText: asTextLine(wanted.asText) };
  if (await view.findsAny({ category, query: found.query })) return found;
  const { allowTypingErrors } = await import('../contacts/query/typing-errors.js');
  const near = allowTypingErrors(wanted);
  if (near === undefined) return found;
  const query = within(near);
  return (await view.findsAny({ category, query })) ? { ...found, query, allowsErrors: true } : found;
};
