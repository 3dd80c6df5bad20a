import { ContactsError } from '../../errors.js';
import type { Document } from './document.js';

/** The faults of a state, line by line: damaged contacts and ids that several contacts share. */
export function* faultsOf(document: Document): Generator<string, void> {
  const seen = new Set<string>();
  for (let position = 0; position < document.entries.length; position++) {
    try {
      const { id } = document.contactAt(position);
      if (seen.has(id)) yield `The id ${id} is borne by several contacts.`;
      seen.add(id);
    } catch (error) {
      if (!(error instanceof ContactsError)) throw error;
      yield error.message;
    }
  }
}
