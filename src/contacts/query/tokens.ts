import { endOfPhoneRun } from './phone-term.js';
import type { QueryField } from './query-field.js';
import { unreadable } from './unreadable.js';

/** A piece of text in a query, and its place, counted in UTF-16 code units. */
export interface Piece {
  readonly text: string;
  readonly at: number;
  readonly as: 'word' | 'phrase' | 'phone';
}

/** A parenthesis that opens or a piece of text may stand after a `field:`. */
export type Token =
  | { readonly is: 'not' | 'or' | 'close' }
  | { readonly is: 'open'; readonly at: number; readonly field?: QueryField }
  | { readonly is: 'piece'; readonly piece: Piece; readonly field?: QueryField };

/**
 * The query in half width, white space and invisible marks as plain spaces, typographic quotation marks as plain ones,
 * and dashes in numbers as `-`, so that what is typed in an East Asian input method or pasted is read too. Every place
 * stays where it is.
 */
const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/g, ' ')
    .replace(/[“”„]/g, '"')
    .replace(/(?<=\d)[‐-―−]/g, '-');

const namedField = /([^ :"()]{1,64}):/y;

/** Where the word that starts here ends: at a space, or where a parenthesis closes that it did not open. */
const endOfWord = (source: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at];
    if (character === ' ') return at;
    if (character === '(') depth++;
    if (character === ')' && --depth < 0) return at;
  }
  return source.length;
};

/**
 * The tokens of a query, in order. A quotation mark without its partner, and a dash before nothing, are passed over.
 *
 * @param fieldNamed what a name before a colon means; one without a meaning is text
 * @throws UsageError for a `field:` with nothing after it, or with a quotation mark that is not closed
 */
export function* tokensOf(
  text: string,
  fieldNamed: (name: string) => QueryField | undefined,
): Generator<Token, void, undefined> {
  const source = halfWidth(text);
  const pieceOf = (as: Piece['as'], start: number, end: number): Piece => ({
    text: text.slice(start, end),
    at: start,
    as,
  });

  let at = 0;
  let negated = false;
  while (at < source.length) {
    const afterDash = negated;
    negated = false;
    const start = at;
    const next = source[at + 1] ?? ' ';
    if (source[at] === ' ') {
      at++;
      continue;
    }
    if (source[at] === '-' && !afterDash) {
      at++;
      negated = next !== ' ' && next !== ')';
      if (negated) yield { is: 'not' };
      continue;
    }
    if (source[at] === ')') {
      at++;
      yield { is: 'close' };
      continue;
    }

    let field: QueryField | undefined;
    namedField.lastIndex = at;
    const name = namedField.exec(source);
    if (name?.[1] !== undefined) field = fieldNamed(name[1]);
    if (field) {
      at += name?.[0].length ?? 0;
      if (/[ )]/.test(source[at] ?? ' ')) {
        throw unreadable(
          text,
          at,
          `Nothing stands after "${text.slice(start, at)}":`,
          `Write the value after the colon without a space, or "${text.slice(start, at)}" in quotation marks if it is text.`,
        );
      }
    }
    const named = field && { field };

    const endOfPhone = field && field.holds !== 'phone' ? undefined : endOfPhoneRun(source, at);
    if (endOfPhone !== undefined) {
      yield { is: 'piece', piece: pieceOf('phone', at, endOfPhone), ...named };
      at = endOfPhone;
    } else if (source[at] === '(') {
      yield { is: 'open', at, ...named };
      at++;
    } else if (source[at] === '"') {
      const end = source.indexOf('"', at + 1);
      if (end > 0) {
        yield { is: 'piece', piece: pieceOf('phrase', at + 1, end), ...named };
        at = end + 1;
      } else if (field) {
        throw unreadable(
          text,
          at,
          `The quotation mark after "${text.slice(start, at)}" is not closed:`,
          'Close it with another quotation mark.',
        );
      } else at++;
    } else {
      const end = endOfWord(source, at);
      if (!field && !afterDash && source.slice(at, end) === 'OR') yield { is: 'or' };
      else yield { is: 'piece', piece: pieceOf('word', at, end), ...named };
      at = end;
    }
  }
}
