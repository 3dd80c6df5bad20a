import type { FieldSpec } from '../../fields/catalogue.js';
import { emptyData } from '../../fields/contact.js';
import type { FieldPath } from '../../fields/field.js';
import { withValues } from '../../fields/values.js';
import { Creation, saysSame } from '../creation.js';
import { LargeNumberList, NumberList } from '../number-list.js';
import { createdEnd, dataOf, type Origin, type Stamp, withOrigin } from '../record.js';
import { type Scratch, type ScratchText, textIn } from '../scratch.js';
import type { DoubtfulField } from './evidence/restore.js';
import { atBits, identified, named, type ReadRows } from './read-rows.js';
import type { RowIssue, RowReading } from './row.js';

const none: readonly never[] = [];

/** What is the same for all rows of an import. */
export interface RowsKind {
  readonly fields: readonly FieldSpec[];
  readonly stamp: Stamp;
  /** As `presetsOf` gives them. */
  readonly presetPaths: readonly FieldPath[];
  /** As `exactPathsOf` gives them. */
  readonly exactPaths: readonly FieldPath[];
}

/**
 * Rows that were read and can land, until all are read. Of each is kept the contact that it makes where nothing else has
 * to do with it, as JSON in a scratch; the rest takes some 40 bytes. Rows are counted from 0.
 */
export class WaitingRows {
  readonly #kind: RowsKind;
  /** Bytes at the end of each JSON that are about what the program keeps. */
  readonly #kept: number;
  readonly #scratches: Scratch[] = [];
  readonly #rows = new NumberList();
  readonly #lines = new NumberList();
  /** The place of each row's scratch. */
  readonly #sources = new NumberList();
  readonly #starts = new LargeNumberList();
  readonly #lengths = new NumberList();
  readonly #flags = new NumberList();
  readonly #presets = new NumberList();
  readonly #sets = new NumberList();
  readonly #labels = new Map<number, readonly string[]>();
  readonly #warnings = new Map<number, readonly RowIssue[]>();
  readonly #doubts = new Map<number, readonly DoubtfulField[]>();
  readonly #origins = new Map<number, Origin>();

  constructor(kind: RowsKind) {
    this.#kind = kind;
    this.#kept = new TextEncoder().encode(createdEnd(kind.stamp)).length;
  }

  get count(): number {
    return this.#rows.length;
  }

  /**
   * Takes up rows.
   *
   * @param scratch the one that their contacts are in
   */
  add(read: ReadRows, scratch: Scratch): void {
    const first = this.count;
    this.#rows.append(read.rows);
    this.#lines.append(read.lines);
    this.#starts.append(read.starts);
    this.#lengths.append(read.lengths);
    this.#flags.append(read.flags);
    this.#presets.append(read.presets);
    this.#sets.append(read.sets);
    const source = this.#placeOf(scratch);
    for (let count = read.rows.length; count > 0; count -= 1) this.#sources.push(source);
    for (const [at, labels] of read.labels) this.#labels.set(first + at, labels);
    for (const [at, warnings] of read.warnings) this.#warnings.set(first + at, warnings);
    for (const [at, doubts] of read.doubts) this.#doubts.set(first + at, doubts);
    for (const [at, origin] of read.origins) this.#origins.set(first + at, origin);
  }

  /** Gives the row's contact other labels. */
  relabel(at: number, labels: readonly string[], scratch: Scratch): void {
    const contact = JSON.parse(textIn(this.#scratchOf(at), this.#textOf(at)));
    const { start, length } = scratch.add(JSON.stringify({ ...contact, labels }));
    this.#labels.set(at, labels);
    this.#sources.set(at, this.#placeOf(scratch));
    this.#starts.set(at, start);
    this.#lengths.set(at, length);
  }

  /** The number and the line of the row in its file. */
  placeOf(at: number): { readonly row: number; readonly line: number } {
    return { row: this.#rows.at(at), line: this.#lines.at(at) };
  }

  /** The number of the row in its file. */
  rowOf(at: number): number {
    return this.#rows.at(at);
  }

  /** Whether the row names an ID. */
  isNamed(at: number): boolean {
    return (this.#flags.at(at) & named) > 0;
  }

  /** Whether the row says enough to be told from others. */
  isIdentified(at: number): boolean {
    return (this.#flags.at(at) & identified) > 0;
  }

  labelsOf(at: number): readonly string[] {
    return this.#labels.get(at) ?? none;
  }

  warningsOf(at: number): readonly RowIssue[] {
    return this.#warnings.get(at) ?? none;
  }

  /** Whether the row has a bad cell unless its contact tells what it was. */
  hasUnexplained(at: number): boolean {
    return this.#doubts.get(at)?.some(({ cells }) => cells.some(({ value }) => value === undefined)) ?? false;
  }

  /** What is to be told of the row where its contact says all of it. */
  warningsOfKnown(at: number): readonly RowIssue[] {
    const texts = (this.#doubts.get(at) ?? []).flatMap(({ cells }) => cells.map(({ text }) => text));
    return this.warningsOf(at).filter(({ value }) => !texts.includes(value));
  }

  /**
   * Whether a contact that a key of the row finds is the row's, and says just what the row does and no more.
   *
   * @param json the contact as the store has it
   */
  isSaidBy(at: number, json: Uint8Array): boolean {
    const made = this.#scratchOf(at).read(this.#textOf(at));
    return this.isIdentified(at) && !this.hasUnexplained(at) && saysSame(made, this.#kept, json, this.isNamed(at));
  }

  /** The id of the contact that the row makes by itself. */
  idOf(at: number): string {
    return new Creation(this.#scratchOf(at), this.#textOf(at)).id;
  }

  /** The creation of the contact that the row makes by itself. */
  creationOf(at: number): Creation {
    const creation = new Creation(this.#scratchOf(at), this.#textOf(at));
    const origin = this.#origins.get(at);
    return origin === undefined ? creation : Creation.of(withOrigin(creation.after, origin), this.#scratchOf(at));
  }

  /** What the row says by itself, made anew; and the id that its contact would get. */
  readingOf(at: number): { readonly reading: RowReading; readonly id: string } {
    const { fields, presetPaths, exactPaths } = this.#kind;
    const contact = JSON.parse(textIn(this.#scratchOf(at), this.#textOf(at)));
    const data = atBits(presetPaths, this.#presets.at(at)).reduce((left, path) => {
      const field = fields.find((each) => each.path === path);
      return field === undefined ? left : withValues(left, field, []);
    }, dataOf(contact));
    const { id } = contact;
    const doubts = this.#doubts.get(at);
    const reading: RowReading = {
      ...this.placeOf(at),
      data: { ...emptyData, ...data },
      sets: atBits(exactPaths, this.#sets.at(at)),
      errors: none,
      warnings: this.warningsOf(at),
      ...(doubts && { doubts }),
      ...(this.#origins.has(at) && { origin: this.#origins.get(at) as Origin }),
      ...(this.isNamed(at) && { id }),
    };
    return { reading, id };
  }

  #placeOf(scratch: Scratch): number {
    const place = this.#scratches.indexOf(scratch);
    return place < 0 ? this.#scratches.push(scratch) - 1 : place;
  }

  #scratchOf(at: number): Scratch {
    return this.#scratches[this.#sources.at(at)] as Scratch;
  }

  #textOf(at: number): ScratchText {
    return { start: this.#starts.at(at), length: this.#lengths.at(at) };
  }
}
