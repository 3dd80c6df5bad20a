import type { ClientBase } from 'pg';
import type { Edit } from '../../contacts/change.js';
import { Creation, idOfEdit } from '../../contacts/creation.js';
import type { Contact } from '../../fields/contact.js';
import { many, writeMany } from './bulk.js';
import { columnsOf, storable } from './contact-row.js';
import { type Cell, copyInto } from './copy.js';
import { jsonAfter, jsonOf, refuseStale } from './edits.js';
import { placesOfNew, positionsOf } from './places.js';

/** What no two staff members may share, with who has it. */
type UniqueRow = readonly [value: string, id: string];

const idsAtOnce = 10_000;

/** @throws ConflictError where a contact that is to be created is there */
const refuseExisting = async (client: ClientBase, created: readonly Edit[]): Promise<void> => {
  for (let at = 0; at < created.length; at += idsAtOnce) {
    const edits = new Map(created.slice(at, at + idsAtOnce).map((edit) => [storable(idOfEdit(edit)), edit]));
    const { rows } = await client.query<{ readonly id: string; readonly contact: Contact }>(
      'SELECT id, contact FROM contacts_contact WHERE id = ANY ($1) LIMIT 1',
      [[...edits.keys()]],
    );
    for (const { id, contact } of rows) refuseStale(edits.get(id) as Edit, contact);
  }
};

function* createdRows(
  created: readonly Edit[],
  places: readonly bigint[],
  [from, to]: readonly [number, number],
  unique: UniqueRow[],
): Generator<readonly Cell[], void> {
  for (let index = from; index < to; index++) {
    const edit = created[index] as Edit;
    const columns = columnsOf(edit.after as Contact);
    for (const value of columns.unique) unique.push([value, columns.id]);
    const { id, category, name, grams, keys, mergedIds } = columns;
    yield [id, String(places[index]), category, name, grams, keys, mergedIds, jsonAfter(edit)];
  }
}

/**
 * Streams created contacts into their table: the server writes them and their indexes while what searches need of the
 * next ones is worked out here.
 */
const create = async (client: ClientBase, created: readonly Edit[]): Promise<readonly UniqueRow[]> => {
  if (created.length === 0) return [];
  await refuseExisting(client, created);
  const places = await placesOfNew(client, created);
  const unique: UniqueRow[] = [];
  const target = 'contacts_contact (id, place, category, name, grams, keys, merged_ids, contact)';
  await writeMany(client, created.length, (from, to) =>
    copyInto(client, target, createdRows(created, places, [from, to], unique)),
  );
  return unique;
};

function* alteredRows(edits: readonly Edit[], unique: UniqueRow[]): Generator<readonly Cell[], void> {
  for (const [number, edit] of edits.entries()) {
    const start = [number, storable(idOfEdit(edit)), jsonOf(edit.before), jsonAfter(edit)];
    if (edit.after === undefined) yield [...start, null, null, null, null, null];
    else {
      const { id, category, name, grams, keys, mergedIds, unique: values } = columnsOf(edit.after);
      for (const value of values) unique.push([value, id]);
      yield [...start, category, name, grams, keys, mergedIds];
    }
  }
}

/** @throws ConflictError where the store does not hold what an edit has as `before` */
const refuseStaleEdits = async (client: ClientBase, edits: readonly Edit[]): Promise<void> => {
  const { rows } = await client.query<{ readonly number: number; readonly contact: Contact | null }>(`
    SELECT number, contact FROM contacts_staged LEFT JOIN contacts_contact USING (id)
    WHERE contact::text IS DISTINCT FROM before ORDER BY number`);
  for (const { number, contact } of rows) refuseStale(edits[number] as Edit, contact ?? undefined);
};

/** Updates and deletes in sets, by way of a table of this connection's own. */
const alter = async (client: ClientBase, edits: readonly Edit[]): Promise<readonly UniqueRow[]> => {
  if (edits.length === 0) return [];
  const unique: UniqueRow[] = [];
  await client.query(`
    CREATE TEMPORARY TABLE IF NOT EXISTS contacts_staged (
      number integer PRIMARY KEY, id text COLLATE "C" NOT NULL, before text, after text,
      category text, name text, grams integer[], keys text[], merged_ids text[]
    ) ON COMMIT DELETE ROWS;
    TRUNCATE contacts_staged`);
  const target = 'contacts_staged (number, id, before, after, category, name, grams, keys, merged_ids)';
  await copyInto(client, target, alteredRows(edits, unique));
  if (edits.length >= many) await client.query('ANALYZE contacts_staged');
  await refuseStaleEdits(client, edits);
  await client.query(`
    DELETE FROM contacts_unique_value USING contacts_staged WHERE contacts_unique_value.id = contacts_staged.id;
    DELETE FROM contacts_contact USING contacts_staged
    WHERE contacts_contact.id = contacts_staged.id AND after IS NULL`);
  await writeMany(client, edits.length, (from, to) =>
    client.query(
      `UPDATE contacts_contact SET (category, name, grams, keys, merged_ids, contact) =
         (staged.category, staged.name, staged.grams, staged.keys, staged.merged_ids, staged.after::json)
       FROM contacts_staged AS staged
       WHERE contacts_contact.id = staged.id AND after IS NOT NULL AND number >= $1 AND number < $2`,
      [from, to],
    ),
  );
  return unique;
};

/**
 * Applies edits that alter something, in sets, in a transaction that holds the store's lock.
 *
 * @returns the edits; deletions bear the position at which the contact stood before
 * @throws ConflictError where the store does not hold what an edit has as `before`, or holds what it creates
 */
export const applyEdits = async (client: ClientBase, edits: readonly Edit[]): Promise<readonly Edit[]> => {
  if (edits.length === 0) return edits;
  const isCreation = (edit: Edit): boolean => edit instanceof Creation || edit.before === undefined;
  const isDeletion = (edit: Edit): boolean => edit.before !== undefined && edit.after === undefined;
  const positions = await positionsOf(client, edits.filter(isDeletion).map(idOfEdit));
  const altered = await alter(
    client,
    edits.filter((edit) => !isCreation(edit)),
  );
  const created = await create(client, edits.filter(isCreation));
  const unique = [...altered, ...created];
  if (unique.length > 0) await copyInto(client, 'contacts_unique_value (value, id)', unique);
  if (edits.length >= many) await client.query('ANALYZE contacts_contact');
  return edits.map((edit): Edit => {
    const position = isDeletion(edit) ? positions.get(idOfEdit(edit)) : undefined;
    return edit.before === undefined || position === undefined ? edit : { before: edit.before, position };
  });
};
