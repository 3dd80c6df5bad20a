import { ConflictError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { Change, ChangeSummary, Edit, Plan } from './change.js';
import { describeContact } from './contact.js';
import { isSame } from './record.js';
import type { Settings } from './settings.js';

/** What the planning of an undo reads. */
interface UndoView {
  get(ids: readonly string[]): Promise<readonly Contact[]>;
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
  return {
    edits: target.edits.map(inverse),
    undoes: target.id,
    ...(target.settings && { settings: settingsBefore(await view.settings(), target.settings) }),
  };
};
