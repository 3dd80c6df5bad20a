import type { FieldSpec } from './catalogue.js';
import type { ContactData, Note } from './contact.js';
import type { FieldPath } from './field.js';
import { fold } from './fold.js';
import { kinds } from './kinds/index.js';
import type { Kind, KindContext } from './kinds/kind.js';
import { valuesAt, withValues } from './values.js';

/**
 * What came from outside, before it is checked: the texts of each field, in order. An empty list, or one of empty texts,
 * clears the field; a field that is absent stays as it is.
 */
export type Draft = ReadonlyMap<FieldPath, readonly string[]>;

/** Something wrong with one value, or something to know about it. */
export interface Issue {
  readonly path: FieldPath;
  /** The field's label. */
  readonly label: string;
  /** The text as it came. */
  readonly value: string;
  /** What is wrong and what would be right, without the label and the value: `is not a phone number`. */
  readonly message: string;
}

/** A contact's data, or all that is wrong with it. Warnings tell of values that were taken all the same. */
export type Reading =
  | { readonly ok: true; readonly data: ContactData; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly warnings: readonly Issue[] };

export interface DraftContext extends KindContext {
  /** Who writes new notes, when (UTC, ISO 8601), and the ids that they get. */
  readonly by: string;
  readonly at: string;
  readonly newId: () => string;
}

const mostShown = 100;

/** A value as messages quote it. */
const beginningOf = (value: string): string => (value.length > mostShown ? `${value.slice(0, mostShown)}…` : value);

/** An issue as a line for people: `Mobile "12": is too short to be a phone number`. */
export const describeIssue = ({ label, value, message }: Issue): string =>
  value === '' ? `${label} ${message}` : `${label} "${beginningOf(value)}" ${message}`;

/** A value as it is compared with others of its field: addresses and labels do not differ by case. */
export const comparable = (field: FieldSpec, value: string): string =>
  field.kind === 'email' || field.kind === 'label' ? fold(value) : value;

/** The values without those that stand before them already. */
export const withoutDoubles = (field: FieldSpec, values: readonly string[]): readonly string[] => {
  if (values.length < 2) return values;
  const kept = new Map<string, string>();
  for (const value of values) {
    const key = comparable(field, value);
    if (!kept.has(key)) kept.set(key, value);
  }
  return [...kept.values()];
};

interface FieldReading {
  readonly values: readonly string[];
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
}

const isBlank = (field: FieldSpec, text: string): boolean => (field.kind === 'note' ? text === '' : text.trim() === '');

const none: readonly never[] = [];

/** Whether a text of the field may hold several values. */
export const isJoined = (field: FieldSpec): boolean => field.kind === 'label' || field.kind === 'multiSelect';

/** An issue with a value of a field. */
export const issueAt = ({ path, label }: FieldSpec, value: string, message: string): Issue => ({
  path,
  label,
  value,
  message,
});

/** Reads the only text of a field, as most are: what `readField` does, in a fraction of its time. */
const readOnly = (field: FieldSpec, text: string, context: KindContext, read: Kind['read']): FieldReading => {
  const reading = read(text, field, context);
  if (!reading.ok) return { values: none, issues: [issueAt(field, text, reading.problem)], warnings: none };
  const { value, warning } = reading;
  return { values: [value], issues: none, warnings: warning === undefined ? none : [issueAt(field, text, warning)] };
};

/**
 * Reads the texts of one field: its values in the form in which they are kept, or what is wrong with them.
 *
 * @param read reads a text, where that is not for the field's kind to do
 */
export const readField = (
  field: FieldSpec,
  texts: readonly string[],
  context: KindContext,
  read: Kind['read'] = kinds[field.kind].read,
): FieldReading => {
  const [only] = texts;
  if (only !== undefined && texts.length === 1 && !isJoined(field) && !isBlank(field, only)) {
    return readOnly(field, only, context, read);
  }
  const parts = isJoined(field) ? texts.flatMap((text) => text.split(';')) : texts;
  const given = parts.filter((text) => !isBlank(field, text));
  const values: string[] = [];
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  if (!field.repeats && given.length > 1) {
    issues.push(issueAt(field, given.join(', '), 'holds one value'));
  }
  for (const text of given) {
    const reading = read(text, field, context);
    if (!reading.ok) {
      issues.push(issueAt(field, text, reading.problem));
    } else {
      values.push(reading.value);
      if (reading.warning !== undefined) warnings.push(issueAt(field, text, reading.warning));
    }
  }
  return { values: field.kind === 'note' ? values : withoutDoubles(field, values), issues, warnings };
};

/** Notes with these texts: those that are there keep their id, author and time. */
const notesOf = (texts: readonly string[], before: readonly Note[], context: DraftContext): readonly Note[] => {
  const left = [...before];
  return texts.map((text) => {
    const at = left.findIndex((note) => note.text === text);
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    return kept ?? { id: context.newId(), text, author: context.by, createdAt: context.at, updatedAt: context.at };
  });
};

const identifying = ['firstName', 'lastName', 'company'];

/** Whether a contact can be told from others at all. */
export const isIdentified = (data: ContactData): boolean =>
  data.phones.length > 0 || data.emails.length > 0 || identifying.some((path) => valuesAt(data, path).length > 0);

const unidentified: Issue = {
  path: '',
  label: 'The contact',
  value: '',
  message: 'needs at least one of first name, last name, company, phone or email',
};

/**
 * The one way in: what came from outside, checked and cleaned, on top of what is there.
 *
 * @param base the contact's data as it is, `emptyData` for a new one
 * @param fields the fields of the contact's category
 * @returns the data, or every issue at once
 */
export const readDraft = (
  draft: Draft,
  base: ContactData,
  fields: readonly FieldSpec[],
  context: DraftContext,
): Reading => {
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  const byPath = new Map(fields.map((field) => [field.path, field]));
  let data = base;
  for (const [path, texts] of draft) {
    const field = byPath.get(path);
    if (field === undefined) {
      issues.push({ path, label: path, value: '', message: 'is not a field of this kind of contact' });
      continue;
    }
    const reading = readField(field, texts, context);
    issues.push(...reading.issues);
    warnings.push(...reading.warnings);
    const notes = field.kind === 'note' ? notesOf(reading.values, base.notes, context) : data.notes;
    data = withValues(data, field, reading.values, notes);
  }
  if (issues.length === 0 && !isIdentified(data)) issues.push(unidentified);
  return issues.length === 0 ? { ok: true, data, warnings } : { ok: false, issues, warnings };
};

/** The data with the presets of the fields that have none: what a new contact gets. */
export const withPresets = (data: ContactData, fields: readonly FieldSpec[]): ContactData =>
  fields.reduce(
    (filled, field) =>
      field.preset !== undefined && valuesAt(filled, field.path).length === 0
        ? withValues(filled, field, [field.preset])
        : filled,
    data,
  );
