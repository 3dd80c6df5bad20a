import type { Category, FieldSpec } from '../../fields/catalogue.js';
import { type ContactData, emptyData } from '../../fields/contact.js';
import { isIdentified } from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { valuesAt, withValues } from '../../fields/values.js';
import { type JsonBytes, textIn } from '../creation.js';
import { hashOfKey } from '../key-hash.js';
import type { Key } from '../keys.js';
import { createdContactJson, dataOf } from '../record.js';
import { keysOfRow, type MatchBy } from './holders.js';
import type { JsonArena } from './json-arena.js';
import { unidentified } from './pass.js';
import { createRowReader, type ImportRow, type RowIssue, type RowReaderOptions, type RowReading } from './row.js';
import { uniqueValues } from './unique-values.js';

/**
 * A row that was read by itself and can land, in a form that takes little memory and passes from thread to thread. Its
 * bytes are the contact that it makes where nothing else has to do with it.
 */
export interface PreparedRow extends JsonBytes {
  readonly row: number;
  readonly line: number;
  /** The contact's. */
  readonly id: string;
  /** The row names the ID; else it was made for it. */
  readonly isNamed: boolean;
  /** It has more than an ID to be told from others by. */
  readonly isIdentified: boolean;
  readonly labels: readonly string[];
  /** The fields in which the contact has presets, where the row says nothing. */
  readonly presets: readonly FieldPath[];
  readonly sets: readonly FieldPath[];
  readonly warnings: readonly RowIssue[];
}

/** How a prepared row is found, and what it looks for. */
export interface SoughtKeys {
  /** Hashes of the keys by which other rows can find its contact; none where nothing can find it again. */
  readonly holds: readonly number[];
  /** The keys by which it looks for its contact in the store. */
  readonly asks: readonly Key[];
}

/** What rows are by themselves, before any is compared with a contact or with another row. */
export interface PreparedRows {
  readonly rows: readonly PreparedRow[];
  /** Those of each row; nobody needs them for long. */
  readonly keys: readonly SoughtKeys[];
  /** What each row says; absent where it came from another thread, and is read off the row again (`readingOf`). */
  readonly readings?: readonly RowReading[];
  /** The issues of each row that cannot land. */
  readonly rejected: readonly (readonly RowIssue[])[];
  /** The columns of fields, as the file names them, which no rows before had. */
  readonly headers: readonly (readonly [FieldPath, string])[];
}

export interface PrepareOptions extends RowReaderOptions {
  readonly category: Category;
  readonly match: readonly MatchBy[];
}

const none: readonly never[] = [];

const unfindable: SoughtKeys = { holds: none, asks: none };

/** What is wrong with a row that cannot be told from others. */
export const unidentifiedRow = ({ row, line }: { readonly row: number; readonly line: number }): RowIssue => ({
  row,
  line,
  column: '',
  value: '',
  message: unidentified,
});

/** Makes what prepares rows for the planner of an import. Each call keeps the contacts in the arena that is given. */
export const createRowPreparer = (
  options: PrepareOptions,
): ((rows: readonly ImportRow[], arena: JsonArena) => PreparedRows) => {
  const { category, match, fields, context } = options;
  const read = createRowReader(options);
  const jsonOf = createdContactJson(category, context);
  const headers = new Map<FieldPath, string>();
  // No field within a group of fields, such as a street, has a preset.
  const presets = Object.fromEntries(
    fields.flatMap(({ path, preset }) => (preset === undefined ? [] : [[path, preset]])),
  );
  const hasUnique = fields.some(({ unique }) => unique);
  // The same list for all rows that lack the same fields.
  const presetLists = new Map<string, readonly FieldPath[]>();
  const setsLists = new Map<string, readonly FieldPath[]>();
  const shared = (lists: Map<string, readonly FieldPath[]>, list: readonly FieldPath[]): readonly FieldPath[] => {
    const name = list.join();
    const known = lists.get(name) ?? list;
    lists.set(name, known);
    return known;
  };

  /** The fields of which the row says nothing, and that have presets. */
  const presetsOf = (data: ContactData): readonly FieldPath[] =>
    shared(
      presetLists,
      Object.keys(presets).filter((path) => valuesAt(data, path).length === 0),
    );

  const prepare = (reading: RowReading, arena: JsonArena): PreparedRow => {
    const { row, line, data, warnings } = reading;
    const id = reading.id ?? context.newId();
    const { bytes, start, end } = arena.add(jsonOf(data, id, presets));
    return {
      bytes,
      start,
      end,
      row,
      line,
      id,
      isNamed: reading.id !== undefined,
      isIdentified: isIdentified(data),
      labels: data.labels.length === 0 ? none : data.labels,
      presets: presetsOf(data),
      sets: reading.sets.length === 0 ? none : shared(setsLists, reading.sets),
      warnings: warnings.length === 0 ? none : warnings,
    };
  };

  return (given, arena) => {
    const rows: PreparedRow[] = [];
    const rowKeys: SoughtKeys[] = [];
    const readings: RowReading[] = [];
    const rejected: (readonly RowIssue[])[] = [];
    const newHeaders: [FieldPath, string][] = [];
    for (const each of given) {
      for (const path of each.draft.keys()) {
        if (headers.has(path)) continue;
        const header = each.column(path);
        headers.set(path, header);
        newHeaders.push([path, header]);
      }
      const reading = read(each);
      const { data, errors } = reading;
      const unique = hasUnique ? uniqueValues(data, fields).map(({ key }) => key) : none;
      const keys = errors.length > 0 ? undefined : keysOfRow(reading, match, unique);
      if (errors.length > 0) rejected.push(errors);
      else if (keys === undefined && !isIdentified(data)) rejected.push([unidentifiedRow(reading)]);
      else {
        rows.push(prepare(reading, arena));
        readings.push(reading);
        rowKeys.push(keys === undefined ? unfindable : { holds: keys.holds.map(hashOfKey), asks: keys.asks });
      }
    }
    return { rows, keys: rowKeys, readings, rejected, headers: newHeaders };
  };
};

/** What a prepared row says by itself. */
export const readingOf = (prepared: PreparedRow, fields: readonly FieldSpec[]): RowReading => {
  const { row, line, id, isNamed, presets, sets, warnings } = prepared;
  const data = presets.reduce(
    (left, path) => {
      const field = fields.find((each) => each.path === path);
      return field === undefined ? left : withValues(left, field, []);
    },
    dataOf(JSON.parse(textIn(prepared))),
  );
  const reading = { row, line, data: { ...emptyData, ...data }, sets, errors: none, warnings };
  return isNamed ? { ...reading, id } : reading;
};
