import { sortKey } from '../../contacts/order.js';
import type { QueryMatcher } from '../../contacts/query/matcher.js';
import type { Contact } from '../../fields/contact.js';
import { compareKeys } from '../list-place.js';
import type { Matches, Order, Page } from '../store.js';
import type { Document } from './document.js';
import { firstInOrder } from './first-in-order.js';
import { type Candidate, comparePlaces, type NamePlace, type SearchIndex } from './search-index/search-index.js';
import { inLatin1 } from './search-index/text-blocks.js';
import { pageOf } from './view.js';
import type { Wanted } from './wanted.js';

/** A state, with the index that tells of it. */
export interface Indexed {
  readonly document: Document;
  readonly index: SearchIndex;
}

const isByName = (order: Order): boolean => typeof order === 'object' && order.by === 'name' && !order.descending;

/** Those of some candidates that are selected. Only those are parsed that the index's texts cannot decide. */
function* selected(
  candidates: Iterable<Candidate>,
  { document }: Indexed,
  { category, matcher }: Wanted,
): Generator<Candidate, void> {
  for (const candidate of candidates) {
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

/** All that is selected, in the order of names. */
const matching = (indexed: Indexed, wanted: Wanted): Generator<Candidate, void> =>
  selected(indexed.index.candidates(wanted.matcher?.needles ?? []), indexed, wanted);

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

/** Makes of candidates what is compared of them. */
const placing = (indexed: Indexed, { matcher }: Wanted, order: Exclude<Order, 'stored'>) => {
  const rankOf = order === 'rank' && matcher ? rankIn(indexed, matcher) : () => 0;
  return (candidate: Candidate): Placed => {
    const { position, rank, fresh } = candidate;
    const isByKey = order !== 'rank' && !isByName(order);
    const key = isByKey ? sortKey(indexed.document.contactAt(position), order.by) : undefined;
    return { position, rank: rankOf(candidate), key, place: { rank, ...(fresh && { fresh }) } };
  };
};

const comparing = (order: Exclude<Order, 'stored'>) => {
  const direction = order !== 'rank' && order.descending ? -1 : 1;
  return (a: Placed, b: Placed): number =>
    a.rank - b.rank || compareKeys(a.key, b.key, direction) || comparePlaces(a.place, b.place);
};

/** The matches, in an order that is not the stored one: those of a page's end and before it, and how many there are. */
const sorted = (indexed: Indexed, wanted: Wanted, order: Exclude<Order, 'stored'>, most: number) => {
  const placed = placing(indexed, wanted, order);
  const places: Placed[] = [];
  for (const candidate of matching(indexed, wanted)) places.push(placed(candidate));
  const first = firstInOrder(places, comparing(order), most);
  return { positions: first.map(({ position }) => position), total: places.length };
};

/**
 * The first of the matches by rank, of a query for one word. Those blocks are looked through in which the word may be in
 * a name, or be an identifier. What the others have is no better than a word that begins with it: of them, which are in
 * the order of names, no more is read than the page takes.
 */
const firstByRank = (indexed: Indexed, wanted: Wanted, matcher: QueryMatcher, word: string, most: number) => {
  const { index } = indexed;
  const compare = comparing('rank');
  const placed = placing(indexed, wanted, 'rank');
  const naming = new Set(index.blocksNaming(word));
  const holding = index.blocksHolding([word]);
  const inBlocks = (blocks: readonly number[]) => selected(index.candidatesIn(blocks, [word]), indexed, wanted);

  const known: Placed[] = [];
  for (const candidate of selected(index.candidatesElsewhere([word]), indexed, wanted)) known.push(placed(candidate));
  for (const candidate of inBlocks(holding.filter((block) => naming.has(block)))) known.push(placed(candidate));
  known.sort(compare);

  const bestOfOthers = matcher.rankOutsideNames(true);
  const others: Placed[] = [];
  let before = 0;
  let best = 0;
  for (const candidate of inBlocks(holding.filter((block) => !naming.has(block)))) {
    const comesBefore = ({ rank, place }: Placed): boolean =>
      rank < bestOfOthers || (rank === bestOfOthers && comparePlaces(place, candidate) < 0);
    for (let next = known[before]; next && comesBefore(next); next = known[before]) before += 1;
    if (before + best >= most) break;
    const other = placed(candidate);
    others.push(other);
    if (other.rank === bestOfOthers) best += 1;
  }
  return firstInOrder([...known, ...others], compare, most).map(({ position }) => position);
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

/** The positions of the matches in stored order, of which all are found out first. */
const inStoredOrder = (indexed: Indexed, wanted: Wanted): readonly number[] =>
  Array.from(matching(indexed, wanted), ({ position }) => position).sort((one, other) => one - other);

/** The positions of what is selected, in order. */
export function* positions(indexed: Indexed, wanted: Wanted, order: Order): Generator<number, void> {
  if (wanted.matcher === undefined && order === 'stored') yield* inTurn(indexed, wanted.category);
  else if (wanted.matcher === undefined && isByName(order)) yield* byName(indexed.index, wanted.category);
  else if (order === 'stored') yield* inStoredOrder(indexed, wanted);
  else if (isByName(order)) for (const { position } of matching(indexed, wanted)) yield position;
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

const contactsAt = ({ document }: Indexed, positions: readonly number[]): readonly Contact[] =>
  positions.map((position) => document.contactAt(position));

const endOf = ({ offset, limit = Number.POSITIVE_INFINITY }: Page): number => offset + limit;

/** Whether any contact is selected. */
export const findsAny = (indexed: Indexed, wanted: Wanted): boolean => !matching(indexed, wanted).next().done;

/** A page of what is selected, and how much that is. */
export const find = (indexed: Indexed, wanted: Wanted, order: Order, page: Page): Matches => {
  if (wanted.matcher === undefined) {
    return { contacts: findPage(indexed, wanted, order, page), total: indexed.index.countOf(wanted.category) };
  }
  if (order === 'stored') {
    const all = inStoredOrder(indexed, wanted);
    return { contacts: contactsAt(indexed, pageOf(all, page)), total: all.length };
  }
  const { positions, total } = sorted(indexed, wanted, order, endOf(page));
  return { contacts: contactsAt(indexed, pageOf(positions, page)), total };
};

/** A page of what is selected. */
export const findPage = (indexed: Indexed, wanted: Wanted, order: Order, page: Page): readonly Contact[] => {
  const { matcher } = wanted;
  const found = (): readonly number[] => {
    if (order === 'rank' && matcher?.loneWord !== undefined) {
      return pageOf(firstByRank(indexed, wanted, matcher, matcher.loneWord, endOf(page)), page);
    }
    if (order === 'stored' || isByName(order)) return firstOf(positions(indexed, wanted, order), page);
    return pageOf(sorted(indexed, wanted, order, endOf(page)).positions, page);
  };
  return contactsAt(indexed, found());
};
