import type { UsageError } from '../../errors.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { latinSpellings } from '../east-asian/spellings.js';
import type { Clock } from './clock.js';
import { readDay } from './day-range.js';
import { type Doubts, hintOf } from './doubts.js';
import { type ReadValue, readValue, type UnknownValue } from './field-test.js';
import { findImpossible, type OneValue } from './impossible.js';
import { createJudge } from './judge.js';
import { digitForms } from './phone-term.js';
import { plainText } from './plain-text.js';
import type { QueryNode } from './query.js';
import { nearestFields, type QueryField } from './query-field.js';
import { endOfPiece, halfWidth, type Piece, type PieceToken } from './tokens.js';

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

/** Reads the pieces of text of a query, one after the other. */
export interface PieceReader {
  /** What a piece asks for; nothing where nothing is left of it once it is folded. */
  nodeOf(token: PieceToken, fieldOfGroup: QueryField | undefined): QueryNode | undefined;
  /** Says that a parenthesis with values opens at a place, after the name of a field that begins at `from`. */
  openAfter(from: number, at: number): void;
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

const holdsOneValue: readonly QueryField['holds'][] = ['choice', 'language', 'country', 'checkbox'];

const holdsText = ({ holds }: QueryField): boolean => ['text', 'note', 'email', 'label'].includes(holds);

const quotedIfNeeded = (value: string): string => (/[\s()":,;|*=!?]/.test(value) ? `"${value}"` : value);

export const createPieceReader = (text: string, context: PieceContext): PieceReader => {
  const { fields, fieldNamed, labels, clock, doubts } = context;
  const source = halfWidth(text);
  const judge = createJudge(source, context);
  const unlessPresent: Precondition[] = [];
  const oneValues = new Map<QueryNode, OneValue>();

  const textNode = (piece: Piece): QueryNode | undefined => {
    judge.text(piece);
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
  const withValues = ({ from, piece }: PieceToken, values: readonly string[]): readonly string[] => {
    const prefix = source.slice(from, piece.at).replace(/"$/, '');
    const forms = values.map((value) => `${prefix}${quotedIfNeeded(value)}`);
    return judge.withMinus(from, forms);
  };

  const wholeAsText = ({ from, piece }: PieceToken): QueryNode | undefined =>
    wordNode({ text: source.slice(from, endOfPiece(piece)).replaceAll('"', ''), as: 'word' });

  const unknownValue = (token: PieceToken, { problem, nearest, hint }: UnknownValue): QueryNode | undefined => {
    const { from, piece } = token;
    const end = endOfPiece(piece);
    const start = doubts.strict ? piece.at : judge.startOf(from);
    doubts.raise(start, end, { problem, meant: withValues(token, nearest), hint });
    return wholeAsText(token);
  };

  /** Keeps of a condition what is to be known of it when all of the query is read. */
  const note = (node: QueryNode, token: PieceToken, field: QueryField, { test, unlessPresent: unknown }: ReadValue) => {
    const { piece, from } = token;
    if (unknown !== undefined) {
      const error = () =>
        doubts.error(piece.at, unknown.problem, hintOf(withValues(token, unknown.nearest), unknown.hint));
      unlessPresent.push({ node, error });
    }
    if (holdsOneValue.includes(field.holds) && 'texts' in test) {
      const written = source.slice(from, endOfPiece(piece));
      oneValues.set(node, { at: from, label: field.label, written, texts: test.texts });
    }
  };

  const fieldNode = (token: PieceToken, field: QueryField): QueryNode | undefined => {
    const { piece, from } = token;
    if (token.field) judge.fieldName(from, source.indexOf(':', from), endOfPiece(piece));
    const isDoubtful = judge.value(token, field);
    // The field's reader passes over signs: `type:-lead` would select the leads.
    if (isDoubtful && !holdsText(field)) return wholeAsText(token);
    if (field.holds === 'has' || field.holds === 'missing') return presence(piece, field.holds === 'missing');
    const refuse = (problem: string, hint: string) => doubts.error(piece.at, problem, hint);
    const read = readValue(field, piece.text, piece.as === 'phrase', { clock, refuse, ...(labels && { labels }) });
    if (!('test' in read)) return unknownValue(token, read);
    const node: QueryNode = { is: 'field', paths: field.paths, test: read.test };
    if (doubts.strict) note(node, token, field, read);
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
    openAfter: (from, at) => judge.fieldName(from, at - 1, at + 1),
    end: (root, hasOperators) => {
      judge.end(hasOperators);
      if (root) refuseImpossible(root);
    },
    unlessPresent,
  };
};
