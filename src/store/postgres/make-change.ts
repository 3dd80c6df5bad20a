import type { Change, Edit, Plan, Why } from '../../contacts/change.js';
import { idOfEdit } from '../../contacts/creation.js';
import { createMemoryScratch } from '../../contacts/scratch.js';
import type { Settings } from '../../contacts/settings.js';
import { storedContactOf } from '../../contacts/stored-contact.js';
import { same } from '../json/same.js';
import type { PlanView, StoreView } from '../store.js';
import type { Moment } from './access.js';
import { applyEdits } from './apply-edits.js';
import { alteringEdits, growth, refuseStale } from './edits.js';
import { pruneHistory, writeChange } from './history.js';
import { viewIn } from './view.js';

/** What makes the times and the ids of changes. */
export interface Stamps {
  readonly now: () => Date;
  readonly newId: () => string;
}

const changeOf = (
  { now, newId }: Stamps,
  why: Why,
  { edits, summary, undoes }: Plan,
  settings: { readonly before: Settings; readonly after: Settings },
): Change => ({
  id: newId(),
  at: now().toISOString(),
  by: why.by,
  command: why.command,
  summary: summary ?? why.summary,
  ...(undoes !== undefined && { undoes }),
  edits,
  ...(!same(settings.before, settings.after) && { settings }),
});

/** What a plan comes to; `undefined` where it alters nothing. */
const changeOfPlan = async (
  stamps: Stamps,
  why: Why,
  plan: Plan,
  before: Settings,
  apply: (edits: readonly Edit[]) => Promise<readonly Edit[]>,
): Promise<Change | undefined> => {
  const altering = alteringEdits(plan.edits);
  const after = plan.settings ?? before;
  if (altering.length === 0 && same(after, before)) return undefined;
  return changeOf(stamps, why, { ...plan, edits: await apply(altering) }, { before, after });
};

/** The change that a plan would make. */
export const planChange = async (stamps: Stamps, why: Why, plan: Plan, view: StoreView): Promise<Change | undefined> =>
  changeOfPlan(stamps, why, plan, await view.settings(), async (edits) => {
    const stored = new Map((await view.get(edits.map(idOfEdit))).map((contact) => [contact.id, contact]));
    for (const edit of edits) refuseStale(edit, stored.get(idOfEdit(edit)));
    return edits;
  });

/** Writes a change to the history, and to the store's row what follows from it. */
const record = async ({ client, row }: Moment, change: Change): Promise<void> => {
  const settings = change.settings?.after ?? row.settings;
  const revision = row.revision + 1;
  await writeChange(client, change, revision, row.role);
  await client.query(
    'UPDATE contacts_store SET revision = $1, settings = $2, external = external + $3, internal = internal + $4',
    [revision, JSON.stringify(settings), growth(change.edits, 'external'), growth(change.edits, 'internal')],
  );
  await pruneHistory(client, settings.history ?? {});
};

/** A view for plans. What waits is kept in memory: there is no folder beside a database. */
export const planViewOf = (view: StoreView): PlanView => ({
  ...view,
  lookAt: async (keys) => (await view.lookup(keys)).map((found) => found.map(storedContactOf)),
  scratch: createMemoryScratch,
});

/** Plans and makes a change, in a transaction that holds the store's lock. */
export const makeChange = async (
  stamps: Stamps,
  why: Why,
  plan: (view: PlanView) => Promise<Plan>,
  moment: Moment,
): Promise<Change | undefined> => {
  const { client, row } = moment;
  const planned = await plan(planViewOf(viewIn(client, row)));
  const change = await changeOfPlan(stamps, why, planned, row.settings, (edits) => applyEdits(client, edits));
  if (change !== undefined) await record(moment, change);
  return change;
};

/** Makes a change of edits that are applied already. */
export const recordApplied = async (
  stamps: Stamps,
  why: Why,
  { edits, settings }: { readonly edits: readonly Edit[]; readonly settings: Settings },
  moment: Moment,
): Promise<Change> => {
  const change = changeOf(stamps, why, { edits }, { before: moment.row.settings, after: settings });
  await record(moment, change);
  return change;
};
