import { UsageError } from '../../errors.js';
import { latePattern } from '../../fields/late-pattern.js';

const wide = latePattern(String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\uff01-\uff60]`, 'u');
const shownBefore = 40;
const shownAfter = 30;

/**
 * The error for a query that cannot be read: what is wrong, and beneath it the query with a caret under the place.
 *
 * @param at the place, counted in UTF-16 code units
 */
export const unreadable = (text: string, at: number, problem: string, hint: string): UsageError => {
  const oneLine = text.toWellFormed().replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, ' ');
  const start = at > shownBefore ? at - shownBefore : 0;
  const before = [...`${start > 0 ? '…' : ''}${oneLine.slice(start, at)}`];
  const after = oneLine.slice(at, at + shownAfter);
  const rest = at + shownAfter < oneLine.length ? '…' : '';
  const margin = before.map((character) => (wide().test(character) ? '\u3000' : ' ')).join('');
  return new UsageError(`${problem}\n  ${before.join('')}${after}${rest}\n  ${margin}^`, hint);
};
