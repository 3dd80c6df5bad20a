import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import type { Edit } from './change.js';
import { createMemoryScratch, type Scratch, type ScratchText, textIn } from './scratch.js';

/** How the JSON of a contact begins: its id, twelve characters of ASCII, stands between these, and its category follows. */
const beforeId = '{"id":"';
const beforeCategory = '","category":"';

const quote = 0x22;
const firstOfInternal = 0x69;

const endOfId = (bytes: Uint8Array): number => bytes.indexOf(quote, beforeId.length);

/** The id in the JSON of a contact. One character after the other, since a list of them takes five times as long. */
const idIn = (bytes: Uint8Array): string => {
  const end = endOfId(bytes);
  let id = '';
  for (let at = beforeId.length; at < end; at += 1) id += String.fromCharCode(bytes[at] as number);
  return id;
};

/** How what the program keeps about a contact begins, which follows what people entered. */
const beforeKept = ',"createdAt":"';

/**
 * Whether two contacts as JSON have the same category, and say the same in the same order.
 *
 * @param made as `createdContactJson` makes it
 * @param kept how many bytes at its end are about what the program keeps
 * @param stored any contact as the store has it
 * @param hasId whether the ids are to be the same too
 */
export const saysSame = (made: Uint8Array, kept: number, stored: Uint8Array, hasId: boolean): boolean => {
  const from = hasId ? 0 : endOfId(made);
  const storedFrom = hasId ? 0 : endOfId(stored);
  const length = made.length - kept + beforeKept.length - from;
  for (let at = 0; at < length; at += 1) if (made[from + at] !== stored[storedFrom + at]) return false;
  return true;
};

/**
 * The creation of a contact that nobody looks at until it is written. It is kept as the bytes that are written, since a
 * million contacts as objects would take gigabytes.
 */
export class Creation implements Edit {
  readonly #scratch: Scratch;
  readonly #text: ScratchText;

  /** @param text the contact as JSON, as `createdContactJson` makes it */
  constructor(scratch: Scratch, text: ScratchText) {
    this.#scratch = scratch;
    this.#text = text;
  }

  static of(contact: Contact, scratch: Scratch = createMemoryScratch()): Creation {
    const { id, category, ...rest } = contact;
    return new Creation(scratch, scratch.add(JSON.stringify({ id, category, ...rest })));
  }

  get id(): string {
    return idIn(this.bytes);
  }

  get category(): Category {
    const { bytes } = this;
    return bytes[endOfId(bytes) + beforeCategory.length] === firstOfInternal ? 'internal' : 'external';
  }

  /** The contact as JSON, in UTF-8; good until another creation is looked at. */
  get bytes(): Uint8Array {
    return this.#scratch.read(this.#text);
  }

  /** The contact as JSON. */
  get json(): string {
    return textIn(this.#scratch, this.#text);
  }

  /** The contact, made anew each time. */
  get after(): Contact {
    return JSON.parse(this.json) as Contact;
  }

  toJSON(): Edit {
    return { after: this.after };
  }
}

/** The id of the contact that an edit is about. @throws Error where it is about none, or about two */
export const idOfEdit = (edit: Edit): string => {
  if (edit instanceof Creation) return edit.id;
  const { before, after } = edit;
  const id = (before ?? after)?.id;
  if (id === undefined) throw new Error('An edit has neither a contact before nor one after it.');
  if (before && after && before.id !== after.id)
    throw new Error(`An edit turns the contact ${before.id} into ${after.id}.`);
  return id;
};
