import { type Key, keysOf } from '../../contacts/keys.js';
import { sortKey } from '../../contacts/order.js';
import type { QueryMatcher } from '../../contacts/query/matcher.js';
import type { StoredContact } from '../../contacts/stored-contact.js';
import type { Contact } from '../../fields/contact.js';
import { compareKeys } from '../list-place.js';
import type { Matches, Order, Page } from '../store.js';
import type { Document } from './document.js';
import { firstInOrder } from './first-in-order.js';
import {
  type Candidate,
  comparePlaces,
  inLatin1,
  type NamePlace,
  type SearchIndex,
} from './search-index/search-index.js';
import { type LookingView, pageOf } from './view.js';
import { type Wanted, wantedOf } from './wanted.js';

interface Indexed {
  readonly document: Document;
  readonly index: SearchIndex;
}

const isByName = (order: Order): boolean => typeof order === 'object' && order.by === 'name' && !order.descending;

/** The candidates that are selected, in stored order. Only those are parsed that the index's texts cannot decide. */
function* matching({ document, index }: Indexed, { category, matcher }: Wanted): Generator<Candidate, void> {
  for (const candidate of index.candidates(matcher?.needles ?? [])) {
    const { line, position } = candidate;
    if (line === undefined) {
      const contact = document.contactAt(position);
      if (category !== 'all' && contact.category !== category) continue;
      if (matcher === undefined || matcher.fits(contact)) yield candidate;
    } else if (category === 'all' || line.category === category) {
      const contactOf = (): Contact => document.contactAt(position);
      const isFit = matcher === undefined || matcher.needlesDecide || matcher.fitsTexts(() => line.hay, contactOf);
      if (isFit) yield candidate;
    }
  }
}

interface Placed {
  readonly position: number;
  readonly rank: number;
  readonly key: string | undefined;
  readonly place: NamePlace;
}

/** Says of candidates that fit how well they do, from the index's texts alone where there are any. */
const rankIn = ({ document }: Indexed, matcher: QueryMatcher): ((candidate: Candidate) => number) => {
  const { loneWord } = matcher;
  const word = loneWord === undefined ? undefined : inLatin1(Buffer.from(loneWord));
  const outsideNames = { start: matcher.rankOutsideNames(true), middle: matcher.rankOutsideNames(false) };
  return ({ position, line }) => {
    if (line === undefined) return matcher.rank(document.contactAt(position));
    const standing = word === undefined ? undefined : line.standingOf(word);
    if (standing !== undefined) return outsideNames[standing];
    return matcher.rankOfSubject(() => line.subject);
  };
};

/** The matches, in an order that is not the stored one: those of a page's end and before it, and how many there are. */
const sorted = (indexed: Indexed, wanted: Wanted, order: Exclude<Order, 'stored'>, most: number) => {
  const { document, index } = indexed;
  const { matcher } = wanted;
  const rankOf = order === 'rank' && matcher ? rankIn(indexed, matcher) : () => 0;
  const places: Placed[] = [];
  for (const candidate of matching(indexed, wanted)) {
    const { position } = candidate;
    const rank = rankOf(candidate);
    const key = order === 'rank' || isByName(order) ? undefined : sortKey(document.contactAt(position), order.by);
    places.push({ position, rank, key, place: index.placeOfCandidate(candidate) });
  }
  const direction = order !== 'rank' && order.descending ? -1 : 1;
  const first = firstInOrder(
    places,
    (a, b) => a.rank - b.rank || compareKeys(a.key, b.key, direction) || comparePlaces(a.place, b.place),
    most,
  );
  return { positions: first.map(({ position }) => position), total: places.length };
};

function* byName(index: SearchIndex, category: Wanted['category']): Generator<number, void> {
  for (const found of index.byName()) if (category === 'all' || found.category === category) yield found.position;
}

/** The positions of the contacts of a category in stored order; each contact is looked at where there are others. */
function* inTurn({ document, index }: Indexed, category: Wanted['category']): Generator<number, void> {
  const isEvery = index.countOf(category) === index.count;
  for (let position = 0; position < index.count; position++) {
    if (isEvery || document.contactAt(position).category === category) yield position;
  }
}

/** The positions of what is selected, in order. */
function* positions(indexed: Indexed, wanted: Wanted, order: Order): Generator<number, void> {
  if (wanted.matcher === undefined && order === 'stored') yield* inTurn(indexed, wanted.category);
  else if (wanted.matcher === undefined && isByName(order)) yield* byName(indexed.index, wanted.category);
  else if (order === 'stored') for (const { position } of matching(indexed, wanted)) yield position;
  else yield* sorted(indexed, wanted, order, Number.POSITIVE_INFINITY).positions;
}

/** The first positions of a page, without looking at those that come after it. */
const firstOf = (found: Iterable<number>, { offset, limit = Number.POSITIVE_INFINITY }: Page): readonly number[] => {
  const page: number[] = [];
  let passed = 0;
  if (limit === 0) return page;
  for (const position of found) {
    passed += 1;
    if (passed > offset) page.push(position);
    if (page.length === limit) break;
  }
  return page;
};

const find = (indexed: Indexed, wanted: Wanted, order: Order, page: Page): Matches => {
  const { document, index } = indexed;
  if (wanted.matcher !== undefined && order !== 'stored') {
    const { offset, limit = Number.POSITIVE_INFINITY } = page;
    const { positions, total } = sorted(indexed, wanted, order, offset + limit);
    return { contacts: pageOf(positions, page).map((position) => document.contactAt(position)), total };
  }
  const found = positions(indexed, wanted, order);
  if (wanted.matcher === undefined) {
    const contacts = firstOf(found, page).map((position) => document.contactAt(position));
    return { contacts, total: index.countOf(wanted.category) };
  }
  const all = [...found];
  return { contacts: pageOf(all, page).map((position) => document.contactAt(position)), total: all.length };
};

/** The contacts of a document, each parsed once however often it is looked at. */
const onceEach = (document: Document) => {
  const seen = new Map<number, Contact>();
  return (position: number): Contact => {
    const contact = seen.get(position) ?? document.contactAt(position);
    seen.set(position, contact);
    return contact;
  };
};

const isFoundBy = (key: Key, contact: Contact): boolean =>
  keysOf(contact).some(({ of, value }) =>
    key.of === 'idPrefix' ? of === 'id' && value.startsWith(key.value) : of === key.of && value === key.value,
  );

/** Somebody asks for what the index does not tell. */
class Untold extends Error {}

/**
 * What can be read of a state that has an index, without reading it whole. Where the index turns out to be damaged, the
 * answers come from the state as it is read whole.
 *
 * @param whole reads the state whole
 * @param drop removes the index, which something is wrong with
 */
export const indexedView = (indexed: Indexed, whole: () => LookingView, drop: () => void): LookingView => {
  let instead: LookingView | undefined;
  const fallBack = (error: unknown): LookingView => {
    if (!(error instanceof Untold)) drop();
    instead = whole();
    return instead;
  };
  const answer = async <Result>(
    fromIndex: () => Result,
    fromView: (view: LookingView) => Promise<Result>,
  ): Promise<Result> => {
    if (instead !== undefined) return fromView(instead);
    try {
      return fromIndex();
    } catch (error) {
      return fromView(fallBack(error));
    }
  };
  const positionsOf = (key: Key): readonly number[] => {
    const told = indexed.index.positionsOf(key);
    if (told === undefined) throw new Untold();
    return told;
  };
  const toldOf = (key: Key, contactAt: (position: number) => Contact): readonly Contact[] =>
    positionsOf(key)
      .map(contactAt)
      .filter((contact) => isFoundBy(key, contact));
  const storedAt = (key: Key, position: number): StoredContact => {
    const stored = indexed.document.storedAt(position);
    const contact = (): Contact | undefined => {
      const made = stored.contact();
      return made !== undefined && isFoundBy(key, made) ? made : undefined;
    };
    return { ...stored, contact };
  };
  return {
    find: async (selection, order, page) => {
      const wanted = await wantedOf(selection);
      return answer(
        () => find(indexed, wanted, order, page),
        (view) => view.find(selection, order, page),
      );
    },
    async *each(selection, order) {
      let given = 0;
      try {
        if (instead === undefined) {
          if (selection.query === undefined) indexed.index.readStarts();
          for (const position of positions(indexed, await wantedOf(selection), order)) {
            const contact = indexed.document.contactAt(position);
            given += 1;
            yield contact;
          }
          return;
        }
      } catch (error) {
        fallBack(error);
      }
      let passed = 0;
      for await (const contact of (instead ?? fallBack(new Untold())).each(selection, order)) {
        passed += 1;
        if (passed > given) yield contact;
      }
    },
    get: (ids) =>
      answer(
        () =>
          ids.flatMap((id) => {
            const found = toldOf({ of: 'id', value: id }, (position) => indexed.document.contactAt(position));
            return found.filter((contact) => contact.id === id).slice(0, 1);
          }),
        (view) => view.get(ids),
      ),
    lookup: (keys) =>
      answer(
        () => {
          const contactAt = onceEach(indexed.document);
          return keys.map((key) => toldOf(key, contactAt));
        },
        (view) => view.lookup(keys),
      ),
    lookAt: (keys) =>
      answer(
        () => keys.map((key) => positionsOf(key).map((position) => storedAt(key, position))),
        (view) => view.lookAt(keys),
      ),
    settings: async () => indexed.document.header.settings,
  };
};
