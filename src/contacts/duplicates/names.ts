import { jaroWinkler } from '@skyra/jaro-winkler';
import { distance } from 'fastest-levenshtein';
import { areNicknames } from './nicknames.js';

/** How alike two words are at least, from 0 to 1, to stand on a level. */
const levels = { same: 0.97, near: 0.9, loose: 0.82, unlike: 0.65, different: 0 } as const;
export type LikenessLevel = keyof typeof levels;

export const levelOf = (likeness: number): LikenessLevel =>
  (Object.keys(levels) as LikenessLevel[]).find((level) => likeness >= levels[level]) ?? 'different';

/** Two names that differ in a vowel at their end are two names, often of a man and a woman: Mario and Maria, Anna and Anne. */
const differInLastVowel = (one: string, other: string): boolean =>
  one.length === other.length &&
  one.slice(0, -1) === other.slice(0, -1) &&
  /[aeiou]$/.test(one) &&
  /[aeiou]$/.test(other);

/** One typing error apart: a sign more, less or other, or some turned round. */
export const areAlike = (one: string, other: string): boolean =>
  distance(one, other) === 1 ||
  (one.length === other.length && [...one].sort().join('') === [...other].sort().join(''));

/** So short a word with another letter is another name as a rule: Bea and Ben, Jan and Jon. */
const shortestWithError = 5;

/**
 * Whether a part of a name is a slip or a short form of another, and no name of its own: a typing error in the middle, or
 * a nickname. Martin and Martina, Mario and Maria are two names.
 */
export const isSlipOf = (one: string, other: string): boolean => {
  if (one === other || areNicknames(one, other)) return true;
  if (Math.min(one.length, other.length) < shortestWithError || differInLastVowel(one, other)) return false;
  return one.at(-1) === other.at(-1) && areAlike(one, other);
};

const within = (words: readonly string[], whole: readonly string[]): boolean =>
  words.every((word) => whole.includes(word));

/**
 * How alike two parts of names are, from 0 to 1: nicknames, initials, double names of which one part is given, and typing
 * errors are allowed for (Jaro-Winkler; Winkler 1990). Both are folded, and neither is empty.
 */
export const partLikeness = (one: string, other: string): number => {
  if (one === other) return 1;
  if (areNicknames(one, other)) return 0.97;
  const joined = one.replaceAll(' ', '');
  const otherJoined = other.replaceAll(' ', '');
  if (joined === otherJoined) return 0.98;
  if (joined.length === 1 || otherJoined.length === 1) return joined[0] === otherJoined[0] ? 0.87 : 0;
  if (joined.length !== one.length || otherJoined.length !== other.length) {
    const words = one.split(' ');
    const otherWords = other.split(' ');
    if (within(words, otherWords) || within(otherWords, words)) return 0.93;
  }
  const likeness = jaroWinkler(joined, otherJoined);
  return differInLastVowel(joined, otherJoined) ? Math.min(likeness, levels.unlike) : likeness;
};

/**
 * How alike two names in Han, Kana or Hangul script are. They are short, so that one character more or less makes another
 * name: only names of five characters and more, which are written by their sound, may have a typing error.
 */
export const eastAsianLikeness = (names: readonly string[], others: readonly string[]): number => {
  if (names.some((name) => others.includes(name))) return 1;
  const [name = ''] = names;
  const [other = ''] = others;
  return Math.min(name.length, other.length) < 5 ? 0 : jaroWinkler(name, other);
};
