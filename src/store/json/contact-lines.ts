import type { Contact } from '../../fields/contact.js';
import { contactProblem } from './contact-shape.js';
import type { Damage } from './damage.js';
import type { Files } from './files.js';
import type { Output } from './output.js';
import { attempt } from './system-error.js';

const windowSize = 1 << 20;

const tooShort = 'ends before its last line';

/** How each contact's line begins; its id follows. */
export const contactStart = '{"id":"';

/** The number, counted from 1, of the line on which the first contact stands. */
const firstLine = 2;

/** A contact as its line holds it, without the comma. */
export const contactLine = ({ id, ...rest }: Contact): string => JSON.stringify({ id, ...rest });

/**
 * The contacts of an open store that has one on a line. A line is read and parsed when somebody looks at it, so that a
 * store may be larger than memory.
 */
export class ContactLines {
  readonly #files: Files;
  readonly #file: number;
  readonly #starts: readonly number[];
  readonly #damage: Damage;
  readonly #path: string;
  #window = Buffer.alloc(0);
  #from: number;
  #to: number;

  /**
   * @param starts where in the file each contact's line starts, and then where the line after the last one starts
   * @param path the file's, for messages
   */
  constructor(files: Files, file: number, starts: readonly number[], path: string, damage: Damage) {
    this.#files = files;
    this.#file = file;
    this.#starts = starts;
    this.#path = path;
    this.#damage = damage;
    this.#from = starts[0] ?? 0;
    this.#to = this.#from;
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** @throws StoreError where the line is damaged */
  contact(index: number): Contact {
    const line = this.#bytes(index);
    let value: unknown;
    try {
      value = JSON.parse(line.toString());
    } catch {
      throw this.#damage('is no contact in JSON', index + firstLine);
    }
    const problem = contactProblem(value);
    if (problem !== undefined) throw this.#damage(`holds a contact that ${problem}`, index + firstLine);
    const contact = value as Contact;
    const id = writtenId(line);
    if (id !== contact.id && !isEscaped(id)) throw this.#damage('holds a contact with two ids', index + firstLine);
    return contact;
  }

  /** The id, read without the rest of the line. */
  id(index: number): string {
    const id = writtenId(this.#bytes(index));
    return isEscaped(id) ? this.contact(index).id : id;
  }

  /** Copies the lines from one to another (inclusive) as they are, without the comma and line end of the last. */
  copyTo(output: Output, first: number, last: number): void {
    const isWhole = output.copy(this.#file, this.#startOf(first), this.#endOf(last));
    if (!isWhole) throw this.#damage(tooShort);
  }

  #startOf(index: number): number {
    const start = this.#starts[index];
    if (start === undefined) throw new RangeError(`There is no line ${index} of ${this.count}.`);
    return start;
  }

  #endOf(index: number): number {
    const isLast = index === this.count - 1;
    return this.#startOf(index + 1) - (isLast ? '\n' : ',\n').length;
  }

  /** The line's bytes, valid until another line is asked for. */
  #bytes(index: number): Buffer {
    const start = this.#startOf(index);
    const end = this.#endOf(index);
    if (start < this.#from || end > this.#to) this.#moveWindow(start, end);
    return this.#window.subarray(start - this.#from, end - this.#from);
  }

  /** Reads a line into the window, and what follows it too where the lines are looked at one after the other. */
  #moveWindow(start: number, end: number): void {
    const inTurn = start >= this.#from && start <= this.#to + ',\n'.length;
    const rest = this.#startOf(this.count) - start;
    const wanted = Math.max(end - start, inTurn ? Math.min(windowSize, rest) : 0);
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
