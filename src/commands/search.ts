import { UsageError } from '../errors.js';
import { queryThatFinds } from './forgiving-query.js';
import { formatOf, isForMail, type ListOptions, listOptions, orderOf, writeListing } from './list-options.js';
import { mailLines } from './mail-query.js';
import { inTurn, writeAll } from './output.js';
import { action, type Declare } from './program.js';
import type { Session } from './session.js';

export interface SearchOptions extends ListOptions {
  /** Absent where nothing was typed. */
  readonly query?: string;
}

export const runSearch = async (options: SearchOptions, session: Session): Promise<void> => {
  if (options.query === undefined && options.where === undefined) {
    if (session.mayAsk && session.io.stdoutIsTerminal && formatOf(options) === 'table' && !isForMail(options)) {
      const { runPicker } = await import('./picker.js');
      return runPicker(options, session);
    }
    throw new UsageError(
      'Nothing to search for.',
      'Give a query: contacts search garcia, or see contacts search --help.',
    );
  }
  const store = await session.store();
  await store.snapshot(async (view) => {
    const settings = await view.settings();
    const { query: typed, where, category } = options;
    const wanted = { query: typed, category, ...(where !== undefined && { where }) };
    const { query, allowsErrors, asText } = await queryThatFinds(wanted, view, session);
    if (allowsErrors && isForMail(options)) return writeAll(session.data('text'), mailLines(inTurn([])));
    if (asText !== undefined) await session.tell(asText);
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

const queryHelp = `
Queries:
  garcia madrid            both words, anywhere, whatever their case and accents
  "key account"            a phrase
  -word, NOT word          not; NOT binds before AND, and AND before OR
  acme OR (beta AND vip)   either, groups
  type:lead company:acme   by field; field:"two words", field:(one OR other)
  created:>2026-01-31      by date or number: >, >=, <, <=, from..to
  updated:>-7d             also today, yesterday, 2026-01-31T09:00Z, -3w, -6m, +1y
  birthday:12-24..01-06    by day of the year; birthday:today..+7d
  noted:<-6m               by the date of the newest note
  has:email missing:phone  by what is there

--where takes the same queries and is strict: what may mean something else is an
error that names the nearest right form. A search takes it as text, and says so.
`;

export const declare = (program: Parameters<Declare>[0], session: Session, run = runSearch): void => {
  listOptions(
    program
      .command('search')
      .description(
        'Find contacts by a piece of a name, a phone number, an address, or a query; the best match comes first. Without any, at a terminal, pick one while you type.',
      )
      .argument('[query...]', 'words, "a phrase", -word, field:value, has:email, AND, OR, NOT, parentheses')
      .addHelpText('after', queryHelp),
    'all',
  ).action(
    action((query: readonly string[], options: ListOptions) =>
      run({ ...options, ...(query.length > 0 && { query: query.join(' ') }) }, session),
    ),
  );
};
