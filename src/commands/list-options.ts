import { type Command, Option } from 'commander';
import type { ParsedQuery } from '../contacts/query/parse.js';
import type { Query } from '../contacts/query/query.js';
import type { Settings } from '../contacts/settings.js';
import { UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import { fieldsOf } from '../fields/field.js';
import type { Order, Selection, StoreView } from '../store/store.js';
import { mailFormat, mailLines } from './mail-query.js';
import {
  count,
  formats,
  type Highlight,
  inTurn,
  type ListFormat,
  type ListOutput,
  renderTables,
  writeAll,
  writeList,
} from './output.js';
import { onlyQuery, wholeNumber } from './program.js';
import type { Session } from './session.js';
import { readOrder } from './shown-field.js';

export type CategoryChoice = Category | 'all';

/** The options of whatever lists contacts. */
export interface ListOptions {
  readonly category: CategoryChoice;
  readonly where?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly fields?: string;
  readonly format?: ListFormat | typeof mailFormat;
  readonly json?: boolean;
}

export const categoryOption = (choices: readonly CategoryChoice[], preset: CategoryChoice): Option =>
  new Option('--category <category>', 'which contacts').choices([...choices]).default(preset);

/** Declares `--format` and `--json` on a command. */
export const formatOptions = (command: Command, choices: readonly string[] = formats): Command =>
  command
    .addOption(new Option('--format <format>', 'how to write').choices([...choices]))
    .option('--json', 'short for --format json');

/** Declares the options of whatever lists contacts. */
export const listOptions = (command: Command, category: CategoryChoice): Command =>
  formatOptions(
    command
      .addOption(categoryOption(['external', 'internal', 'all'], category))
      .option('--where <query>', 'only those that the query matches: see contacts search --help', onlyQuery)
      .option('--sort <field[:desc]>', 'the order')
      .option('--limit <n>', 'how many at most', wholeNumber)
      .option('--offset <n>', 'how many to leave out first', wholeNumber)
      .option('--fields <a,b,c>', 'which fields to show'),
    [...formats, mailFormat],
  );

/** The format that the options ask for. */
export const formatOf = ({ format, json }: Pick<ListOptions, 'format' | 'json'>): ListFormat =>
  json ? 'json' : format === undefined || format === mailFormat ? 'table' : format;

/** Whether the options ask for what mail programs read. */
export const isForMail = ({ format, json }: Pick<ListOptions, 'format' | 'json'>): boolean =>
  format === mailFormat && !json;

export const categoriesOf = (choice: CategoryChoice): readonly Category[] =>
  choice === 'all' ? ['external', 'internal'] : [choice];

/** @throws UsageError for CSV, or a workbook, of contacts and staff at once */
export const refuseMixedCsv = (format: string, categories: readonly Category[]): void => {
  if (!['csv', 'xlsx'].includes(format) || categories.length < 2) return;
  throw new UsageError(
    `${format === 'csv' ? 'CSV' : 'A workbook'} of contacts and staff together would need two headers.`,
    'Give --category external or --category internal, or another --format.',
  );
};

const dayIn = (timeZone: string, now: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);

/**
 * Reads a query for a command, strict or forgiving (`QueryLanguage`).
 *
 * @throws UsageError that shows the place that cannot be read; for a blank query
 */
export const parseFor = async (
  text: string,
  strict: boolean,
  categories: readonly Category[],
  view: StoreView,
  session: Session,
): Promise<ParsedQuery> => {
  const { parseQuery } = await import('../contacts/query/parse.js');
  const { fields, labels } = await view.settings();
  const { timeZone, now } = session;
  const query = parseQuery(text, {
    fields: categories.flatMap((category) => fieldsOf(category, fields)),
    labels: labels.map(({ name }) => name),
    clock: { now: now(), today: () => dayIn(timeZone, now()) },
    strict,
  });
  const matchesAll = query.root.is === 'all' && query.root.of.length === 0;
  if (!matchesAll) return query;
  throw new UsageError(
    'The query is empty.',
    'Write what to look for. For all contacts give no query, or --all to "edit" and "rm".',
  );
};

/**
 * The query of `--where`; nothing where it is not given. It is strict, since what it selects is changed, deleted or sent.
 *
 * @throws UsageError that shows the place that cannot be read, or may not have been meant as it reads; for a blank query
 */
export const readQuery = async (
  where: string | undefined,
  categories: readonly Category[],
  view: StoreView,
  session: Session,
): Promise<Query | undefined> => {
  if (where === undefined) return undefined;
  const query = await parseFor(where, true, categories, view, session);
  for (const { node, error } of query.unlessPresent) {
    const isPresent = await view.findsAny({ category: 'all', query: { text: where, root: node } });
    if (!isPresent) throw error();
  }
  return query;
};

async function* following(contacts: AsyncIterable<Contact>, offset: number): AsyncGenerator<Contact> {
  let left = offset;
  for await (const contact of contacts) {
    if (left > 0) left -= 1;
    else yield contact;
  }
}

/** The lines of the terminal that a table leaves to its head, its rule, the footer and the next prompt. */
const linesAround = 4;

const pageFooter = (shown: number, offset: number, total: number): string => {
  if (total === 0) return 'No contacts.';
  if (shown === total) return `${count(total, 'contact')}.`;
  if (shown === 0)
    return `No contacts from ${count(offset, 'contact')} on; there are ${total.toLocaleString('en-US')}.`;
  const next = offset + shown < total ? ` --offset ${offset + shown} shows the next.` : '';
  return `${(offset + 1).toLocaleString('en-US')}–${(offset + shown).toLocaleString('en-US')} of ${count(total, 'contact')}.${next}`;
};

/** What is listed, with what the options leave open filled in. */
export interface Listing {
  readonly selection: Selection;
  readonly order: Order;
  readonly settings: Settings;
  readonly highlight?: Highlight;
}

/** Writes what a list or a search found: a page on a terminal, all of it elsewhere, unless a limit is given. */
export const writeListing = async (
  session: Session,
  view: StoreView,
  options: ListOptions,
  { selection, order, settings, highlight }: Listing,
): Promise<void> => {
  const format = formatOf(options);
  const categories = categoriesOf(options.category);
  const offset = options.offset ?? 0;
  const output: ListOutput = { format, fields: options.fields, categories, settings, highlight };
  refuseMixedCsv(format, categories);
  if (isForMail(options)) {
    const page = { offset, limit: options.limit ?? Number.MAX_SAFE_INTEGER };
    const contacts =
      options.limit === undefined
        ? following(view.each(selection, order), offset)
        : inTurn(await view.findPage(selection, order, page));
    return writeAll(session.data('text'), mailLines(contacts));
  }
  if (format === 'table' && session.io.stdoutIsTerminal) {
    const limit = options.limit ?? Math.max(1, session.io.rows - linesAround);
    const { contacts, total } = await view.find(selection, order, { offset, limit });
    if (contacts.length > 0) await session.out.write(await renderTables(session, contacts, output));
    await session.tell(pageFooter(contacts.length, offset, total));
  } else if (options.limit !== undefined) {
    const contacts = await view.findPage(selection, order, { offset, limit: options.limit });
    await writeList(session, () => inTurn(contacts), output);
  } else {
    await writeList(session, () => following(view.each(selection, order), offset), output);
  }
};

/** The order that was asked for, or the standing one. */
export const orderOf = (options: Pick<ListOptions, 'category' | 'sort'>, settings: Settings, standing: Order): Order =>
  options.sort === undefined ? standing : readOrder(options.sort, categoriesOf(options.category), settings.fields);
