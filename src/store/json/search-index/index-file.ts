import type { Files } from '../files.js';
import type { Output } from '../output.js';
import { checksumOf, IndexFault, Pages, type PageWriter, pageSize, readInto } from './pages.js';

/** Told anew whenever what is in an index, or how texts are folded, changes. */
const format = 3;

/** Where in the file something stands, in bytes. */
export interface Section {
  readonly start: number;
  readonly length: number;
}

/**
 * What an index's last part says of it. The sections hold: `text`, a line for each contact (`text-line.ts`), by name;
 * `blocks`, where in the text each block of lines begins (float64); `grams`, two bits for each block in each gram's row:
 * whether its texts have the gram, and whether its names do (`text-blocks.ts`); `starts`, where in the store's file each
 * line begins, and then the last line (float64); `directory` and `keys`, a table of pairs
 * of hash and line (uint32) by the hash's first bits; `order`, the lines by name, doubled and one more for staff, and
 * `ranks`, the place of each line in it (uint32).
 */
export interface Contents {
  readonly format: number;
  /** Of the store's file that it was made from. */
  readonly identity: string;
  readonly revision: number;
  readonly count: number;
  readonly internal: number;
  /** Lines that the text cannot hold; whoever searches has to look at them. */
  readonly unheld: readonly number[];
  readonly bytesOfRow: number;
  readonly bitsOfBucket: number;
  readonly sections: Readonly<
    Record<'text' | 'blocks' | 'grams' | 'starts' | 'directory' | 'keys' | 'order' | 'ranks', Section>
  >;
}

/** Contacts, one after the other by name, that have a bit in common. */
export const linesOfBlock = 128;

const mark = Buffer.from('contacts');
const uint32 = Uint32Array.BYTES_PER_ELEMENT;
const tailLength = mark.length + 3 * uint32;
/** Most last parts are not longer. */
const readAtOnce = 1 << 14;

/** The checksum of bytes that are no whole page. */
export const checksumOfBytes = (bytes: Uint8Array): number => {
  const padded = Buffer.alloc(Math.ceil(bytes.length / 16) * 16);
  padded.set(bytes);
  return checksumOf(new Int32Array(padded.buffer, padded.byteOffset, padded.length / uint32));
};

/** Writes an index's last part: what it holds, the checksums of its pages, and a tail of fixed length. */
export const writeContents = (output: Output, writer: PageWriter, contents: Omit<Contents, 'format'>): void => {
  writer.endPage();
  const { checksums } = writer;
  const json = Buffer.from(JSON.stringify({ format, ...contents } satisfies Contents));
  const part = Buffer.concat([Buffer.from(checksums.buffer), json]);
  const tail = Buffer.alloc(tailLength);
  mark.copy(tail);
  for (const [index, value] of [checksums.length, part.length, checksumOfBytes(part)].entries()) {
    tail.writeUInt32LE(value, mark.length + index * uint32);
  }
  output.bytes(part);
  output.bytes(tail);
  output.flush();
};

/** @throws IndexFault where the file is no whole index of this format */
export const readContents = (files: Files, file: number): { readonly contents: Contents; readonly pages: Pages } => {
  const size = Number(files.statusOf(file).size);
  let last = Buffer.allocUnsafe(Math.min(size, readAtOnce));
  readInto(files, file, last, size - last.length);
  const tail = last.subarray(-tailLength);
  if (last.length < tailLength || !tail.subarray(0, mark.length).equals(mark)) throw new IndexFault('It is no index.');
  const [pageCount, length, checksum] = [0, 1, 2].map((index) => tail.readUInt32LE(mark.length + index * uint32));
  if (pageCount === undefined || length === undefined || pageCount * pageSize + length + tailLength !== size) {
    throw new IndexFault('The index is not as long as it says.');
  }
  if (length + tailLength > last.length) {
    last = Buffer.allocUnsafe(length + tailLength);
    readInto(files, file, last, size - last.length);
  }
  const part = last.subarray(last.length - tailLength - length, last.length - tailLength);
  if (checksumOfBytes(part) !== checksum) throw new IndexFault('The last part of the index is damaged.');
  const contents: Contents = JSON.parse(part.toString('utf8', pageCount * uint32));
  if (contents.format !== format) throw new IndexFault('The index is of another format.');
  const checksums = new Uint32Array(pageCount);
  Buffer.from(checksums.buffer).set(part.subarray(0, pageCount * uint32));
  return { contents, pages: new Pages(files, file, checksums) };
};
