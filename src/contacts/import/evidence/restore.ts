import type { FieldSpec } from '../../../fields/catalogue.js';
import type { ContactData, Note } from '../../../fields/contact.js';
import type { FieldPath } from '../../../fields/field.js';
import { valuesAt, withValues } from '../../../fields/values.js';
import { phoneKey } from '../../keys.js';
import type { RowIssue, RowReading } from '../row.js';
import { isMadeOf, isPhoneOf, mayBeMade, mayBePhone } from './spreadsheet.js';

/** A cell that a spreadsheet may have changed, and what it was read as. */
export interface DoubtfulCell {
  /** The header of its column, where it has a problem. */
  readonly column?: string;
  readonly text: string;
  /** Absent where it is a bad cell unless the contact tells what it was. */
  readonly value?: string;
  /** What is wrong with it then. */
  readonly problem?: string;
  /** The note that keeps it then, where bad cells go to notes. */
  readonly note?: Note;
}

/** A field of a row with cells that may have been changed; all its cells, in their order. */
export interface DoubtfulField {
  readonly path: FieldPath;
  readonly cells: readonly DoubtfulCell[];
}

export interface RestoreOptions {
  readonly fields: readonly FieldSpec[];
  /** A row takes the contact's place: texts stay as the cells have them. */
  readonly replaces: boolean;
  readonly monthNamed: (name: string) => number | undefined;
}

/** A row as it is meant, and the bad cells that the contact does not explain. */
export interface Restored {
  readonly row: RowReading;
  readonly bad: readonly DoubtfulCell[];
}

/** Kinds of which a spreadsheet takes texts for numbers, dates or truth values. */
const changedKinds: readonly string[] = ['text', 'note', 'label', 'choice', 'multiSelect', 'number', 'extension'];

/** Tells whether a text of a field may be what a spreadsheet made of another; nothing where it changes none of the field's. */
export const changeOf = ({ kind }: FieldSpec): ((text: string) => boolean) | undefined => {
  if (kind === 'phone') return mayBePhone;
  return changedKinds.includes(kind) ? mayBeMade : undefined;
};

/** The fields of a row with a lone value that may have been changed, beside those that are known for it. */
const doubtsOf = ({ data, doubts = [] }: RowReading, fields: readonly FieldSpec[]): readonly DoubtfulField[] => {
  const known = new Set(doubts.map(({ path }) => path));
  const plain = fields.flatMap((field): readonly DoubtfulField[] => {
    if (!changedKinds.includes(field.kind) || known.has(field.path)) return [];
    const [value, another] = valuesAt(data, field.path);
    if (value === undefined || another !== undefined || !mayBeMade(value.trim())) return [];
    return [{ path: field.path, cells: [{ text: value.trim(), value }] }];
  });
  return [...doubts, ...plain];
};

const isPhone = (path: FieldPath): boolean => path.startsWith('phones.') || path === 'social.whatsapp';

const countOf = <Item>(items: readonly Item[], accepts: (item: Item) => boolean): number =>
  items.filter(accepts).length;

/** The numbers that cells stand for: of the same kind before others, and none where it cannot be told which. */
const phonesFor = ({ path, cells }: DoubtfulField, contact: ContactData): readonly (string | undefined)[] => {
  const own = valuesAt(contact, path);
  const others = contact.phones.map(({ number }) => number).filter((number) => !own.includes(number));
  const taken = new Set<string>(
    cells.flatMap(({ value }) => (value !== undefined && own.includes(value) ? [value] : [])),
  );
  const find = (text: string, numbers: readonly string[]): string | undefined => {
    const fitting = numbers.filter((number) => !taken.has(number) && isPhoneOf(phoneKey(number), text));
    const asking = countOf(cells, (cell) => cell.text === text);
    const found = fitting.length > asking ? undefined : fitting[0];
    if (found !== undefined) taken.add(found);
    return found;
  };
  return cells.map(({ text, value }) => {
    if (value !== undefined && own.includes(value)) return value;
    const ofKind = find(text, own);
    if (ofKind !== undefined || (value !== undefined && others.includes(value))) return ofKind ?? value;
    return find(text, others) ?? value;
  });
};

const textsFor = (
  { path, cells }: DoubtfulField,
  contact: ContactData,
  { replaces, monthNamed }: RestoreOptions,
): readonly (string | undefined)[] => {
  const own = replaces ? [] : valuesAt(contact, path);
  return cells.map(({ text, value }) => {
    if (value !== undefined && own.includes(value)) return value;
    return own.find((stored) => isMadeOf(stored, text, monthNamed)) ?? value;
  });
};

/** Notes with other texts at the same places. */
const notesWith = (notes: readonly Note[], cells: readonly DoubtfulCell[], values: readonly (string | undefined)[]) =>
  notes.map((note) => {
    const place = cells.findIndex(({ value }) => value === note.text);
    const text = place < 0 ? undefined : values[place];
    return text === undefined ? note : { ...note, text };
  });

/**
 * A row with the values of its contact where its cells are what a spreadsheet makes of them: numbers whose `+` or zeros are
 * gone, or that are in E-notation; zip codes and other texts.
 *
 * @param contact the contact that the row is; nothing where it is a new one
 */
export const restore = (row: RowReading, contact: ContactData | undefined, options: RestoreOptions): Restored => {
  if (contact === undefined && row.doubts === undefined) return { row, bad: [] };
  const doubts = contact === undefined ? (row.doubts ?? []) : doubtsOf(row, options.fields);
  if (doubts.length === 0) return { row, bad: [] };
  const bad: DoubtfulCell[] = [];
  const settled = new Set<string>();
  let { data, sets } = row;
  for (const doubt of doubts) {
    const field = options.fields.find(({ path }) => path === doubt.path);
    if (field === undefined) continue;
    const { cells } = doubt;
    const values =
      contact === undefined
        ? cells.map(({ value }) => value)
        : isPhone(doubt.path)
          ? phonesFor(doubt, contact)
          : textsFor(doubt, contact, options);
    const unknown = cells.filter((_, place) => values[place] === undefined);
    bad.push(...unknown);
    if (unknown.length > 0) sets = sets.filter((path) => path !== doubt.path);
    for (const [place, { text, value }] of cells.entries()) if (values[place] !== value) settled.add(text);
    if (cells.every(({ value }, place) => value === values[place])) continue;
    const kept = [...new Set(values.flatMap((value) => value ?? []))];
    data =
      field.kind === 'note' ? { ...data, notes: notesWith(data.notes, cells, values) } : withValues(data, field, kept);
  }
  const { doubts: _, ...rest } = row;
  const notes = bad.flatMap(({ note }) => note ?? []);
  const warnings = [
    ...row.warnings.filter(({ value }: RowIssue) => !settled.has(value)),
    ...bad.flatMap(({ column = '', text, problem = '', note }) =>
      note === undefined
        ? []
        : [{ row: row.row, line: row.line, column, value: text, message: `${problem}; kept in a note` }],
    ),
  ];
  return {
    row: { ...rest, data: notes.length === 0 ? data : { ...data, notes: [...data.notes, ...notes] }, sets, warnings },
    bad: bad.filter(({ note }) => note === undefined),
  };
};
