import type { Contact } from '../../fields/contact.js';
import { fold } from '../../fields/fold.js';
import { displayName } from '../contact.js';
import type { Query } from './query.js';

/** How well a contact that fits does fit: smaller is better, 0 is best. */
export const rankOf = (query: Query, contact: Contact): number =>
  fold(displayName(contact)).startsWith(fold(query.text.trim())) ? 0 : 1;
