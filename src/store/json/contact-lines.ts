import type { Contact } from '../../fields/contact.js';
import { contactProblem } from './contact-shape.js';
import type { Damage } from './damage.js';
import type { Files } from './files.js';
import type { Output } from './output.js';
import { attempt } from './system-error.js';

/** What is read at once where lines are looked at one after the other: twice as much each time. */
const leastWindow = 1 << 12;
const mostWindow = 1 << 20;

const tooShort = 'ends before its last line';

/** How each contact's line begins; its id follows. */
export const contactStart = '{"id":"';

/** The number, counted from 1, of the line on which the first contact stands. */
const firstLine = 2;

/** Where in a file the contacts' lines are, each without the comma and the line end. */
export interface LineRanges {
  readonly count: number;
  start(index: number): number;
  end(index: number): number;
}

/** @param starts where each contact's line starts, and then where the line after the last one starts */
export const rangesBetween = (starts: readonly number[]): LineRanges => {
  const count = starts.length - 1;
  const startAt = (index: number): number => {
    const start = starts[index];
    if (start === undefined) throw new RangeError(`There is no line ${index} of ${count}.`);
    return start;
  };
  return {
    count,
    start: startAt,
    end: (index) => startAt(index + 1) - (index === count - 1 ? '\n' : ',\n').length,
  };
};

/** A contact as its line holds it, without the comma. */
export const contactLine = ({ id, ...rest }: Contact): string => JSON.stringify({ id, ...rest });

/**
 * The contacts of an open store that has one on a line. A line is read and parsed when somebody looks at it, so that a
 * store may be larger than memory.
 */
export class ContactLines {
  readonly #files: Files;
  readonly #file: number;
  readonly #ranges: LineRanges;
  readonly #damage: Damage;
  readonly #path: string;
  #window = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  #ahead = leastWindow;

  /** @param path the file's, for messages */
  constructor(files: Files, file: number, ranges: LineRanges, path: string, damage: Damage) {
    this.#files = files;
    this.#file = file;
    this.#ranges = ranges;
    this.#path = path;
    this.#damage = damage;
  }

  get count(): number {
    return this.#ranges.count;
  }

  /** Where in the file a line begins. */
  start(index: number): number {
    return this.#ranges.start(index);
  }

  /** Where in the file a line ends, without the comma and the line end. */
  end(index: number): number {
    return this.#ranges.end(index);
  }

  /** @throws StoreError where the line is damaged */
  contact(index: number): Contact {
    return this.contactOf(this.#bytes(index), index);
  }

  /**
   * The contact that the bytes of a line are.
   *
   * @throws StoreError where the line is damaged
   */
  contactOf(line: Buffer, index: number): Contact {
    const text = line.toString();
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.#damage('is no contact in JSON', index + firstLine);
    }
    const problem = contactProblem(value);
    if (problem !== undefined) throw this.#damage(`holds a contact that ${problem}`, index + firstLine);
    const contact = value as Contact;
    const { length } = contactStart;
    if (text.startsWith(contact.id, length) && text[length + contact.id.length] === '"') return contact;
    if (!isEscaped(writtenId(line))) throw this.#damage('holds a contact with two ids', index + firstLine);
    return contact;
  }

  /** The id, read without the rest of the line. */
  id(index: number): string {
    const id = writtenId(this.#bytes(index));
    return isEscaped(id) ? this.contact(index).id : id;
  }

  /** A copy of the line. */
  copy(index: number): Buffer {
    return Buffer.from(this.#bytes(index));
  }

  /** Copies the lines from one to another (inclusive) as they are, without the comma and line end of the last. */
  copyTo(output: Output, first: number, last: number): void {
    const isWhole = output.copy(this.#file, this.start(first), this.end(last));
    if (!isWhole) throw this.#damage(tooShort);
  }

  /** The line's bytes, valid until another line is asked for. */
  #bytes(index: number): Buffer {
    const start = this.start(index);
    const end = this.end(index);
    if (start < this.#from || end > this.#to) this.#moveWindow(start, end);
    return this.#window.subarray(start - this.#from, end - this.#from);
  }

  /** Reads a line into the window, and what follows it too where the lines are looked at one after the other. */
  #moveWindow(start: number, end: number): void {
    const inTurn = start >= this.#from && start <= this.#to + ',\n'.length;
    const rest = this.end(this.count - 1) - start;
    this.#ahead = inTurn ? Math.min(this.#ahead * 2, mostWindow) : leastWindow;
    const wanted = Math.max(end - start, inTurn ? Math.min(this.#ahead, rest) : 0);
    if (this.#window.length < wanted) this.#window = Buffer.allocUnsafe(wanted);
    this.#from = start;
    this.#to = start;
    while (this.#to < start + wanted) {
      const read = attempt('read', this.#path, () =>
        this.#files.read(this.#file, this.#window, this.#to - start, start + wanted - this.#to, this.#to),
      );
      if (read === 0) throw this.#damage(tooShort);
      this.#to += read;
    }
  }
}

/** The id at the beginning of a contact's line, as it is written there. */
const writtenId = (line: Buffer): string =>
  line.toString('utf8', contactStart.length, line.indexOf('"', contactStart.length));

const isEscaped = (id: string): boolean => id.includes('\\');
