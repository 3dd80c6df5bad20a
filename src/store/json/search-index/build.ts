import { NumberList } from '../../../contacts/number-list.js';
import { compareCodePoints, sortKey } from '../../../contacts/order.js';
import { subjectOf } from '../../../contacts/query/rank.js';
import { mostBytesOfUnit } from '../../../fields/utf8.js';
import type { ContactLines } from '../contact-lines.js';
import type { Output } from '../output.js';
import { BlockGrams, gramRows } from './grams.js';
import { type Contents, linesOfBlock, type Section, writeContents } from './index-file.js';
import { keyHashes } from './key-hash.js';
import { PageWriter } from './pages.js';
import { encodeTextLine, haystackIn } from './text-line.js';

/** Makes bytes of texts in one buffer: they are good until the next text. */
const createEncoder = (): ((text: string) => Buffer) => {
  let buffer = Buffer.allocUnsafe(1 << 16);
  return (text) => {
    const most = text.length * mostBytesOfUnit;
    if (most > buffer.length) buffer = Buffer.allocUnsafe(most);
    return buffer.subarray(0, buffer.write(text));
  };
};

const bytesOf = (values: Uint32Array | Float64Array | Uint8Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const entriesOfBucket = 8;
/** Of longer lines the index holds no text, so that the buffers in which it is searched stay small. */
const longestLine = 1 << 16;

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

/**
 * Writes an index of a store's lines. All contacts are read for it once; what is kept of them in memory is their names
 * and ids, and some 100 bytes more.
 *
 * @throws StoreError where a line is damaged
 */
export const writeIndex = (
  output: Output,
  lines: ContactLines,
  from: Pick<Contents, 'identity' | 'revision'>,
): void => {
  const { count } = lines;
  const writer = new PageWriter(output);
  const encoded = createEncoder();
  const blockStarts: number[] = [];
  const bytesOfRow = Math.ceil(count / linesOfBlock / 8);
  const grams = new Uint8Array(gramRows * bytesOfRow);
  const gramsOfBlock = new BlockGrams();
  const endBlock = (block: number): void => {
    const [byte, bit] = [block >>> 3, 1 << (block & 7)];
    for (const row of gramsOfBlock.take()) (grams[row * bytesOfRow + byte] as number) |= bit;
  };
  const starts = new Float64Array(count + 1);
  const [hashes, linesOfHashes] = [new NumberList(), new NumberList()];
  const names: string[] = [];
  const ids: string[] = [];
  const staff = new Uint8Array(count);
  const unheld: number[] = [];

  for (let line = 0; line < count; line++) {
    if (line % linesOfBlock === 0) {
      endBlock(line / linesOfBlock - 1);
      blockStarts.push(writer.length);
    }
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
    const isShort = lines.end(line) - lines.start(line) <= longestLine;
    const text = isShort ? encodeTextLine({ line, category, subject: subjectOf(contact) }) : undefined;
    if (text === undefined) {
      unheld.push(line);
      continue;
    }
    const bytes = encoded(`${text}\n`);
    writer.write(bytes);
    gramsOfBlock.add(haystackIn(bytes));
  }
  endBlock(Math.floor((count - 1) / linesOfBlock));
  starts[count] = count > 0 ? lines.end(count - 1) + '\n'.length : 0;
  const text: Section = { start: 0, length: writer.length };
  blockStarts.push(writer.length);

  const section = (values: Uint32Array | Float64Array | Uint8Array): Section => {
    writer.endPage();
    const start = writer.length;
    writer.write(bytesOf(values));
    return { start, length: values.byteLength };
  };
  const order = Uint32Array.from({ length: count }, (_, line) => line).sort(
    (a, b) => compareCodePoints(names[a] ?? '', names[b] ?? '') || compareCodePoints(ids[a] ?? '', ids[b] ?? ''),
  );
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
    bytesOfRow,
    bitsOfBucket: bits,
    sections: {
      text,
      blocks: section(Float64Array.from(blockStarts)),
      grams: section(grams),
      starts: section(starts),
      directory: section(directory),
      keys: section(pairs),
      order: section(order),
      ranks: section(ranks),
    },
  });
};
