import type { JsonBytes } from '../creation.js';

const encoder = new TextEncoder();

/** Bytes of memory that are taken at once. */
const chunkSize = 1 << 20;

/** Most bytes that a UTF-16 code unit takes in UTF-8. */
const mostOfUnit = 3;

/** Keeps values as JSON in a few large pieces of memory, which the collection of garbage need not go through. */
export class JsonArena {
  #chunk = new Uint8Array(0);
  #filled = 0;

  /** @param text a value as JSON */
  add(text: string): JsonBytes {
    const most = text.length * mostOfUnit;
    if (most > this.#chunk.length - this.#filled) {
      this.#chunk = new Uint8Array(Math.max(chunkSize, most));
      this.#filled = 0;
    }
    const start = this.#filled;
    const { written } = encoder.encodeInto(text, this.#chunk.subarray(start));
    this.#filled += written;
    return { bytes: this.#chunk, start, end: this.#filled };
  }
}
