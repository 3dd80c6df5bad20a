import type { RowProblem } from '../../contacts/import/row.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import type { Rest } from './rest.js';

/** A postal address of a card, of which a contact gets one. */
export interface CardAddress {
  readonly title: string;
  /** The lower wins. */
  readonly rank: number;
  /** The parts that hold something, by the paths of their fields. */
  readonly parts: readonly (readonly [path: FieldPath, text: string])[];
  /** What a person called it. */
  readonly label: string | undefined;
  /** How it stands on a letter, where the card says that. */
  readonly delivery: string;
}

/** A draft while the properties of a card are read. */
export class CardDraft {
  readonly texts = new Map<FieldPath, readonly string[]>();
  /** The property from which each field came. */
  readonly properties = new Map<FieldPath, string>();
  readonly rest: Rest[] = [];
  readonly addresses: CardAddress[] = [];
  readonly warnings: RowProblem[] = [];
  /** The names that a card has as a whole, the preferred first. */
  readonly formattedNames: string[] = [];
  readonly #fields: ReadonlyMap<FieldPath, FieldSpec>;
  readonly #customTexts: ReadonlyMap<string, FieldPath>;

  /**
   * @param fields those of the category
   * @param labels what a person called the properties of a group, by the group's name
   */
  constructor(
    fields: ReadonlyMap<FieldPath, FieldSpec>,
    readonly labels: ReadonlyMap<string, string>,
  ) {
    this.#fields = fields;
    this.#customTexts = new Map(
      [...fields.values()]
        .filter(({ path, kind }) => path.startsWith('custom.') && kind === 'text')
        .map(({ path, label }) => [nameOfField(label), path]),
    );
  }

  has(path: FieldPath): boolean {
    return this.texts.has(path);
  }

  /** The field of the category with a path, if it has one. */
  fieldAt(path: FieldPath): FieldSpec | undefined {
    return this.#fields.get(path);
  }

  /** Adds texts to a field; what the category has no field for, and a second value of one that holds one, is the rest. */
  add(path: FieldPath, property: string, texts: readonly string[], title = property): void {
    const held = texts.filter((text) => text !== '');
    const field = this.#fields.get(path);
    const before = this.texts.get(path) ?? [];
    if (field === undefined || (!field.repeats && before.length > 0)) {
      for (const text of held) if (text !== before[0]) this.keep({ title, text });
    } else if (held.length > 0) {
      this.texts.set(path, [...before, ...held]);
      if (!this.properties.has(path)) this.properties.set(path, property);
    }
  }

  /** Keeps what no field of the catalogue holds: in the custom field of its name, if there is one, else as the rest. */
  keep(rest: Rest): void {
    if (rest.text.trim() === '') return;
    const path = rest.isData ? undefined : this.#customTexts.get(nameOfField(rest.title));
    if (path === undefined) {
      this.rest.push(rest);
      return;
    }
    const [before] = this.texts.get(path) ?? [];
    this.texts.set(path, [before === undefined ? rest.text : `${before}; ${rest.text}`]);
    if (!this.properties.has(path)) this.properties.set(path, rest.title);
  }
}
