import type { Edit } from '../contacts/change.js';
import { displayName } from '../contacts/contact.js';
import { withApart } from '../contacts/duplicates/apart.js';
import { likelyScore } from '../contacts/duplicates/evidence.js';
import { fullestFirst, inPrecedence } from '../contacts/merge.js';
import { ConflictError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { fieldsOf } from '../fields/field.js';
import type { Ask, Choice } from '../terminal/ask.js';
import { createMessages } from '../terminal/io.js';
import { type DuplicateQuestion, findGroups, type ShownGroup, withContacts } from './duplicates.js';
import { formatOf } from './list-options.js';
import { askPicks, confirmResult, type Merge, type MergeOptions, resultOf, saveMerge } from './merge.js';
import { count, renderTables, writeJson } from './output.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

/** What became of the groups. */
interface Tally {
  /** Groups that were merged. */
  groups: number;
  /** Contacts that are no more, since they were merged into others. */
  merged: number;
  /** Groups that are kept apart from now on. */
  apart: number;
  skipped: number;
}

/** The contact with the most values is the one that stays, unless the newest or the oldest is preferred. */
const mergeOf = (contacts: readonly Contact[], { prefer = 'primary' }: MergeOptions): Merge => {
  const ordered =
    prefer === 'primary' ? fullestFirst(contacts, fieldsOf('external', [])) : inPrecedence(contacts, prefer);
  const [primary, ...others] = ordered;
  if (primary === undefined) throw new Error('A group has no contact.');
  return { primary, others, prefer };
};

const tell = async (tally: Tally, change: string | null, options: MergeOptions, session: Session): Promise<void> => {
  if (formatOf(options) !== 'table') return writeJson(session, { ...tally, change });
  const verb = options.dryRun ? 'Would merge' : 'Merged';
  const others = [
    ...(tally.apart > 0 ? [`kept ${count(tally.apart, 'group')} apart`] : []),
    ...(tally.skipped > 0 ? [`skipped ${tally.skipped.toLocaleString('en-US')}`] : []),
  ];
  const [groups, contacts] = [count(tally.groups, 'group'), count(tally.groups + tally.merged, 'contact')];
  await session.say(`${[`${verb} ${groups} of ${contacts}`, ...others].join('; ')}.`);
};

/** Merges all groups as one change. */
const mergeAll = async (question: DuplicateQuestion, options: MergeOptions, session: Session): Promise<void> => {
  const { dryRun } = options;
  const tally: Tally = { groups: 0, merged: 0, apart: 0, skipped: 0 };
  const context = await session.draftContext();
  const store = await session.store();
  const change = await store.change(
    { by: context.by, command: 'merge', summary: '' },
    async (view) => {
      const settings = await view.settings();
      const groups = await withContacts(await findGroups(question, view, session), view);
      const edits = groups.flatMap(({ contacts }): readonly Edit[] => {
        const merge = mergeOf(contacts, options);
        const after = resultOf(merge, settings, context, session);
        return [{ before: merge.primary, after }, ...merge.others.map((before) => ({ before }))];
      });
      tally.groups = groups.length;
      tally.merged = edits.length - groups.length;
      return {
        edits,
        summary: `Merged ${count(edits.length, 'contact')} into ${groups.length.toLocaleString('en-US')}`,
      };
    },
    { dryRun },
  );
  const changeId = (!dryRun && change?.id) || null;
  await tell(tally, changeId, options, session);
  await hintUndo(changeId, session);
};

/** Remembers that no two of the contacts are one person, so that they are not proposed again. */
const keepApart = async (contacts: readonly Contact[], session: Session): Promise<void> => {
  const store = await session.store();
  await store.change({ by: session.stamp().by, command: 'merge', summary: '' }, async (view) => {
    const settings = await view.settings();
    const apart = contacts.reduce(
      (pairs, one, index) =>
        contacts.slice(index + 1).reduce((further, other) => withApart(further, one.id, other.id), pairs),
      settings.apart,
    );
    return {
      edits: [],
      settings: { ...settings, apart },
      summary: `Kept ${contacts.map(displayName).join(' and ')} apart`,
    };
  });
};

type Decision = 'merge' | 'apart' | 'skip' | 'quit';

const decisions: readonly Choice<Decision>[] = [
  { value: 'merge', name: 'Merge' },
  { value: 'apart', name: 'Keep apart', hint: 'these are not proposed again' },
  { value: 'skip', name: 'Skip' },
  { value: 'quit', name: 'Quit' },
];

const showGroup = async (group: ShownGroup, place: string, session: Session): Promise<void> => {
  const settings = await (await session.store()).settings();
  const heading = session.style.heading(`${place} · ${group.score.toFixed(2)}`);
  const fields = 'id,name,company,birth-date,mobile,work-email,street,city';
  const table = await renderTables(session, group.contacts, {
    format: 'table',
    fields,
    categories: ['external'],
    settings,
  });
  await createMessages(session.io.stderr).write(`\n${heading} · ${group.reasons.join(', ')}\n${table}`);
};

/** Merges one group as the user says; false where the result is not confirmed, or a contact was changed meanwhile. */
const mergeOne = async (group: ShownGroup, options: MergeOptions, ask: Ask, session: Session): Promise<boolean> => {
  const context = await session.draftContext();
  const settings = await (await session.store()).settings();
  const proposed = mergeOf(group.contacts, options);
  const ordered = [proposed.primary, ...proposed.others];
  const merge = { ...proposed, picks: await askPicks(ordered, settings, ask, session) };
  const result = resultOf(merge, settings, context, session);
  if (!(await confirmResult(result, ordered.length, settings, ask, session))) return false;
  try {
    const { change } = await saveMerge(merge, context, session, false);
    await hintUndo(change?.id, session);
    return true;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await session.warn(error.message);
    return false;
  }
};

/** Does with a group what the user says, at once; false where the user wants no more. */
const decide = async (
  group: ShownGroup,
  options: MergeOptions,
  tally: Tally,
  ask: Ask,
  session: Session,
): Promise<boolean> => {
  const decision = await ask.chooseOne({ message: 'Are these one person?', choices: decisions });
  if (decision === 'quit') return false;
  if (decision === 'apart') {
    await keepApart(group.contacts, session);
    tally.apart += 1;
  } else if (decision === 'merge' && (await mergeOne(group, options, ask, session))) {
    tally.groups += 1;
    tally.merged += group.contacts.length - 1;
  } else tally.skipped += 1;
  return true;
};

/** Shows the groups one after the other, and asks about each. */
const walk = async (question: DuplicateQuestion, options: MergeOptions, session: Session): Promise<void> => {
  const ask = await session.ask('Add --min-score 0.95 --yes to merge without questions.');
  const store = await session.store();
  const groups = await store.snapshot(async (view) => withContacts(await findGroups(question, view, session), view));
  const tally: Tally = { groups: 0, merged: 0, apart: 0, skipped: 0 };
  for (const [index, group] of groups.entries()) {
    await showGroup(group, `${index + 1} of ${groups.length.toLocaleString('en-US')}`, session);
    if (!(await decide(group, options, tally, ask, session))) break;
  }
  await tell(tally, null, options, session);
};

/**
 * Merges the groups that look like one person: as the user says at a terminal; elsewhere all of them with `--yes`.
 *
 * @throws UsageError where neither is possible, or contacts are named besides
 */
export const mergeDuplicates = async (options: MergeOptions, session: Session): Promise<void> => {
  if (options.references.length > 0 || options.set.length > 0) {
    throw new UsageError(
      '--duplicates finds the contacts by itself and takes neither REFs nor --set.',
      'Leave them out, or merge the contacts by name without --duplicates.',
    );
  }
  const question: DuplicateQuestion = { category: 'external', minScore: options.minScore ?? likelyScore };
  if (session.yes || options.dryRun) return mergeAll(question, options, session);
  return walk(question, options, session);
};
