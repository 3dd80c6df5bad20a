import { endOfPhoneRun } from './phone-term.js';
import type { QueryField } from './query-field.js';
import { unreadable } from './unreadable.js';

/** A piece of text in a query, and its place, counted in UTF-16 code units. */
export interface Piece {
  readonly text: string;
  readonly at: number;
  readonly as: 'word' | 'phrase' | 'phone';
}

/** A parenthesis that opens or a piece of text may stand after a `field:`, whose name begins at `from`. */
export type Token =
  | { readonly is: 'and' | 'or' | 'not' | 'close'; readonly at: number }
  | { readonly is: 'open'; readonly at: number; readonly from: number; readonly field?: QueryField }
  | { readonly is: 'piece'; readonly piece: Piece; readonly from: number; readonly field?: QueryField }
  /** A quotation mark without its partner, or a dash before nothing: it is passed over. */
  | { readonly is: 'stray'; readonly at: number; readonly mark: '"' | '-' };

export type PieceToken = Extract<Token, { readonly is: 'piece' }>;

/** Where a piece ends, with its quotation marks. */
export const endOfPiece = ({ at, text, as }: Piece): number => at + text.length + (as === 'phrase' ? 1 : 0);

/**
 * The query in half width, white space and invisible marks as plain spaces, typographic quotation marks as plain ones,
 * and dashes in numbers as `-`, so that what is typed in an East Asian input method or pasted is read too. Every place
 * stays where it is.
 */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]/g, ' ')
    .replace(/[“”„]/g, '"')
    .replace(/(?<=\d)[‐-―−]/g, '-');

const namedField = /([^ :"()]{1,64}):/y;
const operator = /(?:AND|OR|NOT)(?=[ ()"]|$)/y;
const operators = { AND: 'and', OR: 'or', NOT: 'not' } as const;

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

/** A piece of text as it stands in the source: from `start` to `end`, with what follows it at `after`. */
interface Span {
  readonly as: Piece['as'];
  readonly start: number;
  readonly end: number;
  readonly after: number;
}

/** The piece of text that starts here; nothing at a parenthesis or a quotation mark without its partner. */
const spanAt = (source: string, at: number, mayBePhone: boolean): Span | undefined => {
  const endOfPhone = mayBePhone ? endOfPhoneRun(source, at) : undefined;
  if (endOfPhone !== undefined) return { as: 'phone', start: at, end: endOfPhone, after: endOfPhone };
  if (source[at] === '(') return undefined;
  if (source[at] === '"') {
    const end = source.indexOf('"', at + 1);
    return end < 0 ? undefined : { as: 'phrase', start: at + 1, end, after: end + 1 };
  }
  const end = endOfWord(source, at);
  return { as: 'word', start: at, end, after: end };
};

/**
 * The tokens of a query, in order.
 *
 * @param fieldNamed what a name before a colon means; one without a meaning is text
 * @throws UsageError for a `field:` with nothing after it, or with a quotation mark that is not closed
 */
export function* tokensOf(
  text: string,
  fieldNamed: (name: string) => QueryField | undefined,
): Generator<Token, void, undefined> {
  const source = halfWidth(text);
  let at = 0;
  let afterDash = false;

  const takeField = (): QueryField | undefined => {
    namedField.lastIndex = at;
    const [written = '', name = ''] = namedField.exec(source) ?? [];
    const field = name === '' ? undefined : fieldNamed(name);
    if (field === undefined) return undefined;
    at += written.length;
    if (/[ )]/.test(source[at] ?? ' ')) {
      throw unreadable(
        text,
        at,
        `Nothing stands after "${written}":`,
        `Write the value after the colon without a space, or "${written}" in quotation marks if it is text.`,
      );
    }
    return field;
  };

  const takeOperator = (): (typeof operators)[keyof typeof operators] | undefined => {
    if (afterDash) return undefined;
    operator.lastIndex = at;
    const [written = ''] = operator.exec(source) ?? [];
    at += written.length;
    return operators[written as keyof typeof operators];
  };

  while (at < source.length) {
    const from = at;
    const character = source[at];
    if (character === ' ') {
      at++;
    } else if (character === ')') {
      at++;
      yield { is: 'close', at: from };
    } else if (character === '-' && !afterDash) {
      at++;
      afterDash = /[^ )]/.test(source[at] ?? ' ');
      yield afterDash ? { is: 'not', at: from } : { is: 'stray', at: from, mark: '-' };
    } else {
      const taken = takeOperator();
      if (taken) {
        yield { is: taken, at: from };
        continue;
      }
      const field = takeField();
      const named = field && { field };
      const span = spanAt(source, at, field === undefined || field.holds === 'phone');
      if (span) {
        const { as, start, end, after } = span;
        yield { is: 'piece', piece: { text: text.slice(start, end), at: start, as }, from, ...named };
        at = after;
      } else {
        if (source[at] === '(') yield { is: 'open', at, from, ...named };
        else if (field) {
          throw unreadable(
            text,
            at,
            `The quotation mark after ${field.label} is not closed:`,
            'Close it with another quotation mark.',
          );
        } else yield { is: 'stray', at, mark: '"' };
        at++;
      }
      afterDash = false;
    }
  }
}
