import type { FieldSpec } from '../../fields/catalogue.js';
import { type ContactData, emptyData } from '../../fields/contact.js';
import { isIdentified } from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { valuesAt, withValues } from '../../fields/values.js';
import { Creation } from '../creation.js';
import { NumberList } from '../number-list.js';
import { createdContactJson, dataOf } from '../record.js';
import { type Scratch, type ScratchText, textIn } from '../scratch.js';
import type { PassOptions } from './pass.js';
import type { RowIssue, RowReading } from './row.js';

/** The bits of a row's flags. */
const named = 1;
const identified = 2;

/** Lists of which many rows have the same. */
class SharedLists<Item extends string> {
  readonly #numbers = new Map<string, number>();
  readonly #lists: (readonly Item[])[] = [];

  numberOf(list: readonly Item[]): number {
    const name = list.join('\0');
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#lists.length);
    return this.#lists.push(list) - 1;
  }

  at(number: number): readonly Item[] {
    return this.#lists[number] ?? [];
  }
}

/** Starts of texts in steps of this many bytes would not fit 32 bits from some gigabytes on, so they are kept in two. */
const low = 2 ** 32;

const none: readonly never[] = [];

/**
 * Rows that were read and can land, until all are read. Of each is kept the contact that it makes where nothing else has
 * to do with it, as JSON in a scratch; the rest takes some 40 bytes. Rows are counted from 0.
 */
export class WaitingRows {
  readonly #scratch: Scratch;
  readonly #fields: readonly FieldSpec[];
  readonly #newId: () => string;
  readonly #jsonOf: ReturnType<typeof createdContactJson>;
  readonly #presets: { readonly [path: string]: string };
  readonly #rows = new NumberList();
  readonly #lines = new NumberList();
  readonly #starts = new NumberList();
  readonly #startsHigh = new NumberList();
  readonly #lengths = new NumberList();
  readonly #flags = new NumberList();
  readonly #presetLists = new NumberList();
  readonly #setLists = new NumberList();
  readonly #lists = new SharedLists<FieldPath>();
  readonly #labels = new Map<number, readonly string[]>();
  readonly #warnings = new Map<number, readonly RowIssue[]>();

  constructor(scratch: Scratch, { fields, category, stamp }: PassOptions, newId: () => string) {
    this.#scratch = scratch;
    this.#fields = fields;
    this.#newId = newId;
    this.#jsonOf = createdContactJson(category, stamp);
    // No field within a group of fields, such as a street, has a preset.
    this.#presets = Object.fromEntries(
      fields.flatMap(({ path, preset }) => (preset === undefined ? [] : [[path, preset]])),
    );
  }

  /** Takes up a row, and gives its place. */
  add(reading: RowReading): number {
    const { row, line, id, data, sets, warnings } = reading;
    const at = this.#rows.length;
    const text = this.#scratch.add(this.#jsonOf(data, id ?? this.#newId(), this.#presets));
    this.#rows.push(row);
    this.#lines.push(line);
    this.#starts.push(text.start % low);
    this.#startsHigh.push(Math.floor(text.start / low));
    this.#lengths.push(text.length);
    this.#flags.push((id === undefined ? 0 : named) | (isIdentified(data) ? identified : 0));
    this.#presetLists.push(this.#lists.numberOf(this.#presetsOf(data)));
    this.#setLists.push(this.#lists.numberOf(sets));
    if (data.labels.length > 0) this.#labels.set(at, data.labels);
    if (warnings.length > 0) this.#warnings.set(at, warnings);
    return at;
  }

  /** The number and the line of the row in its file. */
  placeOf(at: number): { readonly row: number; readonly line: number } {
    return { row: this.#rows.at(at), line: this.#lines.at(at) };
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

  /** The creation of the contact that the row makes by itself. */
  creationOf(at: number): Creation {
    return new Creation(this.#scratch, this.#textOf(at));
  }

  /** What the row says by itself, made anew; and the id that its contact would get. */
  readingOf(at: number): { readonly reading: RowReading; readonly id: string } {
    const contact = JSON.parse(textIn(this.#scratch, this.#textOf(at)));
    const data = this.#lists.at(this.#presetLists.at(at)).reduce((left, path) => {
      const field = this.#fields.find((each) => each.path === path);
      return field === undefined ? left : withValues(left, field, []);
    }, dataOf(contact));
    const { id } = contact;
    const reading: RowReading = {
      ...this.placeOf(at),
      data: { ...emptyData, ...data },
      sets: this.#lists.at(this.#setLists.at(at)),
      errors: none,
      warnings: this.warningsOf(at),
      ...((this.#flags.at(at) & named) > 0 && { id }),
    };
    return { reading, id };
  }

  #textOf(at: number): ScratchText {
    return { start: this.#startsHigh.at(at) * low + this.#starts.at(at), length: this.#lengths.at(at) };
  }

  /** The fields of which the row says nothing, and that have presets. */
  #presetsOf(data: ContactData): readonly FieldPath[] {
    return Object.keys(this.#presets).filter((path) => valuesAt(data, path).length === 0);
  }
}
