import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import type { Edit } from './change.js';

/**
 * The creation of a contact that nobody looks at until it is written. It is kept as JSON, since a million contacts as
 * objects would take gigabytes.
 */
export class Creation implements Edit {
  readonly id: string;
  readonly category: Category;
  /** The contact as JSON. */
  readonly json: string;

  constructor(after: Contact) {
    this.id = after.id;
    this.category = after.category;
    this.json = JSON.stringify(after);
  }

  /** The contact, made anew each time. */
  get after(): Contact {
    return JSON.parse(this.json) as Contact;
  }

  toJSON(): Edit {
    return { after: this.after };
  }
}
