import type { Contact } from '../fields/contact.js';
import type { Edit } from './change.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A contact as JSON in UTF-8, somewhere among other bytes. */
export interface JsonBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** The text that stands in a part of some bytes, in UTF-8. */
export const textIn = ({ bytes, start, end }: JsonBytes): string => decoder.decode(bytes.subarray(start, end));

/**
 * The creation of a contact that nobody looks at until it is written. It is kept as the bytes that are written, since a
 * million contacts as objects would take gigabytes, and memory takes longer to get than to fill.
 */
export class Creation implements Edit {
  readonly id: string;
  readonly #source: JsonBytes;

  /** @param source the contact of that id */
  constructor(id: string, source: JsonBytes) {
    this.id = id;
    this.#source = source;
  }

  static of(contact: Contact): Creation {
    const bytes = encoder.encode(JSON.stringify(contact));
    return new Creation(contact.id, { bytes, start: 0, end: bytes.length });
  }

  /** The contact as JSON, in UTF-8. */
  get bytes(): Uint8Array {
    const { bytes, start, end } = this.#source;
    return bytes.subarray(start, end);
  }

  /** The contact, made anew each time. */
  get after(): Contact {
    return JSON.parse(textIn(this.#source)) as Contact;
  }

  toJSON(): Edit {
    return { after: this.after };
  }
}
