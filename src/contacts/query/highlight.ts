import { otherSpellings } from '../east-asian/spellings.js';
import { plainLetters } from './plain-text.js';
import type { Near, Query, QueryNode } from './query.js';
import { nearWords } from './typing-errors.js';

/** A part of a text, counted in UTF-16 code units; `end` is after it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

const wantedTexts = (node: QueryNode): readonly string[] => {
  switch (node.is) {
    case 'all':
    case 'any':
      return node.of.flatMap(wantedTexts);
    case 'word':
      return node.forms;
    case 'field':
      return 'texts' in node.test ? node.test.texts : [];
    default:
      return [];
  }
};

const nearTexts = (node: QueryNode): readonly Near[] => {
  if (node.is === 'all' || node.is === 'any') return node.of.flatMap(nearTexts);
  return node.is === 'near' ? [node] : [];
};

/** A letter with its marks: what folds as a whole. */
const letters = /\P{M}\p{M}*|\p{M}+/gu;

/** A folded text, with the place of the letter in the original that each of its code units comes from. */
const foldedWithPlaces = (text: string): { readonly folded: string; readonly places: readonly TextRange[] } => {
  const places: TextRange[] = [];
  let folded = '';
  for (const { 0: letter, index: start } of text.matchAll(letters)) {
    const part = plainLetters(letter);
    folded += part;
    for (let unit = 0; unit < part.length; unit++) places.push({ start, end: start + letter.length });
  }
  return { folded, places };
};

/** The part of the original that a part of the folded text comes from. */
const rangeOf = (places: readonly TextRange[], at: number, length: number): readonly TextRange[] => {
  const [first, last] = [places[at], places[at + length - 1]];
  return first && last ? [{ start: first.start, end: last.end }] : [];
};

const rangesOf = (folded: string, places: readonly TextRange[], wanted: string): readonly TextRange[] => {
  const ranges: TextRange[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    ranges.push(...rangeOf(places, at, wanted.length));
  }
  return ranges;
};

const latinWord = /^[a-z]{2,}$/;

/**
 * Finds the parts of a text that a query's words and values hit: in order, without overlaps. A text in Han characters or
 * kana that was hit by another spelling is marked whole.
 */
export const highlighter = (query: Query): ((text: string) => readonly TextRange[]) => {
  const wanted = [...new Set(wantedTexts(query.root))].filter((text) => text !== '');
  const near = nearTexts(query.root);
  const isHitAsSpelled = (spelling: string): boolean =>
    wanted.some((word) => latinWord.test(word) && spelling.includes(word));
  return (text) => {
    const { folded, places } = foldedWithPlaces(text);
    const exact = wanted.flatMap((part) => rangesOf(folded, places, part));
    const mistyped = near.flatMap((word) =>
      [...nearWords(word, folded)].flatMap(({ at, length }) => rangeOf(places, at, length)),
    );
    const found = [...exact, ...mistyped].sort((a, b) => a.start - b.start || b.end - a.end);
    if (found.length === 0 && otherSpellings(folded).some(isHitAsSpelled)) return [{ start: 0, end: text.length }];
    const ranges: TextRange[] = [];
    for (const range of found) {
      const last = ranges.at(-1);
      if (last === undefined || range.start > last.end) ranges.push(range);
      else if (range.end > last.end) ranges.splice(-1, 1, { start: last.start, end: range.end });
    }
    return ranges;
  };
};
