import { Creation } from '../../contacts/creation.js';
import type { Contact } from '../../fields/contact.js';
import { type ContactLines, contactLine } from './contact-lines.js';
import { emptyHeader, type Header, headerLine, lastLine } from './header.js';
import type { Output } from './output.js';
import type { SearchIndex } from './search-index/search-index.js';

/** A contact of a document: the index of the line that holds it in the file, or itself where no line does yet. */
export type Entry = number | Contact | Creation;

/** The contact of an entry that is no line. */
export const contactOf = (entry: Exclude<Entry, number>): Contact => (entry instanceof Creation ? entry.after : entry);

/** Part of a state as it was written: one contact, or lines that follow one another before as after. */
export interface Placed {
  readonly position: number;
  /** The contact, or the index of the first line. */
  readonly entry: Entry;
  readonly count: number;
  /** Where in the file it begins, and ends without the comma. */
  readonly start: number;
  readonly end: number;
}

/** `Array.from` takes several times as long for the lines of a large store. */
const numbersUpTo = (count: number): readonly number[] => {
  const numbers: number[] = [];
  for (let number = 0; number < count; number++) numbers.push(number);
  return numbers;
};

/** A state of the store: what is in the file, or what is to be written. A position counts contacts from 0. */
export class Document {
  readonly header: Header;
  /** How many contacts there are. */
  readonly count: number;
  /** Tells of the contacts without looking at them, where there is an index that fits this very state. */
  readonly index: SearchIndex | undefined;
  /** The file's lines, where the state is exactly what they hold. */
  readonly wholeLines: ContactLines | undefined;
  readonly #lines: ContactLines | undefined;
  #entries: readonly Entry[] | undefined;

  /**
   * @param entries all lines in their order where there are none
   * @param lines those that the numbers among the entries stand for
   */
  constructor(header: Header, entries: readonly Entry[] | undefined, lines?: ContactLines, index?: SearchIndex) {
    this.header = header;
    this.count = entries?.length ?? lines?.count ?? 0;
    this.index = index;
    this.wholeLines = entries === undefined ? lines : undefined;
    this.#entries = entries;
    this.#lines = lines;
  }

  get entries(): readonly Entry[] {
    this.#entries ??= numbersUpTo(this.count);
    return this.#entries;
  }

  /** Another state that shares this one's lines. */
  with(header: Header, entries: readonly Entry[]): Document {
    return new Document(header, entries, this.#lines);
  }

  /** An entry that is a number means the same contact in both. */
  sharesLinesWith(other: Document): boolean {
    return this.#lines === other.#lines;
  }

  /** @throws StoreError where its line is damaged */
  contactAt(position: number): Contact {
    const entry = this.#entryAt(position);
    return typeof entry === 'number' ? this.#linesOf().contact(entry) : contactOf(entry);
  }

  idAt(position: number): string {
    const entry = this.#entryAt(position);
    return typeof entry === 'number' ? this.#linesOf().id(entry) : entry.id;
  }

  /** Where the contacts with these ids stand; several positions where the store is damaged. */
  positionsOf(ids: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
    const positions = new Map<string, number[]>();
    if (ids.size === 0) return positions;
    if (this.index !== undefined) {
      for (const id of ids) {
        const found = this.index.positionsOf({ of: 'id', value: id }) ?? [];
        const own = found.filter((position) => this.idAt(position) === id);
        if (own.length > 0) positions.set(id, own);
      }
      return positions;
    }
    for (let position = 0; position < this.count; position++) {
      const id = this.idAt(position);
      if (!ids.has(id)) continue;
      const known = positions.get(id);
      if (known) known.push(position);
      else positions.set(id, [position]);
    }
    return positions;
  }

  /**
   * Writes the state as a store's file. Lines that nobody changed are copied as they are, neighbours together.
   *
   * @param tell is told where each part was written
   */
  writeTo(output: Output, tell: (placed: Placed) => void = () => {}): void {
    output.text(headerLine(this.header));
    for (let position = 0; position < this.count; ) {
      const entry = this.#entryAt(position);
      if (position > 0) output.text(',\n');
      const start = output.length;
      const count = typeof entry === 'number' ? this.#runAt(position) : 1;
      if (typeof entry === 'number') this.#linesOf().copyTo(output, entry, entry + count - 1);
      else if (entry instanceof Creation) output.bytes(entry.bytes);
      else output.text(contactLine(entry));
      tell({ position, entry, count, start, end: output.length });
      position += count;
    }
    if (this.count > 0) output.text('\n');
    output.text(lastLine);
    output.flush();
  }

  /** How many entries from here on are lines that follow one another in the file too. */
  #runAt(position: number): number {
    const first = Number(this.#entryAt(position));
    if (this.#entries === undefined) return this.count - position;
    let length = 1;
    while (this.entries[position + length] === first + length) length += 1;
    return length;
  }

  #entryAt(position: number): Entry {
    const isLine = this.#entries === undefined && position >= 0 && position < this.count;
    const entry = isLine ? position : this.#entries?.[position];
    if (entry === undefined) throw new RangeError(`There is no contact ${position} of ${this.count}.`);
    return entry;
  }

  #linesOf(): ContactLines {
    if (this.#lines === undefined) throw new Error('The document has an entry of a line, and no lines.');
    return this.#lines;
  }
}

/** The state of a store that is not there yet. */
export const emptyDocument = new Document(emptyHeader, []);
