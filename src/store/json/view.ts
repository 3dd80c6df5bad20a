import { type Key, keysOf } from '../../contacts/keys.js';
import { storedContactOf } from '../../contacts/stored-contact.js';
import type { Contact } from '../../fields/contact.js';
import { compareListPlaces, type ListPlace, listPlaceOf } from '../list-place.js';
import type { Matches, Order, Page, PlanView, StoreView } from '../store.js';
import type { Document } from './document.js';
import { type Wanted, wantedOf } from './wanted.js';

const isSelected = (contact: Contact, { category, matcher }: Wanted): boolean =>
  (category === 'all' || contact.category === category) && (matcher === undefined || matcher.fits(contact));

/** The matches in stored order, with their positions. */
function* matching(document: Document, wanted: Wanted): Generator<{ contact: Contact; position: number }, void> {
  for (let position = 0; position < document.count; position++) {
    const contact = document.contactAt(position);
    if (isSelected(contact, wanted)) yield { contact, position };
  }
}

/** The matches' positions in an order that is not the stored one. Only what is compared is kept of each contact. */
const sorted = (document: Document, wanted: Wanted, order: Exclude<Order, 'stored'>): readonly number[] => {
  const { matcher } = wanted;
  const places: (ListPlace & { readonly position: number })[] = [];
  for (const { contact, position } of matching(document, wanted)) {
    const rank = (order === 'rank' && matcher?.rank(contact)) || 0;
    places.push({ ...listPlaceOf(contact, order, rank), position });
  }
  return places.sort(compareListPlaces(order)).map(({ position }) => position);
};

export const pageOf = <Item>(items: readonly Item[], { offset, limit }: Page): readonly Item[] =>
  items.slice(offset, limit === undefined ? undefined : offset + limit);

const find = (document: Document, wanted: Wanted, order: Order, page: Page): Matches => {
  if (order !== 'stored') {
    const positions = sorted(document, wanted, order);
    return {
      contacts: pageOf(positions, page).map((position) => document.contactAt(position)),
      total: positions.length,
    };
  }
  const contacts: Contact[] = [];
  const { offset, limit = Number.POSITIVE_INFINITY } = page;
  let total = 0;
  for (const { contact } of matching(document, wanted)) {
    if (total >= offset && contacts.length < limit) contacts.push(contact);
    total += 1;
  }
  return { contacts, total };
};

function* each(document: Document, wanted: Wanted, order: Order): Generator<Contact, void> {
  if (order === 'stored') for (const { contact } of matching(document, wanted)) yield contact;
  else for (const position of sorted(document, wanted, order)) yield document.contactAt(position);
}

const get = (document: Document, ids: readonly string[]): readonly Contact[] => {
  const positions = document.positionsOf(new Set(ids));
  return ids.flatMap(
    (id) =>
      positions
        .get(id)
        ?.slice(0, 1)
        .map((position) => document.contactAt(position)) ?? [],
  );
};

const nameOfKey = ({ of, value }: Key): string => `${of} ${value}`;

const lookup = (document: Document, keys: readonly Key[]): readonly (readonly Contact[])[] => {
  const found = new Map(keys.map((key) => [nameOfKey(key), new Set<Contact>()]));
  const lengths = new Set(keys.filter(({ of }) => of === 'idPrefix').map(({ value }) => value.length));
  for (const { contact } of matching(document, { category: 'all' })) {
    for (const key of keysOf(contact)) {
      found.get(nameOfKey(key))?.add(contact);
      if (key.of !== 'id') continue;
      for (const length of lengths)
        found.get(nameOfKey({ of: 'idPrefix', value: key.value.slice(0, length) }))?.add(contact);
    }
  }
  return keys.map((key) => [...(found.get(nameOfKey(key)) ?? [])]);
};

/** A view in which a plan can look at contacts that it may not need. */
export type LookingView = StoreView & Pick<PlanView, 'lookAt'>;

/** What can be read of a state. The state is the caller's to close. */
export const viewOf = (document: Document): LookingView => ({
  find: async (selection, order, page) => find(document, await wantedOf(selection), order, page),
  findPage: async (selection, order, page) => find(document, await wantedOf(selection), order, page).contacts,
  findsAny: async (selection) => !matching(document, await wantedOf(selection)).next().done,
  async *each(selection, order) {
    yield* each(document, await wantedOf(selection), order);
  },
  get: async (ids) => get(document, ids),
  lookup: async (keys) => lookup(document, keys),
  lookAt: async (keys) => lookup(document, keys).map((found) => found.map(storedContactOf)),
  settings: async () => document.header.settings,
});
