import { displayName } from '../contacts/contact.js';
import type { Contact } from '../fields/contact.js';
import type { ContactStore } from '../store/store.js';
import type { Choice } from '../terminal/ask.js';
import { queryThatFinds } from './forgiving-query.js';
import type { CategoryChoice } from './list-options.js';

/** How many contacts a search lists: more than a screen has, since one types on rather than scroll. */
const listedAtMost = 30;

const choiceOf = (contact: Contact, isNear: boolean): Choice<Contact> => {
  const name = displayName(contact);
  const { company, phones, emails } = contact;
  const others = [company, phones[0]?.number, emails[0]?.address].filter((text) => text && text !== name);
  const hint = [...(isNear ? ['near what you typed'] : []), ...others].join(' · ');
  return { value: contact, name, ...(hint !== '' && { hint }) };
};

/** What matches a text, best first, or comes near it, which is said; the first contacts of the store while nothing is typed. */
export const findChoices = async (
  typed: string,
  category: CategoryChoice,
  store: ContactStore,
): Promise<readonly Choice<Contact>[]> =>
  store.snapshot(async (view) => {
    const { query, allowsErrors } = await queryThatFinds({ query: typed, category }, view);
    const found: Contact[] = [];
    if (query) {
      found.push(...(await view.find({ category, query }, 'rank', { offset: 0, limit: listedAtMost })).contacts);
    } else {
      for await (const contact of view.each({ category }, 'stored')) {
        if (found.push(contact) === listedAtMost) break;
      }
    }
    return found.map((contact) => choiceOf(contact, allowsErrors));
  });
