import type { Key } from '../../../contacts/keys.js';
import { compareCodePoints } from '../../../contacts/order.js';
import type { Category } from '../../../fields/catalogue.js';
import type { LineRanges } from '../contact-lines.js';
import { type Arrangement, atPosition, type Fresh, lastUpTo, positionOfLine } from './arrangement.js';
import type { Contents } from './index-file.js';
import { hashOfKey } from './key-hash.js';
import { allocatePages, IndexFault, type Pages, pageSize } from './pages.js';
import { Sections } from './sections.js';
import { inLatin1, TextBlocks } from './text-blocks.js';
import { type IndexLine, indexLineOf } from './text-line.js';

const float64 = Float64Array.BYTES_PER_ELEMENT;
const uint32 = Uint32Array.BYTES_PER_ELEMENT;

/** What a contact is sorted by where names decide: among the index's lines, and then among fresh ones. */
export interface NamePlace {
  readonly rank: number;
  readonly fresh?: Fresh;
}

/** A contact that a search may find: where it stands in the store and by name, and its texts unless no line holds them. */
export interface Candidate extends NamePlace {
  readonly position: number;
  /** To be looked at before the next candidate is asked for. */
  readonly line?: IndexLine;
}

const placeOfFresh = (fresh: Fresh): NamePlace => ({ rank: fresh.rank - 0.5, fresh });

const bytesOf = (texts: readonly string[]): readonly Buffer[] => texts.map((text) => Buffer.from(text));

export const comparePlaces = (one: NamePlace, other: NamePlace): number =>
  one.rank - other.rank ||
  compareCodePoints(one.fresh?.name ?? '', other.fresh?.name ?? '') ||
  compareCodePoints(one.fresh?.id ?? '', other.fresh?.id ?? '');

/** Two lists in the order of names as one. */
function* merged(lines: Iterable<Candidate>, others: readonly Candidate[]): Generator<Candidate, void> {
  let next = 0;
  for (const line of lines) {
    for (let other = others[next]; other && other.rank < line.rank; other = others[++next]) yield other;
    yield line;
  }
  yield* others.slice(next);
}

/**
 * What an index tells of the store's contacts. It finds those that a search or a key may mean, which have to be looked
 * at then: it never leaves one out, and may give some too many.
 *
 * Each method throws an IndexFault where a part of the index is damaged.
 */
export class SearchIndex implements LineRanges {
  readonly count: number;
  readonly internal: number;
  readonly arrangement: Arrangement;
  readonly contents: Contents;
  readonly #sections: Sections;
  readonly #blocks: TextBlocks;
  #starts: Float64Array | undefined;

  constructor(
    contents: Contents,
    pages: Pages,
    changed?: { readonly count: number; readonly internal: number; readonly arrangement: Arrangement },
  ) {
    this.contents = contents;
    this.#sections = new Sections(contents, pages);
    this.#blocks = new TextBlocks(contents, this.#sections);
    this.count = changed?.count ?? contents.count;
    this.internal = changed?.internal ?? contents.internal;
    this.arrangement = changed?.arrangement ?? {
      runs: contents.count === 0 ? [] : [{ position: 0, line: 0, count: contents.count, start: this.#startOfLine(0) }],
      fresh: [],
    };
  }

  countOf(category: Category | 'all'): number {
    if (category === 'all') return this.count;
    return category === 'internal' ? this.internal : this.count - this.internal;
  }

  /** Where in the store's file the first contact begins, and the header ends. */
  get firstStart(): number {
    return this.start(0);
  }

  start(position: number): number {
    const found = this.#at(position);
    return typeof found === 'number' ? this.#moved(position, found) : found.start;
  }

  end(position: number): number {
    const found = this.#at(position);
    if (typeof found !== 'number') return found.end;
    const isLast = found === this.contents.count - 1;
    const length = this.#startOfLine(found + 1) - this.#startOfLine(found) - (isLast ? '\n' : ',\n').length;
    return this.#moved(position, found) + length;
  }

  /** Reads where all lines begin, so that nothing about their places can go wrong afterwards. */
  readStarts(): void {
    const { length } = this.contents.sections.starts;
    const bytes = this.#sections.read(allocatePages(Math.ceil(length / pageSize) + 1), 'starts', 0, length);
    this.#starts = new Float64Array(bytes.buffer, bytes.byteOffset, length / float64);
  }

  /** The positions of contacts that a key may find; `undefined` where the index does not tell. */
  positionsOf(key: Key): readonly number[] | undefined {
    const hash = hashOfKey(key);
    if (hash === undefined) return undefined;
    const { bitsOfBucket } = this.contents;
    const bucket = hash >>> (32 - bitsOfBucket);
    const [first, end] = [this.#sections.uint32('directory', bucket), this.#sections.uint32('directory', bucket + 1)];
    const pairs = this.#sections.bytes('keys', first * 2 * uint32, (end - first) * 2 * uint32);
    const positions: number[] = [];
    for (let at = 0; at < pairs.length; at += 2 * uint32) {
      if (pairs.readUInt32LE(at) !== hash) continue;
      const position = positionOfLine(this.arrangement, pairs.readUInt32LE(at + uint32));
      if (position !== undefined) positions.push(position);
    }
    for (const { hashes, position } of this.arrangement.fresh) if (hashes.includes(hash)) positions.push(position);
    return positions.sort((a, b) => a - b);
  }

  /**
   * The contacts whose haystack may hold all of some folded texts, in the order of names.
   *
   * @param needles none gives all contacts
   */
  candidates(needles: readonly string[]): Iterable<Candidate> {
    const lines = this.candidatesIn(this.blocksHolding(needles), needles);
    const others = this.candidatesElsewhere(needles);
    return others.length === 0 ? lines : merged(lines, others);
  }

  /**
   * The candidates of some blocks, in the order of names. The blocks are in that order too: each has `linesOfBlock`
   * ranks, save the last.
   */
  *candidatesIn(blocks: Iterable<number>, needles: readonly string[]): Generator<Candidate, void> {
    for (const line of this.#blocks.lines(blocks, bytesOf(needles))) {
      const { rank } = line;
      const position = positionOfLine(this.arrangement, this.#lineAtRank(rank).line);
      if (position !== undefined) yield { position, rank, line };
    }
  }

  /** The candidates that are in no block, in the order of names: they came later, or their texts cannot be held. */
  candidatesElsewhere(needles: readonly string[]): readonly Candidate[] {
    const wanted = bytesOf(needles).map(inLatin1);
    const others: Candidate[] = this.arrangement.fresh.flatMap((fresh) => {
      const place = { position: fresh.position, ...placeOfFresh(fresh) };
      if (fresh.text === undefined) return [place];
      const line = indexLineOf(fresh.text);
      return line.holds(wanted) ? [{ ...place, line }] : [];
    });
    for (const line of this.contents.unheld) {
      const position = positionOfLine(this.arrangement, line);
      if (position !== undefined) others.push({ position, rank: this.#sections.uint32('ranks', line) });
    }
    return others.sort(comparePlaces);
  }

  /** The blocks that may have all of some folded texts in one contact's haystack, in order. */
  blocksHolding(needles: readonly string[]): readonly number[] {
    return this.#blocks.holding(bytesOf(needles));
  }

  /** The blocks in which a folded word may be part of a name, or be an identifier, in order. */
  blocksNaming(word: string): readonly number[] {
    return this.#blocks.naming(word);
  }

  /** All contacts by name, in the order of `sortKey` and then of ids. */
  *byName(): Generator<{ readonly position: number; readonly category: Category }, void> {
    const { fresh } = this.arrangement;
    const others = fresh.toSorted((a, b) => comparePlaces({ rank: a.rank, fresh: a }, { rank: b.rank, fresh: b }));
    let next = 0;
    const following = function* (rank: number) {
      for (let other = others[next]; other && other.rank <= rank; other = others[++next]) yield other;
    };
    for (let rank = 0; rank < this.contents.count; rank++) {
      yield* following(rank);
      const found = this.#lineAtRank(rank);
      const position = positionOfLine(this.arrangement, found.line);
      if (position !== undefined) yield { position, category: found.category };
    }
    yield* following(Number.POSITIVE_INFINITY);
  }

  /**
   * How many of the index's lines come before a contact that is in none of them.
   *
   * @param comesAfter whether it comes after the contact at a position
   */
  rankOf(comesAfter: (position: number) => boolean): number {
    let [low, high] = [0, this.contents.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      let [rank, position] = [middle, undefined as number | undefined];
      // What was deleted can be compared no more; the next one that is there stands for it.
      for (; rank < high && position === undefined; rank++) {
        position = positionOfLine(this.arrangement, this.#lineAtRank(rank).line);
      }
      if (position !== undefined && comesAfter(position)) low = rank;
      else high = middle;
    }
    return low;
  }

  /** The least rank that has the same lines before it, of those that are there in an arrangement. */
  leastRank(rank: number, arrangement: Arrangement): number {
    let least = rank;
    while (least > 0 && positionOfLine(arrangement, this.#lineAtRank(least - 1).line) === undefined) least -= 1;
    return least;
  }

  #at(position: number): number | Fresh {
    const found = atPosition(this.arrangement, position);
    if (found === undefined) throw new IndexFault(`The index knows no contact ${position} of ${this.count}.`);
    return found;
  }

  #moved(position: number, line: number): number {
    const run = lastUpTo(this.arrangement.runs, (one) => one.position, position);
    if (run === undefined) throw new IndexFault(`The index knows no line ${line}.`);
    return run.start + this.#startOfLine(line) - this.#startOfLine(run.line);
  }

  #startOfLine(line: number): number {
    const known = this.#starts?.[line];
    if (known !== undefined) return known;
    return this.#sections.float64('starts', line);
  }

  #lineAtRank(rank: number): { readonly line: number; readonly category: Category } {
    const value = this.#sections.uint32('order', rank);
    return { line: value >>> 1, category: value & 1 ? 'internal' : 'external' };
  }
}
