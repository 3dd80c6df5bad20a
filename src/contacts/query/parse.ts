import type { FieldSpec } from '../../fields/catalogue.js';
import type { Clock } from './clock.js';
import { createDoubts, type TakenAsText } from './doubts.js';
import { createPieceReader, type Precondition } from './piece-reader.js';
import type { Query } from './query.js';
import { type QueryField, queryFieldNamed } from './query-field.js';
import { tokensOf } from './tokens.js';
import { createTree } from './tree.js';

export { allOf } from './query.js';

/** What a query is read with. */
export interface QueryLanguage {
  /** Those that `field:` may name, besides what the program keeps and the groups (`phone:`, `address:` …). */
  readonly fields: readonly FieldSpec[];
  /** The names of the labels that the store defines; where it is absent, any may be asked for. */
  readonly labels?: readonly string[];
  readonly clock: Clock;
  /**
   * What may not have been meant as it reads (an unknown `field:`, a label that does not exist, `*`, `=`, `!`, a bare
   * `or` beside a `field:` …) is an error; else it is text, and told in `asText`.
   */
  readonly strict: boolean;
}

export interface ParsedQuery extends Query {
  /** What was taken as text, the first few of it; empty where the query is strict. */
  readonly asText: readonly TakenAsText[];
  /** Conditions of a strict query that are an error where no contact at all meets them. */
  readonly unlessPresent: readonly Precondition[];
}

const deepestNesting = 500;

/**
 * Reads a query of the query language.
 *
 * Words stand for texts that are wanted anywhere, in any order; `"a phrase"`, `-word`, `field:value`,
 * `field:"two words"`, `field:(one OR other)`, `field:>2026-01-01`, `field:2026-01-01..2026-02-01`, `has:email`,
 * `missing:phone`, `NOT`, `AND`, `OR` (each binds before the next), parentheses. A run of five digits or more is a phone
 * number. What is none of these is text; a blank query matches every contact.
 *
 * @throws UsageError that shows the place: an open quotation mark or parenthesis after a `field:`, no value after it,
 * an impossible range; in a strict query also whatever may not have been meant as it reads
 */
export const parseQuery = (text: string, { fields, labels, clock, strict }: QueryLanguage): ParsedQuery => {
  const known = new Map<string, QueryField | undefined>();
  const fieldNamed = (name: string): QueryField | undefined => {
    if (!known.has(name)) known.set(name, queryFieldNamed(name, fields));
    return known.get(name);
  };
  const doubts = createDoubts(text, strict);
  const tree = createTree(doubts);
  const pieces = createPieceReader(text, { fields, fieldNamed, doubts, clock, ...(labels && { labels }) });

  let isBlank = true;
  let hasOperators = false;
  for (const token of tokensOf(text, fieldNamed)) {
    isBlank = false;
    if (token.is !== 'piece') hasOperators = true;
    switch (token.is) {
      case 'and':
      case 'or':
      case 'not':
        tree.operator(token.is, token.at);
        break;
      case 'open':
        if (tree.depth >= deepestNesting) {
          throw doubts.error(token.at, 'Parentheses are nested too deeply:', `Use ${deepestNesting} levels at most.`);
        }
        if (token.field) pieces.openAfter(token.from, token.at);
        tree.open(token.at, token.field);
        break;
      case 'close':
        tree.close(token.at);
        break;
      case 'stray':
        doubts.refuse(
          token.at,
          token.mark === '"' ? 'This quotation mark is not closed:' : 'Nothing stands after the minus:',
          token.mark === '"'
            ? 'Close it with another quotation mark.'
            : 'Write it right before what is not wanted: -word.',
          token.mark === '"' ? undefined : '-',
        );
        break;
      case 'piece':
        tree.operand(pieces.nodeOf(token, tree.field));
        break;
    }
  }
  const root = isBlank ? undefined : tree.end();
  pieces.end(root, hasOperators);
  const { asText } = doubts;
  return {
    text,
    // A query of nothing but marks is text: it must not match every contact.
    root: root ?? pieces.wordsOf(text) ?? { is: 'all', of: [] },
    asText: root ? asText : asText.filter(({ isIgnored }) => !isIgnored),
    unlessPresent: pieces.unlessPresent,
  };
};
