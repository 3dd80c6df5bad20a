import type { Files } from '../files.js';
import type { Output } from '../output.js';

/** Bytes of a page: what is read and checked at once. */
export const pageSize = 1 << 13;

/** Pages that are kept in memory: 128 MB at most. */
const pagesKept = 1 << 14;

/** Something about an index does not add up; whoever reads it does without it. */
export class IndexFault extends Error {}

/**
 * A number that tells whether bytes are as they were written: any change of fewer than four neighbouring words of 32
 * bits alters it. It is computed four words at a time, each multiplied by an odd number, so that no bit gets lost.
 *
 * @param words a multiple of four
 */
export const checksumOf = (words: Int32Array): number => {
  let [a, b, c, d] = [1, 2, 3, 4];
  for (let at = 0; at < words.length; at += 4) {
    a = (Math.imul(a, 31) + (words[at] as number)) | 0;
    b = (Math.imul(b, 31) + (words[at + 1] as number)) | 0;
    c = (Math.imul(c, 31) + (words[at + 2] as number)) | 0;
    d = (Math.imul(d, 31) + (words[at + 3] as number)) | 0;
  }
  return (Math.imul(a, 3) ^ Math.imul(b, 5) ^ Math.imul(c, 7) ^ Math.imul(d, 11)) >>> 0;
};

/** Memory that can be looked at as words. */
export const allocatePages = (count: number): Buffer => Buffer.allocUnsafeSlow(count * pageSize);

const wordsOf = (bytes: Buffer): Int32Array =>
  new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / Int32Array.BYTES_PER_ELEMENT);

/** Fills a buffer from a place in an open file. @throws IndexFault where the file ends before */
export const readInto = (files: Files, file: number, bytes: Buffer, position: number): void => {
  for (let filled = 0; filled < bytes.length; ) {
    const read = files.read(file, bytes, filled, bytes.length - filled, position + filled);
    if (read === 0) throw new IndexFault('The index ends too early.');
    filled += read;
  }
};

/** Writes bytes in pages, the last one filled up with zeros, and tells the checksum of each. */
export class PageWriter {
  readonly #output: Output;
  readonly #page = allocatePages(1);
  readonly #checksums: number[] = [];
  #filled = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** How many bytes were written, also into the page that is not full yet. */
  get length(): number {
    return this.#checksums.length * pageSize + this.#filled;
  }

  write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const part = bytes.subarray(done, done + pageSize - this.#filled);
      this.#page.set(part, this.#filled);
      this.#filled += part.length;
      done += part.length;
      if (this.#filled === pageSize) this.endPage();
    }
  }

  /** What follows begins on a new page. */
  endPage(): void {
    if (this.#filled === 0) return;
    this.#page.fill(0, this.#filled);
    this.#checksums.push(checksumOf(wordsOf(this.#page)));
    this.#output.bytes(this.#page);
    this.#filled = 0;
  }

  get checksums(): Uint32Array {
    return Uint32Array.from(this.#checksums);
  }
}

/** The pages of an open index, each compared with its checksum when it is read. */
export class Pages {
  readonly #files: Files;
  readonly #file: number;
  readonly #checksums: Uint32Array;
  readonly #kept = new Map<number, Buffer>();

  constructor(files: Files, file: number, checksums: Uint32Array) {
    this.#files = files;
    this.#file = file;
    this.#checksums = checksums;
  }

  /** Bytes of a range, valid as long as nobody writes into them. @throws IndexFault */
  bytes(start: number, length: number): Buffer {
    const page = Math.floor(start / pageSize);
    const within = start - page * pageSize;
    if (within + length <= pageSize) return this.#page(page).subarray(within, within + length);
    const last = Math.floor((start + length - 1) / pageSize);
    const parts = Array.from({ length: last - page + 1 }, (_, index) => this.#page(page + index));
    return Buffer.concat(parts).subarray(within, within + length);
  }

  /** The number (uint32) at a place, which is a multiple of its length. @throws IndexFault */
  uint32(at: number): number {
    return this.#page(Math.floor(at / pageSize)).readUInt32LE(at % pageSize);
  }

  /** The number (float64) at a place, which is a multiple of its length. @throws IndexFault */
  float64(at: number): number {
    return this.#page(Math.floor(at / pageSize)).readDoubleLE(at % pageSize);
  }

  /**
   * Reads a range into a buffer without keeping the pages.
   *
   * @param buffer made by `allocatePages`, with room for every page that the range touches
   * @throws IndexFault
   */
  readRange(buffer: Buffer, start: number, length: number): Buffer {
    const first = Math.floor(start / pageSize);
    const end = Math.ceil((start + length) / pageSize);
    readInto(this.#files, this.#file, buffer.subarray(0, (end - first) * pageSize), first * pageSize);
    for (let page = first; page < end; page++) {
      this.#check(buffer.subarray((page - first) * pageSize, (page - first + 1) * pageSize), page);
    }
    return buffer.subarray(start - first * pageSize, start - first * pageSize + length);
  }

  #page(number: number): Buffer {
    const known = this.#kept.get(number);
    if (known) return known;
    const page = allocatePages(1);
    readInto(this.#files, this.#file, page, number * pageSize);
    this.#check(page, number);
    if (this.#kept.size === pagesKept) this.#kept.clear();
    this.#kept.set(number, page);
    return page;
  }

  #check(page: Buffer, number: number): void {
    if (checksumOf(wordsOf(page)) !== this.#checksums[number]) {
      throw new IndexFault(`Page ${number} of the index is damaged.`);
    }
  }
}
