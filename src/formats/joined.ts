import { draftOf, type RowIssue, rowDraftOf } from '../contacts/import/row.js';
import { uidKey } from '../contacts/keys.js';
import type { ImportFile, ImportRecord } from './record.js';

/** One of the files that are imported together. */
export interface JoinedFile {
  /** How people know it. */
  readonly name: string;
  readonly file: ImportFile;
  /** How many rows come before its own; known once these were read. */
  rowsBefore: number;
}

/** Several files as one, whose rows are counted on from one to the next. */
export interface JoinedFiles {
  readonly files: readonly JoinedFile[];
  /** About how many rows there are. */
  readonly rows: number;
  /** The rows of all files; to be read once. */
  batches(): AsyncIterable<readonly ImportRecord[]>;
  /** What is to be told of the files beside their rows, once they were read. */
  warnings(): readonly RowIssue[];
  /** The file that a row is in, once it was read. */
  fileOf(row: number): JoinedFile;
}

const laterBy = <Row extends { readonly row: number }>(rows: number, row: Row): Row =>
  rows === 0 ? row : { ...row, row: row.row + rows };

/** The labels that the groups of all files give their members. */
class Members {
  readonly #labels = new Map<string, readonly string[]>();

  constructor(files: readonly JoinedFile[]) {
    for (const { file } of files) {
      for (const [key, labels] of file.labelsOfMembers ?? []) {
        this.#labels.set(key, [...new Set([...(this.#labels.get(key) ?? []), ...labels])]);
      }
    }
  }

  /** The record with the labels of the groups that it is a member of; staff have no labels. */
  labelled(record: ImportRecord): ImportRecord {
    if (this.#labels.size === 0 || record.category === 'internal') return record;
    const keys = [...(record.uids ?? []), ...(record.id === undefined ? [] : [record.id])].map(uidKey);
    const labels = keys.flatMap((key) => this.#labels.get(key) ?? []);
    if (labels.length === 0) return record;
    const draft = draftOf(record.draft);
    const all = [...new Set([...(draft.get('labels') ?? []), ...labels])];
    return { ...record, draft: rowDraftOf(new Map([...draft, ['labels', all]])) };
  }
}

async function* batchesOf(files: readonly JoinedFile[]): AsyncGenerator<readonly ImportRecord[], void> {
  const members = new Members(files);
  let rows = 0;
  for (const joined of files) {
    const before = rows;
    joined.rowsBefore = before;
    for await (const records of joined.file.batches()) {
      rows = before + (records.at(-1)?.row ?? 0);
      yield records.map((record) => laterBy(before, members.labelled(record)));
    }
  }
}

/** How many values of files no field holds, by what they are. */
export interface RestCounts {
  /** Those that notes keep. */
  readonly kept: ReadonlyMap<string, number>;
  /** Those that are left out. */
  readonly dropped: ReadonlyMap<string, number>;
}

/** What no field holds of all files. */
export const restOf = (files: readonly JoinedFile[]): RestCounts => {
  const kept = new Map<string, number>();
  const dropped = new Map<string, number>();
  const add = (counts: Map<string, number>, some: ReadonlyMap<string, number>): void => {
    for (const [what, number] of some) counts.set(what, (counts.get(what) ?? 0) + number);
  };
  for (const { file } of files) {
    add(file.keepsRest ? kept : dropped, file.rest);
    add(dropped, file.dropped ?? new Map());
  }
  return { kept, dropped };
};

export const joinFiles = (opened: readonly { readonly name: string; readonly file: ImportFile }[]): JoinedFiles => {
  const files = opened.map(({ name, file }): JoinedFile => ({ name, file, rowsBefore: Number.POSITIVE_INFINITY }));
  const fileOf = (row: number): JoinedFile => {
    let low = 0;
    let high = files.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((files[middle]?.rowsBefore ?? 0) < row) low = middle;
      else high = middle - 1;
    }
    return files[low] as JoinedFile;
  };
  return {
    files,
    rows: files.reduce((sum, { file }) => sum + file.rows, 0),
    batches: () => batchesOf(files),
    warnings: () =>
      files.flatMap(({ file, rowsBefore }) => (file.warnings ?? []).map((issue) => laterBy(rowsBefore, issue))),
    fileOf,
  };
};
