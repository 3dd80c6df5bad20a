import { Creation } from '../../contacts/creation.js';
import type { Contact } from '../../fields/contact.js';

/** Lines of the file that follow one another, counted from 0. */
export class LineRun {
  readonly first: number;
  readonly count: number;

  constructor(first: number, count: number) {
    this.first = first;
    this.count = count;
  }
}

/** Contacts that follow one another in a state: as lines of the file, or one that no line holds yet. */
export type Part = LineRun | Contact | Creation;

/** The contact of a part that is no line. */
export const contactOf = (part: Contact | Creation): Contact => (part instanceof Creation ? part.after : part);

/** How many contacts a part has. */
export const lengthOf = (part: Part): number => (part instanceof LineRun ? part.count : 1);

/** Goes through parts from the first contact on, in steps of any length. */
export class PartReader {
  readonly #parts: readonly Part[];
  #index = 0;
  /** Contacts of the part at the index that were passed. */
  #passed = 0;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /**
   * Passes the next contacts, and adds them to a list unless they are not wanted.
   *
   * @returns how many were passed: fewer than asked for at the end
   */
  pass(count: number, wanted?: Part[]): number {
    let passed = 0;
    for (let part = this.#parts[this.#index]; part !== undefined && passed < count; part = this.#parts[this.#index]) {
      const taken = Math.min(count - passed, lengthOf(part) - this.#passed);
      wanted?.push(taken < lengthOf(part) ? this.#within(part as LineRun, taken) : part);
      passed += taken;
      this.#passed += taken;
      if (this.#passed === lengthOf(part)) {
        this.#index += 1;
        this.#passed = 0;
      }
    }
    return passed;
  }

  #within({ first }: LineRun, count: number): LineRun {
    return new LineRun(first + this.#passed, count);
  }
}
