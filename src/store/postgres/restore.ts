import type { ClientBase } from 'pg';
import type { Edit } from '../../contacts/change.js';
import { idOfEdit } from '../../contacts/creation.js';
import type { Settings } from '../../contacts/settings.js';
import { NotFoundError } from '../../errors.js';
import type { Contact } from '../../fields/contact.js';
import { same } from '../json/same.js';
import type { RestorePoint } from '../store.js';
import type { Moment } from './access.js';
import { applyEdits } from './apply-edits.js';

import { editsOf, loggedChanges } from './history.js';
import { positionsOf } from './places.js';
import { viewIn } from './view.js';

/** The states that the history leads back to, newest first. */
export const restorePointsIn = async ({ client, row }: Moment): Promise<readonly RestorePoint[]> => {
  let contacts = row.external + row.internal;
  return (await loggedChanges(client)).map(({ id, at, created, deleted }) => {
    contacts += deleted - created;
    return { name: id, at, contacts };
  });
};

/** The contacts with some ids, and where they stand. */
interface State {
  readonly contacts: ReadonlyMap<string, Contact>;
  readonly positions: ReadonlyMap<string, number>;
}

const stateOf = async ({ client, row }: Moment, ids: readonly string[]): Promise<State> => {
  const found = await viewIn(client, row).get(ids);
  return {
    contacts: new Map(found.map((contact) => [contact.id, contact])),
    positions: await positionsOf(client, ids),
  };
};

/** The edits that lead from one state of some contacts to another. */
const difference = (from: State, to: State): readonly Edit[] =>
  [...new Set([...from.contacts.keys(), ...to.contacts.keys()])].flatMap((id): readonly Edit[] => {
    const [before, after] = [from.contacts.get(id), to.contacts.get(id)];
    if (same(before, after)) return [];
    const position = before && after ? undefined : (from.positions.get(id) ?? to.positions.get(id));
    return [{ ...(before && { before }), ...(after && { after }), ...(position !== undefined && { position }) }];
  });

const inverse = ({ before, after, position }: Edit): Edit => ({
  ...(after && { before: after }),
  ...(before && { after: before }),
  ...(position !== undefined && { position }),
});

/** The edits of a change with its inverses applied, newest first. */
const takeBack = async (client: ClientBase, edits: readonly (readonly Edit[])[]): Promise<void> => {
  for (const part of edits) await applyEdits(client, part.map(inverse));
};

/**
 * Takes back all changes from the newest to the named one.
 *
 * @returns the edits that this came to, and the settings as they were before those changes
 * @throws NotFoundError where no such change is kept
 */
export const restoreIn = async (
  moment: Moment,
  point: string,
): Promise<{ readonly edits: readonly Edit[]; readonly settings: Settings }> => {
  const { client, row } = moment;
  const log = await loggedChanges(client);
  const last = log.findIndex(({ id }) => id === point);
  if (last < 0) {
    const names = log.map(({ id }) => id).join(', ');
    throw new NotFoundError(
      `There is no state ${point} to restore.`,
      names === '' ? 'There is no history.' : `There are: ${names}.`,
    );
  }
  const taken = log.slice(0, last + 1);
  const edits: (readonly Edit[])[] = [];
  for (const { revision } of taken) edits.push(await editsOf(client, revision));
  const ids = [...new Set(edits.flat().map(idOfEdit))];
  const from = await stateOf(moment, ids);
  await takeBack(client, edits);
  return {
    edits: difference(from, await stateOf(moment, ids)),
    settings: taken.reduce((settings, { settings: changed }) => changed?.before ?? settings, row.settings),
  };
};
