import type { Near, Query, QueryNode } from './query.js';

const shortest = 4;
const shortestWithTwoErrors = 8;
/** The start of a word is compared only where as much was typed, since most short words are near the start of some other. */
const shortestStart = 6;

/** The errors that a word may have; none where nearly every word would be near it, and in numbers. */
const errorsAllowed = (word: string): number => {
  const length = [...word].length;
  if (length < shortest || !/\p{L}/u.test(word) || /\s/.test(word)) return 0;
  return length < shortestWithTwoErrors ? 1 : 2;
};

const relaxed = (node: QueryNode): QueryNode => {
  switch (node.is) {
    case 'all':
    case 'any':
      return { is: node.is, of: node.of.map(relaxed) };
    case 'word': {
      const [written = ''] = node.forms;
      const most = errorsAllowed(written);
      return most === 0 ? node : { is: 'any', of: [node, { is: 'near', text: written, most }] };
    }
    default:
      return node;
  }
};

const isNearAnything = (node: QueryNode): boolean =>
  node.is === 'near' || ((node.is === 'all' || node.is === 'any') && node.of.some(isNearAnything));

/**
 * The query with room for typing errors in its words: one in words of four letters or more, two in those of eight or
 * more. What is asked of fields, what is not wanted, numbers and phrases stay exact. Nothing where no word has room.
 */
export const allowTypingErrors = (query: Query): Query | undefined => {
  const root = relaxed(query.root);
  return isNearAnything(root) ? { text: query.text, root } : undefined;
};

/**
 * The errors that lead from one word to another, letters left out, put in, replaced or two neighbours swapped (the
 * optimal string alignment distance); `most + 1` where they are more than `most`.
 */
const errorsBetween = (wanted: string, word: string, most: number): number => {
  if (Math.abs(wanted.length - word.length) > most) return most + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let row = 1; row <= wanted.length; row++) {
    const current = [row];
    for (let column = 1; column <= word.length; column++) {
      const same = wanted[row - 1] === word[column - 1];
      const swapped =
        row > 1 && column > 1 && wanted[row - 1] === word[column - 2] && wanted[row - 2] === word[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return last[word.length] ?? most + 1;
};

/** A letter or digit, by its UTF-16 unit; blocks of nothing but signs are known, and other signs beyond ASCII are rare. */
const isOfWord = (unit: number): boolean => {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
  return unit > 0xbf && (unit < 0x2000 || unit > 0x2bff) && (unit < 0x3000 || unit > 0x3004);
};

/** What stands between spaces and values, signs and all. */
const isNoSpace = (unit: number): boolean => unit > 0x20;

/** A bit for each letter, several letters to a bit: a word that lacks many of another's cannot be near it. */
const bitOf = (unit: number): number => 1 << (unit & 31);

const lettersOf = (text: string): number => {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= bitOf(text.charCodeAt(at));
  return letters;
};

const hasMoreBitsThan = (most: number, bits: number): boolean => {
  let left = bits;
  for (let number = 0; number < most; number++) left &= left - 1;
  return left !== 0;
};

/** A word of a text that is near the one that was typed, and its place in UTF-16 code units. */
interface NearWord {
  readonly at: number;
  readonly length: number;
  /** Half an error more where it is only the word's start. */
  readonly errors: number;
}

/**
 * The words of a folded text that are near. Most words are told apart by their letters alone, without being compared:
 * a search goes through every word of the store.
 */
export function* nearWords({ text, most }: Near, folded: string): Generator<NearWord, void> {
  const wanted = lettersOf(text);
  const isPart = [...text].every((character) => isOfWord(character.charCodeAt(0))) ? isOfWord : isNoSpace;
  for (let at = 0; at < folded.length; ) {
    let end = at;
    let letters = 0;
    for (; end < folded.length && isPart(folded.charCodeAt(end)); end++) letters |= bitOf(folded.charCodeAt(end));
    if (end - at >= text.length - most && !hasMoreBitsThan(most, wanted & ~letters)) {
      const word = folded.slice(at, end);
      const hasOthers = hasMoreBitsThan(most, letters & ~wanted);
      const errors = hasOthers ? most + 1 : errorsBetween(text, word, most);
      if (errors <= most) yield { at, length: word.length, errors };
      else if (text.length >= shortestStart && word.length > text.length) {
        const ofStart = errorsBetween(text, word.slice(0, text.length), most);
        if (ofStart <= most) yield { at, length: text.length, errors: ofStart + 0.5 };
      }
    }
    at = Math.max(end, at + 1);
  }
}

/** The least errors with which a word of the folded text was typed; nothing where none is near. */
export const leastErrors = (near: Near, folded: string): number | undefined => {
  let least: number | undefined;
  for (const { errors } of nearWords(near, folded)) least = Math.min(least ?? errors, errors);
  return least;
};
