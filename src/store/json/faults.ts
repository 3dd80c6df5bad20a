import { type ContactsError, StoreError } from '../../errors.js';
import type { Damage } from './damage.js';
import type { Document } from './document.js';

/** The faults of a state, found by looking at every contact: damaged ones, and ids that several share. */
export function* faultsOf(document: Document, damage: Damage): Generator<ContactsError, void> {
  const seen = new Set<string>();
  for (let position = 0; position < document.entries.length; position++) {
    try {
      const { id } = document.contactAt(position);
      if (seen.has(id)) {
        yield damage(`holds several contacts with the id ${id}`, undefined, 'Give all but one of them other ids.');
      }
      seen.add(id);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      yield error;
    }
  }
}
