import type { FieldSpec } from '../../fields/catalogue.js';

/** A field that a property holds, by its entry in the catalogue. */
export interface Place {
  readonly field: FieldSpec;
  /** The property's name: `TEL`. */
  readonly name: string;
  /** The parameters that set it apart: `TYPE=cell`. */
  readonly parameters: string;
}

/** Where a category's fields stand in a card. The reader and the writer both go by it. */
export interface Layout {
  /** The fields that are whole values, in the order of the catalogue. */
  readonly places: readonly Place[];
  /** The same by the names of their properties. */
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  /** The fields that are components of a value, by the name of its property and their number, from 0. */
  readonly components: ReadonlyMap<string, ReadonlyMap<number, FieldSpec>>;
}

/** The property of custom fields; their key stands in a parameter. */
export const customProperty = 'X-CONTACTS-CUSTOM';

/** The property of a field that vCard has none for. */
const ownProperty = (field: FieldSpec): string =>
  field.path.startsWith('custom.')
    ? `${customProperty};X-KEY=${field.path.slice('custom.'.length)}`
    : `X-CONTACTS-${field.flag.toUpperCase()}`;

const append = <Value>(lists: Map<string, Value[]>, key: string, value: Value): void => {
  lists.set(key, [...(lists.get(key) ?? []), value]);
};

/** The layout of fields, by the `vcard` of their entries in the catalogue. */
export const layoutOf = (fields: readonly FieldSpec[]): Layout => {
  const places: Place[] = [];
  const byName = new Map<string, Place[]>();
  const components = new Map<string, Map<number, FieldSpec>>();
  for (const field of fields) {
    const [, property = '', number] = /^([\w-]+)\.(\d+)$/.exec(field.vcard ?? '') ?? [];
    if (number !== undefined) {
      components.set(property, (components.get(property) ?? new Map()).set(Number(number), field));
      continue;
    }
    const [name = '', ...parameters] = (field.vcard ?? ownProperty(field)).split(';');
    const place: Place = { field, name, parameters: parameters.join(';') };
    places.push(place);
    append(byName, name, place);
  }
  return { places, byName, components };
};
