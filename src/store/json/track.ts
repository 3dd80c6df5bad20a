import type { Edit } from '../../contacts/change.js';
import { idOfEdit } from '../../contacts/creation.js';
import type { Contact } from '../../fields/contact.js';
import type { Document } from './document.js';
import { same } from './same.js';

/**
 * Follows the contacts of a state from change to change, without making the states in between: what it costs to find out
 * which changes fit grows with the changes alone.
 */
export class Track {
  readonly #base: Document;
  /** What the changes made of contacts; `undefined` where they deleted one. */
  readonly #changed = new Map<string, Contact | undefined>();
  #positions: ReadonlyMap<string, number> | undefined;
  #count: number;

  constructor(base: Document) {
    this.#base = base;
    this.#count = base.count;
  }

  /** How many contacts there are after the changes that were followed. */
  get count(): number {
    return this.#count;
  }

  /** Follows the edits of a change; whether each fits what was there. Where one does not, the track ends. */
  follow(edits: readonly Edit[]): boolean {
    for (const edit of edits) {
      const id = idOfEdit(edit);
      const { before, after } = edit;
      if (!same(this.#present(id), before)) return false;
      this.#changed.set(id, after);
      this.#count += Number(after !== undefined) - Number(before !== undefined);
    }
    return true;
  }

  #present(id: string): Contact | undefined {
    if (this.#changed.has(id)) return this.#changed.get(id);
    this.#positions ??= new Map(
      Array.from({ length: this.#base.count }, (_, position) => [this.#base.idAt(position), position]),
    );
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#base.contactAt(position);
  }
}
