import { displayName } from '../contacts/contact.js';
import { UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { ContactStore, StoreView } from '../store/store.js';
import type { Choice } from '../terminal/ask.js';
import { queryThatFinds } from './forgiving-query.js';
import type { CategoryChoice } from './list-options.js';
import type { Session } from './session.js';

/** How many contacts a search lists: more than a screen has, since one types on rather than scroll. */
const listedAtMost = 30;

const choiceOf = (contact: Contact, notes: readonly string[]): Choice<Contact> => {
  const name = displayName(contact);
  const { company, phones, emails } = contact;
  const others = [company, phones[0]?.number, emails[0]?.address].filter((text) => text && text !== name);
  const hint = [...notes, ...others].join(' · ');
  return { value: contact, name, ...(hint !== '' && { hint }) };
};

const firstOf = async (contacts: AsyncIterable<Contact>): Promise<readonly Contact[]> => {
  const found: Contact[] = [];
  for await (const contact of contacts) if (found.push(contact) === listedAtMost) break;
  return found;
};

/** One letter is in nearly every contact: to rank them all takes longer than to type the next. */
const isTooShortToRank = (typed: string): boolean => /^[ -~]?$/.test(typed.trim());

/**
 * What matches a text, best first, or comes near it, which is said, as is what was taken as text; the first contacts of
 * the store while nothing is typed, and the first that match a single letter.
 *
 * @throws UsageError that says what was taken as text, where nothing matches that
 */
export const choicesIn = async (
  view: StoreView,
  typed: string,
  category: CategoryChoice,
  session: Session,
): Promise<readonly Choice<Contact>[]> => {
  const wanted = { query: typed.trim() === '' ? undefined : typed, category };
  const { query, allowsErrors, asText } = await queryThatFinds(wanted, view, session);
  const selection = { category, ...(query && { query }) };
  const found = isTooShortToRank(typed)
    ? await firstOf(view.each(selection, 'stored'))
    : await view.findPage(selection, 'rank', { offset: 0, limit: listedAtMost });
  if (asText !== undefined && found.length === 0) throw new UsageError(asText);
  const notes = [...(allowsErrors ? ['near what you typed'] : []), ...(asText === undefined ? [] : [asText])];
  return found.map((contact) => choiceOf(contact, notes));
};

/** The choices of `choicesIn`, of one moment. */
export const findChoices = (
  typed: string,
  category: CategoryChoice,
  store: ContactStore,
  session: Session,
): Promise<readonly Choice<Contact>[]> => store.snapshot((view) => choicesIn(view, typed, category, session));
