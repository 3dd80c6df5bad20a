import type { Category, FieldSpec } from './catalogue.js';
import type { Contact, Email, Phone } from './contact.js';
import { type CustomField, fieldsOf } from './field.js';
import { kinds } from './kinds/index.js';
import { shownValues, textReaderOf } from './values.js';

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

/** Makes a reader of all values of a field in one text, as people see them. */
const joinedReader = (field: FieldSpec): ((contact: Contact) => string) => {
  if (field.kind === 'note') return (contact) => joinNotes(shownValues(field, contact));
  const textOf = textReaderOf(field.path);
  const { show } = kinds[field.kind];
  if (textOf === undefined) return (contact) => shownValues(field, contact).join('; ');
  return (contact) => {
    const text = textOf(contact);
    return text === undefined ? '' : show(text);
  };
};

const isEmailField = (field: FieldSpec): boolean => field.path.startsWith('emails.');

/** The kind of phone or email that a field holds: `work` of `phones.work`. */
const kindOf = (field: FieldSpec): string => field.path.slice(field.path.indexOf('.') + 1);

/** The entry of a kind that has so many of its kind before it. */
const entryAt = <Entry extends Phone | Email>(
  entries: readonly Entry[],
  kind: string,
  index: number,
): Entry | undefined => {
  let before = 0;
  for (const entry of entries) {
    if (entry.kind !== kind) continue;
    if (before === index) return entry;
    before += 1;
  }
  return undefined;
};

/** Makes a reader of one value of a phone or email field, as people see it. */
const numberedReader = (field: FieldSpec, index: number): ((contact: Contact) => string) => {
  const kind = kindOf(field);
  const { show } = kinds[field.kind];
  const valueOf: (contact: Contact) => string | undefined = isEmailField(field)
    ? ({ emails }) => entryAt(emails, kind, index)?.address
    : ({ phones }) => entryAt(phones, kind, index)?.number;
  return (contact) => {
    const value = valueOf(contact);
    return value === undefined ? '' : show(value);
  };
};

/** The header of a field's column: `Mobile`, `Mobile 2`, `Mobile 3`. */
export const headerOf = (field: FieldSpec, index: number): string =>
  index === 0 ? field.label : `${field.label} ${index + 1}`;

const idColumn: Column = { header: 'ID', path: 'id', text: (contact) => contact.id };

const columnsOfField = (field: FieldSpec, count: number): readonly Column[] => {
  if (!isNumbered(field)) {
    return [{ header: field.label, path: field.path, text: joinedReader(field) }];
  }
  return Array.from({ length: Math.max(1, count) }, (_, index) => ({
    header: headerOf(field, index),
    path: field.path,
    index,
    text: numberedReader(field, index),
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
export interface ValueCounter {
  readonly counts: ValueCounts;
  /** Takes up a contact, and tells whether a count has grown. */
  readonly add: (contact: Contact) => boolean;
}

export const valueCounter = (category: Category): ValueCounter => {
  const numbered = fieldsOf(category, []).filter(isNumbered);
  const counts = new Map<string, number>();
  return {
    counts,
    add: ({ phones, emails }) => {
      // One value of each field needs no more columns than none.
      if (phones.length < 2 && emails.length < 2) return false;
      let hasGrown = false;
      for (const field of numbered) {
        const kind = kindOf(field);
        const entries: readonly (Phone | Email)[] = isEmailField(field) ? emails : phones;
        const count = entries.reduce((sum, entry) => (entry.kind === kind ? sum + 1 : sum), 0);
        if (count <= (counts.get(field.path) ?? 1)) continue;
        counts.set(field.path, count);
        hasGrown = true;
      }
      return hasGrown;
    },
  };
};
