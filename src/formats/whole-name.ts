import { isCredential, isGeneration, isParticle, isTitleWord, namesCompany } from '../contacts/name-words.js';

const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s・ー]+$/u;

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** The first and last name of words in their usual order: the last word, with the `van der` before it, is the last name. */
const inOrder = (words: readonly string[]): readonly [first: string, last: string] => {
  if (words.length < 2) return [words.join(' '), ''];
  let from = words.length - 1;
  while (from > 1 && isParticle(words[from - 1] ?? '')) from -= 1;
  return [words.slice(0, from).join(' '), words.slice(from).join(' ')];
};

/**
 * The first and last name of a whole name, where a file has nothing better: `Last, First` by its comma; in Han, Kana and
 * Hangul script the family name first; else the last word, with the `van der` before it, is the last name. A name of one
 * word is a first name.
 */
export const splitName = (name: string): readonly [first: string, last: string] => {
  const text = name.trim();
  const comma = /^([^,]+),\s*([^,]+)$/.exec(text);
  if (comma) return [comma[2] ?? '', comma[1]?.trim() ?? ''];
  const words = wordsOf(text);
  if (words.length > 1 && eastAsian.test(text)) return [words.slice(1).join(' '), words[0] ?? ''];
  return inOrder(words);
};

/** A whole name, taken apart. */
export interface WholeName {
  readonly first: string;
  readonly last: string;
  /** The name of a company, where it is one and nobody's. */
  readonly company: string;
  /** Titles and degrees, which are no part of the name. */
  readonly besides: readonly string[];
}

/** Those at the end of a list that a test accepts, and the others before them; one at least is left. */
const endOf = (words: readonly string[], accepts: (word: string) => boolean): number => {
  let end = words.length;
  while (end > 1 && accepts(words[end - 1] ?? '')) end -= 1;
  return end;
};

/**
 * Takes a whole name apart: a company by its legal form; titles before a name and degrees after it, which are no name; the
 * rest as `splitName` does. What tells father and son apart (`Jr.`, `III`) stays with the last name.
 */
export const readWholeName = (name: string): WholeName => {
  const text = name.trim();
  if (namesCompany(text)) return { first: '', last: '', company: text, besides: [] };
  const parts = text.split(',').map((part) => part.trim());
  const isSuffix = (part: string): boolean => {
    const words = wordsOf(part);
    return words.length > 0 && words.every((word) => isCredential(word, 'comma') || isGeneration(word));
  };
  const end = endOf(parts, isSuffix);
  const after = parts.slice(end).flatMap(wordsOf);
  const [one = '', ...further] = parts.slice(0, end);
  if (further.length > 1 || further.includes('')) {
    const [first, last] = splitName(text);
    return { first, last, company: '', besides: [] };
  }
  const words = wordsOf(one);
  const nameEnd = endOf(words, (word) => isCredential(word, 'space') || isGeneration(word));
  after.unshift(...words.slice(nameEnd));
  const before = (some: readonly string[]): number => {
    let start = 0;
    while (start < some.length - 1 && isTitleWord(some[start] ?? '')) start += 1;
    return start;
  };
  const given = further.length === 0 ? words.slice(0, nameEnd) : wordsOf(further[0] ?? '');
  const start = before(given);
  const rest = given.slice(start);
  const family = words.slice(0, nameEnd).join(' ');
  const [first, last] =
    further.length > 0
      ? [rest.join(' '), family]
      : start > 0 && rest.length === 1
        ? ['', rest.join(' ')]
        : splitName(rest.join(' '));
  const generation = after.filter(isGeneration);
  return {
    first: last === '' ? [first, ...generation].join(' ') : first,
    last: last === '' ? '' : [last, ...generation].join(' '),
    company: '',
    besides: [...given.slice(0, start), ...after.filter((word) => !isGeneration(word))],
  };
};
