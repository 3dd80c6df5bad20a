import type { Edit, Plan } from '../../contacts/change.js';
import { describeContact } from '../../contacts/contact.js';
import { Creation, idOfEdit } from '../../contacts/creation.js';
import type { Settings } from '../../contacts/settings.js';
import { ConflictError } from '../../errors.js';
import type { Contact } from '../../fields/contact.js';
import type { Document } from './document.js';
import { type Part, PartReader } from './parts.js';
import { same } from './same.js';

/** A plan that was carried out: the state it leads to, and what of it altered something. */
export interface Applied {
  readonly document: Document;
  /** Deletions bear the position at which the contact stood before the change. */
  readonly edits: readonly Edit[];
  readonly settings?: { readonly before: Settings; readonly after: Settings };
}

const hasChanged = (contact: Contact, what: string) =>
  new ConflictError(
    `${describeContact(contact)} ${what} meanwhile; nothing was changed.`,
    'Look at it with `contacts show`, and run the command again.',
  );

const none: readonly never[] = [];

/** The position of the contact that an edit finds, or `undefined` where it makes one; the store must agree with it. */
const positionOf = (document: Document, edit: Edit, positions: readonly number[]): number | undefined => {
  const { before } = edit;
  const [position] = positions;
  if (positions.length > 1) {
    throw new ConflictError(
      `The store holds ${positions.length} contacts with the id ${idOfEdit(edit)}; nothing was changed.`,
      'Run `contacts store check`, and give one of them another id.',
    );
  }
  if (before === undefined) {
    if (position !== undefined && edit.after) throw hasChanged(edit.after, 'was created');
    return undefined;
  }
  if (position === undefined) throw hasChanged(before, 'was deleted');
  if (!same(document.contactAt(position), before)) throw hasChanged(before, 'was changed');
  return position;
};

/** The parts with the changed contacts as they are to be. */
const withChanges = (parts: readonly Part[], changed: ReadonlyMap<number, Contact | undefined>): readonly Part[] => {
  if (changed.size === 0) return parts;
  const kept: Part[] = [];
  const reader = new PartReader(parts);
  let from = 0;
  for (const [position, after] of [...changed].toSorted(([a], [b]) => a - b)) {
    reader.pass(position - from, kept);
    reader.pass(1);
    if (after !== undefined) kept.push(after);
    from = position + 1;
  }
  reader.pass(Number.POSITIVE_INFINITY, kept);
  return kept;
};

/**
 * What is left of a state, with the created contacts among it: those with a position at that position, the others at the
 * end. Positions are those of the state that comes out.
 */
const merge = (kept: readonly Part[], created: readonly Edit[]): readonly Part[] => {
  const placed = created.flatMap((edit) =>
    edit.position !== undefined && edit.after ? [{ position: edit.position, after: edit.after }] : [],
  );
  const merged: Part[] = [];
  const reader = new PartReader(kept);
  let position = 0;
  for (const one of placed.toSorted((a, b) => a.position - b.position)) {
    position += reader.pass(one.position - position, merged) + 1;
    merged.push(one.after);
  }
  reader.pass(Number.POSITIVE_INFINITY, merged);
  for (const edit of created) {
    if (edit instanceof Creation) merged.push(edit);
    else if (edit.position === undefined && edit.after) merged.push(edit.after);
  }
  return merged;
};

/**
 * Carries a plan out on a state. Edits that alter nothing are left out; `undefined` where nothing is left.
 *
 * @param revision the one that the plan leads to
 * @throws ConflictError where the state does not hold what an edit has as `before`, or holds what it creates
 */
export const applyPlan = (document: Document, plan: Plan, revision: number): Applied | undefined => {
  const edits = plan.edits.filter((edit) => edit instanceof Creation || !same(edit.before, edit.after));
  const current = document.header.settings;
  const settings = plan.settings && !same(plan.settings, current) ? plan.settings : undefined;
  if (edits.length === 0 && settings === undefined) return undefined;

  const ids = new Set(edits.map(idOfEdit));
  if (ids.size < edits.length) throw new Error('A plan has several edits of one contact.');
  const positions = document.positionsOf(ids);
  const changed = new Map<number, Contact | undefined>();
  const created: Edit[] = [];
  const made = edits.map((edit): Edit => {
    const found = positions.size === 0 ? none : (positions.get(idOfEdit(edit)) ?? none);
    const position = positionOf(document, edit, found);
    if (position === undefined) created.push(edit);
    else changed.set(position, edit.after);
    return edit.before && !edit.after && position !== undefined ? { before: edit.before, position } : edit;
  });

  const kept = withChanges(document.parts, changed);
  return {
    document: document.with({ revision, settings: settings ?? current }, merge(kept, created)),
    edits: made,
    ...(settings && { settings: { before: current, after: settings } }),
  };
};

/** The edits that take a change back. */
export const inverse = (edits: readonly Edit[]): readonly Edit[] =>
  edits.map(({ before, after, position }) => ({
    ...(after && { before: after }),
    ...(before && { after: before }),
    ...(position !== undefined && { position }),
  }));

/** The edits that lead from one state to another. */
export const difference = (from: Document, to: Document): readonly Edit[] => {
  const before = new Map<string, number>();
  for (let position = 0; position < from.count; position++) before.set(from.idAt(position), position);
  const edits: Edit[] = [];
  for (let position = 0; position < to.count; position++) {
    const id = to.idAt(position);
    const known = before.get(id);
    before.delete(id);
    if (known === undefined) edits.push({ after: to.contactAt(position), position });
    else if (!from.hasSame(known, to, position)) {
      edits.push({ before: from.contactAt(known), after: to.contactAt(position) });
    }
  }
  for (const position of before.values()) edits.push({ before: from.contactAt(position), position });
  return edits.filter((edit) => !same(edit.before, edit.after));
};
