import type { Key } from '../../../contacts/keys.js';
import { compareCodePoints } from '../../../contacts/order.js';
import type { Category } from '../../../fields/catalogue.js';
import type { LineRanges } from '../contact-lines.js';
import { type Arrangement, atPosition, type Fresh, lastUpTo, positionOfLine } from './arrangement.js';
import { eachGram } from './grams.js';
import { type Contents, linesOfBlock, type Section } from './index-file.js';
import { hashOfKey } from './key-hash.js';
import { allocatePages, IndexFault, type Pages, pageSize } from './pages.js';
import { IndexLine, indexLineOf } from './text-line.js';

type SectionName = keyof Contents['sections'];

const float64 = Float64Array.BYTES_PER_ELEMENT;
const uint32 = Uint32Array.BYTES_PER_ELEMENT;
/** Text that is read at once: first touches of memory cost more than reading it again. */
const pagesAtOnce = 8;

/** A contact that a search may find: where it stands, and its texts unless the index cannot hold them. */
export interface Candidate {
  readonly position: number;
  /** To be looked at before the next candidate is asked for. */
  readonly line?: IndexLine;
  /** It came after the index was built, so that the line's number says nothing. */
  readonly isFresh?: true;
}

/** What a contact is sorted by where names decide: among the index's lines, and then among fresh ones. */
export interface NamePlace {
  readonly rank: number;
  readonly fresh?: Fresh;
}

export const comparePlaces = (one: NamePlace, other: NamePlace): number =>
  one.rank - other.rank ||
  compareCodePoints(one.fresh?.name ?? '', other.fresh?.name ?? '') ||
  compareCodePoints(one.fresh?.id ?? '', other.fresh?.id ?? '');

/** A character for each byte. */
export const inLatin1 = (bytes: Buffer): string => bytes.toString('latin1');

/** Two lists in the order of positions as one. */
function* merged(lines: Iterable<Candidate>, others: readonly Candidate[]): Generator<Candidate, void> {
  let next = 0;
  for (const line of lines) {
    for (let other = others[next]; other && other.position < line.position; other = others[++next]) yield other;
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
  readonly #pages: Pages;
  #starts: Float64Array | undefined;

  constructor(
    contents: Contents,
    pages: Pages,
    changed?: { readonly count: number; readonly internal: number; readonly arrangement: Arrangement },
  ) {
    this.contents = contents;
    this.#pages = pages;
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
    const { start, length } = this.contents.sections.starts;
    const buffer = allocatePages(Math.ceil(length / pageSize) + 1);
    const bytes = this.#pages.readRange(buffer, start, length);
    this.#starts = new Float64Array(bytes.buffer, bytes.byteOffset, length / float64);
  }

  /** The positions of contacts that a key may find; `undefined` where the index does not tell. */
  positionsOf(key: Key): readonly number[] | undefined {
    const hash = hashOfKey(key);
    if (hash === undefined) return undefined;
    const { bitsOfBucket } = this.contents;
    const bucket = hash >>> (32 - bitsOfBucket);
    const [first, end] = [this.#uint32('directory', bucket), this.#uint32('directory', bucket + 1)];
    const pairs = this.#read('keys', first * 2 * uint32, (end - first) * 2 * uint32);
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
   * The contacts whose haystack may hold all of some folded texts, in the order of positions.
   *
   * @param needles none gives all contacts
   */
  candidates(needles: readonly string[]): Iterable<Candidate> {
    const { fresh } = this.arrangement;
    const wanted = needles.map((needle) => Buffer.from(needle));
    const others: Candidate[] = fresh.flatMap(({ position, text }) => {
      if (text === undefined) return [{ position }];
      const line = indexLineOf(text);
      return line.holds(wanted.map(inLatin1)) ? [{ position, line, isFresh: true }] : [];
    });
    for (const line of this.contents.unheld) {
      const position = positionOfLine(this.arrangement, line);
      if (position !== undefined) others.push({ position });
    }
    const lines = this.#linesWith(wanted);
    return others.length === 0
      ? lines
      : merged(
          lines,
          others.sort((a, b) => a.position - b.position),
        );
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

  /** Where a candidate stands by name. */
  placeOfCandidate({ position, line, isFresh }: Candidate): NamePlace {
    return line === undefined || isFresh ? this.placeOf(position) : this.#placeOfLine(line.number);
  }

  /** Where a contact stands by name. */
  placeOf(position: number): NamePlace {
    const found = this.#at(position);
    if (typeof found !== 'number') return { rank: found.rank - 0.5, fresh: found };
    return this.#placeOfLine(found);
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

  #placeOfLine(line: number): NamePlace {
    return { rank: this.#uint32('ranks', line) };
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
    return this.#float64('starts', line);
  }

  #lineAtRank(rank: number): { readonly line: number; readonly category: Category } {
    const value = this.#uint32('order', rank);
    return { line: value >>> 1, category: value & 1 ? 'internal' : 'external' };
  }

  #read(name: SectionName, at: number, length: number): Buffer {
    return this.#pages.bytes(this.#place(name, at, length), length);
  }

  #uint32(name: SectionName, index: number): number {
    return this.#pages.uint32(this.#place(name, index * uint32, uint32));
  }

  #float64(name: SectionName, index: number): number {
    return this.#pages.float64(this.#place(name, index * float64, float64));
  }

  /** Where in the file a part of a section stands. */
  #place(name: SectionName, at: number, length: number): number {
    const section = this.contents.sections[name];
    if (at + length > section.length) throw new IndexFault(`The index's ${name} end too early.`);
    return section.start + at;
  }

  /** Which blocks of lines may hold all of the texts, in order: those that have every gram of each. */
  *#blocksWith(needles: readonly Buffer[]): Generator<number, void> {
    const { bytesOfRow, count } = this.contents;
    const blocks = Math.ceil(count / linesOfBlock);
    const rows = new Set<number>();
    for (const needle of needles) eachGram(needle, (row) => rows.add(row));
    const held = Buffer.alloc(bytesOfRow, 0xff);
    for (const row of rows) {
      const bits = this.#read('grams', row * bytesOfRow, bytesOfRow);
      for (let at = 0; at < bytesOfRow; at++) (held[at] as number) &= bits[at] as number;
    }
    for (let block = 0; block < blocks; block++) {
      if ((held[block >>> 3] as number) & (1 << (block & 7))) yield block;
    }
  }

  /** Parts of the text that hold those blocks, neighbours together as long as they fit the buffer. */
  *#textOf(blocks: Iterable<number>): Generator<Section, void> {
    const startOf = (block: number) => this.#float64('blocks', block);
    const most = (pagesAtOnce - 1) * pageSize;
    let part: Section | undefined;
    for (const block of blocks) {
      const [start, end] = [startOf(block), startOf(block + 1)];
      if (part && part.start + part.length === start && end - part.start <= most) {
        part = { start: part.start, length: end - part.start };
      } else {
        if (part) yield part;
        part = { start, length: end - start };
      }
    }
    if (part) yield part;
  }

  *#linesWith(needles: readonly Buffer[]): Generator<Candidate, void> {
    const [longest, ...others] = needles.toSorted((a, b) => b.length - a.length);
    const wanted = needles.map(inLatin1);
    const { start: textStart } = this.contents.sections.text;
    let buffer: Buffer | undefined;
    for (const { start, length } of this.#textOf(this.#blocksWith(needles))) {
      const pages = Math.ceil(length / pageSize) + 1;
      if (buffer === undefined || buffer.length < pages * pageSize)
        buffer = allocatePages(Math.max(pages, pagesAtOnce));
      const bytes = this.#pages.readRange(buffer, textStart + start, length);
      const hitFrom = (at: number): number => (longest === undefined ? at : bytes.indexOf(longest, at));
      for (let hit = hitFrom(0); hit >= 0 && hit < bytes.length; ) {
        const end = bytes.indexOf(0x0a, hit);
        if (end < 0) throw new IndexFault('A line of the index does not end.');
        let next = hitFrom(hit + 1);
        const isOnly = next < 0 || next > end;
        if (!isOnly) next = hitFrom(end + 1);
        const line = new IndexLine(bytes, bytes.lastIndexOf(0x0a, hit) + 1, end, isOnly ? hit : undefined);
        const isHit = others.length === 0 && line.hasInHay(hit, longest?.length ?? 0);
        hit = next;
        if (!isHit && !line.holds(wanted)) continue;
        const position = positionOfLine(this.arrangement, line.number);
        if (position !== undefined) yield { position, line };
      }
    }
  }
}
