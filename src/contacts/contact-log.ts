import type { Edit } from './change.js';
import { idOfEdit } from './creation.js';

type Side = 'before' | 'after';

/** Whether one side of an edit is the contact with an id, or one into which that was merged. */
const holds = (edit: Edit, side: Side, id: string): boolean =>
  edit[side] !== undefined && (edit[side].id === id || (edit[side].mergedIds ?? []).includes(id));

/**
 * Follows a contact back through the log, from the newest change to the oldest: as long as it was merged into another,
 * that other; where the merge was undone, itself again.
 *
 * @param id the contact's own
 * @param holder the id under which the store has it now; nothing where it was deleted
 * @returns is given the edits of a change that mention the id, newest change first, and picks those of the contact: of a
 *   merge both what became of it and what became of the other
 */
export const followContact = (
  id: string,
  holder: string | undefined,
): ((edits: readonly Edit[]) => readonly Edit[]) => {
  let tracked = holder;

  /** The contact's id on one side of a change; under its own id it is itself, whoever else bears it too. */
  const idOn = (side: Side, edits: readonly Edit[]): string | undefined => {
    const holding = edits.filter((edit) => holds(edit, side, id)).map(idOfEdit);
    return [id, tracked].find((wanted) => wanted !== undefined && holding.includes(wanted)) ?? holding[0];
  };

  return (edits) => {
    tracked ??= idOn('after', edits) ?? idOn('before', edits);
    const after = tracked;
    if (after === undefined || !edits.some((edit) => idOfEdit(edit) === after)) return [];
    const before = idOn('before', edits);
    tracked = before;
    return edits.filter((edit) => [before, after].includes(idOfEdit(edit)));
  };
};
