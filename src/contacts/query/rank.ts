import type { Contact } from '../../fields/contact.js';
import { latePattern } from '../../fields/late-pattern.js';
import { fullNames } from '../contact.js';
import { otherSpellings } from '../east-asian/spellings.js';
import { nationalNumber, phoneExtension, phoneKey } from '../keys.js';
import { haystack } from './match.js';
import { plainText } from './plain-text.js';
import type { Near, Query, QueryNode, Word } from './query.js';
import { leastErrors } from './typing-errors.js';

/** How well a word hits, best first. */
const classes = {
  /** A whole phone number, email address, extension or id. */
  wholeIdentifier: 0,
  wholeName: 1,
  startOfName: 2,
  startOfWordInName: 3,
  startOfWord: 4,
  middleOfName: 5,
  middle: 6,
  /** A word with typing errors; the more there are, the further to the next class. */
  nearName: 7,
  near: 8,
  none: 9,
} as const;

/** What the words of a query are compared with. All texts are folded. */
export interface Subject {
  readonly identifiers: readonly string[];
  readonly names: readonly string[];
  readonly hay: string;
}

/** What a contact's rank depends on. */
export const subjectOf = (contact: Contact): Subject => {
  const { id, mergedIds = [], emails, phones, social, extension, firstName, lastName, company } = contact;
  const numbers = [...phones.map(({ number }) => number), social?.whatsapp ?? ''].filter((number) => number !== '');
  const names = [...fullNames(contact), firstName ?? '', lastName ?? ''].filter((name) => name !== '');
  const identifiers = [id, ...mergedIds];
  for (const { address } of emails) identifiers.push(plainText(address));
  for (const number of numbers) identifiers.push(phoneKey(number), phoneKey(number).slice(1), nationalNumber(number));
  for (const number of numbers) {
    const digits = phoneExtension(number);
    if (digits !== undefined) identifiers.push(digits);
  }
  identifiers.push(extension ?? '');
  return {
    identifiers,
    names: (names.length > 0 ? names : [company ?? ''])
      .map(plainText)
      .flatMap((plain) => [plain, ...otherSpellings(plain)]),
    hay: haystack(contact),
  };
};

const letterOrDigit = latePattern(String.raw`[\p{L}\p{M}\p{N}]`, 'u');

const startsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !letterOrDigit().test(text[at - 1] ?? '')) return true;
  }
  return false;
};

const classOfText = (text: string, { identifiers, names, hay }: Subject): number => {
  if (identifiers.includes(text)) return classes.wholeIdentifier;
  if (names.includes(text)) return classes.wholeName;
  if (names.some((name) => name.startsWith(text))) return classes.startOfName;
  if (names.some((name) => startsWord(name, text))) return classes.startOfWordInName;
  if (startsWord(hay, text)) return classes.startOfWord;
  if (names.some((name) => name.includes(text))) return classes.middleOfName;
  return hay.includes(text) ? classes.middle : classes.none;
};

/** The words that stand side by side at the top of a query. */
const wordsOf = (root: QueryNode): readonly Word[] => {
  const nodes = root.is === 'all' ? root.of : [root];
  return nodes.filter((node): node is Word => node.is === 'word');
};

const score = (ranks: readonly number[]): number =>
  Math.max(...ranks) + ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length / 10;

/** More errors than a word may have, so that they do not reach the next class. */
const errorsOfClass = 4;

const classOfErrors = (near: Near, { names, hay }: Subject): number => {
  const inName = leastErrors(near, names.join(' '));
  if (inName !== undefined) return classes.nearName + inName / errorsOfClass;
  const errors = leastErrors(near, hay);
  return errors === undefined ? classes.none : classes.near + errors / errorsOfClass;
};

/** The class of each word that is wanted; of alternatives those of the best. */
const classesOf = (node: QueryNode, classOf: (word: Word | Near) => number): readonly number[] => {
  switch (node.is) {
    case 'word':
    case 'near':
      return [classOf(node)];
    case 'all':
      return node.of.flatMap((part) => classesOf(part, classOf));
    case 'any':
      return node.of
        .map((part) => classesOf(part, classOf))
        .filter((ranks) => ranks.length > 0)
        .reduce<readonly number[]>(
          (best, ranks) => (best.length === 0 || score(ranks) < score(best) ? ranks : best),
          [],
        );
    default:
      return [];
  }
};

/**
 * How well a contact that fits a query fits it: smaller is better, 0 is best.
 *
 * The classes are those of the contract: a whole phone, email or id; a whole name; the start of a name; the start of
 * another word; the middle of one. The word that hits worst decides, then the mean of all. What is asked of fields, and
 * what is not wanted, does not count.
 */
export const rankOf = (query: Query, contact: Contact): number => rankOfSubject(query, () => subjectOf(contact));

/** What `rankOf` says of a contact whose `subjectOf` is known; it is asked for only where a word is wanted. */
export const rankOfSubject = (query: Query, given: () => Subject): number => {
  let subject: Subject | undefined;
  const ranks = classesOf(query.root, (word) => {
    const against = subject ?? given();
    subject = against;
    if (word.is === 'near') return classOfErrors(word, against);
    return Math.min(...word.forms.map((form) => classOfText(form, against)));
  });
  if (subject === undefined) return classes.wholeIdentifier;
  const rank = score(ranks);
  const together = wordsOf(query.root)
    .map(({ forms: [written = ''] }) => written)
    .join(' ');
  // Syllables of pinyin are typed apart as well.
  const isWholeName = [together, together.replaceAll(' ', '')].some((name) => subject?.names.includes(name));
  return rank > classes.wholeName && isWholeName ? classes.wholeName : rank;
};

/**
 * The only word that a query asks for, anywhere in a contact; `undefined` where it asks for more, or otherwise. A phrase
 * is none: without its spaces it may be a name as well.
 */
export const loneWord = ({ root }: Query): string | undefined =>
  root.is === 'word' && root.forms.length === 1 && !root.forms[0]?.includes(' ') ? root.forms[0] : undefined;

/** What `rankOf` says where a query's lone word is in no name and no identifier, but stands elsewhere. */
export const rankOutsideNames = (startsWord: boolean): number =>
  score([startsWord ? classes.startOfWord : classes.middle]);
