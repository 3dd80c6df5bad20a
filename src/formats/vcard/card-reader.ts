import type { RowProblem } from '../../contacts/import/row.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import type { Draft } from '../../fields/draft.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { splitName } from '../whole-name.js';
import { CardDraft, type Rest } from './card-draft.js';
import type { Card, CardLine } from './cards.js';
import { decoded, type Property, readProperty, unescapeText } from './property.js';
import { keepProperty, propertyReaders } from './property-readers.js';
import { ownProperty } from './write.js';

/** What a card says about a contact. */
export interface CardReading {
  readonly draft: Draft;
  readonly id?: string;
  readonly problems: readonly RowProblem[];
  readonly rest: readonly Rest[];
  /** The property from which each field came. */
  readonly properties: ReadonlyMap<FieldPath, string>;
}

/** The property of a line, or what is wrong with it. */
const propertyOf = ({ text, line }: CardLine): Property | RowProblem => {
  const property = readProperty(text);
  const value = text.slice(0, 80);
  if (property === undefined) {
    return { column: '', value, message: `is no property (line ${line}): a name and a colon are wanted` };
  }
  return decoded(property) ?? { column: property.name, value, message: `cannot be decoded (line ${line})` };
};

const isProperty = (found: Property | RowProblem): found is Property => 'parameters' in found;

/** What people called the properties of each group; Apple marks the labels of its own so: `_$!<Mobile>!$_`. */
const labelsOf = (properties: readonly Property[]): ReadonlyMap<string, string> =>
  new Map(
    properties
      .filter(({ name, group }) => name === 'X-ABLABEL' && group !== '')
      .map(({ group, value }) => [
        group,
        unescapeText(value)
          .replace(/^_\$!<(.*)>!\$_$/, '$1')
          .trim(),
      ]),
  );

/** One address becomes the contact's, the others are kept. */
const chooseAddress = (card: CardDraft): void => {
  const [chosen, ...others] = card.addresses
    .filter(({ parts }) => parts.length > 0)
    .sort((one, other) => one.rank - other.rank);
  for (const [part, text] of chosen?.parts ?? []) card.add(`address.${part}`, 'ADR', [text], 'Address');
  for (const { title, parts } of others) {
    const text = parts.map(([, part]) => part).join(', ');
    card.keep(title, text.replaceAll('\n', ', '));
  }
};

/** A name out of FN where N has none, unless FN only repeats the company, an address or a number. */
const chooseName = (card: CardDraft): void => {
  const name = card.formattedName;
  if (card.has('firstName') || card.has('lastName') || name === card.id) return;
  const said = [...card.texts.values()].flat().map(fold);
  if (!/\p{L}/u.test(name) || said.includes(fold(name))) return;
  const [first, last] = splitName(name);
  card.add('firstName', 'FN', [first]);
  card.add('lastName', 'FN', [last]);
};

/** Google writes its own groups among the labels; a card of ours, which has our id, has none of them. */
const dropGroupsOfGoogle = (card: CardDraft): void => {
  const labels = card.texts.get('labels');
  if (labels === undefined || card.id !== undefined) return;
  const own = labels.filter((label) => !/^(myContacts|starred)$/.test(label));
  card.texts.set('labels', own);
};

/** Makes a reader of cards for a category's fields. */
export const createCardReader = (fields: readonly FieldSpec[]): ((card: Card) => CardReading) => {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const ownPaths = new Map(
    fields.filter(({ vcard }) => vcard === undefined).map((field) => [ownProperty(field), field.path]),
  );
  if (byPath.has('language')) ownPaths.set('X-CONTACTS-LANGUAGE', 'language');

  /** A property of the program's own, for a field that vCard has none for. */
  const readOwn = (draft: CardDraft, { name, parameters, value }: Property): boolean => {
    const [key] = parameters.get('X-KEY') ?? [];
    const path = name === 'X-CONTACTS-CUSTOM' ? `custom.${key}` : ownPaths.get(name);
    if (path !== undefined) draft.add(path, name, [unescapeText(value)], key);
    return path !== undefined;
  };

  return (card) => {
    const found = card.lines.map(propertyOf);
    const properties = found.filter(isProperty);
    const problems = found.filter((one): one is RowProblem => !isProperty(one));
    const draft = new CardDraft(byPath, labelsOf(properties));
    for (const property of properties) {
      const read = propertyReaders.get(property.name);
      if (read !== undefined) read(draft, property);
      else if (!readOwn(draft, property)) keepProperty(draft, property);
    }
    chooseAddress(draft);
    chooseName(draft);
    dropGroupsOfGoogle(draft);
    const isGroup = properties.some(
      ({ name, value }) => /^(KIND|X-ADDRESSBOOKSERVER-KIND)$/.test(name) && nameOfField(value) === 'group',
    );
    if (isGroup) problems.push({ column: 'KIND', value: 'group', message: 'is a group of contacts, not a contact' });
    const { texts, id, rest } = draft;
    return { draft: texts, problems, rest, properties: draft.properties, ...(id !== undefined && { id }) };
  };
};
