import type { Contents } from './index-file.js';
import { IndexFault, type Pages } from './pages.js';

type SectionName = keyof Contents['sections'];

const float64 = Float64Array.BYTES_PER_ELEMENT;
const uint32 = Uint32Array.BYTES_PER_ELEMENT;

/** The sections of an open index. Each method throws an IndexFault where what it reads is damaged. */
export class Sections {
  readonly #contents: Contents;
  readonly #pages: Pages;

  constructor(contents: Contents, pages: Pages) {
    this.#contents = contents;
    this.#pages = pages;
  }

  /** Bytes of a section, valid as long as nobody writes into them. */
  bytes(name: SectionName, at: number, length: number): Buffer {
    return this.#pages.bytes(this.#place(name, at, length), length);
  }

  uint32(name: SectionName, index: number): number {
    return this.#pages.uint32(this.#place(name, index * uint32, uint32));
  }

  float64(name: SectionName, index: number): number {
    return this.#pages.float64(this.#place(name, index * float64, float64));
  }

  /** Reads a part of a section without keeping it, into a buffer with room for every page that the part touches. */
  read(buffer: Buffer, name: SectionName, at: number, length: number): Buffer {
    return this.#pages.readRange(buffer, this.#place(name, at, length), length);
  }

  /** Where in the file a part of a section stands. */
  #place(name: SectionName, at: number, length: number): number {
    const section = this.#contents.sections[name];
    if (at + length > section.length) throw new IndexFault(`The index's ${name} end too early.`);
    return section.start + at;
  }
}
