import { isId } from '../../contacts/id.js';
import type { Origin } from '../../contacts/record.js';
import type { Category } from '../../fields/catalogue.js';
import { type CustomKind, customKinds } from '../../fields/catalogue.js';
import type { Contact, Note } from '../../fields/contact.js';
import type { CustomField } from '../../fields/field.js';
import { customProperty } from './layout.js';
import { escapeText, type Property, parameterAsIs, parameterText, textOf, unescapeText } from './property.js';

/**
 * What cards of this program say besides, in properties and parameters of its own, so that a round trip loses nothing:
 * the category, ids, who began the contact and when, who wrote its notes, and what its custom fields are.
 */

const isTime = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

/** The lines of what the program keeps about a contact, without the UID itself. */
export const keptLines = (contact: Contact): readonly string[] => {
  const { id, uids = [], uidsPartial, mergedIds = [], category, createdAt, createdBy } = contact;
  return [
    ...(uids.length > 0 ? [`X-CONTACTS-ID:${id}`] : []),
    ...uids.slice(1).map((uid) => `X-CONTACTS-UID:${escapeText(uid)}`),
    ...(uidsPartial ? ['X-CONTACTS-UIDS-PARTIAL:true'] : []),
    ...mergedIds.map((merged) => `X-CONTACTS-MERGED-ID:${merged}`),
    `X-CONTACTS-CATEGORY:${category}`,
    `X-CONTACTS-CREATED;X-BY=${parameterText(createdBy)}:${createdAt}`,
  ];
};

/** A note with who wrote it, and when. */
export const noteLine = ({ id, text, author, createdAt, updatedAt }: Note): string =>
  `NOTE;X-ID=${id};X-AUTHOR=${parameterText(author)};X-CREATED="${createdAt}";X-UPDATED="${updatedAt}":${escapeText(text)}`;

/** What the parameters of a custom field's property say of the field. */
export const customParameters = ({ label, kind, choices = [] }: CustomField): string =>
  [
    `;X-LABEL=${parameterText(label)};X-KIND=${kind}`,
    ...(choices.length > 0 ? [`X-CHOICES=${choices.map(parameterText).join(',')}`] : []),
  ].join(';');

const named = (properties: readonly Property[], name: string): readonly Property[] =>
  properties.filter((property) => property.name === name);

/** The category that a card names. */
export const categoryOf = (properties: readonly Property[]): Category | undefined => {
  const [property] = named(properties, 'X-CONTACTS-CATEGORY');
  const text = property && textOf(property).toLowerCase();
  return text === 'external' || text === 'internal' ? text : undefined;
};

/** How the contact began. */
export const originOf = (properties: readonly Property[]): Origin | undefined => {
  const [created] = named(properties, 'X-CONTACTS-CREATED');
  const createdAt = created && textOf(created);
  const createdBy = created && parameterAsIs(created, 'X-BY');
  const mergedIds = named(properties, 'X-CONTACTS-MERGED-ID').map(textOf).filter(isId);
  if (created === undefined && mergedIds.length === 0) return undefined;
  return { ...(isTime(createdAt) && { createdAt, ...(createdBy !== undefined && { createdBy }) }), mergedIds };
};

/** The notes of which a card says who wrote them, and when. */
export const notesOf = (properties: readonly Property[]): readonly Note[] =>
  named(properties, 'NOTE').flatMap((property) => {
    const [id, author, createdAt, updatedAt] = ['X-ID', 'X-AUTHOR', 'X-CREATED', 'X-UPDATED'].map((name) =>
      parameterAsIs(property, name),
    );
    const text = unescapeText(property.value, property.version);
    if (id === undefined || !isId(id) || !isTime(createdAt) || !isTime(updatedAt)) return [];
    return [{ id, text, author: author ?? '', createdAt, updatedAt }];
  });

const isCustomKind = (kind: string | undefined): kind is CustomKind =>
  kind !== undefined && Object.hasOwn(customKinds, kind);

/** The custom fields that a card has values of, where it says what they are. */
export const customFieldsOf = (properties: readonly Property[]): readonly CustomField[] =>
  named(properties, customProperty).flatMap((property) => {
    const [key, label, kind] = ['X-KEY', 'X-LABEL', 'X-KIND'].map((name) => parameterAsIs(property, name));
    const choices = property.parameters.get('X-CHOICES') ?? [];
    if (key === undefined || label === undefined || !isCustomKind(kind)) return [];
    return [{ key, label, kind, ...(choices.length > 0 && { choices }) }];
  });

/** Whether cards with the UID say only part of the contact. */
export const isPartial = (properties: readonly Property[]): boolean =>
  named(properties, 'X-CONTACTS-UIDS-PARTIAL').length > 0;
