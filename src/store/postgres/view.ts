import type { ClientBase } from 'pg';
import { isFoundBy, type Key } from '../../contacts/keys.js';
import { fits, needles } from '../../contacts/query/match.js';
import { rankOf } from '../../contacts/query/rank.js';
import type { Settings } from '../../contacts/settings.js';
import type { Contact } from '../../fields/contact.js';
import { compareListPlaces, type ListPlace, listPlaceOf } from '../list-place.js';
import type { Matches, Order, Page, Selection, StoreView } from '../store.js';
import { keyText, storable } from './contact-row.js';
import { gramsOfParts } from './grams.js';
import type { StoreRow } from './store-row.js';

const rowsAtOnce = 1000;

/** A statement with its bound parameters. */
interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Goes through what a statement gives, without holding all of it.
 *
 * @param cursor a name that no other cursor of the transaction has
 */
export async function* rowsOf<Row>(
  client: ClientBase,
  cursor: string,
  { text, values }: Statement,
): AsyncGenerator<Row, void> {
  await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, [...values]);
  for (;;) {
    const { rows } = await client.query(`FETCH ${rowsAtOnce} FROM ${cursor}`);
    yield* rows as Row[];
    if (rows.length < rowsAtOnce) break;
  }
  await client.query(`CLOSE ${cursor}`);
}

/** What gives the contacts that a selection may mean, in stored order; those that it does not are told apart afterwards. */
export const candidates = ({ category, query }: Selection): Statement => {
  const grams = query ? gramsOfParts(needles(query)) : [];
  const conditions: string[] = [];
  const values: unknown[] = [];
  if (grams.length > 0) conditions.push(`grams @> $${values.push(grams)}`);
  if (category !== 'all') conditions.push(`category = $${values.push(category)}`);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const found = `SELECT place, contact FROM contacts_contact${where}`;
  // Materialized, lest the order makes the planner go through the whole table by place.
  const text =
    grams.length > 0
      ? `WITH found AS MATERIALIZED (${found}) SELECT contact FROM found ORDER BY place`
      : `SELECT contact FROM contacts_contact${where} ORDER BY place`;
  return { text, values };
};

/** The columns by which SQL sorts as the order says; `undefined` where it cannot. */
const sortColumns = (order: Order): string | undefined => {
  if (order === 'stored') return 'place';
  if (order === 'rank') return 'name, id';
  return order.by === 'name' ? `name${order.descending ? ' DESC' : ''}, id` : undefined;
};

const pageOf = <Item>(items: readonly Item[], { offset, limit }: Page): readonly Item[] =>
  items.slice(offset, limit === undefined ? undefined : offset + limit);

/** A contact with its place in the order of creation. */
interface Located {
  readonly place: bigint;
  readonly contact: Contact;
}

const located = (row: { readonly place: string; readonly contact: Contact }): Located => ({
  place: BigInt(row.place),
  contact: row.contact,
});

/** What can be read in a transaction that has begun. */
export const viewIn = (client: ClientBase, { settings, external, internal }: StoreRow): StoreView => {
  let cursors = 0;
  const rows = <Row>(statement: Statement) => rowsOf<Row>(client, `contacts_cursor_${(cursors += 1)}`, statement);

  async function* matching(selection: Selection): AsyncGenerator<Contact, void> {
    const { query } = selection;
    for await (const { contact } of rows<{ readonly contact: Contact }>(candidates(selection))) {
      if (query === undefined || fits(query, contact)) yield contact;
    }
  }

  const get = async (ids: readonly string[]): Promise<readonly Contact[]> => {
    const found = await client.query<{ readonly contact: Contact }>(
      'SELECT contact FROM contacts_contact WHERE id = ANY ($1)',
      [ids.map(storable)],
    );
    const contacts = new Map(found.rows.map(({ contact }) => [contact.id, contact]));
    return ids.flatMap((id) => contacts.get(id) ?? []);
  };

  /** The ids of the matches in an order that is not the stored one. Of each match only what is compared is kept. */
  const sortedIds = async (selection: Selection, order: Exclude<Order, 'stored'>): Promise<readonly string[]> => {
    const { query } = selection;
    const places: ListPlace[] = [];
    for await (const contact of matching(selection)) {
      places.push(listPlaceOf(contact, order, order === 'rank' && query ? rankOf(query, contact) : 0));
    }
    return places.sort(compareListPlaces(order)).map(({ id }) => id);
  };

  /** All contacts of a category in an order that SQL knows. */
  const listing = (category: Selection['category'], columns: string, page?: Page): Statement => {
    const values: unknown[] = [];
    const where = category === 'all' ? '' : ` WHERE category = $${values.push(category)}`;
    const limit = page ? ` OFFSET $${values.push(page.offset)} LIMIT $${values.push(page.limit ?? null)}` : '';
    return { text: `SELECT contact FROM contacts_contact${where} ORDER BY ${columns}${limit}`, values };
  };

  const countOf = (category: Selection['category']): number =>
    (category === 'internal' ? 0 : external) + (category === 'external' ? 0 : internal);

  const byPrefix = async (prefix: string) => {
    const value = storable(prefix);
    const { rows: found } = await client.query(
      `SELECT place, contact FROM contacts_contact WHERE id >= $1 AND id < $1 || chr(1114111)
       UNION ALL
       SELECT place, contact FROM contacts_contact
       WHERE merged_ids IS NOT NULL AND NOT (id >= $1 AND id < $1 || chr(1114111))
         AND EXISTS (SELECT FROM unnest(merged_ids) AS merged WHERE left(merged, length($1)) = $1)`,
      [value],
    );
    return found.map(located);
  };

  /** The contacts of each of many keys, found in one set: a join with the keys' index, and one with the ids'. */
  const byKeys = async (keys: readonly Key[]) => {
    const ids = keys.flatMap(({ of, value }) => (of === 'id' ? storable(value) : []));
    const found = await client.query(
      `SELECT wanted.key, place, contact FROM unnest($1::text[]) AS wanted (key)
       JOIN contacts_contact ON keys @> ARRAY[wanted.key]
       UNION ALL
       SELECT 'id ' || id, place, contact FROM contacts_contact WHERE id = ANY ($2)`,
      [[...new Set(keys.map(keyText))], ids],
    );
    const byKey = new Map<string, Located[]>();
    for (const row of found.rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), located(row)]);
    return byKey;
  };

  const lookup = async (keys: readonly Key[]): Promise<readonly (readonly Contact[])[]> => {
    if (external + internal === 0) return keys.map(() => []);
    const whole = keys.filter(({ of }) => of !== 'idPrefix');
    const found = whole.length === 0 ? undefined : await byKeys(whole);
    const answers: (readonly Contact[])[] = [];
    for (const key of keys) {
      const known = key.of === 'idPrefix' ? await byPrefix(key.value) : (found?.get(keyText(key)) ?? []);
      answers.push(
        known
          .filter(({ contact }) => isFoundBy(key, contact))
          .toSorted((a, b) => Number(a.place - b.place))
          .map(({ contact }) => contact),
      );
    }
    return answers;
  };

  const find = async (selection: Selection, order: Order, page: Page): Promise<Matches> => {
    const columns = sortColumns(order);
    if (selection.query === undefined && columns !== undefined) {
      const { text, values } = listing(selection.category, columns, page);
      const found = await client.query<{ readonly contact: Contact }>(text, [...values]);
      return { contacts: found.rows.map(({ contact }) => contact), total: countOf(selection.category) };
    }
    if (order !== 'stored') {
      const ids = await sortedIds(selection, order);
      return { contacts: await get(pageOf(ids, page)), total: ids.length };
    }
    const contacts: Contact[] = [];
    const { offset, limit = Number.POSITIVE_INFINITY } = page;
    let total = 0;
    for await (const contact of matching(selection)) {
      if (total >= offset && contacts.length < limit) contacts.push(contact);
      total += 1;
    }
    return { contacts, total };
  };

  return {
    find,
    findPage: async (selection, order, page) => (await find(selection, order, page)).contacts,
    findsAny: async (selection) => {
      for await (const _contact of matching(selection)) return true;
      return false;
    },
    async *each(selection, order) {
      const columns = sortColumns(order);
      if (selection.query === undefined && columns !== undefined) {
        const listed = rows<{ readonly contact: Contact }>(listing(selection.category, columns));
        for await (const { contact } of listed) yield contact;
      } else if (order === 'stored') {
        yield* matching(selection);
      } else {
        const ids = await sortedIds(selection, order);
        for (let at = 0; at < ids.length; at += rowsAtOnce) yield* await get(ids.slice(at, at + rowsAtOnce));
      }
    },
    get,
    lookup,
    settings: async () => settings,
  };
};

/** What can be read where there is nothing. */
export const emptyView = (settings: Settings): StoreView => ({
  find: async () => ({ contacts: [], total: 0 }),
  findPage: async () => [],
  findsAny: async () => false,
  async *each() {},
  get: async () => [],
  lookup: async (keys) => keys.map(() => []),
  settings: async () => settings,
});
