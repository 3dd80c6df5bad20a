import type { ClientBase } from 'pg';
import type { Edit } from '../../contacts/change.js';
import { storable } from './contact-row.js';

/** Between the places of two contacts that were added one after the other, there is room for this many. */
const step = 2n ** 20n;

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

/** Places for contacts that come to stand at these positions, which are in order. */
const placesFor = async (client: ClientBase, positions: readonly number[]): Promise<readonly bigint[]> => {
  if (positions.length === 0) return [];
  const { rows } = await client.query<{ readonly count: string }>('SELECT count(*) FROM contacts_contact');
  const indices = keptBefore(positions, Number(rows[0]?.count));
  const around = [...new Set(indices.flatMap((index) => [index - 1, index]))];
  const places = placesBetween(indices, await placesAt(client, around));
  if (places !== undefined) return places;
  await client.query(
    `UPDATE contacts_contact SET place = line.number * $1::bigint
     FROM (SELECT id, row_number() OVER (ORDER BY place) AS number FROM contacts_contact) AS line
     WHERE contacts_contact.id = line.id`,
    [String(step * BigInt(positions.length + 1))],
  );
  return placesBetween(indices, await placesAt(client, around)) ?? [];
};

/**
 * The place of each contact that is created, in the order of the edits: where its position says, or after all others.
 * The contacts that the same change deletes are gone already.
 */
export const placesOfNew = async (client: ClientBase, created: readonly Edit[]): Promise<readonly bigint[]> => {
  const wanted = [...created.entries()]
    .flatMap(([index, { position }]) => (position === undefined ? [] : [{ index, position }]))
    .toSorted((a, b) => a.position - b.position);
  const between = await placesFor(
    client,
    wanted.map(({ position }) => position),
  );
  const given = new Map(wanted.map(({ index }, order) => [index, between[order] ?? 0n]));
  const { rows } = await client.query<{ readonly last: string | null }>(
    'SELECT max(place) AS last FROM contacts_contact',
  );
  let last = [...given.values()].reduce((most, place) => (place > most ? place : most), BigInt(rows[0]?.last ?? 0));
  return created.map((_, index) => given.get(index) ?? (last += step));
};
