/** Of many more items than are wanted most are compared once and put aside. */
const worthSelecting = 8;

/**
 * The first of some items in an order, sorted; those that are alike stay in their turn.
 *
 * @param most how many at most
 */
export const firstInOrder = <Item>(
  items: readonly Item[],
  compare: (one: Item, other: Item) => number,
  most: number,
): readonly Item[] => {
  if (most * worthSelecting > items.length) return items.toSorted(compare).slice(0, most);
  const first: Item[] = [];
  for (const item of items) {
    const last = first[most - 1];
    if (most === 0 || (last !== undefined && compare(item, last) >= 0)) continue;
    let at = Math.min(first.length, most - 1);
    for (let before = first[at - 1]; before !== undefined && compare(item, before) < 0; before = first[at - 1]) {
      first[at] = before;
      at -= 1;
    }
    first[at] = item;
  }
  return first;
};
