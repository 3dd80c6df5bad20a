import type { Command } from 'commander';
import { likelyScore } from '../contacts/duplicates/evidence.js';
import type { DuplicateGroup } from '../contacts/duplicates/groups.js';
import { UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import type { StoreView } from '../store/store.js';
import {
  type CategoryChoice,
  categoriesOf,
  categoryOption,
  formatOf,
  formatOptions,
  readQuery,
} from './list-options.js';
import { count, jsonOf, type ListFormat, renderTables, writeAll, writeJson, writeJsonLine } from './output.js';
import { action, onlyQuery, wholeNumber } from './program.js';
import { readScore } from './score-option.js';
import type { Session } from './session.js';
import { shownFields } from './shown-field.js';

export interface DuplicatesOptions {
  readonly category: CategoryChoice;
  readonly minScore: number;
  readonly where?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly fields?: string;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** What is searched for duplicates. */
export interface DuplicateQuestion {
  readonly category: CategoryChoice;
  readonly minScore: number;
  readonly where?: string | undefined;
}

const groupsOf = async (
  category: Category,
  { minScore, where }: DuplicateQuestion,
  view: StoreView,
  session: Session,
): Promise<readonly DuplicateGroup[]> => {
  const { createDuplicateSearch } = await import('../contacts/duplicates/groups.js');
  const { showProgress } = await import('../terminal/progress.js');
  const settings = await view.settings();
  const query = await readQuery(where, [category], view, session);
  const search = createDuplicateSearch();
  const progress = await showProgress(session.io, { title: 'Looking for duplicates', unit: 'contacts' }, () =>
    session.now().getTime(),
  );
  let done = 0;
  for await (const contact of view.each({ category, ...(query && { query }) }, 'stored')) {
    search.add(contact);
    done += 1;
    if (!session.quiet) progress.reached(done);
  }
  progress.end();
  return search.groups(minScore, settings.apart);
};

/** The groups of contacts that look like one person, best first; contacts and staff are never in one. */
export const findGroups = async (
  question: DuplicateQuestion,
  view: StoreView,
  session: Session,
): Promise<readonly DuplicateGroup[]> => {
  const groups: DuplicateGroup[] = [];
  for (const category of categoriesOf(question.category)) {
    groups.push(...(await groupsOf(category, question, view, session)));
  }
  return groups.sort((one, other) => other.score - one.score);
};

/** A group with its contacts. */
export interface ShownGroup extends Omit<DuplicateGroup, 'ids'> {
  readonly contacts: readonly Contact[];
}

/** Reads the contacts of groups, those of all groups at once. */
export const withContacts = async (
  groups: readonly DuplicateGroup[],
  view: StoreView,
): Promise<readonly ShownGroup[]> => {
  const contacts = await view.get(groups.flatMap(({ ids }) => ids));
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  return groups.map(({ score, reasons, ids }) => ({
    score,
    reasons,
    contacts: ids.flatMap((id) => byId.get(id) ?? []),
  }));
};

/** Writes the groups for people at a terminal, each as a table under its score and reasons. */
const writeTables = async (
  groups: readonly ShownGroup[],
  first: number,
  total: number,
  options: DuplicatesOptions,
  view: StoreView,
  session: Session,
): Promise<void> => {
  const { style } = session;
  const settings = await view.settings();
  const categories = categoriesOf(options.category);
  for (const [index, { score, reasons, contacts }] of groups.entries()) {
    const heading = style.heading(`${first + index + 1} of ${total.toLocaleString('en-US')} · ${score.toFixed(2)}`);
    await session.out.write(`${index === 0 ? '' : '\n'}${heading} · ${reasons.join(', ')}\n`);
    const output = { format: 'table', fields: options.fields, categories, settings } as const;
    await session.out.write(await renderTables(session, contacts, output));
  }
  await session.tell(groups.length === 0 ? 'No duplicates.' : `${count(total, 'group')}.`);
};

/** A contact a line: the group's number and score, what lists show of the contact, and the reasons. */
async function* lines(
  groups: readonly ShownGroup[],
  first: number,
  options: DuplicatesOptions,
  view: StoreView,
): AsyncGenerator<string> {
  const { renderLines } = await import('../terminal/lines.js');
  const shown = shownFields(options.fields, categoriesOf(options.category), (await view.settings()).fields);
  for (const [index, { score, reasons, contacts }] of groups.entries()) {
    const rows = contacts.map((contact) => [
      String(first + index + 1),
      score.toFixed(2),
      ...shown[contact.category].map((field) => field.values(contact).join('; ')),
      reasons.join(', '),
    ]);
    yield renderLines(rows.map((cells) => cells.map((text) => ({ text }))));
  }
}

export const runDuplicates = async (options: DuplicatesOptions, session: Session): Promise<void> => {
  const format = formatOf(options);
  if (format === 'csv') throw new UsageError('CSV has no groups.', 'Use --json, or --format ndjson: a group a line.');
  const store = await session.store();
  await store.snapshot(async (view) => {
    const found = await findGroups(options, view, session);
    const { offset = 0, limit = found.length } = options;
    const groups = await withContacts(found.slice(offset, offset + limit), view);
    if (format === 'table') {
      if (session.io.stdoutIsTerminal) await writeTables(groups, offset, found.length, options, view, session);
      else await writeAll(session.out, lines(groups, offset, options, view));
      return;
    }
    const categories = categoriesOf(options.category);
    const { fields: custom } = await view.settings();
    const shown = options.fields === undefined ? undefined : shownFields(options.fields, categories, custom);
    const objects = groups.map(({ score, reasons, contacts }) => ({
      score,
      reasons,
      contacts: contacts.map((contact) => jsonOf(contact, shown?.[contact.category])),
    }));
    if (format === 'json') await writeJson(session, objects);
    else for (const object of objects) await writeJsonLine(session, object);
  });
};

export const declare = (program: Command, session: Session, run = runDuplicates): void => {
  formatOptions(
    program.command('duplicates').description('List the contacts that look like one person, in groups, best first.'),
  )
    .option('--min-score <x>', 'how alike they are at least, from 0 to 1', readScore, likelyScore)
    .addOption(categoryOption(['external', 'internal', 'all'], 'external'))
    .option('--where <query>', 'only among those that the query matches: see contacts search --help', onlyQuery)
    .option('--limit <n>', 'how many groups at most', wholeNumber)
    .option('--offset <n>', 'how many groups to leave out first', wholeNumber)
    .option('--fields <a,b,c>', 'which fields to show')
    .action(action((options: DuplicatesOptions) => run(options, session)));
};
