import type { Category } from '../../fields/catalogue.js';
import { isNumbered } from '../../fields/columns.js';
import type { ContactData } from '../../fields/contact.js';
import { type DraftContext, isIdentified } from '../../fields/draft.js';
import { type FieldPath, fieldsOf } from '../../fields/field.js';
import { hashOfKey } from '../key-hash.js';
import { type Key, uidKey } from '../keys.js';
import { LargeNumberList, NumberList } from '../number-list.js';
import { createdContactJson, type Origin } from '../record.js';
import type { Scratch } from '../scratch.js';
import type { Settings } from '../settings.js';
import { type DoubtfulField, restore } from './evidence/restore.js';
import { emailKeys, type MatchBy, phoneKeys } from './holders.js';
import { createDefinedNames, createUndefinedLabels } from './labels.js';
import { createRowReader, type ImportRow, type RowIssue, type RowReading } from './row.js';
import { uniqueValues } from './unique-values.js';

/** The bits of a row's flags: it names an ID; it says enough to be told from others. */
export const named = 1;
export const identified = 2;

/**
 * Rows of a file that were read, each by itself: numbers and texts alone, which one thread can hand to another.
 *
 * Of rows that can land and can be found again there are columns, and in a scratch the contact that each makes where
 * nothing else has to do with it, as JSON. They are counted from 0; of the others little is kept.
 */
export interface ReadRows {
  /** How many rows were read. */
  readonly count: number;
  /** The number of each row, and the line on which it begins. */
  readonly rows: Uint32Array;
  readonly lines: Uint32Array;
  /** Where the JSON of each is in the scratch, and its length, in bytes. */
  readonly starts: Float64Array;
  readonly lengths: Uint32Array;
  readonly flags: Uint32Array;
  /** Which fields' presets each has because it says nothing of them: a bit for each of `presetsOf`. */
  readonly presets: Uint32Array;
  /** Which lists of kinds of phones and emails each sets exactly: a bit for each of `exactPathsOf`. */
  readonly sets: Uint32Array;
  /** The hashes of the keys by which other rows find each, one row after the other, and where those of each end. */
  readonly hashes: Float64Array;
  readonly hashEnds: Uint32Array;
  /** The keys by which the rows look for contacts, or for others that have what has to be their own. */
  readonly asks: readonly Key[];
  /** Of the few rows that have any. */
  readonly labels: readonly (readonly [at: number, labels: readonly string[]])[];
  readonly warnings: readonly (readonly [at: number, warnings: readonly RowIssue[]])[];
  readonly doubts: readonly (readonly [at: number, doubts: readonly DoubtfulField[]])[];
  /** How contacts began, of rows that say it. */
  readonly origins: readonly (readonly [at: number, origin: Origin])[];
  /** What rows want for their contacts alone, by its name, and their numbers. */
  readonly claims: readonly (readonly [name: string, row: number])[];
  /** Rows that can land and that nothing can find again. */
  readonly unfindable: readonly RowReading[];
  /** The faults of each row that is rejected. */
  readonly rejected: readonly (readonly RowIssue[])[];
  /** Columns of fields that no row before these had, as the file names them. */
  readonly headers: readonly (readonly [path: FieldPath, header: string])[];
}

export interface RowsReaderOptions {
  readonly category: Category;
  /** What else than their ID rows are matched by. */
  readonly match: readonly MatchBy[];
  readonly onInvalid: 'reject' | 'note';
  /** A label that is not defined is a bad cell. */
  readonly knownLabels: boolean;
  /** As they are before the import. */
  readonly settings: Settings;
  /** Also who writes, when, and the ids of new contacts. */
  readonly context: DraftContext;
  /** Whether there are any contacts that rows can be; else the keys by which rows look for them are left out. */
  readonly asks: boolean;
}

/** The fields of new contacts that hold something where nothing is said, with what they hold. */
export const presetsOf = ({ category, settings }: Pick<RowsReaderOptions, 'category' | 'settings'>) =>
  fieldsOf(category, settings.fields).flatMap(({ path, preset }) => (preset === undefined ? [] : [{ path, preset }]));

/** The kinds of phones and emails, of which rows with an ID set those that the file has columns for. */
export const exactPathsOf = ({ category }: Pick<RowsReaderOptions, 'category'>): readonly FieldPath[] =>
  fieldsOf(category, [])
    .filter(isNumbered)
    .map(({ path }) => path);

/** The bits of those of a list that others are among. */
const bitsOf = (list: readonly string[], others: readonly string[]): number =>
  list.reduce((bits, item, place) => (others.includes(item) ? bits | (1 << place) : bits), 0);

/** Those of a list whose bits are set. */
export const atBits = <Item>(list: readonly Item[], bits: number): readonly Item[] =>
  list.filter((_, place) => (bits & (1 << place)) !== 0);

/**
 * Makes the function that reads rows of a file by themselves, some at a time.
 *
 * @param scratch takes the contacts that they make
 */
export const createRowsReader = (
  options: RowsReaderOptions,
  scratch: Pick<Scratch, 'add'>,
): ((given: readonly ImportRow[]) => ReadRows) => {
  const { category, match, context } = options;
  const fields = fieldsOf(category, options.settings.fields);
  const read = createRowReader({
    ...options,
    fields,
    labels: options.settings.labels.map(({ name }) => name),
    labelName: createDefinedNames(options.settings),
    labelProblem: options.knownLabels ? createUndefinedLabels(options.settings) : undefined,
  });
  const restoring = { fields, replaces: false, monthNamed: context.parsers.month };
  const hasUnique = fields.some(({ unique }) => unique);
  const jsonOf = createdContactJson(category, context);
  const presetFields = presetsOf(options);
  // No field within a group of fields, such as a street, has a preset.
  const presetValues = Object.fromEntries(presetFields.map(({ path, preset }) => [path, preset]));
  const exactPaths = exactPathsOf(options);
  const headersTold = new Set<FieldPath>();
  let knownPaths: readonly FieldPath[] = [];
  let knownSets: readonly FieldPath[] = [];
  let knownSetBits = 0;

  const rows = new NumberList();
  const lines = new NumberList();
  const starts = new LargeNumberList();
  const lengths = new NumberList();
  const flags = new NumberList();
  const presets = new NumberList();
  const sets = new NumberList();
  const hashes = new LargeNumberList();
  const hashEnds = new NumberList();

  /** Which presets the data needs; most often all or none. */
  const presetBits = (data: ContactData): number => {
    const record = data as unknown as { readonly [path: string]: unknown };
    let bits = 0;
    for (let place = 0; place < presetFields.length; place += 1) {
      if (record[presetFields[place]?.path ?? ''] === undefined) bits |= 1 << place;
    }
    return bits;
  };

  const setBits = (paths: readonly FieldPath[]): number => {
    if (paths !== knownSets) {
      knownSets = paths;
      knownSetBits = bitsOf(exactPaths, paths);
    }
    return knownSetBits;
  };

  return (given) => {
    const asks: Key[] = [];
    const labels: (readonly [number, readonly string[]])[] = [];
    const warnings: (readonly [number, readonly RowIssue[]])[] = [];
    const doubts: (readonly [number, readonly DoubtfulField[]])[] = [];
    const origins: (readonly [number, Origin])[] = [];
    const claims: (readonly [string, number])[] = [];
    const unfindable: RowReading[] = [];
    const rejected: (readonly RowIssue[])[] = [];
    const headers: (readonly [FieldPath, string])[] = [];

    const noteHeaders = ({ draft: { paths }, column }: ImportRow): void => {
      if (paths === knownPaths) return;
      knownPaths = paths;
      for (const path of paths) {
        if (headersTold.has(path)) continue;
        headersTold.add(path);
        headers.push([path, column(path)]);
      }
    };

    const hold = (of: Key['of'], value: string, isAsked: boolean): void => {
      hashes.push(hashOfKey(of, value));
      if (isAsked && options.asks) asks.push({ of, value });
    };

    /** Takes the keys of a row that can be found: by its ID, or by an address or a number that is matched. */
    const takeKeys = ({ row, id, data, origin }: RowReading): boolean => {
      const before = hashes.length;
      if (id !== undefined) hold('id', id, true);
      for (const uid of data.uids ?? []) hold('uid', uidKey(uid), true);
      for (const merged of origin?.mergedIds ?? []) hold('id', merged, true);
      for (const key of emailKeys(data, match)) hold('email', key, id === undefined);
      for (const key of phoneKeys(data, match)) hold('phone', key, id === undefined);
      if (hashes.length === before) return false;
      if (!hasUnique) return true;
      for (const { key, name } of uniqueValues(data, fields)) {
        hold(key.of, key.value, true);
        claims.push([name, row]);
      }
      return true;
    };

    const take = (reading: RowReading): void => {
      const { row, line, id, data } = reading;
      if (!takeKeys(reading)) {
        const { row: alone, bad } = restore(reading, undefined, restoring);
        if (bad.length === 0) unfindable.push(alone);
        else
          rejected.push(
            bad.map(({ column = '', text, problem = '' }) => ({ row, line, column, value: text, message: problem })),
          );
        return;
      }
      const at = rows.length;
      const { start, length } = scratch.add(jsonOf(data, id ?? context.newId(), presetValues));
      rows.push(row);
      lines.push(line);
      starts.push(start);
      lengths.push(length);
      flags.push((id === undefined ? 0 : named) | (isIdentified(data) ? identified : 0));
      presets.push(presetBits(data));
      sets.push(setBits(reading.sets));
      hashEnds.push(hashes.length);
      if (data.labels.length > 0) labels.push([at, data.labels]);
      if (reading.warnings.length > 0) warnings.push([at, reading.warnings]);
      if (reading.doubts !== undefined) doubts.push([at, reading.doubts]);
      if (reading.origin !== undefined) origins.push([at, reading.origin]);
    };

    for (const row of given) {
      noteHeaders(row);
      const reading = read(row);
      if (reading.errors.length === 0) take(reading);
      else rejected.push(reading.errors);
    }
    return {
      count: given.length,
      rows: rows.take(),
      lines: lines.take(),
      starts: starts.take(),
      lengths: lengths.take(),
      flags: flags.take(),
      presets: presets.take(),
      sets: sets.take(),
      hashes: hashes.take(),
      hashEnds: hashEnds.take(),
      asks,
      labels,
      warnings,
      doubts,
      origins,
      claims,
      unfindable,
      rejected,
      headers,
    };
  };
};
