import type { RowProblem } from '../../contacts/import/row.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import type { FieldPath } from '../../fields/field.js';

/** A cell that holds something, with its column. */
export interface Cell {
  readonly header: string;
  readonly text: string;
}

const none: readonly string[] = [];

/** A draft while a row is read: the texts of each field, and what no field holds. */
export class RowDraft {
  readonly texts = new Map<FieldPath, readonly string[]>();
  /** The lines of the note that keeps what no field holds. */
  readonly rest: string[] = [];
  readonly problems: RowProblem[] = [];

  /** @param paths the fields that the file has columns for */
  constructor(
    private readonly fields: ReadonlyMap<FieldPath, FieldSpec>,
    paths: readonly FieldPath[],
  ) {
    for (const path of paths) this.texts.set(path, none);
  }

  /** The field's first text. */
  first(path: FieldPath): string | undefined {
    return this.texts.get(path)?.[0];
  }

  add(path: FieldPath, texts: readonly string[]): void {
    const before = this.texts.get(path);
    this.texts.set(path, before === undefined || before.length === 0 ? texts : [...before, ...texts]);
  }

  /** Adds a phone or an email; staff have one kind of them alone. */
  addEntry(group: 'phones' | 'emails', kind: string, text: string): void {
    const path = `${group}.${kind}`;
    const first = [...this.fields.keys()].find((known) => known.startsWith(`${group}.`));
    this.add(this.fields.has(path) ? path : (first ?? path), [text]);
  }

  keep({ header, text }: Cell): void {
    this.rest.push(`${header}: ${text}`);
  }
}
