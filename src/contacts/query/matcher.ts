import type { Contact } from '../../fields/contact.js';
import { fits, fitsTexts, needles, needlesDecide } from './match.js';
import type { Query } from './query.js';
import { loneWord, rankOf, rankOfSubject, rankOutsideNames, type Subject } from './rank.js';

/** What a query says of contacts. Whoever has no query need not load what tells it. */
export interface QueryMatcher {
  /** Texts that every contact which fits has in its haystack. */
  readonly needles: readonly string[];
  /** Whether every contact that has them all fits. */
  readonly needlesDecide: boolean;
  /** The only text that is wanted, anywhere; absent where more is wanted, or something else. */
  readonly loneWord: string | undefined;
  fits(contact: Contact): boolean;
  /** The same of a contact whose haystack is known; the contact is asked for only where that does not decide. */
  fitsTexts(haystackOf: () => string, contactOf: () => Contact): boolean;
  rank(contact: Contact): number;
  /** The same of a contact whose texts for ranking are known. */
  rankOfSubject(subjectOf: () => Subject): number;
  /** The same of a contact with the lone word in its haystack, but in no name and no identifier. */
  rankOutsideNames(startsWord: boolean): number;
}

export const matcherOf = (query: Query): QueryMatcher => ({
  needles: needles(query),
  needlesDecide: needlesDecide(query),
  loneWord: loneWord(query),
  fits: (contact) => fits(query, contact),
  fitsTexts: (haystackOf, contactOf) => fitsTexts(query, haystackOf, contactOf),
  rank: (contact) => rankOf(query, contact),
  rankOfSubject: (subjectOf) => rankOfSubject(query, subjectOf),
  rankOutsideNames,
});
