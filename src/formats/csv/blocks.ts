import { type EmailKind, type PhoneKind } from '../../fields/contact.js';
import { emailKindOf, type KindReading, phoneKindOf } from '../kind-words.js';
import { type BlockGroup, messagingField } from './header.js';
import type { GrowingDraft } from './row-draft.js';

/** The cells of a block such as `Phone 2`: its label, or its value. */
export interface BlockCell {
  readonly part: 'label' | 'value';
  readonly text: string;
}

/** Google joins the values of one cell so. */
export const joinedValues = (text: string): readonly string[] => text.split(' ::: ').map((part) => part.trim());

/** A label as Google writes it, without the sign that marks the preferred one. */
export const plainLabel = (label: string): string => label.replace(/^\*\s*/, '');

/** How a note names a value that has no field: `Website (Blog)`, `Anniversary`. */
const noteTitle = (group: BlockGroup, label: string): string => {
  if (group === 'Website' || group === 'IM') return label === '' ? group : `${group} (${label})`;
  return label === '' ? group : label;
};

/**
 * Reads a block: the label chooses the kind of a phone or an email, and the field of a messaging account. A label that
 * says more than the kind does, and what has no field, is kept in the note.
 */
export const readBlock = (
  row: GrowingDraft,
  group: BlockGroup,
  cells: readonly BlockCell[],
  hasField: (path: string) => boolean,
): void => {
  const label = plainLabel(cells.findLast(({ part, text }) => part === 'label' && text !== '')?.text ?? '');
  const values = cells.filter(({ part, text }) => part === 'value' && text !== '');
  for (const value of values.flatMap(({ text }) => joinedValues(text))) {
    if (group === 'Phone' || group === 'Email') {
      const reading: KindReading<PhoneKind | EmailKind> = group === 'Phone' ? phoneKindOf(label) : emailKindOf(label);
      row.addEntry(group === 'Phone' ? 'phones' : 'emails', reading.kind, value);
      if (!reading.exact) row.keep({ header: label, text: value });
      continue;
    }
    const path = group === 'IM' ? messagingField(label) : undefined;
    if (path !== undefined && hasField(path) && row.first(path) === undefined) row.add(path, [value]);
    else row.keep({ header: noteTitle(group, label), text: value });
  }
};
