import type { FieldSpec } from '../../fields/catalogue.js';
import { isNumbered } from '../../fields/columns.js';
import type { ContactData, Note } from '../../fields/contact.js';
import {
  type Draft,
  type DraftContext,
  type Issue,
  isJoined,
  issueAt,
  readField,
  withoutDoubles,
} from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { kinds } from '../../fields/kinds/index.js';
import type { Kind, ValueReading } from '../../fields/kinds/kind.js';
import { recurring } from '../../fields/recurring.js';
import { type Filling, fillerOf } from '../../fields/values.js';
import { isId } from '../id.js';
import type { Origin } from '../record.js';
import { keepNotes } from './combine.js';
import { createRowCountries, type RowCountry, readPhoneOfRow } from './evidence/phone.js';
import { changeOf, type DoubtfulCell, type DoubtfulField } from './evidence/restore.js';
import { type Weigh, weighOf } from './evidence/weigh.js';

/** Something wrong with a row before its values are read, or something to know about it. */
export interface RowProblem {
  /** The column or property, empty where it is the row as a whole. */
  readonly column: string;
  readonly value: string;
  /** What is wrong and what would be right, without the column and the value. */
  readonly message: string;
}

/** A draft as two lists, of which many rows of a file share the first. */
export interface RowDraft {
  readonly paths: readonly FieldPath[];
  /** At the place of each path the texts of its field; `undefined`, or nothing, where the draft does not have the field. */
  readonly texts: readonly (readonly string[] | undefined)[];
}

/** A draft that shares nothing with others. */
export const rowDraftOf = (draft: Draft): RowDraft => ({ paths: [...draft.keys()], texts: [...draft.values()] });

/** The draft that two lists are. */
export const draftOf = ({ paths, texts }: RowDraft): Draft =>
  new Map(paths.flatMap((path, place) => (texts[place] === undefined ? [] : [[path, texts[place]] as const])));

/** A row of a file that is imported, whatever the file's format. */
export interface ImportRow {
  /** Counts the data rows from 1. */
  readonly row: number;
  /** The file's line on which the row begins, from 1. */
  readonly line: number;
  /** What it holds; fields that the file has columns for are there with no texts where the row has none. */
  readonly draft: RowDraft;
  /** The ID that it names. */
  readonly id?: string;
  /** The text of a column that tells the country of the row's phone numbers. */
  readonly countryCode?: string;
  /**
   * It is of another program's table: its names, titles and labels are weighed. Rows of our own files are read to the
   * letter.
   */
  readonly isForeign?: boolean;
  /** Notes of the draft of which the file has id, author and time too. */
  readonly notes?: readonly Note[];
  /** The UIDs by which other programs know it. */
  readonly uids?: readonly string[];
  /** Cards with these UIDs say only part of the contact. */
  readonly uidsPartial?: true;
  /** How the contact began, where a store of this program wrote the file. */
  readonly origin?: Origin;
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
  /** The column from which a value of a field came, as the file names it. */
  column(path: FieldPath, value?: string): string;
}

/** What is wrong with a row, or to be known about it. */
export interface RowIssue {
  /** The file that the row is in, where several are imported at once. */
  readonly file?: string;
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
  /** How the contact began, where another store knows. */
  readonly origin?: Origin;
  /** The kinds of phones and emails that it sets exactly, where it finds its contact by an ID or a UID. */
  readonly sets: readonly FieldPath[];
  /** Fields with cells that a spreadsheet may have changed; the contact tells what they were. */
  readonly doubts?: readonly DoubtfulField[];
  /** It is rejected where there are any. */
  readonly errors: readonly RowIssue[];
  readonly warnings: readonly RowIssue[];
}

export interface RowReaderOptions {
  readonly fields: readonly FieldSpec[];
  readonly onInvalid: 'reject' | 'note';
  readonly context: DraftContext;
  /** The names of the labels that are defined. */
  readonly labels: readonly string[];
  /** The name of a label as it is kept. */
  readonly labelName: (given: string) => string;
  /** What is wrong with a label; `''` where nothing is. Absent where labels may be new. */
  readonly labelProblem?: ((name: string) => string) | undefined;
}

const isBlank = (field: FieldSpec, text: string): boolean => (field.kind === 'note' ? text : text.trim()) === '';

/**
 * Reads the cells of a field. Where bad cells go to notes, the others are read without them, and the issues are one for
 * each bad cell, with its whole text.
 */
const readCells = (
  field: FieldSpec,
  texts: readonly string[],
  { context, onInvalid }: RowReaderOptions,
  read: Kind['read'],
): ReturnType<typeof readField> => {
  const whole = readField(field, texts, context, read);
  if (whole.issues.length === 0 || onInvalid === 'reject') return whole;
  const issues: Issue[] = [];
  const good: string[] = [];
  for (const value of texts.filter((text) => !isBlank(field, text))) {
    const [issue] = readField(field, field.repeats ? [value] : [...good, value], context, read).issues;
    if (issue === undefined) good.push(value);
    else issues.push({ ...issue, value });
  }
  return { ...readField(field, good, context, read), issues };
};

/** What a row has gathered so far. */
interface Gathered {
  readonly errors: RowIssue[];
  readonly warnings: RowIssue[];
  /** The texts of its notes. */
  readonly notes: string[];
  /** Texts of bad cells, for notes of their own. */
  readonly leftOut: string[];
  /** Fields with cells that a spreadsheet may have changed. */
  readonly doubts: DoubtfulField[];
  /** Fields with bad cells that went to notes: what the contact has there is not set exactly. */
  readonly incomplete: FieldPath[];
}

/** A field, and what reads its texts and takes up its values. */
interface FieldReader {
  readonly field: FieldSpec;
  readonly fill: (data: Filling, values: readonly string[]) => void;
  readonly read: Kind['read'];
  readonly weigh: Weigh | undefined;
  /** Whether a text may be what a spreadsheet made of one; absent where it changes none of the field's. */
  readonly mayBeChanged: ((text: string) => boolean) | undefined;
  /** Reads a lone text that is not blank; absent where that is not all that its cell is read for. */
  readonly readOnly?: (text: string) => ValueReading;
}

/** The fields of a list of paths, and which of them a row with an ID sets exactly. */
interface Places {
  readonly paths: readonly FieldPath[];
  readonly readers: readonly (FieldReader | undefined)[];
  /** The place of the country; beyond all where there is none. */
  readonly home: number;
  readonly exact: readonly number[];
  readonly exactPaths: readonly FieldPath[];
}

const none: readonly never[] = [];

/**
 * Makes the function that reads rows one by one: every cell of a row by its field, and all faults of a row at once.
 *
 * Whether the contact can be told from others is not asked here: a row with an ID may bring a job title alone.
 */
export const createRowReader = (options: RowReaderOptions): ((row: ImportRow) => RowReading) => {
  const { context, onInvalid, labelName, labelProblem } = options;

  const countryOf = createRowCountries(context);
  /** What is known of the country of the row that is read. */
  let country: RowCountry = { country: context.country };
  let checksHome = false;
  const readPhone: Kind['read'] = (text, field) => readPhoneOfRow(text, field, context, country, checksHome);

  const fieldReader = (field: FieldSpec): FieldReader => {
    const { hasFewTexts }: Kind = kinds[field.kind];
    const read = field.kind === 'phone' ? readPhone : kinds[field.kind].read;
    const reader = {
      field,
      fill: fillerOf(field),
      read,
      weigh: weighOf(field, options),
      mayBeChanged: changeOf(field),
    };
    if (field.kind === 'note' || isJoined(field)) return reader;
    const readOnly = (text: string): ValueReading => read(text, field, context);
    return { ...reader, readOnly: hasFewTexts ? recurring(readOnly) : readOnly };
  };
  const readerOf = new Map(options.fields.map((field) => [field.path, fieldReader(field)]));
  const exactFields = new Set(options.fields.filter(isNumbered).map((field) => field.path));

  const placesOf = (paths: readonly FieldPath[]): Places => {
    const exact = [...paths.keys()].filter((place) => exactFields.has(paths[place] as FieldPath));
    return {
      paths,
      readers: paths.map((path) => readerOf.get(path)),
      home: paths.indexOf('address.country') < 0 ? paths.length : paths.indexOf('address.country'),
      exact,
      exactPaths: exact.map((place) => paths[place] as FieldPath),
    };
  };
  let places = placesOf(none);

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

  const takeUnknown = (path: FieldPath, given: ImportRow, gathered: Gathered): void => {
    const message = 'is not a field of this kind of contact';
    gathered.errors.push(issueOf(given, { column: given.column(path) || path, value: '', message }));
  };

  const takeUnknownCode = (given: ImportRow, value: string, gathered: Gathered): void => {
    const message = 'is not a known country: the numbers of this row are read without it';
    gathered.warnings.push(issueOf(given, { column: 'Country Code', value, message }));
  };

  const takeWarning = (given: ImportRow, path: FieldPath, warning: Issue, gathered: Gathered): void => {
    gathered.warnings.push(issueOf(given, locate(given, path, warning)));
  };

  /** Takes up the good value of a field's only text, as most are, and tells whether that was possible. */
  const readOnlyInto = (
    data: Filling,
    { field, fill, readOnly, mayBeChanged }: FieldReader,
    texts: readonly string[],
    given: ImportRow,
    gathered: Gathered,
  ): boolean => {
    const [only] = texts;
    if (only === undefined || texts.length > 1 || readOnly === undefined || only.trim() === '') return false;
    const reading = readOnly(only);
    if (!reading.ok) return false;
    const { value, warning } = reading;
    fill(data, value === only ? texts : [value]);
    if (value !== only && mayBeChanged?.(only))
      gathered.doubts.push({ path: field.path, cells: [{ text: only, value }] });
    if (warning !== undefined) takeWarning(given, field.path, issueAt(field, only, warning), gathered);
    return true;
  };

  /** The labels that may be given; the others are bad cells. */
  const goodLabels = (
    names: readonly string[],
    field: FieldSpec,
    given: ImportRow,
    gathered: Gathered,
  ): readonly string[] => {
    if (labelProblem === undefined) return names;
    return names.filter((name) => {
      const problem = labelProblem(name);
      if (problem !== '') takeBadCell(given, locate(given, field.path, issueAt(field, name, problem)), gathered);
      return problem === '';
    });
  };

  /** Reads the cells of a field of which some may have been changed: what is bad in them the contact may tell. */
  const readDoubtful = (
    data: Filling,
    { field, fill, read, mayBeChanged }: FieldReader,
    texts: readonly string[],
    given: ImportRow,
    gathered: Gathered,
  ): void => {
    const { path } = field;
    const cells = texts.flatMap((text): readonly DoubtfulCell[] => {
      const reading = read(text, field, context);
      if (reading.ok) {
        if (reading.warning !== undefined) takeWarning(given, path, issueAt(field, text, reading.warning), gathered);
        return [{ text, value: reading.value }];
      }
      const issue = locate(given, path, issueAt(field, text, reading.problem));
      if (mayBeChanged?.(text)) return [{ text, column: issue.column, problem: issue.message }];
      gathered.incomplete.push(path);
      takeBadCell(given, issue, gathered);
      return [];
    });
    gathered.doubts.push({ path, cells });
    fill(
      data,
      withoutDoubles(
        field,
        cells.flatMap(({ value }) => value ?? []),
      ),
    );
  };

  /** Whether a field's cells are to be read one by one, since the contact may tell what some of them were. */
  const areDoubtful = ({ field, mayBeChanged }: FieldReader, texts: readonly string[]): boolean => {
    if (mayBeChanged === undefined || field.kind === 'label' || field.kind === 'note') return false;
    if (!field.repeats && texts.length > 1) return false;
    return !texts.some((text) => isJoined(field) && text.includes(';')) && texts.some(mayBeChanged);
  };

  const readInto = (
    data: Filling,
    reader: FieldReader,
    texts: readonly string[],
    given: ImportRow,
    gathered: Gathered,
  ): void => {
    const { field, fill, read } = reader;
    const filled = texts.filter((text) => !isBlank(field, text));
    if (filled.length === 0) return;
    if (areDoubtful(reader, filled)) {
      readDoubtful(data, reader, filled, given, gathered);
      return;
    }
    const { values, warnings, issues } = readCells(field, texts, options, read);
    if (issues.length > 0) gathered.incomplete.push(field.path);
    for (const issue of issues) takeBadCell(given, locate(given, field.path, issue), gathered);
    for (const warning of warnings) takeWarning(given, field.path, warning, gathered);
    if (field.kind === 'note') gathered.notes.push(...values);
    else if (field.kind === 'label') fill(data, goodLabels(values.map(labelName), field, given, gathered));
    else fill(data, values);
  };

  /** Takes the cells of a field as the evidence has them: what its texts are, and what is to be told of them. */
  const weighed = (
    { field, weigh }: FieldReader,
    texts: readonly string[],
    given: ImportRow,
    gathered: Gathered,
  ): readonly string[] => {
    const weighing = weigh?.(texts, given.isForeign === true);
    if (weighing === undefined) return texts;
    const columnOf = (value: string): string => given.column(field.path, value) || field.label;
    for (const { value, message } of weighing.remarks) {
      gathered.warnings.push(issueOf(given, { column: columnOf(value), value, message }));
    }
    for (const value of weighing.noted) gathered.leftOut.push(`${columnOf(value)}: ${value.trim()}`);
    return weighing.texts;
  };

  /** What is bad in a row that no contact can explain, since nothing finds one. */
  const takeUnexplained = (given: ImportRow, gathered: Gathered): void => {
    for (const { path, cells } of gathered.doubts) {
      for (const { column = '', text, problem } of cells) {
        if (problem === undefined) continue;
        gathered.incomplete.push(path);
        takeBadCell(given, { column, value: text, message: problem }, gathered);
      }
    }
  };

  const newNote = (text: string): Note => ({
    id: context.newId(),
    text,
    author: context.by,
    createdAt: context.at,
    updatedAt: context.at,
  });

  /** Doubtful fields with the notes that bad cells go to, where that is wanted. */
  const withNotes = (doubts: readonly DoubtfulField[]): readonly DoubtfulField[] => {
    if (onInvalid === 'reject') return doubts;
    return doubts.map(({ path, cells }) => ({
      path,
      cells: cells.map((cell) =>
        cell.problem === undefined ? cell : { ...cell, note: newNote(`${cell.column}: ${cell.text.trim()}`) },
      ),
    }));
  };

  /** The kinds of phones and emails that the row has columns for, and no bad cells. */
  const setsOf = ({ draft: { texts } }: ImportRow, { incomplete }: Gathered): readonly FieldPath[] => {
    const { exact, exactPaths, paths } = places;
    if (incomplete.length === 0 && exact.every((place) => texts[place] !== undefined)) return exactPaths;
    return exact
      .filter((place) => texts[place] !== undefined)
      .map((place) => paths[place] as FieldPath)
      .filter((path) => !incomplete.includes(path));
  };

  return (given) => {
    const { row, line } = given;
    const { paths, texts } = given.draft;
    if (places.paths !== paths) places = placesOf(paths);
    const gathered: Gathered = { errors: [], warnings: [], notes: [], leftOut: [], doubts: [], incomplete: [] };
    for (const problem of given.problems) takeBadCell(given, problem, gathered);
    for (const warning of given.warnings) gathered.warnings.push(issueOf(given, warning));
    const id = readId(given, gathered);
    const home = texts[places.home]?.[0] ?? '';
    country = countryOf({ code: given.countryCode ?? '', name: home });
    checksHome = id === undefined || given.isForeign === true;
    if (country.unknownCode !== undefined) takeUnknownCode(given, country.unknownCode, gathered);
    const filling: Filling = { labels: none, phones: [], emails: [], notes: none };
    for (let place = 0; place < texts.length; place += 1) {
      const those = texts[place];
      const reader = places.readers[place];
      if (those === undefined) continue;
      if (reader === undefined) {
        takeUnknown(paths[place] as FieldPath, given, gathered);
        continue;
      }
      const cells = those.length === 0 ? those : weighed(reader, those, given, gathered);
      if (cells.length > 0 && !readOnlyInto(filling, reader, cells, given, gathered)) {
        readInto(filling, reader, cells, given, gathered);
      }
    }
    const { uids = none, uidsPartial, origin } = given;
    const canBeFound = id !== undefined || uids.length > 0 || filling.emails.length > 0 || filling.phones.length > 0;
    if (!canBeFound) takeUnexplained(given, gathered);
    if (gathered.notes.length > 0 || gathered.leftOut.length > 0) {
      filling.notes = keepNotes([...gathered.notes, ...gathered.leftOut].map(newNote), given.notes ?? []);
    }
    if (uids.length > 0) filling.uids = uids;
    if (uidsPartial) filling.uidsPartial = true;
    const data = filling as unknown as ContactData;
    const { errors, warnings } = gathered;
    const doubts = canBeFound && gathered.doubts.length > 0 ? { doubts: withNotes(gathered.doubts) } : undefined;
    if (id === undefined && uids.length === 0) return { row, line, data, sets: none, ...doubts, errors, warnings };
    const reading = {
      row,
      line,
      data,
      sets: setsOf(given, gathered),
      ...doubts,
      errors,
      warnings,
      ...(origin && { origin }),
    };
    return id === undefined ? reading : { ...reading, id };
  };
};
