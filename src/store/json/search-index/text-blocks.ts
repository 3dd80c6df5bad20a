import { eachGram, eachRowOfIdentifier } from './grams.js';
import { type Contents, linesOfBlock, type Section } from './index-file.js';
import { hashOfText } from './key-hash.js';
import { allocatePages, IndexFault, pageSize } from './pages.js';
import type { Sections } from './sections.js';
import { IndexLine } from './text-line.js';

/**
 * Text that is read at once: first little, since often the first lines suffice, then twice as much each time up to a most,
 * since first touches of memory cost more than reading it again.
 */
const leastAtOnce = 1 << 15;
const mostAtOnce = 7 << 15;

/** A character for each byte. */
export const inLatin1 = (bytes: Buffer): string => bytes.toString('latin1');

/** The numbers of the bits that are set, in order. */
const setBits = (bits: Uint8Array, count: number): readonly number[] => {
  const numbers: number[] = [];
  for (let number = 0; number < count; number++) {
    if ((bits[number >>> 3] as number) & (1 << (number & 7))) numbers.push(number);
  }
  return numbers;
};

const rowsOfGrams = (texts: readonly Uint8Array[]): ReadonlySet<number> => {
  const rows = new Set<number>();
  for (const text of texts) eachGram(text, (row) => rows.add(row));
  return rows;
};

/** What the table of grams tells of each block: what the texts of its contacts hold, and what their names do. */
type Half = 'texts' | 'names';

/**
 * The index's text in blocks of lines by name. The table of grams says which blocks may hold a text; those are read, and
 * looked through.
 */
export class TextBlocks {
  readonly #contents: Contents;
  readonly #sections: Sections;

  constructor(contents: Contents, sections: Sections) {
    this.#contents = contents;
    this.#sections = sections;
  }

  /** The blocks that may have all of some texts in one contact's haystack, in order. */
  holding(texts: readonly Buffer[]): readonly number[] {
    return setBits(this.#inAll('texts', rowsOfGrams(texts)), this.#count);
  }

  /** The blocks in which a word may be part of a name, or be an identifier, in order. */
  naming(word: string): readonly number[] {
    const found = this.#inAll('names', rowsOfGrams([Buffer.from(word)]));
    const rows = new Set<number>();
    eachRowOfIdentifier(hashOfText(word), (row) => rows.add(row));
    const identified = this.#inAll('names', rows);
    for (let at = 0; at < found.length; at++) (found[at] as number) |= identified[at] as number;
    return setBits(found, this.#count);
  }

  /**
   * The lines of some blocks whose haystack holds all of some texts, in order; each is to be looked at before the next.
   *
   * @param texts none gives all lines
   */
  *lines(blocks: Iterable<number>, texts: readonly Buffer[]): Generator<IndexLine, void> {
    const [longest, ...others] = texts.toSorted((a, b) => b.length - a.length);
    const wanted = texts.map(inLatin1);
    let buffer: Buffer | undefined;
    for (const { start, length } of this.#parts(blocks)) {
      const pages = Math.ceil(length / pageSize) + 1;
      if (buffer === undefined || buffer.length < pages * pageSize)
        buffer = allocatePages(Math.max(pages, mostAtOnce / pageSize + 1));
      const bytes = this.#sections.read(buffer, 'text', start, length);
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
        if (isHit || line.holds(wanted)) yield line;
      }
    }
  }

  get #count(): number {
    return Math.ceil(this.#contents.count / linesOfBlock);
  }

  /** A bit for each block, set where the block has all of some rows' grams. */
  #inAll(half: Half, rows: Iterable<number>): Uint8Array {
    const { bytesOfRow } = this.#contents;
    const found = new Uint8Array(bytesOfRow).fill(0xff);
    for (const row of rows) {
      const at = (2 * row + (half === 'texts' ? 0 : 1)) * bytesOfRow;
      const bits = this.#sections.bytes('grams', at, bytesOfRow);
      for (let index = 0; index < bytesOfRow; index++) (found[index] as number) &= bits[index] as number;
    }
    return found;
  }

  /** Parts of the text that hold some blocks, neighbours together as long as they fit the buffer. */
  *#parts(blocks: Iterable<number>): Generator<Section, void> {
    const startOf = (block: number): number => this.#sections.float64('blocks', block);
    let part: Section | undefined;
    let atOnce = leastAtOnce;
    for (const block of blocks) {
      const [start, end] = [startOf(block), startOf(block + 1)];
      if (part && part.start + part.length === start && end - part.start <= atOnce) {
        part = { start: part.start, length: end - part.start };
      } else {
        if (part) {
          yield part;
          atOnce = Math.min(2 * atOnce, mostAtOnce);
        }
        part = { start, length: end - start };
      }
    }
    if (part) yield part;
  }
}
