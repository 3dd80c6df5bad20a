import { isAscii } from 'node:buffer';
import { isId } from '../../contacts/id.js';
import type { RowProblem } from '../../contacts/import/row.js';
import type { Origin } from '../../contacts/record.js';
import { UsageError } from '../../errors.js';
import type { Category, FieldSpec } from '../../fields/catalogue.js';
import type { Note } from '../../fields/contact.js';
import type { Draft } from '../../fields/draft.js';
import type { CustomField, FieldPath } from '../../fields/field.js';
import { decodeWhole } from '../encoding-decoder.js';
import { agentText, inlineAgent } from './agent.js';
import { CardDraft } from './card-draft.js';
import { chooseName, isOfOrganization, keepNames, wordsOf } from './card-names.js';
import type { Card } from './cards.js';
import { formOf, hasForm, placeName, readAccount } from './forms.js';
import { customProperty, type Layout, layoutOf } from './layout.js';
import { categoryOf, customFieldsOf, isPartial, notesOf, originOf } from './own-properties.js';
import { type Property, parameterAsIs, parameterOf, readLine, textOf, type VcardVersion, valueOf } from './property.js';
import { type Rest, restOf } from './rest.js';
import { readStructure } from './structures.js';

/** A group of contacts, which programs keep as a card. */
export interface CardGroup {
  readonly name: string;
  /** The UIDs of its members. */
  readonly members: readonly string[];
}

/** What a card says about a contact. */
export interface CardReading {
  readonly category: Category;
  readonly draft: Draft;
  readonly id?: string;
  /** UIDs of other programs. */
  readonly uids: readonly string[];
  /** What cards of this program say besides. */
  readonly uidsPartial: boolean;
  readonly origin?: Origin;
  readonly notes: readonly Note[];
  /** The custom fields that it has values of. */
  readonly customFields: readonly CustomField[];
  readonly problems: readonly RowProblem[];
  readonly rest: readonly Rest[];
  /** The property from which each field came. */
  readonly properties: ReadonlyMap<FieldPath, string>;
  /** The card is no contact but a group of them. */
  readonly group?: CardGroup;
  /** Whether it has texts outside ASCII that name no charset and are UTF-8, or are not. */
  readonly charsets: { readonly unicode: boolean; readonly unknown: boolean };
}

/** The lines of a card as properties, or what they are else. */
interface CardContent {
  readonly properties: readonly Property[];
  readonly problems: readonly RowProblem[];
  /** What lines say that are no properties. */
  readonly texts: readonly string[];
  readonly charsets: CardReading['charsets'];
}

const versionLine = /^VERSION[^:]*:\s*(\d)/i;

/** The version that a card names; most of those that name none are as 3.0 has it. */
const versionOf = ({ lines }: Card): VcardVersion => {
  for (const { bytes } of lines) {
    const major = bytes.length < 100 ? versionLine.exec(bytes.toString('latin1'))?.[1] : undefined;
    if (major !== undefined) return major <= '2' ? '2.1' : major === '3' ? '3.0' : '4.0';
  }
  return '3.0';
};

const oncePerCard = /^(VERSION|N|FN)[;:](?!.*ALTID)/i;
const cardMark = /(?:BEGIN|END):VCARD/i;

/**
 * Whether a card has what a card has once twice over, as what is left of two does where the end of the first was cut out:
 * its version, both forms of the name, or one of them and a mark where a card begins or ends.
 */
const isTwo = ({ lines }: Card): boolean => {
  const counts = new Map<string, number>();
  let hasMark = false;
  for (const { bytes } of lines) {
    if (bytes.length >= 500) continue;
    const text = bytes.toString('latin1');
    const name = oncePerCard.exec(text)?.[1]?.toUpperCase();
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    hasMark ||= cardMark.test(text);
  }
  const isTwice = (name: string): boolean => (counts.get(name) ?? 0) > 1;
  return isTwice('VERSION') || (isTwice('N') && isTwice('FN')) || (hasMark && (isTwice('N') || isTwice('FN')));
};

/** What is wrong with a card as a whole. */
const faultsOf = (card: Card): readonly RowProblem[] => {
  const fault =
    card.fault ?? (isTwo(card) ? 'may be two cards that have run together: it has two versions or names' : undefined);
  return fault === undefined ? [] : [{ column: '', value: '', message: fault }];
};

/** The text of bytes in a charset that a card names; nothing where they are none, or there is no such charset. */
const textIn = async (bytes: Buffer, charset: string): Promise<string | undefined> => {
  try {
    return await decodeWhole(bytes, charset);
  } catch (error) {
    // Letters of ASCII are the same in nearly all charsets, also those that nobody knows.
    if (error instanceof UsageError)
      return isAscii(bytes) && !/^(utf|iso-?2022|hz)/i.test(charset) ? bytes.toString('latin1') : undefined;
    throw error;
  }
};

const contentOf = async (card: Card, told: string | undefined): Promise<CardContent> => {
  const version = versionOf(card);
  const properties: Property[] = [];
  const problems: RowProblem[] = [...faultsOf(card)];
  const texts: string[] = [];
  let unicode = false;
  let unknown = false;
  for (const { bytes, line, agent } of card.lines) {
    const reading = readLine(bytes, { version, told });
    if (reading.is === 'text') {
      texts.push(reading.text);
      continue;
    }
    const { property } = reading;
    if (reading.is === 'unknown') {
      unknown = true;
      const message = `is not UTF-8 (line ${line}): name its encoding with --encoding`;
      problems.push({ column: property.name, value: reading.sample, message });
    } else if (reading.is === 'encoded') {
      const { charset, sample } = reading;
      const text = await textIn(reading.bytes, charset);
      if (text !== undefined) properties.push({ ...property, value: valueOf(text) });
      else problems.push({ column: property.name, value: sample, message: `is not text in ${charset} (line ${line})` });
    } else {
      unicode ||= reading.isUnicode;
      const value = agent && agentText((await contentOf(agent, told)).properties);
      properties.push(value === undefined ? property : { ...property, value });
    }
  }
  return { properties, problems, texts, charsets: { unicode, unknown } };
};

const unpreferred = 101;

/** How preferred a property is among those of its name (RFC 6350, section 5.3): 1 the most. */
const preferenceOf = (property: Property): number => {
  const preference = Number(parameterAsIs(property, 'PREF'));
  if (preference >= 1 && preference <= 100) return preference;
  return parameterOf(property, 'TYPE').includes('pref') ? 1 : unpreferred;
};

/** The properties such that of those with one name the preferred come first. */
const byPreference = (properties: readonly Property[]): readonly Property[] => {
  if (properties.every((property) => preferenceOf(property) === unpreferred)) return properties;
  const byName = new Map<string, Property[]>();
  for (const property of properties) byName.set(property.name, [...(byName.get(property.name) ?? []), property]);
  const queues = new Map(
    [...byName].map(([name, same]) => [
      name,
      same.toSorted((one, other) => preferenceOf(one) - preferenceOf(other)).values(),
    ]),
  );
  return properties.map((property) => queues.get(property.name)?.next().value ?? property);
};

/** What people called the properties of each group; Apple marks the labels of its own so: `_$!<Mobile>!$_`. */
const labelsOf = (properties: readonly Property[]): ReadonlyMap<string, string> =>
  new Map(
    properties
      .filter(({ name, group }) => name === 'X-ABLABEL' && group !== '')
      .map((property) => [
        property.group,
        textOf(property)
          .replace(/^_\$!<(.*)>!\$_$/, '$1')
          .trim(),
      ]),
  );

/** One address becomes the contact's, the others are kept; so are what people called it, and how it stands on letters. */
const chooseAddress = (card: CardDraft, deliveries: readonly string[]): void => {
  const held = card.addresses.filter(({ parts }) => parts.length > 0).sort((one, other) => one.rank - other.rank);
  const [chosen, ...others] = held;
  const oneLine = (parts: readonly (readonly [string, string])[]): string =>
    parts
      .map(([, part]) => part)
      .join(', ')
      .replaceAll('\n', ', ');
  for (const [path, text] of chosen?.parts ?? []) card.add(path, 'ADR', [text], 'Address');
  if (chosen?.label !== undefined) card.keep({ title: chosen.label, text: oneLine(chosen.parts) });
  for (const { title, label, parts } of others) card.keep({ title: label ?? title, text: oneLine(parts) });
  const given = [...card.addresses.flatMap(({ delivery }) => delivery || []), ...deliveries];
  if (given.length === 0) return;
  const said = new Set(
    [...card.texts.values(), ...held.map(({ parts }) => parts.map(([, part]) => part))].flat().flatMap(wordsOf),
  );
  for (const text of new Set(given)) {
    if (wordsOf(text).some((word) => !said.has(word))) card.keep({ title: 'Address Label', text });
  }
};

/** Google writes its own groups among the labels; a card of ours, which has our id, has none of them. */
const dropGroupsOfGoogle = (card: CardDraft): void => {
  const labels = card.texts.get('labels');
  if (labels !== undefined)
    card.texts.set(
      'labels',
      labels.filter((label) => !/^(myContacts|starred)$/.test(label)),
    );
};

/** What a line says that is no property, unless it is only the name of one. */
const keepLine = (card: CardDraft, line: string): void => {
  const [, title = 'Other', text = line] = /^([\w./-]{1,60}):(.*)$/s.exec(line) ?? [];
  if (!/^[\w-]{1,20}[;:]*$/.test(line) || /\d/.test(line)) card.keep({ title, text });
};

/** The ids by which programs know the contact: ours, and those of others. */
const identityOf = (properties: readonly Property[]): { readonly id?: string; readonly uids: readonly string[] } => {
  const valuesOf = (pattern: RegExp): readonly string[] =>
    properties
      .flatMap((property) => (pattern.test(property.name) ? textOf(property) : []))
      .filter((text) => text !== '');
  const own = valuesOf(/^X-CONTACTS-ID$/);
  const others = valuesOf(/^(UID|X-CONTACTS-UID)$/);
  const id = [...own, ...others].find(isId);
  return { ...(id !== undefined && { id }), uids: [...new Set(others.filter((uid) => !isId(uid)))] };
};

const groupOf = (properties: readonly Property[], name: string): CardGroup | undefined => {
  const valuesOf = (pattern: RegExp): readonly string[] =>
    properties.flatMap((property) => (pattern.test(property.name) ? textOf(property) : []));
  const isGroup = valuesOf(/^(KIND|X-ADDRESSBOOKSERVER-KIND)$/).some((kind) => kind.toLowerCase() === 'group');
  return isGroup ? { name, members: valuesOf(/^(MEMBER|X-ADDRESSBOOKSERVER-MEMBER)$/) } : undefined;
};

/** Reads the property of a card into its draft. */
const readProperty = (card: CardDraft, property: Property, layout: Layout): void => {
  const { name, group } = property;
  if (readStructure(card, property, layout)) return;
  const places = layout.byName.get(placeName(name)) ?? [];
  if (name === customProperty) {
    const key = parameterAsIs(property, 'X-KEY') ?? '';
    const place = places.find(({ parameters }) => parameters === `X-KEY=${key}`);
    const text = textOf(property);
    if (place !== undefined) card.add(place.field.path, name, [text], place.field.label);
    else card.keep({ title: parameterAsIs(property, 'X-LABEL') ?? key, text });
  } else if (places.length > 0 || hasForm(name)) formOf(name).read(card, property, places);
  else if (!readAccount(card, property)) {
    const rest = restOf(property, group === '' ? undefined : card.labels.get(group));
    if (rest !== undefined) card.keep(rest);
  }
};

/**
 * Makes a reader of cards.
 *
 * @param fieldsOf the fields of each category
 * @param preset the category of cards that name none
 * @param told the charset of texts that name none
 */
export const createCardReader = (
  fieldsOf: (category: Category) => readonly FieldSpec[],
  preset: Category,
  told?: string,
): ((card: Card) => Promise<CardReading>) => {
  const layoutFor = (category: Category) => {
    const fields = fieldsOf(category);
    return { layout: layoutOf(fields), byPath: new Map(fields.map((field) => [field.path, field])) };
  };
  const categories = { external: layoutFor('external'), internal: layoutFor('internal') };

  return async (given) => {
    const { properties: unsorted, problems, texts, charsets } = await contentOf(given, told);
    const properties = byPreference(unsorted);
    const category = categoryOf(properties) ?? preset;
    const { layout, byPath } = categories[category];
    const card = new CardDraft(byPath, labelsOf(properties));
    const deliveries: string[] = [];
    for (const property of properties) {
      if (property.name === 'FN') card.formattedNames.push(...[textOf(property)].filter((name) => name !== ''));
      else if (property.name === 'LABEL') deliveries.push(textOf(property));
      else if (property.name === 'AGENT') card.keep({ title: 'Agent', text: inlineAgent(property) });
      else readProperty(card, property, layout);
    }
    for (const text of texts) keepLine(card, text);
    const { id, uids } = identityOf(properties);
    chooseAddress(card, deliveries);
    chooseName(card, id, isOfOrganization(properties));
    keepNames(card, id);
    if (id === undefined) dropGroupsOfGoogle(card);
    const origin = originOf(properties);
    const group = groupOf(properties, card.formattedNames[0] ?? '');
    return {
      category,
      draft: card.texts,
      uids,
      uidsPartial: isPartial(properties),
      notes: notesOf(properties),
      customFields: customFieldsOf(properties),
      problems,
      rest: card.rest,
      properties: card.properties,
      charsets,
      ...(id !== undefined && { id }),
      ...(origin && { origin }),
      ...(group && { group }),
    };
  };
};
