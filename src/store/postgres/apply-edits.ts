import type { ClientBase } from 'pg';
import type { Edit } from '../../contacts/change.js';
import { describeContact } from '../../contacts/contact.js';
import { ConflictError } from '../../errors.js';
import type { Contact } from '../../fields/contact.js';
import { same } from '../json/same.js';
import { columnsOf, storable } from './contact-row.js';
import { type Cell, copyInto } from './copy.js';

/** Between the places of two contacts that were added one after the other, there is room for this many. */
const step = 2n ** 20n;

/** From how many edits on the planner is told at once what the table holds. */
const many = 10_000;

const contactOf = ({ before, after }: Edit): Contact => {
  const contact = before ?? after;
  if (contact === undefined) throw new Error('An edit has neither a contact before nor one after it.');
  if (before && after && before.id !== after.id)
    throw new Error(`An edit turns the contact ${before.id} into ${after.id}.`);
  return contact;
};

/** The edits that alter something. */
export const alteringEdits = (edits: readonly Edit[]): readonly Edit[] => {
  const altering = edits.filter(({ before, after }) => !same(before, after));
  const ids = new Set(altering.map((edit) => contactOf(edit).id));
  if (ids.size < altering.length) throw new Error('A plan has several edits of one contact.');
  return altering;
};

const hasChanged = (contact: Contact, what: string) =>
  new ConflictError(
    `${describeContact(contact)} ${what} meanwhile; nothing was changed.`,
    'Look at it with `contacts show`, and run the command again.',
  );

/**
 * Holds an edit to the contact that the store has.
 *
 * @throws ConflictError where it is not the one that the edit was planned on
 */
export const refuseStale = (edit: Edit, stored: Contact | undefined): void => {
  const { before } = edit;
  if (before === undefined) {
    if (stored !== undefined) throw hasChanged(contactOf(edit), 'was created');
  } else if (stored === undefined) throw hasChanged(before, 'was deleted');
  else if (!same(stored, before)) throw hasChanged(before, 'was changed');
};

const stagedColumns = 'number, id, before, after, wanted, category, name, grams, keys, merged_ids, unique_values';

function* stagedRows(edits: readonly Edit[]): Generator<readonly Cell[], void> {
  for (const [number, edit] of edits.entries()) {
    const { before, after, position } = edit;
    const texts = [before, after].map((contact) => (contact === undefined ? null : JSON.stringify(contact)));
    const start = [number, storable(contactOf(edit).id), ...texts, position ?? null];
    if (after === undefined) yield [...start, null, null, null, null, null, null];
    else {
      const { category, name, grams, keys, mergedIds, unique } = columnsOf(after);
      yield [...start, category, name, grams, keys, mergedIds, unique];
    }
  }
}

/** Puts the edits into a table of this connection's own, in which sets of them are worked with. */
const stage = async (client: ClientBase, edits: readonly Edit[]): Promise<void> => {
  await client.query(`
    CREATE TEMPORARY TABLE IF NOT EXISTS contacts_staged (
      number integer NOT NULL, id text COLLATE "C" NOT NULL, before text, after text, wanted bigint, place bigint,
      category text, name text, grams integer[], keys text[], merged_ids text[], unique_values text[]
    ) ON COMMIT DELETE ROWS;
    TRUNCATE contacts_staged`);
  await copyInto(client, `contacts_staged (${stagedColumns})`, stagedRows(edits));
  if (edits.length >= many) await client.query('ANALYZE contacts_staged');
};

const refuseStaleEdits = async (client: ClientBase, edits: readonly Edit[]): Promise<void> => {
  const { rows } = await client.query<{ readonly number: number; readonly contact: Contact | null }>(`
    SELECT number, contact FROM contacts_staged LEFT JOIN contacts_contact USING (id)
    WHERE contact::text IS DISTINCT FROM before ORDER BY number`);
  for (const { number, contact } of rows) refuseStale(edits[number] as Edit, contact ?? undefined);
};

/** Where the contacts with these ids stand, counted from 0. */
export const positionsOf = async (client: ClientBase, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{ readonly id: string; readonly position: string }>(
    `SELECT id, position FROM (SELECT id, row_number() OVER (ORDER BY place) - 1 AS position FROM contacts_contact) AS line
     WHERE id = ANY ($1)`,
    [ids.map(storable)],
  );
  return new Map(rows.map(({ id, position }) => [id, Number(position)]));
};

/** How many contacts that are kept come before each created one, whose positions are those of the state that comes out. */
const keptBefore = (positions: readonly number[], count: number): readonly number[] => {
  let least = 0;
  return positions.map((position, index) => {
    least = Math.min(count, Math.max(least, position - index));
    return least;
  });
};

/** The places at these positions. */
const placesAt = async (client: ClientBase, positions: readonly number[]): Promise<ReadonlyMap<number, bigint>> => {
  const { rows } = await client.query<{ readonly position: string; readonly place: string }>(
    `SELECT position, place FROM (SELECT row_number() OVER (ORDER BY place) - 1 AS position, place FROM contacts_contact) AS line
     WHERE position = ANY ($1)`,
    [positions],
  );
  return new Map(rows.map(({ position, place }) => [Number(position), BigInt(place)]));
};

/** Places in order, several of one index between the kept contacts before and after it; `undefined` without room. */
const placesBetween = (
  indices: readonly number[],
  places: ReadonlyMap<number, bigint>,
): readonly bigint[] | undefined => {
  const counts = new Map<number, number>();
  for (const index of indices) counts.set(index, (counts.get(index) ?? 0) + 1);
  const found: bigint[] = [];
  for (const [index, count] of counts) {
    const room = BigInt(count + 1);
    const upper = places.get(index);
    const lower = places.get(index - 1) ?? (upper ?? 0n) - step * room;
    const distance = upper === undefined ? step : (upper - lower) / room;
    if (distance === 0n) return undefined;
    for (let number = 1; number <= count; number++) found.push(lower + distance * BigInt(number));
  }
  return found;
};

/** Gives the created contacts that have a position their places. */
const placeWanted = async (client: ClientBase, edits: readonly Edit[]): Promise<void> => {
  const wanted = edits
    .flatMap(({ before, position }, number) => (before || position === undefined ? [] : [{ number, position }]))
    .sort((a, b) => a.position - b.position);
  if (wanted.length === 0) return;
  const { rows } = await client.query<{ readonly count: string }>('SELECT count(*) FROM contacts_contact');
  const indices = keptBefore(
    wanted.map(({ position }) => position),
    Number(rows[0]?.count),
  );
  const around = [...new Set(indices.flatMap((index) => [index - 1, index]))];
  let places = placesBetween(indices, await placesAt(client, around));
  if (places === undefined) {
    const room = step * BigInt(wanted.length + 1);
    await client.query(
      `UPDATE contacts_contact SET place = line.number * $1::bigint
       FROM (SELECT id, row_number() OVER (ORDER BY place) AS number FROM contacts_contact) AS line
       WHERE contacts_contact.id = line.id`,
      [String(room)],
    );
    places = placesBetween(indices, await placesAt(client, around)) ?? [];
  }
  await client.query(
    `UPDATE contacts_staged SET place = given.place
     FROM unnest($1::integer[], $2::bigint[]) AS given (number, place) WHERE contacts_staged.number = given.number`,
    [wanted.map(({ number }) => number), places.map(String)],
  );
};

const insert = (place: string, which: string): string => `
  INSERT INTO contacts_contact (id, place, category, name, grams, keys, merged_ids, contact)
  SELECT id, ${place}, category, name, grams, keys, merged_ids, after::json
  FROM contacts_staged WHERE before IS NULL AND ${which} ORDER BY number`;

/**
 * Applies edits that alter something, in sets, in a transaction that holds the store's lock.
 *
 * @returns the edits; deletions bear the position at which the contact stood before
 * @throws ConflictError where the store does not hold what an edit has as `before`, or holds what it creates
 */
export const applyEdits = async (client: ClientBase, edits: readonly Edit[]): Promise<readonly Edit[]> => {
  if (edits.length === 0) return edits;
  await stage(client, edits);
  await refuseStaleEdits(client, edits);
  const gone = edits.filter(({ after }) => after === undefined).map((edit) => contactOf(edit).id);
  const positions = await positionsOf(client, gone);
  await client.query(`
    DELETE FROM contacts_unique_value USING contacts_staged WHERE contacts_unique_value.id = contacts_staged.id;
    DELETE FROM contacts_contact USING contacts_staged
    WHERE contacts_contact.id = contacts_staged.id AND after IS NULL;
    UPDATE contacts_contact SET (category, name, grams, keys, merged_ids, contact) =
      (staged.category, staged.name, staged.grams, staged.keys, staged.merged_ids, staged.after::json)
    FROM contacts_staged AS staged WHERE contacts_contact.id = staged.id AND before IS NOT NULL`);
  await placeWanted(client, edits);
  await client.query(insert('place', 'place IS NOT NULL'));
  await client.query(
    insert(
      `coalesce((SELECT max(place) FROM contacts_contact), 0) + row_number() OVER (ORDER BY number) * ${step}`,
      'place IS NULL',
    ),
  );
  await client.query(`
    INSERT INTO contacts_unique_value (value, id)
    SELECT unnest(unique_values), id FROM contacts_staged WHERE after IS NOT NULL`);
  if (edits.length >= many) await client.query('ANALYZE contacts_contact');
  return edits.map((edit): Edit => {
    const position = positions.get(contactOf(edit).id);
    return edit.after || position === undefined || edit.before === undefined ? edit : { before: edit.before, position };
  });
};
