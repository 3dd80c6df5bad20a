import { InvalidError } from '../../errors.js';
import type { Edit } from '../change.js';
import { idOfEdit } from '../creation.js';
import { uidKey } from '../keys.js';
import type { ImportPlan } from './plan.js';
import type { RowResult } from './row-log.js';

const byRow = (one: { readonly row: number }, other: { readonly row: number }): number => one.row - other.row;

function* resultsInOrder(plans: readonly ImportPlan[], nothingLands: boolean): Generator<RowResult, void> {
  const sources = plans.map(({ results }) => results[Symbol.iterator]());
  const heads = sources.map((source) => source.next());
  const neverCreated = new Set<string | null>();
  for (;;) {
    let first = -1;
    for (const [index, head] of heads.entries()) {
      const row = head.done ? undefined : head.value.row;
      const least = first < 0 ? undefined : (heads[first]?.value as RowResult | undefined)?.row;
      if (row !== undefined && (least === undefined || row < least)) first = index;
    }
    const head = heads[first];
    if (head === undefined || head.done) return;
    const result = head.value;
    const lands = result.action === 'created' || result.action === 'updated';
    if (nothingLands && result.action === 'created') neverCreated.add(result.id);
    const id = neverCreated.has(result.id) ? null : result.id;
    yield nothingLands && lands ? { ...result, action: 'skipped', id, fields: {} } : { ...result, id };
    heads[first] = sources[first]?.next() as IteratorResult<RowResult, void>;
  }
}

/** @throws InvalidError where contacts of both categories would have one ID or UID */
const refuseShared = (lists: readonly (readonly Edit[])[]): void => {
  const owners = new Map<string, number>();
  for (const [category, edits] of lists.entries()) {
    for (const edit of edits) {
      const uids = edit.after?.uids ?? [];
      for (const key of [`ID ${idOfEdit(edit)}`, ...uids.map((uid) => `UID ${uidKey(uid)}`)]) {
        const owner = owners.get(key);
        if (owner !== undefined && owner !== category) {
          throw new InvalidError(
            `An external contact and a staff member have the ${key}.`,
            'Nothing was imported. Take it out of one of them.',
          );
        }
        owners.set(key, category);
      }
    }
  }
};

/**
 * Plans for the contacts of each category as one.
 *
 * @param strict one bad row of either, and nothing lands
 * @throws InvalidError where contacts of both would have one ID or UID
 */
export const unitePlans = (plans: readonly [ImportPlan, ...ImportPlan[]], strict: boolean): ImportPlan => {
  const [first, ...others] = plans;
  if (others.length === 0) return first;
  const sum = (count: keyof ImportPlan['counts']): number =>
    plans.reduce((total, { counts }) => total + counts[count], 0);
  const nothingLands = strict && sum('rejected') > 0;
  const landing = sum('created') + sum('updated');
  if (!nothingLands) refuseShared(plans.map(({ edits }) => edits));
  const settings = plans.find((plan) => plan.settings !== undefined)?.settings;
  return {
    edits: nothingLands ? [] : plans.flatMap(({ edits }) => edits),
    ...(settings !== undefined && !nothingLands && { settings }),
    newLabels: nothingLands ? [] : plans.flatMap(({ newLabels }) => newLabels),
    counts: {
      rows: sum('rows'),
      created: nothingLands ? 0 : sum('created'),
      updated: nothingLands ? 0 : sum('updated'),
      unchanged: sum('unchanged'),
      skipped: sum('skipped') + (nothingLands ? landing : 0),
      rejected: sum('rejected'),
    },
    errors: plans.flatMap(({ errors }) => errors).sort(byRow),
    warnings: plans.flatMap(({ warnings }) => warnings).sort(byRow),
    results: { [Symbol.iterator]: () => resultsInOrder(plans, nothingLands) },
  };
};
