import type { Query } from '../contacts/query/query.js';
import { UsageError } from '../errors.js';
import type { Selection, StoreView } from '../store/store.js';
import { categoriesOf, type ListOptions, listOptions, orderOf, readQuery, writeListing } from './list-options.js';
import { action, type Declare } from './program.js';
import type { Session } from './session.js';

export interface SearchOptions extends ListOptions {
  readonly query: string;
}

const findsAny = async (view: StoreView, selection: Selection): Promise<boolean> => {
  for await (const _contact of view.each(selection, 'stored')) return true;
  return false;
};

/**
 * The query of what was typed and of `--where`; where nothing matches it, the one that allows for typing errors in what
 * was typed, if that finds anything.
 */
const queryThatFinds = async (
  { query: typed, where, category }: SearchOptions,
  view: StoreView,
): Promise<{ readonly query: Query | undefined; readonly allowsErrors: boolean }> => {
  const categories = categoriesOf(category);
  const settings = await view.settings();
  const exact = await readQuery([typed, where], categories, settings);
  const wanted = await readQuery([typed], categories, settings);
  if (exact === undefined || wanted === undefined) return { query: exact, allowsErrors: false };
  if (await findsAny(view, { category, query: exact })) return { query: exact, allowsErrors: false };
  const { allowTypingErrors } = await import('../contacts/query/typing-errors.js');
  const { allOf } = await import('../contacts/query/query.js');
  const near = allowTypingErrors(wanted);
  const narrowed = await readQuery([where], categories, settings);
  const query = near && allOf(narrowed ? [near, narrowed] : [near]);
  const allowsErrors = query !== undefined && (await findsAny(view, { category, query }));
  return { query: allowsErrors ? query : exact, allowsErrors };
};

export const runSearch = async (options: SearchOptions, session: Session): Promise<void> => {
  if (options.query.trim() === '' && options.where === undefined) {
    throw new UsageError(
      'Nothing to search for.',
      'Give a query: contacts search garcia, or see contacts search --help.',
    );
  }
  const store = await session.store();
  await store.snapshot(async (view) => {
    const settings = await view.settings();
    const { query, allowsErrors } = await queryThatFinds(options, view);
    if (allowsErrors) await session.tell(`Nothing matches "${options.query}"; these come near it.`);
    const order = orderOf(options, settings, 'rank');
    const { highlighter } = await import('../contacts/query/highlight.js');
    await writeListing(session, view, options, {
      selection: { category: options.category, ...(query && { query }) },
      order: query ? order : { by: 'name', descending: false },
      settings,
      ...(query && { highlight: highlighter(query) }),
    });
  });
};

export const declare = (program: Parameters<Declare>[0], session: Session, run = runSearch): void => {
  listOptions(
    program
      .command('search')
      .description(
        'Find contacts by a piece of a name, a phone number, an address, or a query; the best match comes first.',
      )
      .argument('[query...]', 'words, "a phrase", -not, field:value, has:email, OR, parentheses'),
    'all',
  ).action(
    action((query: readonly string[], options: ListOptions) => run({ ...options, query: query.join(' ') }, session)),
  );
};
