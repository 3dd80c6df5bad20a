import type { UsageError } from '../../errors.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { latinSpellings } from '../east-asian/spellings.js';
import type { Clock } from './clock.js';
import { readDay } from './day-range.js';
import { type Doubts, hintOf } from './doubts.js';
import { type ReadValue, readValue, type UnknownValue } from './field-test.js';
import { findImpossible, type OneValue } from './impossible.js';
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
  /**
   * Says that there are no more pieces: some can be judged only beside the others.
   *
   * @param root what all of the query asks for
   * @param hasOperators it has `AND`, `OR`, `NOT`, a minus or parentheses
   */
  end(root: QueryNode | undefined, hasOperators: boolean): void;
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
const sqlOperator = /^(?:IN|IS|XOR|TO|(?:I?LIKE|BETWEEN|CONTAINS|EQUALS)|i?like|between|contains|equals)$/;
const clockTime = /^\d{1,2}:\d\d/;
const holdsOneValue: readonly QueryField['holds'][] = ['choice', 'language', 'country', 'checkbox'];
const relativeDate = /^\d{1,5}[dwmy]$/i;

const quoteIt = 'Put it in quotation marks if it is text.';
const quotedIfNeeded = (value: string): string => (/[\s()":,;|*=!?]/.test(value) ? `"${value}"` : value);

export const createPieceReader = (text: string, context: PieceContext): PieceReader => {
  const { fields, fieldNamed, labels, clock, doubts } = context;
  const source = halfWidth(text);
  const closesAfter = marksIn(source);
  const unlessPresent: Precondition[] = [];
  const bareOperators: { readonly at: number; readonly word: string; readonly meant: string }[] = [];
  const oneValues = new Map<QueryNode, OneValue>();
  let namesField = false;
  /** The piece before, where it is a word by itself or a time. */
  let before: { readonly word?: string; readonly from: number; readonly end: number } | undefined;

  /** The minus right before a piece is part of what was meant. */
  const isNegated = (from: number): boolean => source[from - 1] === '-';
  const negatedAs = (from: number, meant: readonly string[]): readonly string[] =>
    isNegated(from) ? meant.map((form) => (form.startsWith('-') ? form.slice(1) : `-${form}`)) : meant;
  const raise = (from: number, to: number, misread: Misreading): void =>
    doubts.raise(isNegated(from) ? from - 1 : from, to, { ...misread, meant: negatedAs(from, misread.meant) });

  /** `name:"two` with what follows up to the other quotation mark. */
  const withQuotedValue = (word: string, from: number): string => {
    const [start] = /^[^:"]+:"/.exec(word) ?? [];
    const end = start === undefined ? -1 : source.indexOf('"', from + start.length);
    return end < 0 ? word : source.slice(from, end + 1);
  };

  const raiseOperator = (at: number, word: string, meant: string): void =>
    doubts.raise(at, at + word.length, {
      problem: `"${word}" is a word here, not an operator:`,
      meant: [meant],
      hint: quoteIt,
    });

  const judgeWord = (word: string, from: number): void => {
    const operator = operatorOf(word);
    const wasName = before?.word !== undefined && fieldNamed(before.word) !== undefined;
    const afterTime = before !== undefined && before.word === undefined;
    if (operator !== undefined) bareOperators.push({ at: from, word, meant: operator });
    else if (wasName && sqlOperator.test(word))
      doubts.raise(from, from + word.length, {
        problem: `Queries do not use "${word}":`,
        meant: [],
        hint: 'Write field:value, such as company:acme or created:2026-01..2026-03.',
      });
    else if (afterTime && clockTime.test(word)) {
      const meant = [`${source.slice(before?.from, before?.end)}T${word}Z`];
      raise(before?.from ?? from, from + word.length, { problem: 'A date and its time of day stand together:', meant });
    } else if (isNegated(from) && relativeDate.test(word)) {
      doubts.raise(from - 1, from + word.length, {
        problem: `No field stands before -${word}:`,
        meant: [`created:>-${word}`, `updated:>-${word}`],
        hint: quoteIt,
      });
    } else {
      const whole = withQuotedValue(word, from);
      const misread = misreadWord(whole, fields, (mark) => closesAfter(mark, from));
      if (misread) raise(from, from + whole.length, misread);
    }
  };

  const textNode = (piece: Piece): QueryNode | undefined => {
    const isWord = piece.as === 'word';
    const word = halfWidth(piece.text);
    if (isWord && doubts.mayRaise()) judgeWord(word, piece.at);
    before = isWord ? { word, from: piece.at, end: piece.at + word.length } : undefined;
    if (piece.as === 'phone' && word.includes('..')) {
      const meant = /^\d{4}-/.test(word) ? [`created:${word}`] : [];
      raise(piece.at, piece.at + word.length, { problem: 'No field stands before the range:', meant, hint: quoteIt });
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

  /** `first name:bob`: the word before belongs to the name of the field. */
  const judgeName = (word: string, from: number, { piece, from: name }: PieceToken): void => {
    const written = source.slice(name, piece.at).replace(/:"?$/, '');
    if (!doubts.mayRaise() || fieldNamed(`${word} ${written}`) === undefined) return;
    const end = piece.at + piece.text.length + (piece.as === 'phrase' ? 1 : 0);
    const meant = [`${word}-${source.slice(name, end)}`.toLowerCase()];
    raise(from, end, { problem: 'The name of a field stands without spaces:', meant, hint: quoteIt });
  };

  const fieldNode = (token: PieceToken, field: QueryField): QueryNode | undefined => {
    const { piece, from } = token;
    const end = piece.at + piece.text.length;
    namesField = true;
    if (before?.word !== undefined && before.end + 1 === from) judgeName(before.word, before.from, token);
    before = field.holds === 'time' && piece.as === 'word' ? { from, end } : undefined;
    if (field.holds === 'has' || field.holds === 'missing') return presence(piece, field.holds === 'missing');
    if (doubts.mayRaise()) judgeValue(token, field);
    const refuse = (problem: string, hint: string) => doubts.error(piece.at, problem, hint);
    const read = readValue(field, piece.text, piece.as === 'phrase', { clock, refuse, ...(labels && { labels }) });
    if (!('test' in read)) return unknownValue(token, read);
    const node: QueryNode = { is: 'field', paths: field.paths, test: read.test };
    expectPresent(node, token, read);
    if (holdsOneValue.includes(field.holds) && 'texts' in read.test) {
      const { label } = field;
      oneValues.set(node, {
        at: from,
        label,
        written: source.slice(from, end + (piece.as === 'phrase' ? 1 : 0)),
        texts: read.test.texts,
      });
    }
    return node;
  };

  const refuseImpossible = (root: QueryNode): void => {
    const found = findImpossible(root, (node) => oneValues.get(node));
    if (!found) return;
    const { first, second } = found;
    const problem = `${second.label} has one value, so it cannot be both:`;
    doubts.refuse(second.at, problem, `Did you mean (${first.written} OR ${second.written})?`);
  };

  return {
    nodeOf: (token, fieldOfGroup) => {
      const field = token.field ?? fieldOfGroup;
      return field ? fieldNode(token, field) : textNode(token.piece);
    },
    wordsOf: (words) => wordNode({ text: words, as: 'word' }),
    end: (root, hasOperators) => {
      for (const { at, word, meant } of bareOperators) {
        const leads =
          meant === 'NOT' && /^ *$/.test(source.slice(0, at)) && source.slice(at + word.length).trim() !== '';
        if (namesField || hasOperators || leads) raiseOperator(at, word, meant);
      }
      if (root) refuseImpossible(root);
    },
    unlessPresent,
  };
};
