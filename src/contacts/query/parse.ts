import type { FieldSpec } from '../../fields/catalogue.js';
import { latinSpellings } from '../east-asian/spellings.js';
import { readDay } from './day-range.js';
import { testFor } from './field-test.js';
import { digitForms } from './phone-term.js';
import { plainText } from './plain-text.js';
import { combine, type Query, type QueryNode } from './query.js';
import { type QueryField, queryFieldNamed } from './query-field.js';
import { type Piece, tokensOf } from './tokens.js';
import { unreadable } from './unreadable.js';

export { allOf } from './query.js';

/** A parenthesis that is open, or the query itself. */
interface Group {
  readonly at: number;
  readonly negated: boolean;
  /** The field that it stands after: what is in it are values of the field. */
  readonly field: QueryField | undefined;
  /** What stands between the `OR`s before. */
  readonly alternatives: QueryNode[];
  /** What is wanted since the last `OR`. */
  wanted: QueryNode[];
}

const deepestNesting = 500;

const wordNode = ({ text, as }: Piece): QueryNode | undefined => {
  const written = plainText(text).trim();
  if (written === '') return undefined;
  const others = as === 'phone' ? digitForms(written) : [readDay(written) ?? written, ...latinSpellings(written)];
  return { is: 'word', forms: [...new Set([written, ...others])] };
};

/**
 * Reads a query of the query language.
 *
 * Words stand for texts that are wanted anywhere, in any order; `"a phrase"`, `-word`, `field:value`,
 * `field:"two words"`, `field:(one OR other)`, `field:>2026-01-01`, `field:2026-01-01..2026-02-01`, `has:email`,
 * `missing:phone`, `OR` (which binds more loosely than standing side by side), parentheses. A run of five digits or more
 * is a phone number. What is none of these is text; a blank query fits every contact.
 *
 * @param fields those that `field:` may name, besides what the program keeps and the groups (`phone:`, `address:` …)
 * @throws UsageError that shows the place: an open quotation mark or parenthesis after a `field:`, no value after it,
 * one that the field never has, an impossible range
 */
export const parseQuery = (text: string, fields: readonly FieldSpec[]): Query => {
  const known = new Map<string, QueryField | undefined>();
  const fieldNamed = (name: string): QueryField | undefined => {
    if (!known.has(name)) known.set(name, queryFieldNamed(name, fields));
    return known.get(name);
  };

  const presence = (piece: Piece, missing: boolean): QueryNode => {
    const field = fieldNamed(piece.text);
    if (field === undefined || field.paths.length === 0) {
      throw unreadable(
        text,
        piece.at,
        `There is no field "${piece.text}":`,
        'Name a field by its label, flag or JSON key; "contacts schema" lists them.',
      );
    }
    const present: QueryNode = { is: 'present', paths: field.paths };
    return missing ? { is: 'not', node: present } : present;
  };

  const nodeFor = (piece: Piece, field: QueryField | undefined): QueryNode | undefined => {
    if (field === undefined) return wordNode(piece);
    if (field.holds === 'has' || field.holds === 'missing') return presence(piece, field.holds === 'missing');
    const refuse = (problem: string, hint: string) => unreadable(text, piece.at, problem, hint);
    return { is: 'field', paths: field.paths, test: testFor(field, piece.text, piece.as === 'phrase', refuse) };
  };

  const groups: [Group, ...Group[]] = [{ at: 0, negated: false, field: undefined, alternatives: [], wanted: [] }];
  const innermost = (): Group => groups.at(-1) ?? groups[0];
  let negated = false;

  const want = (node: QueryNode | undefined, not: boolean): void => {
    if (node) innermost().wanted.push(not ? { is: 'not', node } : node);
  };
  const endAlternative = ({ wanted, alternatives }: Group): void => {
    const node = combine('all', wanted);
    if (node) alternatives.push(node);
  };
  const nodeOf = (group: Group): QueryNode | undefined => {
    endAlternative(group);
    return combine('any', group.alternatives);
  };
  const close = (): void => {
    if (groups.length === 1) return;
    const group = groups.pop();
    if (group) want(nodeOf(group), group.negated);
  };

  for (const token of tokensOf(text, fieldNamed)) {
    switch (token.is) {
      case 'not':
        negated = true;
        continue;
      case 'or':
        endAlternative(innermost());
        innermost().wanted = [];
        break;
      case 'open':
        if (groups.length > deepestNesting) {
          throw unreadable(
            text,
            token.at,
            'Parentheses are nested too deeply:',
            `Use ${deepestNesting} levels at most.`,
          );
        }
        groups.push({
          at: token.at,
          negated,
          field: token.field ?? innermost().field,
          alternatives: [],
          wanted: [],
        });
        break;
      case 'close':
        close();
        break;
      case 'piece':
        want(nodeFor(token.piece, token.field ?? innermost().field), negated);
        break;
    }
    negated = false;
  }

  const open = groups.find(({ field }) => field);
  if (open) {
    throw unreadable(text, open.at, `The parenthesis after ${open.field?.label} is not closed:`, 'Close it with ")".');
  }
  while (groups.length > 1) close();
  // A query of nothing but marks is text: it must not fit every contact.
  const root = nodeOf(groups[0]) ?? wordNode({ text, at: 0, as: 'word' }) ?? { is: 'all', of: [] };
  return { text, root };
};
