import type { Subject } from '../../../contacts/query/rank.js';
import type { Category } from '../../../fields/catalogue.js';

/** A contact as a line of the index's text tells of it. */
export interface TextLine {
  /** Which line of the store it was when the index was built, counted from 0. */
  readonly line: number;
  readonly category: Category;
  readonly subject: Subject;
}

/** ASCII's separators of records and units; the latter stands between the values of a haystack too. */
const betweenParts = '\x1e';
const betweenTexts = '\x1f';
const base = 36;

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);

/** A line without its end: the number and the category; names; identifiers; the haystack. */
const encode = ({ line, category, subject: { names, identifiers, hay } }: TextLine): string =>
  [
    line.toString(base) + (category === 'internal' ? '-' : '+'),
    names.join(betweenTexts),
    identifiers.join(betweenTexts),
    hay,
  ].join(betweenParts);

/** What a line of the index's text says; `undefined` where it is none. */
export const decodeTextLine = (text: string): TextLine | undefined => {
  const [start = '', names, identifiers, hay] = text.split(betweenParts);
  if (names === undefined || identifiers === undefined || hay === undefined) return undefined;
  return {
    line: Number.parseInt(start, base),
    category: start.endsWith('-') ? 'internal' : 'external',
    subject: { names: names.split(betweenTexts), identifiers: identifiers.split(betweenTexts), hay },
  };
};

/**
 * A contact as a line of the index's text, without its end; `undefined` where its texts hold what cannot stand in one:
 * separators, or halves of surrogate pairs.
 */
export const encodeTextLine = (line: TextLine): string | undefined => {
  const text = encode(line);
  const { names, identifiers, hay } = line.subject;
  const decoded = decodeTextLine(text);
  const isWhole =
    decoded !== undefined &&
    !text.includes('\n') &&
    text.isWellFormed() &&
    decoded.subject.hay === hay &&
    same(decoded.subject.names, names) &&
    same(decoded.subject.identifiers, identifiers);
  return isWhole ? text : undefined;
};

/** Where the haystack begins in the bytes of a line. */
export const haystackStart = (bytes: Buffer): number => bytes.lastIndexOf(betweenParts) + 1;
