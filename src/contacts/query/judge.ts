import type { FieldSpec } from '../../fields/catalogue.js';
import type { Doubts } from './doubts.js';
import { type Misreading, misreadValue, misreadWord } from './misreadings.js';
import type { QueryField } from './query-field.js';
import { endOfPiece, halfWidth, type Piece, type PieceToken } from './tokens.js';

/** Words that are operators in capitals, and signs that are operators elsewhere. */
const operatorOf = (word: string): string | undefined =>
  ({ and: 'AND', or: 'OR', not: 'NOT', '&': 'AND', '+': 'AND' })[word.toLowerCase()];

const sqlOperator = /^(?:IN|IS|XOR|TO|I?LIKE|BETWEEN|CONTAINS|EQUALS|i?like|between|contains|equals)$/;
const clockTime = /^\d{1,2}:\d\d/;
const relativeDate = /^\d{1,5}[dwmy]$/i;
const quoteIt = 'Put it in quotation marks if it is text.';

/** Says of closing marks whether one stands after a place, before a space or parenthesis, or at the end. */
const marksIn = (source: string) => {
  const places = new Map<string, number>();
  return (mark: string, at: number): boolean => {
    let last = places.get(mark);
    if (last === undefined) {
      last = -1;
      for (let next = source.indexOf(mark); next >= 0; next = source.indexOf(mark, next + 1)) {
        if (/[ )]/.test(source[next + 1] ?? ' ')) last = next;
      }
      places.set(mark, last);
    }
    return last > at;
  };
};

/** `name:"two` with what follows up to the other quotation mark. */
const withQuotedValue = (word: string, from: number, source: string): string => {
  const [start] = /^[^:"]+:"/.exec(word) ?? [];
  const end = start === undefined ? -1 : source.indexOf('"', from + start.length);
  return end < 0 ? word : source.slice(from, end + 1);
};

/** The piece before: a word by itself, or a time that a field is compared with. */
interface Neighbour {
  readonly is: 'word' | 'time';
  readonly text: string;
  readonly from: number;
  readonly end: number;
}

/** Judges the pieces of a query, one after the other: whether they may have been meant otherwise. */
export interface Judge {
  /** A piece that stands by itself. */
  text(piece: Piece): void;
  /** A value of a field. @returns whether it may have been meant otherwise */
  value(token: PieceToken, field: QueryField): boolean;
  /** A field's name, up to its colon, and what stands after it up to `end`: its value, or a parenthesis that opens. */
  fieldName(from: number, colon: number, end: number): void;
  /** Says that there are no more pieces. @param hasOperators it has `AND`, `OR`, `NOT`, a minus or parentheses */
  end(hasOperators: boolean): void;
  /** Forms that may have been meant, with the minus that stands before the piece at a place. */
  withMinus(from: number, forms: readonly string[]): readonly string[];
  /** Where a piece begins, with the minus before it. */
  startOf(from: number): number;
}

interface JudgeContext {
  readonly fields: readonly FieldSpec[];
  readonly fieldNamed: (name: string) => QueryField | undefined;
  readonly doubts: Doubts;
}

/** @param source the query in half width */
export const createJudge = (source: string, { fields, fieldNamed, doubts }: JudgeContext): Judge => {
  const closesAfter = marksIn(source);
  const bareOperators: { readonly at: number; readonly word: string; readonly meant: string }[] = [];
  let namesField = false;
  let before: Neighbour | undefined;

  const isNegated = (from: number): boolean => source[from - 1] === '-';
  const startOf = (from: number): number => (isNegated(from) ? from - 1 : from);
  const withMinus: Judge['withMinus'] = (from, forms) =>
    isNegated(from) ? forms.map((form) => (form.startsWith('-') ? form.slice(1) : `-${form}`)) : forms;

  const raise = (from: number, end: number, misreading: Misreading): void =>
    doubts.raise(startOf(from), end, { ...misreading, meant: withMinus(from, misreading.meant) });

  const raiseOperator = (at: number, word: string, meant: string): void => {
    const problem = `"${word}" is a word here, not an operator:`;
    doubts.raise(at, at + word.length, { problem, meant: [meant], hint: quoteIt });
  };

  /** What is doubtful about a word beside the piece before it, or by the minus before it. */
  const besideOthers = (word: string, from: number): { from: number; misreading: Misreading } | undefined => {
    if (before?.is === 'word' && sqlOperator.test(word) && fieldNamed(before.text)) {
      const hint = 'Write field:value, such as company:acme or created:2026-01..2026-03.';
      return { from, misreading: { problem: `Queries do not use "${word}":`, meant: [], hint } };
    }
    if (before?.is === 'time' && clockTime.test(word)) {
      const problem = 'A date and its time of day stand together:';
      return { from: before.from, misreading: { problem, meant: [`${before.text}T${word}Z`] } };
    }
    if (!isNegated(from) || !relativeDate.test(word)) return undefined;
    const meant = ['created', 'updated'].map((field) => `-${field}:>-${word}`);
    return { from, misreading: { problem: `No field stands before -${word}:`, meant, hint: quoteIt } };
  };

  const judgeWord = (word: string, from: number): void => {
    const operator = operatorOf(word);
    if (operator !== undefined) {
      bareOperators.push({ at: from, word, meant: operator });
      return;
    }
    const beside = besideOthers(word, from);
    if (beside) return raise(beside.from, from + word.length, beside.misreading);
    const whole = withQuotedValue(word, from, source);
    const misreading = misreadWord(whole, fields, (mark) => closesAfter(mark, from));
    if (misreading) raise(from, from + whole.length, misreading);
  };

  const isLeadingNot = (at: number, word: string): boolean =>
    word.toLowerCase() === 'not' && /^ *$/.test(source.slice(0, at)) && /[^ ]/.test(source.slice(at + word.length));

  return {
    text: (piece) => {
      const text = halfWidth(piece.text);
      const [from, end] = [piece.at, piece.at + text.length];
      if (piece.as === 'word' && doubts.mayRaise()) judgeWord(text, from);
      if (piece.as === 'phone' && text.includes('..')) {
        const meant = /^\d{4}-/.test(text) ? [`created:${text}`] : [];
        raise(from, end, { problem: 'No field stands before the range:', meant, hint: quoteIt });
      }
      before = piece.as === 'word' ? { is: 'word', text, from, end } : undefined;
    },
    value: ({ piece, from }, field) => {
      const end = endOfPiece(piece);
      before = field.holds === 'time' ? { is: 'time', text: source.slice(from, end), from, end } : undefined;
      namesField = true;
      if (piece.as !== 'word') return false;
      const value = halfWidth(piece.text);
      const operator = from === piece.at ? operatorOf(value) : undefined;
      if (operator) {
        raiseOperator(from, value, operator);
        return true;
      }
      const prefix = source.slice(from, piece.at);
      const misreading = misreadValue(value, field, prefix, fields, (mark) => closesAfter(mark, piece.at));
      if (misreading) raise(from, end, misreading);
      return misreading !== undefined;
    },
    fieldName: (from, colon, end) => {
      if (before?.is !== 'word' || before.end + 1 !== from || !doubts.mayRaise()) return;
      const name = source.slice(from, colon);
      if (fieldNamed(`${before.text} ${name}`) === undefined) return;
      const meant = [`${before.text}-${name}`.toLowerCase() + source.slice(colon, end)];
      raise(before.from, end, { problem: 'The name of a field stands without spaces:', meant, hint: quoteIt });
    },
    end: (hasOperators) => {
      for (const { at, word, meant } of bareOperators) {
        if (namesField || hasOperators || isLeadingNot(at, word)) raiseOperator(at, word, meant);
      }
    },
    withMinus,
    startOf,
  };
};
