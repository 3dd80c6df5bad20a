import type { QueryNode } from './query.js';

/** What a condition wants of a field that holds one value. */
export interface OneValue {
  readonly at: number;
  readonly label: string;
  /** The field as it was written, with its colon, and the value. */
  readonly written: string;
  readonly texts: readonly string[];
}

/** Two conditions that no contact can meet together. */
export interface Impossible {
  readonly first: OneValue;
  readonly second: OneValue;
}

/**
 * Two different values that are wanted of a field which holds one, such as `type:lead type:customer`; nothing where there
 * are none.
 *
 * @param oneValueOf what a node wants of such a field
 */
export const findImpossible = (
  node: QueryNode,
  oneValueOf: (node: QueryNode) => OneValue | undefined,
): Impossible | undefined => {
  if (node.is === 'not') return findImpossible(node.node, oneValueOf);
  if (node.is !== 'all' && node.is !== 'any') return undefined;
  const wanted = new Map<string, OneValue>();
  for (const part of node.of) {
    const inner = findImpossible(part, oneValueOf);
    if (inner) return inner;
    const second = node.is === 'all' ? oneValueOf(part) : undefined;
    if (second === undefined) continue;
    const first = wanted.get(second.label);
    if (first && !first.texts.some((text) => second.texts.includes(text))) return { first, second };
    wanted.set(second.label, second);
  }
  return undefined;
};
