import { type Command, Option } from 'commander';
import type { Change } from '../contacts/change.js';
import { describeContact, displayName } from '../contacts/contact.js';
import {
  conflictsBetween,
  inPrecedence,
  type MergeConflict,
  type MergePicks,
  mergedContact,
  type Preference,
  preferences,
  unitedData,
} from '../contacts/merge.js';
import type { Settings } from '../contacts/settings.js';
import { findClashes, throwClashes } from '../contacts/unique.js';
import { InterruptedError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { type DraftContext, describeIssue, readDraft } from '../fields/draft.js';
import { fieldsOf } from '../fields/field.js';
import type { Ask } from '../terminal/ask.js';
import { createMessages } from '../terminal/io.js';
import { definedLabels, draftOfOptions, throwIssues } from './field-options.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, type ListFormat, writeOutcome } from './output.js';
import { action } from './program.js';
import { findContact } from './reference.js';
import { readScore } from './score-option.js';
import type { Session } from './session.js';
import { cardOf } from './show.js';
import { hintUndo } from './undo-hint.js';

export interface MergeOptions {
  /** The primary, then the others. */
  readonly references: readonly string[];
  readonly duplicates: boolean;
  /** The least score of the groups that `--duplicates` takes, from 0 to 1. */
  readonly minScore?: number;
  readonly prefer?: Preference;
  /** `FIELD=VALUE`, as it was typed. */
  readonly set: readonly string[];
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** What is to become one contact, and how. */
export interface Merge {
  readonly primary: Contact;
  readonly others: readonly Contact[];
  readonly prefer: Preference;
  readonly picks?: MergePicks;
  readonly set?: readonly string[];
}

/**
 * The contact that a merge leaves.
 *
 * @throws InvalidError, NotFoundError where `--set` gives what cannot be
 */
export const resultOf = (
  { primary, others, prefer, picks, set = [] }: Merge,
  settings: Settings,
  context: DraftContext,
  session: Session,
): Contact => {
  const { category } = primary;
  const fields = fieldsOf(category, settings.fields);
  const united = unitedData(inPrecedence([primary, ...others], prefer), fields, picks);
  const reading = readDraft(draftOfOptions({ set }, category, settings), united, fields, context);
  for (const warning of reading.warnings) void session.warn(`${describeIssue(warning)}.`);
  if (!reading.ok) throwIssues(reading.issues);
  const data = reading.ok ? definedLabels(reading.data, settings, united.labels) : united;
  return mergedContact(primary, others, data, fields, context, context.newId);
};

/** The contacts that the REFs mean, of which no two are one and all are of one category. */
const findMembers = async (references: readonly string[], session: Session): Promise<readonly Contact[]> => {
  const store = await session.store();
  const members: Contact[] = [];
  for (const reference of references) {
    const contact = await findContact(reference, session, store);
    if (members.some(({ id }) => id === contact.id)) {
      throw new UsageError(
        `"${reference}" is ${describeContact(contact)}, who is named already.`,
        'Nothing was changed. A contact cannot be merged with itself; name two or more.',
      );
    }
    members.push(contact);
  }
  const [primary] = members;
  const stranger = members.find(({ category }) => category !== primary?.category);
  if (primary && stranger) {
    throw new UsageError(
      `${describeContact(primary)} is ${primary.category}, and ${describeContact(stranger)} is ${stranger.category}.`,
      'Nothing was changed. External contacts merge with external ones, staff with staff.',
    );
  }
  return members;
};

/** Shows the values between which there is a choice, side by side. */
const showConflicts = async (
  conflicts: readonly MergeConflict[],
  contacts: readonly Contact[],
  session: Session,
): Promise<void> => {
  const { renderTable } = await import('../terminal/table.js');
  const { io, style } = session;
  const columns = [
    { title: 'Field' },
    ...contacts.map((contact) => ({ title: `${displayName(contact)} (${contact.id.slice(0, 4)})`, flexible: true })),
  ];
  const rows = conflicts.map(({ label, options }) => [
    { text: label },
    ...contacts.map(({ id }) => ({
      text: options.find(({ holders }) => holders.some((holder) => holder.id === id))?.text ?? '',
    })),
  ]);
  const table = renderTable(columns, rows, { width: io.columns, style, hyperlinks: false });
  await createMessages(io.stderr).write(`${table}\n`);
};

/** Asks for each place of which the contacts have several values; the first of them is preselected. */
export const askPicks = async (
  contacts: readonly Contact[],
  settings: Settings,
  ask: Ask,
  session: Session,
): Promise<MergePicks> => {
  const [primary] = contacts;
  const conflicts = conflictsBetween(contacts, fieldsOf(primary?.category ?? 'external', settings.fields));
  if (conflicts.length > 0) await showConflicts(conflicts, contacts, session);
  const picks = new Map<string, MergeConflict['options'][number]>();
  for (const { path, label, options } of conflicts) {
    const choices = options.map((option) => ({
      value: option,
      name: option.text,
      hint: option.holders.map((holder) => `${displayName(holder)} (${holder.id.slice(0, 4)})`).join(', '),
    }));
    const [initial] = options;
    picks.set(path, await ask.chooseOne({ message: label, choices, ...(initial && { initial }) }));
  }
  return picks;
};

/** Shows what a merge leaves, and asks whether it is right. */
export const confirmResult = async (
  result: Contact,
  number: number,
  settings: Settings,
  ask: Ask,
  session: Session,
): Promise<boolean> => {
  await createMessages(session.io.stderr).write(`\n${await cardOf(result, settings, session)}\n`);
  return ask.confirm({ message: `Merge the ${count(number, 'contact')} into this one?`, initial: true });
};

/**
 * Makes one contact of several, as one change. The contacts have to be as they were when they were read.
 *
 * @returns the contact that stays, and the change
 * @throws ConflictError where one was changed or deleted meanwhile, or a unique value is taken
 */
export const saveMerge = async (
  merge: Merge,
  context: DraftContext,
  session: Session,
  dryRun: boolean,
): Promise<{ readonly result: Contact; readonly change: Change | undefined }> => {
  const { primary, others } = merge;
  let result = primary;
  const store = await session.store();
  const change = await store.change(
    { by: context.by, command: 'merge', summary: '' },
    async (view) => {
      result = resultOf(merge, await view.settings(), context, session);
      const clashes = await findClashes([result], (keys) => view.lookup(keys));
      throwClashes(clashes.filter(({ holder }) => !others.some(({ id }) => id === holder.id)));
      return {
        edits: [{ before: primary, after: result }, ...others.map((before) => ({ before }))],
        summary: `Merged ${count(others.length + 1, 'contact')} into ${displayName(result)}`,
      };
    },
    { dryRun },
  );
  return { result, change };
};

const mergeNamed = async (options: MergeOptions, session: Session): Promise<void> => {
  const [primary, ...others] = await findMembers(options.references, session);
  if (primary === undefined) return;
  const context = await session.draftContext();
  const settings = await (await session.store()).settings();
  const { prefer = 'primary', set, dryRun } = options;
  let merge: Merge = { primary, others, prefer, set };
  if (session.mayAsk && !session.yes && !dryRun) {
    const ask = await session.ask('Add --yes.');
    if (options.prefer === undefined) {
      merge = { ...merge, picks: await askPicks([primary, ...others], settings, ask, session) };
    }
    const result = resultOf(merge, settings, context, session);
    if (!(await confirmResult(result, others.length + 1, settings, ask, session))) {
      throw new InterruptedError('Cancelled; nothing was merged.');
    }
  }
  const { result, change } = await saveMerge(merge, context, session, dryRun);
  const verb = dryRun ? 'Would merge' : 'Merged';
  const what = count(others.length + 1, 'contact');
  await writeOutcome(
    session,
    formatOf(options),
    [result],
    (contact) => `${verb} ${what} into ${describeContact(contact)}.`,
  );
  if (!dryRun) await hintUndo(change?.id, session);
};

export const runMerge = async (options: MergeOptions, session: Session): Promise<void> => {
  const { references, duplicates, minScore } = options;
  if (duplicates) {
    const { mergeDuplicates } = await import('./merge-duplicates.js');
    return mergeDuplicates(options, session);
  }
  if (minScore !== undefined) throw new UsageError('--min-score goes with --duplicates.', 'Leave it out.');
  if (references.length < 2) {
    throw new UsageError(
      references.length === 0 ? 'Nothing to merge was named.' : 'One contact alone cannot be merged.',
      'Give the contact that is to stay and then the others, or --duplicates.',
    );
  }
  return mergeNamed(options, session);
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const declare = (program: Command, session: Session, run = runMerge): void => {
  formatOptions(
    program
      .command('merge')
      .description(
        'Make one contact of several: the first stays, the others find it. "contacts undo" parts them again.',
      )
      .argument('[ref...]', 'the contact that stays, then the others: ids, email addresses, phone numbers, full names'),
  )
    .addOption(
      new Option('--prefer <whose>', 'whose value is taken where they differ; asks nothing more at a terminal').choices(
        [...preferences],
      ),
    )
    .option('--duplicates', 'go through the groups that look like one person; with --yes, merge all of them', false)
    .option('--min-score <x>', 'with --duplicates: how alike they are at least, from 0 to 1', readScore)
    .option('--set <field=value>', 'set a field of the merged contact; repeat it for several', collect, [])
    .option('--dry-run', 'say what would be merged, and change nothing', false)
    .action(
      action((references: readonly string[], options: Omit<MergeOptions, 'references'>) =>
        run({ ...options, references }, session),
      ),
    );
};
