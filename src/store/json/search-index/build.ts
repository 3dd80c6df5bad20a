import { NumberList } from '../../../contacts/number-list.js';
import { compareCodePoints, sortKey } from '../../../contacts/order.js';
import { subjectOf } from '../../../contacts/query/rank.js';
import { createMemoryScratch } from '../../../contacts/scratch.js';
import type { ContactLines } from '../contact-lines.js';
import type { Output } from '../output.js';
import { BlockGrams, gramRows } from './grams.js';
import { type Contents, linesOfBlock, type Section, writeContents } from './index-file.js';
import { hashOfText, keyHashes } from './key-hash.js';
import { PageWriter } from './pages.js';
import { encodeRank, encodeTextLine, searchedIn } from './text-line.js';

const bytesOf = (values: Uint32Array | Float64Array | Uint8Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const entriesOfBucket = 8;
/** Of longer lines the index holds no text, so that the buffers in which it is searched stay small. */
const longestLine = 1 << 16;

const endOfLine = Buffer.from('\n');

/** The pairs of hash and line in the order of the hashes' first bits, and where in it each bucket of them begins. */
const keyTable = (hashes: NumberList, lines: NumberList) => {
  const bits = Math.max(1, Math.ceil(Math.log2(hashes.length / entriesOfBucket + 1)));
  const bucketOf = (index: number): number => hashes.at(index) >>> (32 - bits);
  const directory = new Uint32Array(2 ** bits + 1);
  for (let index = 0; index < hashes.length; index++) (directory[bucketOf(index) + 1] as number) += 1;
  for (let bucket = 1; bucket < directory.length; bucket++)
    (directory[bucket] as number) += directory[bucket - 1] as number;
  const next = directory.slice();
  const pairs = new Uint32Array(hashes.length * 2);
  for (let index = 0; index < hashes.length; index++) {
    const place = (next[bucketOf(index)] as number)++;
    pairs[place * 2] = hashes.at(index);
    pairs[place * 2 + 1] = lines.at(index);
  }
  return { bits, directory, pairs };
};

/** The bits of blocks in the rows of grams, of which each block's are set when all of it is known. */
class GramTable {
  readonly bytesOfRow: number;
  readonly bits: Uint8Array;
  readonly #texts = new BlockGrams();
  readonly #names = new BlockGrams();

  /** @param blocks how many there are */
  constructor(blocks: number) {
    this.bytesOfRow = Math.ceil(blocks / 8);
    this.bits = new Uint8Array(2 * gramRows * this.bytesOfRow);
  }

  addLine(bytes: Uint8Array): void {
    const { hay, names } = searchedIn(bytes);
    this.#texts.addGrams(hay);
    this.#names.addGrams(names);
  }

  addIdentifier(hash: number): void {
    this.#names.addIdentifier(hash);
  }

  endBlock(block: number): void {
    const [byte, bit] = [block >>> 3, 1 << (block & 7)];
    for (const [half, grams] of [this.#texts, this.#names].entries()) {
      for (const row of grams.take()) (this.bits[(2 * row + half) * this.bytesOfRow + byte] as number) |= bit;
    }
  }
}

/**
 * Writes an index of a store's lines. All contacts are read for it once; what is kept of them in memory is their texts,
 * and some 200 bytes more.
 *
 * @throws StoreError where a line is damaged
 */
export const writeIndex = (
  output: Output,
  lines: ContactLines,
  from: Pick<Contents, 'identity' | 'revision'>,
): void => {
  const { count } = lines;
  const starts = new Float64Array(count + 1);
  const [hashes, linesOfHashes] = [new NumberList(), new NumberList()];
  const names: string[] = [];
  const ids: string[] = [];
  const staff = new Uint8Array(count);
  const unheld: number[] = [];
  const scratch = createMemoryScratch();
  const textStarts = new Float64Array(count);
  const textLengths = new Uint32Array(count);
  const identifiers = new NumberList();
  const endOfIdentifiers = new NumberList();

  for (let line = 0; line < count; line++) {
    const contact = lines.contact(line);
    const { category, id } = contact;
    starts[line] = lines.start(line);
    if (category === 'internal') staff[line] = 1;
    names.push(sortKey(contact, 'name') ?? '');
    ids.push(id);
    for (const hash of keyHashes(contact)) {
      hashes.push(hash);
      linesOfHashes.push(line);
    }
    const subject = subjectOf(contact);
    const isShort = lines.end(line) - lines.start(line) <= longestLine;
    const text = isShort ? encodeTextLine({ category, subject }) : undefined;
    if (text === undefined) {
      unheld.push(line);
    } else {
      const { start, length } = scratch.add(text);
      textStarts[line] = start;
      textLengths[line] = length;
      for (const identifier of subject.identifiers) identifiers.push(hashOfText(identifier));
    }
    endOfIdentifiers.push(identifiers.length);
  }
  starts[count] = count > 0 ? lines.end(count - 1) + '\n'.length : 0;

  const order = Uint32Array.from({ length: count }, (_, line) => line).sort(
    (a, b) => compareCodePoints(names[a] ?? '', names[b] ?? '') || compareCodePoints(ids[a] ?? '', ids[b] ?? ''),
  );
  const writer = new PageWriter(output);
  const blockStarts: number[] = [];
  const grams = new GramTable(Math.ceil(count / linesOfBlock));
  for (const [rank, line] of order.entries()) {
    if (rank % linesOfBlock === 0) {
      if (rank > 0) grams.endBlock(rank / linesOfBlock - 1);
      blockStarts.push(writer.length);
    }
    const [start, length] = [textStarts[line] as number, textLengths[line] as number];
    if (length === 0) continue;
    const bytes = scratch.read({ start, length });
    writer.write(Buffer.from(encodeRank(rank)));
    writer.write(bytes);
    writer.write(endOfLine);
    grams.addLine(bytes);
    const first = line === 0 ? 0 : endOfIdentifiers.at(line - 1);
    for (let at = first; at < endOfIdentifiers.at(line); at++) grams.addIdentifier(identifiers.at(at));
  }
  if (count > 0) grams.endBlock(blockStarts.length - 1);
  blockStarts.push(writer.length);
  scratch.close();
  const text: Section = { start: 0, length: writer.length };

  const section = (values: Uint32Array | Float64Array | Uint8Array): Section => {
    writer.endPage();
    const start = writer.length;
    writer.write(bytesOf(values));
    return { start, length: values.byteLength };
  };
  const ranks = new Uint32Array(count);
  for (const [rank, line] of order.entries()) {
    ranks[line] = rank;
    order[rank] = line * 2 + (staff[line] as number);
  }
  const { bits, directory, pairs } = keyTable(hashes, linesOfHashes);
  writeContents(output, writer, {
    ...from,
    count,
    internal: staff.reduce((sum, one) => sum + one, 0),
    unheld,
    bytesOfRow: grams.bytesOfRow,
    bitsOfBucket: bits,
    sections: {
      text,
      blocks: section(Float64Array.from(blockStarts)),
      grams: section(grams.bits),
      starts: section(starts),
      directory: section(directory),
      keys: section(pairs),
      order: section(order),
      ranks: section(ranks),
    },
  });
};
