import type { ColumnProfile } from '../contacts/import/column-profile.js';
import type { ImportRow, RowIssue } from '../contacts/import/row.js';
import type { Category } from '../fields/catalogue.js';
import type { CustomField, FieldPath } from '../fields/field.js';
import type { DateOrder } from '../fields/kinds/kind.js';
import type { ColumnChoices } from './csv/mapping.js';

/** One contact as a file has it: a data row of a CSV file, a card, an object. */
export interface ImportRecord extends ImportRow {
  /** The category that it names, whatever the import's is. */
  readonly category?: Category;
  /** The record as it came, for the reject file: the cells of a row, or the text, or its bytes. */
  readonly raw: readonly string[] | string | Uint8Array;
}

/** A column of a file, or a key, that no field fits, with up to three of its values. */
export interface UnknownColumn {
  readonly header: string;
  readonly values: readonly string[];
}

/** A column of a file, with what it holds. */
export interface ImportColumn {
  readonly header: string;
  /** The fields that it fills; several where other columns or its values say which. */
  readonly paths: readonly FieldPath[];
  /** Why, in words. */
  readonly why: string;
  /** What its values look like: of columns that no field fits, and of others where `profiles` asked for it. */
  readonly profile: ColumnProfile;
}

/** A file that was looked through once and can be read. */
export interface ImportFile {
  /** The fields that the file has columns for, in the order of the catalogue; nothing where each record has its own. */
  readonly fields: readonly FieldPath[] | undefined;
  /** Columns that hold values and fit no field. They are left out of the records. */
  readonly unknown: readonly UnknownColumn[];
  /** All columns; nothing where each record has its own. */
  readonly columns?: readonly ImportColumn[];
  /** About how many records there are, for those who wait for them. */
  readonly rows: number;
  /** How many values no field holds, by their property or column. */
  readonly rest: ReadonlyMap<string, number>;
  /** Whether notes keep those values: with `keepRest`, and always those of a CSV's known columns. */
  readonly keepsRest: boolean;
  /** How many values neither a field nor a note can hold, such as pictures, by their property. */
  readonly dropped?: ReadonlyMap<string, number>;
  /** The labels that groups of contacts give their members, by the keys of their UIDs. */
  readonly labelsOfMembers?: ReadonlyMap<string, readonly string[]>;
  /** Custom fields that it has values of, says what they are, and the store does not have. */
  readonly defines?: readonly CustomField[];
  /** What is to be told of the file beside its rows. */
  readonly warnings?: readonly RowIssue[];
  /** The records in their order, as many at once as a piece of the file holds. */
  batches(): AsyncIterable<readonly ImportRecord[]>;
  /** The reject file: the records as they came, each with its fault; once mended it can be imported. */
  rejects(rejected: AsyncIterable<Rejected>): AsyncIterable<string | Uint8Array>;
}

export interface Rejected {
  readonly record: Pick<ImportRecord, 'raw'>;
  /** All faults of the record, in words. */
  readonly error: string;
}

/** How a file is to be read. */
export interface ReadOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /** A label of the Encoding Standard. */
  readonly encoding?: string | undefined;
  /** As `--delimiter` takes it. */
  readonly delimiter?: string | undefined;
  readonly dateOrder?: DateOrder | undefined;
  /** The default country: ISO 3166-1 alpha-2, or a calling code such as `+852`. */
  readonly country?: string | undefined;
  readonly map?: ColumnChoices | undefined;
  readonly savedMap?: ColumnChoices | undefined;
  /** Find out what the values of every column look like. */
  readonly profiles?: boolean | undefined;
  /** Keep in a note what no field holds. */
  readonly keepRest?: boolean | undefined;
  /** The name or number of a workbook's sheet. */
  readonly sheet?: string | undefined;
  /** Keeps bytes that are made once and read several times; in memory where absent. */
  readonly keepAside?: (pieces: AsyncIterable<Uint8Array>) => Promise<{ open(): AsyncIterable<Uint8Array> }>;
  /** Leave out what has no field: vCards keep it in a note otherwise. */
  readonly ignoreUnknown?: boolean | undefined;
  /** What has no field is to become custom fields, so it counts as unknown. */
  readonly createFields?: boolean | undefined;
}

/** The records of a file one by one. */
export async function* recordsOf(file: Pick<ImportFile, 'batches'>): AsyncGenerator<ImportRecord, void> {
  for await (const batch of file.batches()) yield* batch;
}

/** Records that come one by one, a few hundred at a time, which takes less time than to wait for each. */
export async function* inBatches(records: AsyncIterable<ImportRecord>): AsyncGenerator<readonly ImportRecord[], void> {
  const most = 500;
  let batch: ImportRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    if (batch.length < most) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
