import type { Subject } from '../../../contacts/query/rank.js';
import type { Category } from '../../../fields/catalogue.js';
import { IndexFault } from './pages.js';

/** A contact as a line of the index's text tells of it. */
export interface TextLine {
  readonly category: Category;
  readonly subject: Subject;
}

/** ASCII's separators of records and units; the latter stands between the values of a haystack too. */
const betweenParts = '\x1e';
const betweenTexts = '\x1f';
const base = 36;

const separator = betweenParts.charCodeAt(0);
const [minus, semicolon, endOfValue] = [...'-;', betweenTexts].map((sign) => sign.charCodeAt(0));

/** A text of which the haystack is known: its place and length there, or after `=` itself. */
const reference = (text: string, hay: string): string => {
  const at = hay.indexOf(text);
  return at < 0 ? `=${text}` : `${at.toString(base)}.${text.length.toString(base)}`;
};

const referred = (written: string, hay: string): string => {
  if (written.startsWith('=')) return written.slice(1);
  const dot = written.indexOf('.');
  const at = Number.parseInt(written.slice(0, dot), base);
  return hay.slice(at, at + Number.parseInt(written.slice(dot + 1), base));
};

/** An identifier stands somewhere in the haystack at the end of a value, or before what follows a phone number there. */
const endsValue = (identifier: string, hay: string): boolean =>
  hay.endsWith(identifier) || [betweenTexts, ';'].some((end) => hay.includes(identifier + end));

/** How many bytes of the haystack have all names in them; all of it where `IndexLine.standingOf` could not decide. */
const lengthOfNames = ({ names, identifiers, hay }: Subject): number => {
  const places = names.map((name) => hay.indexOf(name));
  const isRegular = !places.includes(-1) && identifiers.every((identifier) => endsValue(identifier, hay));
  const end = Math.max(0, ...places.map((place, index) => place + (names[index] ?? '').length));
  return Buffer.byteLength(isRegular ? hay.slice(0, end) : hay);
};

/** A line without rank and end: the category and the length of the names; the haystack; names; identifiers. */
const encode = ({ category, subject }: TextLine): string => {
  const { names, identifiers, hay } = subject;
  const head = [category === 'internal' ? '-' : '+', lengthOfNames(subject).toString(base)];
  const referencesTo = (texts: readonly string[]): string =>
    texts.map((text) => reference(text, hay)).join(betweenTexts);
  return [head.join(''), hay, referencesTo(names), referencesTo(identifiers)].join(betweenParts);
};

const isLetterOrDigit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/** Where a number ends that begins at a place: before whatever is no digit of it. */
const endOfNumber = (bytes: Uint8Array, start: number): number => {
  let at = start;
  while (isLetterOrDigit(bytes[at] ?? 0)) at++;
  return at;
};

const numberIn = (bytes: Uint8Array, start: number, end: number): number => {
  let number = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    number = number * base + byte - (byte < 0x61 ? 0x30 : 0x57);
  }
  return number;
};

/** How a word stands in a haystack: at least once at the start of a word, or in the middle of words alone. */
export type Standing = 'start' | 'middle';

/** A line of an index's text, of which each part is read when somebody asks for it. */
export class IndexLine {
  /** How many contacts came before it by name when the index was built; 0 where that is not written. */
  readonly rank: number;
  readonly category: Category;
  readonly #bytes: Buffer;
  readonly #hayStart: number;
  readonly #namesEnd: number;
  readonly #end: number;
  readonly #onlyHit: number | undefined;
  #hayEnd: number | undefined;

  /**
   * @param bytes hold the line from `begin` to `end`; they must stay what they are as long as it is looked at
   * @param onlyHit where in the bytes the text stands that is looked for, if the line has it once
   */
  constructor(bytes: Buffer, begin: number, end: number, onlyHit?: number) {
    const sign = endOfNumber(bytes, begin);
    const separatorBeforeHay = endOfNumber(bytes, sign + 1);
    this.rank = numberIn(bytes, begin, sign);
    this.category = bytes[sign] === minus ? 'internal' : 'external';
    this.#bytes = bytes;
    this.#hayStart = separatorBeforeHay + 1;
    this.#namesEnd = this.#hayStart + numberIn(bytes, sign + 1, separatorBeforeHay);
    this.#end = end;
    this.#onlyHit = onlyHit;
  }

  /** Everything of the contact that a word can hit. */
  get hay(): string {
    return this.#bytes.toString('utf8', this.#hayStart, this.#endOfHay());
  }

  /** What the contact's rank depends on. @throws IndexFault where this is no whole line */
  get subject(): Subject {
    const [hay, names, identifiers] = this.#bytes.toString('utf8', this.#hayStart, this.#end).split(betweenParts);
    if (hay === undefined || names === undefined || identifiers === undefined) {
      throw new IndexFault('A line of the index is none.');
    }
    const textsOf = (written: string): readonly string[] =>
      written === '' ? [] : written.split(betweenTexts).map((one) => referred(one, hay));
    return { names: textsOf(names), identifiers: textsOf(identifiers), hay };
  }

  /** Whether some of the bytes belong to the haystack. */
  hasInHay(place: number, length: number): boolean {
    return place >= this.#hayStart && place + length <= this.#endOfHay();
  }

  /**
   * Whether all of some texts are in the haystack.
   *
   * @param texts in UTF-8, read as Latin-1
   */
  holds(texts: readonly string[]): boolean {
    const hay = this.#hayInLatin1();
    return texts.every((text) => hay.includes(text));
  }

  /**
   * How a word stands in the haystack. Told only where it touches no name, ends no value, as each identifier does, and
   * follows ASCII alone: the word is in no name and is no identifier then.
   *
   * @param word in UTF-8, read as Latin-1; the text that is looked for
   */
  standingOf(word: string): Standing | undefined {
    if (this.#onlyHit !== undefined) return this.#standingAt(this.#onlyHit, word.length);
    const hay = this.#hayInLatin1();
    let standing: Standing | undefined;
    for (let at = hay.indexOf(word); at >= 0; at = hay.indexOf(word, at + 1)) {
      const found = this.#standingAt(this.#hayStart + at, word.length);
      if (found === undefined) return undefined;
      if (standing !== 'start') standing = found;
    }
    return standing;
  }

  #standingAt(place: number, length: number): Standing | undefined {
    const end = place + length;
    if (place < this.#namesEnd || end >= this.#endOfHay()) return undefined;
    const before = this.#bytes[place - 1] as number;
    const after = this.#bytes[end];
    if (after === endOfValue || after === semicolon || before >= 0x80) return undefined;
    return isLetterOrDigit(before) ? 'middle' : 'start';
  }

  /** A byte for each character, which is made faster than the text. */
  #hayInLatin1(): string {
    return this.#bytes.toString('latin1', this.#hayStart, this.#endOfHay());
  }

  #endOfHay(): number {
    if (this.#hayEnd === undefined) {
      const end = this.#bytes.indexOf(separator, this.#hayStart);
      this.#hayEnd = end < 0 ? this.#end : Math.min(end, this.#end);
    }
    return this.#hayEnd;
  }
}

/** A line that stands alone. */
export const indexLineOf = (text: string): IndexLine => {
  const bytes = Buffer.from(text);
  return new IndexLine(bytes, 0, bytes.length);
};

/** The beginning of a line of the index's text. */
export const encodeRank = (rank: number): string => rank.toString(base);

/**
 * A contact as a line of the index's text, without its rank and its end; `undefined` where its texts hold what cannot stand in one:
 * separators, or halves of surrogate pairs.
 */
export const encodeTextLine = (line: TextLine): string | undefined => {
  const text = encode(line);
  const { names, identifiers, hay } = line.subject;
  const parts = text.split(betweenParts);
  const isWhole =
    parts.length === 4 &&
    !text.includes('\n') &&
    text.isWellFormed() &&
    [...names, ...identifiers].every((value) => !value.includes(betweenTexts)) &&
    names.length > 0 &&
    identifiers.length > 0 &&
    parts[1] === hay;
  return isWhole ? text : undefined;
};

/** The haystack in the bytes of a line without rank, and its beginning, which has all names in it. */
export const searchedIn = (bytes: Uint8Array): { readonly hay: Uint8Array; readonly names: Uint8Array } => {
  const start = bytes.indexOf(separator) + 1;
  return {
    hay: bytes.subarray(start, bytes.indexOf(separator, start)),
    names: bytes.subarray(start, start + numberIn(bytes, 1, start - 1)),
  };
};
