import { displayName } from '../contacts/contact.js';
import { NotFoundError, UsageError } from '../errors.js';
import { type Category, type FieldSpec, keptFields } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import { type CustomField, fieldsOf, findField, nameOfField } from '../fields/field.js';
import { jsonValueAt, shownValues } from '../fields/values.js';
import type { Order } from '../store/store.js';

/** A field as lists show it: one of the catalogue's, one that the program keeps, or a group such as `phones`. */
export interface ShownField {
  /** The name that was asked for; the key in JSON. */
  readonly name: string;
  readonly title: string;
  readonly path: string;
  /** The values as people see them. */
  values(contact: Contact): readonly string[];
  /** The value as JSON has it, `null` where there is none. */
  json(contact: Contact): unknown;
}

const groups = [
  { path: 'phones', title: 'Phones', names: ['phones', 'phone'] },
  { path: 'emails', title: 'Emails', names: ['emails', 'email'] },
  { path: 'address', title: 'Mailing Address', names: ['address', 'mailing address'] },
  { path: 'social', title: 'Social Messaging', names: ['social', 'social messaging'] },
  { path: 'custom', title: 'Custom Fields', names: ['custom', 'custom fields'] },
] as const;

const fieldFor = (name: string, field: FieldSpec): ShownField => ({
  name,
  title: field.label,
  path: field.path,
  values: (contact) => shownValues(field, contact),
  json: (contact) => jsonValueAt(contact, field),
});

const keptFor = (name: string, path: (typeof keptFields)[number]['path'], title: string): ShownField => {
  const valueOf = (contact: Contact): unknown => (path === 'name' ? displayName(contact) : contact[path]);
  return {
    name,
    title,
    path,
    values: (contact) => [valueOf(contact) ?? []].flat().map(String),
    json: (contact) => valueOf(contact) ?? (path === 'mergedIds' || path === 'uids' ? [] : null),
  };
};

type Group = (typeof groups)[number];

const groupNamed = (name: string): Group | undefined =>
  groups.find(({ names }) => names.some((known) => nameOfField(known) === nameOfField(name)));

const fieldsIn = (group: Group, fields: readonly FieldSpec[]): readonly FieldSpec[] =>
  fields.filter((field) => field.path.startsWith(`${group.path}.`));

/** The fields of the group that a name means: `phones` are four; none where it means no group. */
export const fieldsOfGroup = (name: string, fields: readonly FieldSpec[]): readonly FieldSpec[] => {
  const group = groupNamed(name);
  return group === undefined ? [] : fieldsIn(group, fields);
};

const groupFor = (name: string, group: Group, fields: readonly FieldSpec[]): ShownField => ({
  name,
  title: group.title,
  path: group.path,
  values: (contact) => fieldsIn(group, fields).flatMap((field) => shownValues(field, contact)),
  json: (contact) => contact[group.path] ?? null,
});

/** The field of a category that a name means: a flag, a JSON key, a label, or a group of fields. */
const shownField = (name: string, category: Category, custom: readonly CustomField[]): ShownField | undefined => {
  const fields = fieldsOf(category, custom);
  const wanted = nameOfField(name);
  const kept = keptFields.find(({ path, flag, label }) =>
    [path, flag, label].some((known) => nameOfField(known) === wanted),
  );
  if (kept) return keptFor(name, kept.path, kept.label);
  const field = findField(name, fields);
  if (field) return fieldFor(name, field);
  const group = groupNamed(name);
  return group && groupFor(name, group, fields);
};

/** The error for a name that no field has. */
export const unknownField = (
  name: string,
  categories: readonly Category[],
  custom: readonly CustomField[],
): NotFoundError => {
  const names = categories.flatMap((category) => fieldsOf(category, custom).map((field) => field.flag));
  const candidates = [...names, ...keptFields.map(({ flag }) => flag), ...groups.map(({ path }) => path)];
  return new NotFoundError(`There is no field "${name}".`, {
    given: name,
    among: candidates,
    otherwise: 'See "contacts schema" for the fields, and "contacts field list" for custom ones.',
  });
};

const namesIn = (list: string): readonly string[] => {
  const names = list.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) {
    throw new UsageError(
      `--fields: "${list}" has an empty name in it.`,
      'Give names with commas between: id,name,mobile.',
    );
  }
  return names;
};

/** The columns that lists show where nobody chooses (contract.md, "Output"). */
const standing: Readonly<Record<Category, readonly string[]>> = {
  external: ['id', 'name', 'type', 'label', 'company', 'mobile', 'work-email'],
  internal: ['id', 'name', 'extension', 'availability', 'role'],
};

/**
 * The fields of each category that a list shows.
 *
 * @param list the names that were asked for, with commas between; the standing columns where absent
 * @throws NotFoundError for a name that none of the categories knows
 */
export const shownFields = (
  list: string | undefined,
  categories: readonly Category[],
  custom: readonly CustomField[],
): Readonly<Record<Category, readonly ShownField[]>> => {
  const asked = list === undefined ? undefined : namesIn(list);
  for (const name of asked ?? []) {
    if (!categories.some((category) => shownField(name, category, custom)))
      throw unknownField(name, categories, custom);
  }
  const ofCategory = (category: Category): readonly ShownField[] =>
    (asked ?? standing[category]).map(
      (name) =>
        shownField(name, category, custom) ?? { name, title: name, path: '', values: () => [], json: () => null },
    );
  return { external: ofCategory('external'), internal: ofCategory('internal') };
};

/**
 * The order that `--sort FIELD[:desc]` asks for.
 *
 * @throws NotFoundError for an unknown field
 */
export const readOrder = (
  sort: string,
  categories: readonly Category[],
  custom: readonly CustomField[],
): Exclude<Order, string> => {
  const [, name = sort, direction = 'asc'] = /^(.*?)(?::(asc|desc))?$/i.exec(sort) ?? [];
  const field = categories.map((category) => shownField(name, category, custom)).find((found) => found !== undefined);
  if (field === undefined) throw unknownField(name, categories, custom);
  return { by: field.path, descending: direction.toLowerCase() === 'desc' };
};
