import { ConflictError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { Change, ChangeSummary, Edit, Plan } from './change.js';
import { describeContact } from './contact.js';
import type { Key } from './keys.js';
import { isSame } from './record.js';
import type { Settings } from './settings.js';
import { findClashes, throwClashes } from './unique.js';

/** What the planning of an undo reads. */
interface UndoView {
  get(ids: readonly string[]): Promise<readonly Contact[]>;
  lookup(keys: readonly Key[]): Promise<readonly (readonly Contact[])[]>;
  each(selection: { readonly category: 'external' }, order: 'stored'): AsyncIterable<Contact>;
  settings(): Promise<Settings>;
}

const hint = 'Nothing was changed. See "contacts log"; undo the later change first, or edit by hand.';

/** The edit that takes another back. */
const inverse = ({ before, after, position }: Edit): Edit => ({
  ...(after && { before: after }),
  ...(before && { after: before }),
  ...(position !== undefined && { position }),
});

const idOf = ({ before, after }: Edit): string => (before ?? after)?.id ?? '';

/** Settings with the parts that a change altered as they were before it; other parts stay as they are now. */
const settingsBefore = (now: Settings, change: NonNullable<Change['settings']>): Settings => {
  const keys = [...new Set([...Object.keys(change.before), ...Object.keys(change.after)])] as (keyof Settings)[];
  const altered = keys.filter((key) => !isSame(change.before[key], change.after[key]));
  const stale = altered.find((key) => !isSame(now[key], change.after[key]));
  if (stale !== undefined) throw new ConflictError(`The ${stale} were changed since.`, hint);
  const entries = Object.entries({ ...now, ...Object.fromEntries(altered.map((key) => [key, change.before[key]])) });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as Settings;
};

/** The labels and custom fields of a contact, named as a user knows them. */
const definitionsOf = (contact: Contact): readonly string[] => [
  ...contact.labels.map((label) => `label "${label}"`),
  ...Object.keys(contact.custom ?? {}).map((key) => `field "${key}"`),
];

const definedIn = ({ labels, fields }: Settings): ReadonlySet<string> =>
  new Set([...labels.map(({ name }) => `label "${name}"`), ...fields.map(({ key }) => `field "${key}"`)]);

/**
 * @param defined what is to be defined
 * @param was what the contact has that is not defined as it is: the undo does not make that worse
 * @throws ConflictError where a contact would have a label or a custom field that is not defined
 */
const refuseUndefined = (contact: Contact, defined: ReadonlySet<string>, was: readonly string[]): void => {
  const missing = definitionsOf(contact).find((name) => !defined.has(name) && !was.includes(name));
  if (missing === undefined) return;
  throw new ConflictError(`${describeContact(contact)} has the ${missing}, which would not be defined.`, hint);
};

/** Checks that labels and custom fields stay defined for whoever has them, and unique values unique. */
const checkOutcome = async (edits: readonly Edit[], settings: Settings, view: UndoView): Promise<void> => {
  const now = await view.settings();
  const [known, defined] = [definedIn(now), definedIn(settings)];
  const undefinedOf = (contact: Contact | undefined): readonly string[] =>
    contact === undefined ? [] : definitionsOf(contact).filter((name) => !known.has(name));
  for (const { before, after } of edits) if (after) refuseUndefined(after, defined, undefinedOf(before));
  const afters = edits.flatMap(({ after }) => after ?? []);
  throwClashes(await findClashes(afters, (keys) => view.lookup(keys)));
  if (settings.labels.length >= now.labels.length && settings.fields.length >= now.fields.length) return;
  const edited = new Set(edits.map(idOf));
  for await (const contact of view.each({ category: 'external' }, 'stored')) {
    if (!edited.has(contact.id)) refuseUndefined(contact, defined, undefinedOf(contact));
  }
};

/** Repairs are passed over: to undo one would bring the damage back. */
const keptByBareUndo = 'store repair';

/**
 * The change that an undo takes back where none is named: the newest that is neither undone nor itself an undo, so that
 * one undo after the other goes back step by step.
 *
 * @param log the changes that are kept, newest first
 */
export const newestToUndo = (log: readonly ChangeSummary[]): ChangeSummary | undefined =>
  log.find(({ undone, undoes, command }) => !undone && undoes === undefined && command !== keptByBareUndo);

/** What the log says of the undo of a change; to undo an undo is to redo. */
export const summaryOfUndo = ({ command, summary, undoes }: Change): string => {
  if (undoes === undefined) return `Undid ${command}: ${summary}`;
  if (summary.startsWith('Undid ')) return summary.replace('Undid', 'Redid');
  return summary.startsWith('Redid ') ? summary.replace('Redid', 'Undid') : `Undid ${command}: ${summary}`;
};

/**
 * What takes a change back: before and after swapped.
 *
 * @param log the changes that are kept
 * @throws ConflictError where the change is undone already, or a contact or a setting of it has changed since
 */
export const changesOfUndo = async (target: Change, log: readonly ChangeSummary[], view: UndoView): Promise<Plan> => {
  const summary = log.find(({ id }) => id === target.id);
  if (summary?.undone) {
    throw new ConflictError(
      `The change ${target.id} (${target.summary}) is undone already.`,
      'To do it again, undo the undo: see "contacts log" for its id.',
    );
  }
  const now = new Map((await view.get(target.edits.map(idOf))).map((contact) => [contact.id, contact]));
  for (const edit of target.edits) {
    const current = now.get(idOf(edit));
    if (isSame(current, edit.after)) continue;
    const who = current ?? edit.after ?? edit.before;
    const what = current === undefined ? 'was deleted' : 'was changed';
    throw new ConflictError(`${who ? describeContact(who) : idOf(edit)} ${what} since.`, hint);
  }
  const edits = target.edits.map(inverse);
  const current = await view.settings();
  const settings = target.settings ? settingsBefore(current, target.settings) : current;
  await checkOutcome(edits, settings, view);
  return { edits, undoes: target.id, ...(target.settings && { settings }) };
};
