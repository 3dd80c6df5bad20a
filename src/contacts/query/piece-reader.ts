import type { UsageError } from '../../errors.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { latinSpellings } from '../east-asian/spellings.js';
import type { Clock } from './clock.js';
import { readDay } from './day-range.js';
import { type Doubts, hintOf } from './doubts.js';
import { type ReadValue, readValue, type UnknownValue } from './field-test.js';
import { type Misreading, misreadValue, misreadWord } from './misreadings.js';
import { digitForms } from './phone-term.js';
import { plainText } from './plain-text.js';
import type { QueryNode } from './query.js';
import { nearestFields, type QueryField } from './query-field.js';
import { halfWidth, type Piece, type Token } from './tokens.js';

/** What the pieces of a query are read with. */
interface PieceContext {
  readonly fields: readonly FieldSpec[];
  readonly fieldNamed: (name: string) => QueryField | undefined;
  readonly labels?: readonly string[];
  readonly clock: Clock;
  readonly doubts: Doubts;
}

/** A condition that some contact has to meet. */
export interface Precondition {
  readonly node: QueryNode;
  readonly error: () => UsageError;
}

type PieceToken = Extract<Token, { readonly is: 'piece' }>;

/** Reads the pieces of text of a query, one after the other. */
export interface PieceReader {
  /** What a piece asks for; nothing where nothing is left of it once it is folded. */
  nodeOf(token: PieceToken, fieldOfGroup: QueryField | undefined): QueryNode | undefined;
  /** What a text asks for as words. */
  wordsOf(text: string): QueryNode | undefined;
  /** Says that there are no more pieces: some can be judged only beside the others. */
  end(): void;
  readonly unlessPresent: readonly Precondition[];
}

const wordNode = ({ text, as }: Pick<Piece, 'text' | 'as'>): QueryNode | undefined => {
  const written = plainText(text).trim();
  if (written === '') return undefined;
  const others = as === 'phone' ? digitForms(written) : [readDay(written) ?? written, ...latinSpellings(written)];
  return { is: 'word', forms: [...new Set([written, ...others])] };
};

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

/** Words that are operators in capitals, and signs that are operators elsewhere. */
const operatorOf = (word: string): string | undefined =>
  ({ and: 'AND', or: 'OR', not: 'NOT', '&': 'AND', '+': 'AND' })[word.toLowerCase()];
const sqlOperator = /^(?:I?LIKE|IN|IS|BETWEEN|CONTAINS|EQUALS|XOR|TO)$/;
const relativeDate = /^\d{1,5}[dwmy]$/i;

const quoteIt = 'Put it in quotation marks if it is text.';
const quotedIfNeeded = (value: string): string => (/[\s()":,;|*=!?]/.test(value) ? `"${value}"` : value);

export const createPieceReader = (text: string, context: PieceContext): PieceReader => {
  const { fields, fieldNamed, labels, clock, doubts } = context;
  const source = halfWidth(text);
  const closesAfter = marksIn(source);
  const unlessPresent: Precondition[] = [];
  const bareOperators: { readonly at: number; readonly word: string; readonly meant: string }[] = [];
  let namesField = false;
  /** The piece before is a word that could stand before a colon. */
  let afterName = false;

  /** The minus right before a piece is part of what was meant. */
  const isNegated = (from: number): boolean => source[from - 1] === '-';
  const negatedAs = (from: number, meant: readonly string[]): readonly string[] =>
    isNegated(from) ? meant.map((form) => (form.startsWith('-') ? form.slice(1) : `-${form}`)) : meant;
  const raise = (from: number, to: number, misread: Misreading): void =>
    doubts.raise(isNegated(from) ? from - 1 : from, to, { ...misread, meant: negatedAs(from, misread.meant) });

  const raiseOperator = (at: number, word: string, meant: string): void =>
    doubts.raise(at, at + word.length, {
      problem: `"${word}" is a word here, not an operator:`,
      meant: [meant],
      hint: quoteIt,
    });

  const judgeWord = (word: string, from: number): void => {
    const operator = operatorOf(word);
    const wasName = afterName;
    afterName = fieldNamed(word) !== undefined;
    if (operator !== undefined) bareOperators.push({ at: from, word, meant: operator });
    else if (wasName && sqlOperator.test(word))
      doubts.raise(from, from + word.length, {
        problem: `Queries do not use "${word}":`,
        meant: [],
        hint: 'Write field:value, such as company:acme or created:2026-01..2026-03.',
      });
    else if (source[from - 1] === '-' && relativeDate.test(word)) {
      doubts.raise(from - 1, from + word.length, {
        problem: `No field stands before -${word}:`,
        meant: [`created:>-${word}`, `updated:>-${word}`],
        hint: quoteIt,
      });
    } else {
      const misread = misreadWord(word, fields, (mark) => closesAfter(mark, from));
      if (misread) raise(from, from + word.length, misread);
    }
  };

  const textNode = (piece: Piece): QueryNode | undefined => {
    const isWord = piece.as === 'word';
    const word = halfWidth(piece.text);
    if (isWord && doubts.mayRaise()) judgeWord(word, piece.at);
    else afterName = false;
    if (piece.as === 'phone' && word.includes('..')) {
      doubts.raise(piece.at, piece.at + word.length, {
        problem: 'No field stands before the range:',
        meant: [`created:${word}`],
        hint: quoteIt,
      });
    }
    const node = wordNode(piece);
    if (node === undefined)
      doubts.refuse(piece.at, 'There is nothing to look for here:', 'Write words, or field:value.');
    return node;
  };

  const presence = (piece: Piece, missing: boolean): QueryNode => {
    const field = fieldNamed(piece.text);
    if (field === undefined || field.paths.length === 0) {
      const meant = nearestFields(piece.text, fields).flatMap((form) =>
        form.endsWith(':V') && !/^(?:has|missing):/.test(form)
          ? [`${missing ? 'missing' : 'has'}:${form.slice(0, -2)}`]
          : [],
      );
      const hint = 'Name a field by its label, flag or JSON key; "contacts schema" lists them.';
      throw doubts.error(piece.at, `There is no field "${piece.text}":`, hintOf(meant, hint));
    }
    const present: QueryNode = { is: 'present', paths: field.paths };
    return missing ? { is: 'not', node: present } : present;
  };

  /** The forms in which values would stand in the place of a piece. */
  const withValues = (from: number, piece: Piece, values: readonly string[]): readonly string[] => {
    const prefix = source.slice(from, piece.at).replace(/"$/, '');
    return negatedAs(
      from,
      values.map((value) => `${prefix}${quotedIfNeeded(value)}`),
    );
  };

  const unknownValue = ({ from, piece }: PieceToken, { problem, nearest, hint }: UnknownValue) => {
    const end = piece.at + piece.text.length + (piece.as === 'phrase' ? 1 : 0);
    const start = doubts.strict ? piece.at : isNegated(from) ? from - 1 : from;
    doubts.raise(start, end, { problem, meant: withValues(from, piece, nearest), hint });
    return wordNode({ text: source.slice(from, end).replaceAll('"', ''), as: 'word' });
  };

  const expectPresent = (node: QueryNode, { piece, from }: PieceToken, read: ReadValue): void => {
    if (!doubts.strict || !('unlessPresent' in read)) return;
    const error = () => {
      const { problem = '', nearest = [], hint = '' } = read.unlessPresent ?? {};
      return doubts.error(piece.at, problem, hintOf(withValues(from, piece, nearest), hint));
    };
    unlessPresent.push({ node, error });
  };

  const judgeValue = ({ piece, from }: PieceToken, field: QueryField): void => {
    if (piece.as !== 'word') return;
    const value = halfWidth(piece.text);
    const operator = from === piece.at ? operatorOf(value) : undefined;
    if (operator) return raiseOperator(piece.at, value, operator);
    const misread = misreadValue(value, field, source.slice(from, piece.at), fields, (mark) =>
      closesAfter(mark, piece.at),
    );
    if (misread) raise(from, piece.at + value.length, misread);
  };

  const fieldNode = (token: PieceToken, field: QueryField): QueryNode | undefined => {
    const { piece } = token;
    namesField = true;
    afterName = false;
    if (field.holds === 'has' || field.holds === 'missing') return presence(piece, field.holds === 'missing');
    if (doubts.mayRaise()) judgeValue(token, field);
    const refuse = (problem: string, hint: string) => doubts.error(piece.at, problem, hint);
    const read = readValue(field, piece.text, piece.as === 'phrase', { clock, refuse, ...(labels && { labels }) });
    if (!('test' in read)) return unknownValue(token, read);
    const node: QueryNode = { is: 'field', paths: field.paths, test: read.test };
    expectPresent(node, token, read);
    return node;
  };

  return {
    nodeOf: (token, fieldOfGroup) => {
      const field = token.field ?? fieldOfGroup;
      return field ? fieldNode(token, field) : textNode(token.piece);
    },
    wordsOf: (words) => wordNode({ text: words, as: 'word' }),
    end: () => {
      if (namesField) for (const { at, word, meant } of bareOperators) raiseOperator(at, word, meant);
    },
    unlessPresent,
  };
};
