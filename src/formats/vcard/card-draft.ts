import type { FieldSpec } from '../../fields/catalogue.js';
import type { FieldPath } from '../../fields/field.js';

/** What no field holds: what it is, for people, and its text. */
export interface Rest {
  readonly title: string;
  readonly text: string;
}

/** A postal address of a card, of which a contact gets one. */
export interface CardAddress {
  readonly title: string;
  /** The lower wins. */
  readonly rank: number;
  /** The parts that hold something, by the part's name in `address`. */
  readonly parts: readonly (readonly [part: string, text: string])[];
}

/** A draft while the properties of a card are read. */
export class CardDraft {
  readonly texts = new Map<FieldPath, readonly string[]>();
  /** The property from which each field came. */
  readonly properties = new Map<FieldPath, string>();
  readonly rest: Rest[] = [];
  readonly addresses: CardAddress[] = [];
  id: string | undefined;
  formattedName = '';

  /**
   * @param fields those of the category
   * @param labels what a person called the properties of a group, by the group's name
   */
  constructor(
    private readonly fields: ReadonlyMap<FieldPath, FieldSpec>,
    readonly labels: ReadonlyMap<string, string>,
  ) {}

  has(path: FieldPath): boolean {
    return this.texts.has(path);
  }

  /** Adds texts to a field; what the category has no field for, and a second value of one that holds one, is the rest. */
  add(path: FieldPath, property: string, texts: readonly string[], title = property): void {
    const held = texts.filter((text) => text !== '');
    const field = this.fields.get(path);
    const before = this.texts.get(path) ?? [];
    if (field === undefined || (!field.repeats && before.length > 0)) {
      for (const text of held) if (text !== before[0]) this.keep(title, text);
    } else if (held.length > 0) {
      this.texts.set(path, [...before, ...held]);
      if (!this.properties.has(path)) this.properties.set(path, property);
    }
  }

  /** Adds a phone or an email; staff have one kind of them alone. */
  addEntry(group: 'phones' | 'emails', kind: string, property: string, text: string): void {
    const path = `${group}.${kind}`;
    const first = [...this.fields.keys()].find((known) => known.startsWith(`${group}.`));
    this.add(this.fields.has(path) ? path : (first ?? path), property, [text]);
  }

  keep(title: string, text: string): void {
    if (text !== '') this.rest.push({ title, text });
  }
}
