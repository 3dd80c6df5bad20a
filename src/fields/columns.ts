import type { Category, FieldSpec } from './catalogue.js';
import type { Contact } from './contact.js';
import { type CustomField, fieldsOf } from './field.js';
import { shownValues } from './values.js';

/** One column of flat output: CSV, and tables of chosen fields. */
export interface Column {
  /** The CSV header: the field's label, and a number where it is the second or a later one. */
  readonly header: string;
  /** A field's path, or `id`. */
  readonly path: string;
  /** Which of the field's values, from 0; all of them joined where absent. */
  readonly index?: number;
  /** The cell's text, empty where there is no value. */
  text(contact: Contact): string;
}

const noteSeparator = '---';

/**
 * Notes in one text, joined by a line `---`; a note's own line of three or more dashes gets one more, so that
 * `splitNotes` gives back every byte.
 */
export const joinNotes = (notes: readonly string[]): string =>
  notes.map((text) => text.replace(/(^|[\r\n])(-{3,})(?=[\r\n]|$)/g, '$1$2-')).join(`\n${noteSeparator}\n`);

/** The notes of a text that `joinNotes` made; a spreadsheet may have changed the line ends of its separators. */
export const splitNotes = (text: string): readonly string[] =>
  text
    .split(/\r\n---\r\n|\n---\n/)
    .map((note) => note.replace(/(^|[\r\n])-(-{3,})(?=[\r\n]|$)/g, '$1$2'))
    .filter((note) => note !== '');

/** The fields of which each value has a column of its own. */
export const isNumbered = (field: FieldSpec): boolean => /^(phones|emails)\./.test(field.path);

/** All values of a field in one text, as people see them. */
export const joinedValues = (field: FieldSpec, contact: Contact): string => {
  const values = shownValues(field, contact);
  return field.kind === 'note' ? joinNotes(values) : values.join('; ');
};

/** The header of a field's column: `Mobile`, `Mobile 2`, `Mobile 3`. */
export const headerOf = (field: FieldSpec, index: number): string =>
  index === 0 ? field.label : `${field.label} ${index + 1}`;

const idColumn: Column = { header: 'ID', path: 'id', text: (contact) => contact.id };

const columnsOfField = (field: FieldSpec, count: number): readonly Column[] => {
  if (!isNumbered(field)) {
    return [{ header: field.label, path: field.path, text: (contact) => joinedValues(field, contact) }];
  }
  return Array.from({ length: Math.max(1, count) }, (_, index) => ({
    header: headerOf(field, index),
    path: field.path,
    index,
    text: (contact) => shownValues(field, contact)[index] ?? '',
  }));
};

/** For each phone and email field, how many values the contact with most of them has. */
export type ValueCounts = ReadonlyMap<string, number>;

/**
 * The columns of a category, in the order of the CSV header.
 *
 * @param counts how many columns each phone and email field needs; one where it says nothing
 */
export const columnsOf = (
  category: Category,
  custom: readonly CustomField[],
  counts: ValueCounts = new Map(),
): readonly Column[] => [
  idColumn,
  ...fieldsOf(category, custom).flatMap((field) => columnsOfField(field, counts.get(field.path) ?? 1)),
];

/** Counts the values of the phone and email fields, contact by contact. */
export const valueCounter = (
  category: Category,
): { readonly add: (contact: Contact) => void; readonly counts: ValueCounts } => {
  const numbered = fieldsOf(category, []).filter(isNumbered);
  const counts = new Map<string, number>();
  return {
    counts,
    add: (contact) => {
      for (const field of numbered) {
        const count = shownValues(field, contact).length;
        if (count > (counts.get(field.path) ?? 1)) counts.set(field.path, count);
      }
    },
  };
};
