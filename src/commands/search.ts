import { UsageError } from '../errors.js';
import { categoriesOf, type ListOptions, listOptions, orderOf, readQuery, writeListing } from './list-options.js';
import { action, type Declare } from './program.js';
import type { Session } from './session.js';

export interface SearchOptions extends ListOptions {
  readonly query: string;
}

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
    const query = await readQuery([options.query, options.where], categoriesOf(options.category), settings);
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
