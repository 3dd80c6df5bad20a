/** Pairs of ids that people said are not one person. */
export type Apart = readonly (readonly [string, string])[];

const nameOfPair = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** The pairs with a further one, each pair and the list sorted; the same list where it is there already. */
export const withApart = (apart: Apart, one: string, other: string): Apart => {
  if (apart.some((pair) => nameOfPair(...pair) === nameOfPair(one, other))) return apart;
  const pair: readonly [string, string] = one < other ? [one, other] : [other, one];
  return [...apart, pair].toSorted((a, b) => (nameOfPair(...a) < nameOfPair(...b) ? -1 : 1));
};

/**
 * Tells whether two contacts were said to be two people, by their ids; what was said of a contact holds for the one that
 * it was merged into.
 *
 * @param contacts those that may be asked about, as far as others were merged into them
 */
export const apartTest = (
  apart: Apart,
  contacts: Iterable<{ readonly id: string; readonly mergedIds?: readonly string[] }>,
): ((one: string, other: string) => boolean) => {
  if (apart.length === 0) return () => false;
  const survivors = new Map<string, string>();
  for (const { id, mergedIds = [] } of contacts) for (const merged of mergedIds) survivors.set(merged, id);
  const pairs = new Set(
    apart.map(([one, other]) => nameOfPair(survivors.get(one) ?? one, survivors.get(other) ?? other)),
  );
  return (one, other) => pairs.has(nameOfPair(one, other));
};
