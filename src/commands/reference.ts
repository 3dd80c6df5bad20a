import { describeContact } from '../contacts/contact.js';
import { isId } from '../contacts/id.js';
import { ambiguousReference, findReference, type ParsePhone, withoutEllipsis } from '../contacts/reference.js';
import { NotFoundError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { StoreView } from '../store/store.js';
import type { Choice } from '../terminal/ask.js';
import { shellWord } from './arguments.js';
import type { CategoryChoice } from './list-options.js';
import type { Session } from './session.js';

/** A text that may be a phone number which only its country's rules can read: `8 (912) 345-67-89`. */
const mayBePhone = (text: string): boolean => !/[a-z@]/i.test(text) && text.replace(/\D/g, '').length >= 5;

/**
 * What reads phone numbers by the rules of their country, for texts that may be one; its loading takes time.
 *
 * @param texts those that it will be given
 */
export const phoneParser = async (texts: readonly string[], session: Session): Promise<ParsePhone> => {
  if (!texts.some(mayBePhone)) return () => undefined;
  const { parsers, country } = await session.draftContext();
  return (text) => {
    const reading = mayBePhone(text) ? parsers.phone(text, country) : undefined;
    return reading?.ok ? reading.number : undefined;
  };
};

/** The contacts that a REF matches; a phone number also by the rules of its country. */
export const matchesOf = async (
  reference: string,
  session: Session,
  view: Pick<StoreView, 'lookup'>,
): Promise<readonly Contact[]> => {
  const lookup: StoreView['lookup'] = (keys) => view.lookup(keys);
  const found = await findReference(reference, lookup);
  if (found.length > 0 || !mayBePhone(reference)) return found;
  return findReference(reference, lookup, await phoneParser([reference], session));
};

/** A whole id, address or number: a search finds no more than its look-up, save typing errors. */
const isWhole = (reference: string): boolean => {
  const text = reference.trim();
  return isId(text.toLowerCase()) || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) || mayBePhone(text);
};

/** What a search for a REF finds that matches nobody itself; nothing where it cannot be read as a query. */
const findNear = async (
  reference: string,
  category: CategoryChoice,
  view: StoreView,
  session: Session,
): Promise<readonly Choice<Contact>[]> => {
  const text = withoutEllipsis(reference);
  if (text === '') return [];
  const { choicesIn } = await import('./contact-choices.js');
  try {
    return await choicesIn(view, text, category, session);
  } catch (error) {
    if (error instanceof UsageError) return [];
    throw error;
  }
};

/** How many near contacts a hint names. */
const namedAtMost = 5;

const notFound = (reference: string, near: readonly Choice<Contact>[]): NotFoundError => {
  const message = `There is no contact "${reference}".`;
  const text = withoutEllipsis(reference);
  const forms = 'Give an id, an email address, a phone number or a full name.';
  if (text === '') return new NotFoundError(message, forms);
  const search = `To search: contacts search ${shellWord(text)}`;
  if (near.length === 0) return new NotFoundError(message, `${forms} ${search}`);
  const named = near.slice(0, namedAtMost).map(({ value }) => `  ${describeContact(value)}`);
  return new NotFoundError(message, ['Did you mean one of these?', ...named, search].join('\n'));
};

const choose = async (message: string, choices: readonly Choice<Contact>[], session: Session): Promise<Contact> =>
  (await session.ask('Use an id.')).chooseOne({ message, choices });

/**
 * One of several contacts that a REF matches, chosen at a terminal.
 *
 * @throws AmbiguousError where nobody can be asked
 */
export const chooseAmong = (found: readonly Contact[], reference: string, session: Session): Promise<Contact> => {
  if (!session.mayAsk) throw ambiguousReference(reference, found);
  const choices = found.map((contact) => ({ value: contact, name: describeContact(contact) }));
  return choose(`Which "${reference}"?`, choices, session);
};

/**
 * The contact that a REF means. Where it matches several, the user chooses at a terminal; where it matches none, among
 * what a search for it finds.
 *
 * @param category of which it has to be
 * @throws NotFoundError that names contacts which come near, AmbiguousError
 */
export const findContact = async (
  reference: string,
  session: Session,
  view: StoreView,
  category: CategoryChoice = 'all',
): Promise<Contact> => {
  const matches = await matchesOf(reference, session, view);
  const found = matches.filter((contact) => category === 'all' || contact.category === category);
  const [first] = found;
  if (first === undefined) {
    // A script that asks whether an address is there is not to wait until all of the store was searched for its like.
    const near = !session.mayAsk && isWhole(reference) ? [] : await findNear(reference, category, view, session);
    if (near.length === 0 || !session.mayAsk) throw notFound(reference, near);
    return choose(`There is no contact "${reference}". Which of these do you mean?`, near, session);
  }
  return found.length === 1 ? first : chooseAmong(found, reference, session);
};

/** The contacts that several REFs mean, each once, in their order. */
export const findContacts = async (
  references: readonly string[],
  session: Session,
  view: StoreView,
  category?: CategoryChoice,
): Promise<readonly Contact[]> => {
  const found = new Map<string, Contact>();
  for (const reference of references) {
    const contact = await findContact(reference, session, view, category);
    found.set(contact.id, contact);
  }
  return [...found.values()];
};
