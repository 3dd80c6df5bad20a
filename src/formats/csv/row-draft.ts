import type { RowDraft, RowProblem } from '../../contacts/import/row.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import type { FieldPath } from '../../fields/field.js';

/** A cell that holds something, with its column. */
export interface Cell {
  readonly header: string;
  readonly text: string;
}

const none: readonly string[] = [];

/** The places that fields have in the drafts of a file's rows. */
export class DraftPlaces {
  readonly #places = new Map<FieldPath, number>();
  readonly #empty: readonly (readonly string[])[];
  /** The fields by their places; another list as soon as there is one more. */
  paths: readonly FieldPath[];

  /**
   * @param fields those of the category
   * @param paths the fields that the file has columns for
   */
  constructor(
    readonly fields: ReadonlyMap<FieldPath, FieldSpec>,
    paths: readonly FieldPath[],
  ) {
    this.paths = paths;
    this.#empty = paths.map(() => none);
    for (const [place, path] of paths.entries()) this.#places.set(path, place);
  }

  /** A draft that has no text for the fields that the file has columns for. */
  emptyDraft(): (readonly string[] | undefined)[] {
    return this.#empty.slice();
  }

  /** The place of a field that has one. */
  known(path: FieldPath): number | undefined {
    return this.#places.get(path);
  }

  /** The place of a field, a new one if need be. */
  of(path: FieldPath): number {
    const known = this.#places.get(path);
    if (known !== undefined) return known;
    const place = this.paths.length;
    this.#places.set(path, place);
    this.paths = [...this.paths, path];
    return place;
  }
}

/** A draft while a row is read: the texts of each field, and what no field holds. */
export class GrowingDraft implements RowDraft {
  readonly texts: (readonly string[] | undefined)[];
  /** The lines of the note that keeps what no field holds. */
  readonly rest: string[] = [];
  readonly problems: RowProblem[] = [];
  readonly warnings: RowProblem[] = [];

  constructor(private readonly places: DraftPlaces) {
    this.texts = places.emptyDraft();
  }

  get paths(): readonly FieldPath[] {
    return this.places.paths;
  }

  /** The field's first text. */
  first(path: FieldPath): string | undefined {
    return this.#textsOf(path)?.[0];
  }

  /** All texts of all fields. */
  all(): readonly string[] {
    return this.texts.flatMap((texts) => texts ?? none);
  }

  set(path: FieldPath, texts: readonly string[]): void {
    const place = this.places.of(path);
    while (this.texts.length < place) this.texts.push(undefined);
    this.texts[place] = texts;
  }

  add(path: FieldPath, texts: readonly string[]): void {
    const before = this.#textsOf(path);
    this.set(path, before === undefined || before.length === 0 ? texts : [...before, ...texts]);
  }

  /** Adds a phone or an email; staff have one kind of them alone. */
  addEntry(group: 'phones' | 'emails', kind: string, text: string): void {
    const { fields } = this.places;
    const path = `${group}.${kind}`;
    const first = [...fields.keys()].find((known) => known.startsWith(`${group}.`));
    this.add(fields.has(path) ? path : (first ?? path), [text]);
  }

  keep({ header, text }: Cell): void {
    this.rest.push(`${header}: ${text}`);
  }

  #textsOf(path: FieldPath): readonly string[] | undefined {
    const place = this.places.known(path);
    return place === undefined ? undefined : this.texts[place];
  }
}
