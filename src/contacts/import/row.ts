import type { FieldSpec } from '../../fields/catalogue.js';
import { isNumbered } from '../../fields/columns.js';
import type { ContactData, Note } from '../../fields/contact.js';
import { type Draft, type DraftContext, type Issue, readField } from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { type Filling, fillerOf } from '../../fields/values.js';
import { isId } from '../id.js';
import { keepNotes } from './combine.js';

/** Something wrong with a row before its values are read, or something to know about it. */
export interface RowProblem {
  /** The column or property, empty where it is the row as a whole. */
  readonly column: string;
  readonly value: string;
  /** What is wrong and what would be right, without the column and the value. */
  readonly message: string;
}

/** A row of a file that is imported, whatever the file's format. */
export interface ImportRow {
  /** Counts the data rows from 1. */
  readonly row: number;
  /** The file's line on which the row begins, from 1. */
  readonly line: number;
  /** What it holds; fields that the file has columns for are there with no texts where the row has none. */
  readonly draft: Draft;
  /** The ID that it names. */
  readonly id?: string;
  /** Notes of the draft of which the file has id, author and time too. */
  readonly notes?: readonly Note[];
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
  /** The column from which a value of a field came, as the file names it. */
  column(path: FieldPath, value?: string): string;
}

/** What is wrong with a row, or to be known about it. */
export interface RowIssue {
  readonly row: number;
  readonly line: number;
  /** The header of the cell's column; empty where it is the whole row. */
  readonly column: string;
  /** The cell's text as it came. */
  readonly value: string;
  /** Without the row, the column and the value: `is not a phone number`. */
  readonly message: string;
}

/** A row that was read by itself, before it is compared with any contact. */
export interface RowReading {
  readonly row: number;
  readonly line: number;
  /** An ID of the program's own form. */
  readonly id?: string;
  /** What the row says. */
  readonly data: ContactData;
  /** The kinds of phones and emails that it sets exactly, where it names an ID. */
  readonly sets: readonly FieldPath[];
  /** It is rejected where there are any. */
  readonly errors: readonly RowIssue[];
  readonly warnings: readonly RowIssue[];
}

export interface RowReaderOptions {
  readonly fields: readonly FieldSpec[];
  readonly onInvalid: 'reject' | 'note';
  readonly context: DraftContext;
  /** The name of a label as it is kept. */
  readonly labelName: (given: string) => string;
}

const isBlank = (field: FieldSpec, text: string): boolean => (field.kind === 'note' ? text : text.trim()) === '';

/**
 * Reads the cells of a field. Where bad cells go to notes, the others are read without them, and the issues are one for
 * each bad cell, with its whole text.
 */
const readCells = (
  field: FieldSpec,
  texts: readonly string[],
  options: RowReaderOptions,
): ReturnType<typeof readField> => {
  const whole = readField(field, texts, options.context);
  if (whole.issues.length === 0 || options.onInvalid === 'reject') return whole;
  const issues: Issue[] = [];
  const good: string[] = [];
  for (const value of texts.filter((text) => !isBlank(field, text))) {
    const [issue] = readField(field, field.repeats ? [value] : [...good, value], options.context).issues;
    if (issue === undefined) good.push(value);
    else issues.push({ ...issue, value });
  }
  return { ...readField(field, good, options.context), issues };
};

/** What a row has gathered so far. */
interface Gathered {
  readonly errors: RowIssue[];
  readonly warnings: RowIssue[];
  /** The texts of its notes. */
  readonly notes: string[];
  /** Texts of bad cells, for notes of their own. */
  readonly leftOut: string[];
  /** Fields with bad cells that went to notes: what the contact has there is not set exactly. */
  readonly incomplete: Set<FieldPath>;
}

/**
 * Makes the function that reads rows one by one: every cell of a row by its field, and all faults of a row at once.
 *
 * Whether the contact can be told from others is not asked here: a row with an ID may bring a job title alone.
 */
export const createRowReader = (options: RowReaderOptions): ((row: ImportRow) => RowReading) => {
  const { context, onInvalid, labelName } = options;
  const fieldAt = new Map(options.fields.map((field) => [field.path, { field, fill: fillerOf(field) }]));
  const exactPaths = options.fields.filter(isNumbered).map((field) => field.path);

  const issueOf = ({ row, line }: ImportRow, { column, value, message }: RowProblem): RowIssue => ({
    row,
    line,
    column,
    value,
    message,
  });

  /** Rejects the row for a bad cell, or keeps the cell's text for a note. */
  const takeBadCell = (given: ImportRow, problem: RowProblem, gathered: Gathered): void => {
    if (onInvalid === 'reject' || problem.column === '') {
      gathered.errors.push(issueOf(given, problem));
      return;
    }
    gathered.leftOut.push(`${problem.column}: ${problem.value.trim()}`);
    gathered.warnings.push(issueOf(given, { ...problem, message: `${problem.message}; kept in a note` }));
  };

  const readId = (given: ImportRow, gathered: Gathered): string | undefined => {
    const id = given.id?.trim() || undefined;
    if (id === undefined || isId(id)) return id;
    const message = 'is not an ID that this program gives: leave the cell empty, or the column out';
    takeBadCell(given, { column: given.column('id', id) || 'ID', value: id, message }, gathered);
    return undefined;
  };

  const locate = (given: ImportRow, path: FieldPath, { value, message, label }: Issue): RowProblem => ({
    column: given.column(path, value) || label,
    value,
    message,
  });

  const readInto = (
    data: Filling,
    path: FieldPath,
    texts: readonly string[],
    given: ImportRow,
    gathered: Gathered,
  ): void => {
    const known = fieldAt.get(path);
    if (known === undefined) {
      const message = 'is not a field of this kind of contact';
      gathered.errors.push(issueOf(given, { column: given.column(path) || path, value: '', message }));
      return;
    }
    const { field, fill } = known;
    if (texts.every((text) => isBlank(field, text))) return;
    const { values, warnings, issues } = readCells(field, texts, options);
    if (issues.length > 0) gathered.incomplete.add(path);
    for (const issue of issues) takeBadCell(given, locate(given, path, issue), gathered);
    for (const warning of warnings) gathered.warnings.push(issueOf(given, locate(given, path, warning)));
    if (field.kind === 'note') gathered.notes.push(...values);
    else fill(data, field.kind === 'label' ? values.map(labelName) : values);
  };

  const newNote = (text: string): Note => ({
    id: context.newId(),
    text,
    author: context.by,
    createdAt: context.at,
    updatedAt: context.at,
  });

  return (given) => {
    const { row, line } = given;
    const gathered: Gathered = { errors: [], warnings: [], notes: [], leftOut: [], incomplete: new Set() };
    for (const problem of given.problems) takeBadCell(given, problem, gathered);
    for (const warning of given.warnings) gathered.warnings.push(issueOf(given, warning));
    const id = readId(given, gathered);
    const data: Filling = { labels: [], phones: [], emails: [], notes: [] };
    for (const [path, texts] of given.draft) {
      if (texts.length > 0 || !fieldAt.has(path)) readInto(data, path, texts, given, gathered);
    }
    const texts = [...gathered.notes, ...gathered.leftOut];
    if (texts.length > 0) data.notes = keepNotes(texts.map(newNote), given.notes ?? []);
    const isSet = (path: FieldPath): boolean => given.draft.has(path) && !gathered.incomplete.has(path);
    const sets = id === undefined ? [] : exactPaths.filter(isSet);
    const { errors, warnings } = gathered;
    const reading = { row, line, data: data as unknown as ContactData, sets, errors, warnings };
    return id === undefined ? reading : { ...reading, id };
  };
};
