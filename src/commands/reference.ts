import { describeContact } from '../contacts/contact.js';
import { findReference, resolveReference } from '../contacts/reference.js';
import type { Contact } from '../fields/contact.js';
import type { StoreView } from '../store/store.js';
import type { Session } from './session.js';

/** A text that may be a phone number which only its country's rules can read: `8 (912) 345-67-89`. */
const mayBePhone = (text: string): boolean => !/[a-z@]/i.test(text) && text.replace(/\D/g, '').length >= 5;

const candidates = async (reference: string, session: Session, view: StoreView): Promise<readonly Contact[]> => {
  const lookup: StoreView['lookup'] = (keys) => view.lookup(keys);
  const found = await findReference(reference, lookup);
  if (found.length > 0 || !mayBePhone(reference)) return found;
  const { parsers, country } = await session.draftContext();
  return findReference(reference, lookup, (text) => {
    const reading = parsers.phone(text, country);
    return reading.ok ? reading.number : undefined;
  });
};

/**
 * The contact that a REF means; where it fits several, the user chooses at a terminal.
 *
 * @throws NotFoundError, AmbiguousError
 */
export const findContact = async (reference: string, session: Session, view: StoreView): Promise<Contact> => {
  const found = await candidates(reference, session, view);
  if (found.length > 1 && session.mayAsk) {
    const ask = await session.ask('Use an id.');
    const choices = found.map((contact) => ({ value: contact, name: describeContact(contact) }));
    return ask.chooseOne({ message: `Which "${reference}"?`, choices });
  }
  return resolveReference(reference, async () => [found]);
};

/** The contacts that several REFs mean, each once, in their order. */
export const findContacts = async (
  references: readonly string[],
  session: Session,
  view: StoreView,
): Promise<readonly Contact[]> => {
  const found = new Map<string, Contact>();
  for (const reference of references) {
    const contact = await findContact(reference, session, view);
    found.set(contact.id, contact);
  }
  return [...found.values()];
};
