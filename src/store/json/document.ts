import { Creation } from '../../contacts/creation.js';
import { type StoredContact, storedContactOf } from '../../contacts/stored-contact.js';
import type { Contact } from '../../fields/contact.js';
import { type ContactLines, contactLine } from './contact-lines.js';
import { emptyHeader, type Header, headerLine, lastLine } from './header.js';
import type { Output } from './output.js';
import { contactOf, LineRun, lengthOf, type Part } from './parts.js';
import { lastUpTo } from './search-index/arrangement.js';
import type { SearchIndex } from './search-index/search-index.js';

/** A part of a state with the position of its first contact. */
interface Placing {
  readonly position: number;
  readonly part: Part;
}

/** A part of a state as it was written. */
export interface Placed extends Placing {
  /** Where in the file it begins, and ends without the comma. */
  readonly start: number;
  readonly end: number;
}

const placingsOf = (parts: readonly Part[]): readonly Placing[] => {
  let position = 0;
  return parts.map((part) => {
    const placing = { position, part };
    position += lengthOf(part);
    return placing;
  });
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
  readonly parts: readonly Part[];
  readonly #lines: ContactLines | undefined;
  #placings: readonly Placing[] | undefined;

  /**
   * @param parts all lines in their order where there are none
   * @param lines those that runs among the parts stand for
   */
  constructor(header: Header, parts: readonly Part[] | undefined, lines?: ContactLines, index?: SearchIndex) {
    this.header = header;
    this.parts = parts ?? (lines && lines.count > 0 ? [new LineRun(0, lines.count)] : []);
    this.count = this.parts.reduce((sum, part) => sum + lengthOf(part), 0);
    this.index = index;
    this.wholeLines = parts === undefined ? lines : undefined;
    this.#lines = lines;
  }

  /** Another state that shares this one's lines. */
  with(header: Header, parts: readonly Part[]): Document {
    return new Document(header, parts, this.#lines);
  }

  /** Whether a contact is the very same in another state, which is told without a look at either. */
  hasSame(position: number, other: Document, otherPosition: number): boolean {
    const found = this.#find(position);
    return found === other.#find(otherPosition) && (typeof found !== 'number' || this.#lines === other.#lines);
  }

  /**
   * Looks up where the file has the lines that `writeTo` copies, so that nothing can go wrong with that any more.
   *
   * @throws IndexFault where the index does not tell
   */
  locateLines(): void {
    for (const part of this.parts) {
      if (!(part instanceof LineRun)) continue;
      this.#linesOf().start(part.first);
      this.#linesOf().end(part.first + part.count - 1);
    }
  }

  /** @throws StoreError where its line is damaged */
  contactAt(position: number): Contact {
    const found = this.#find(position);
    return typeof found === 'number' ? this.#linesOf().contact(found) : contactOf(found);
  }

  /** The contact, read and not yet parsed where a line holds it. What is read stays as it is. */
  storedAt(position: number): StoredContact {
    const found = this.#find(position);
    if (typeof found !== 'number') return storedContactOf(contactOf(found));
    const lines = this.#linesOf();
    const line = lines.copy(found);
    return { id: lines.id(found), json: () => line, contact: () => lines.contactOf(line, found) };
  }

  idAt(position: number): string {
    const found = this.#find(position);
    return typeof found === 'number' ? this.#linesOf().id(found) : found.id;
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
    let position = 0;
    for (const part of this.parts) {
      if (position > 0) output.text(',\n');
      const start = output.length;
      if (part instanceof LineRun) this.#linesOf().copyTo(output, part.first, part.first + part.count - 1);
      else if (part instanceof Creation) output.bytes(part.bytes);
      else output.text(contactLine(part));
      tell({ position, part, start, end: output.length });
      position += lengthOf(part);
    }
    if (this.count > 0) output.text('\n');
    output.text(lastLine);
    output.flush();
  }

  /** The contact at a position: which line has it, or itself. */
  #find(position: number): number | Contact | Creation {
    this.#placings ??= placingsOf(this.parts);
    const found = lastUpTo(this.#placings, (placing) => placing.position, position);
    if (found === undefined || position >= this.count)
      throw new RangeError(`There is no contact ${position} of ${this.count}.`);
    const { part } = found;
    return part instanceof LineRun ? part.first + position - found.position : part;
  }

  #linesOf(): ContactLines {
    if (this.#lines === undefined) throw new Error('The document has a run of lines, and no lines.');
    return this.#lines;
  }
}

/** The state of a store that is not there yet. */
export const emptyDocument = new Document(emptyHeader, []);
