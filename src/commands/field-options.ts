import type { Command } from 'commander';
import type { Settings } from '../contacts/settings.js';
import { InvalidError, NotFoundError, UsageError } from '../errors.js';
import { type Category, catalogue, type FieldSpec } from '../fields/catalogue.js';
import type { ContactData } from '../fields/contact.js';
import { comparable, type Draft, describeIssue, type Issue, readField } from '../fields/draft.js';
import { type FieldPath, fieldsOf, findField } from '../fields/field.js';
import { fold } from '../fields/fold.js';
import { kinds } from '../fields/kinds/index.js';
import type { Kind, KindContext } from '../fields/kinds/kind.js';
import { valuesAt } from '../fields/values.js';
import { fieldsOfGroup } from './shown-field.js';

/** The fields that have flags, of both categories. */
const allFlagFields = (): readonly FieldSpec[] =>
  (['external', 'internal'] as const)
    .flatMap((category) => fieldsOf(category, []))
    .filter(({ kind }) => kind !== 'note');

/** The fields that have flags, each flag once. */
const flagFields = (): readonly FieldSpec[] => [
  ...new Map(allFlagFields().map((field) => [field.flag, field])).values(),
];

const camelCase = (flag: string): string => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The categories that have a flag. */
const categoriesWith = (flag: string): readonly Category[] =>
  (Object.keys(catalogue) as Category[]).filter((category) =>
    fieldsOf(category, []).some((field) => field.flag === flag),
  );

/** Declares the flag of every field of the catalogue, and `--set`. */
export const fieldOptions = (command: Command): Command => {
  for (const field of flagFields()) {
    const only = categoriesWith(field.flag);
    const help = only.length === 1 && only[0] === 'internal' ? `${field.help} (staff)` : field.help;
    command.option(`--${field.flag} <${kinds[field.kind].valueName}>`, help, collect);
  }
  return command.option('--set <field=value>', 'set any field, custom ones too; repeat it for several', collect);
};

/** The texts that were given for fields, by flag, as commander hands them over. */
export type FieldOptions = { readonly [option: string]: readonly string[] | undefined };

/** The flags among the options of a command. */
const givenFlags = (options: FieldOptions): readonly { readonly flag: string; readonly texts: readonly string[] }[] =>
  flagFields().flatMap(({ flag }) => {
    const texts = options[camelCase(flag)];
    return texts === undefined ? [] : [{ flag, texts }];
  });

/** Whether any field was given. */
export const hasFieldOptions = (options: FieldOptions): boolean =>
  givenFlags(options).length > 0 || options.set !== undefined;

/** Whether the parsers are wanted to read what was given; what is set by name may be of any kind. */
export const wantsParsers = (options: FieldOptions): boolean =>
  options.set !== undefined ||
  allFlagFields().some(({ flag, kind }) => (kinds[kind] as Kind).usesParsers && options[camelCase(flag)] !== undefined);

/** The name and the value of `FIELD=VALUE`. */
export const readAssignment = (option: string, text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${option}: "${text}" has no field and "=".`, `Write it as ${option} FIELD=VALUE.`);
  return [text.slice(0, at).trim(), text.slice(at + 1)];
};

/**
 * The field that a name means in a category.
 *
 * @throws NotFoundError that names the nearest ones
 * @throws UsageError where the name means the notes, or several fields
 */
export const fieldNamed = (name: string, category: Category, settings: Settings): FieldSpec => {
  const fields = fieldsOf(category, settings.fields);
  const field = findField(name, fields);
  if (field && field.kind !== 'note') return field;
  if (field) throw new UsageError('Notes are not set as a field.', 'Use "contacts note add".');
  const group = fieldsOfGroup(name, fields).map(({ flag }) => flag);
  if (group.length > 0)
    throw new UsageError(`"${name}" means several fields.`, `Name one of them: ${group.join(', ')}.`);
  const names = fields.flatMap(({ flag, label }) => [flag, label]);
  throw new NotFoundError(
    `There is no field "${name}" ${category === 'internal' ? 'of staff' : 'of external contacts'}.`,
    {
      given: name,
      among: names,
      otherwise: 'See "contacts schema" for the fields, and "contacts field list" for custom ones.',
    },
  );
};

/** The field that a name means, or the fields of a group such as `phones`. */
const fieldsNamed = (name: string, category: Category, settings: Settings): readonly FieldSpec[] => {
  const fields = fieldsOf(category, settings.fields);
  const group = findField(name, fields) === undefined ? fieldsOfGroup(name, fields) : [];
  return group.length > 0 ? group : [fieldNamed(name, category, settings)];
};

/** The fields from which a value of a named field is taken: a number from whichever kind of phone it is. */
const fieldsToRemoveFrom = (name: string, category: Category, settings: Settings): readonly FieldSpec[] => {
  const fields = fieldsNamed(name, category, settings);
  return fields.every(({ path }) => /^(phones|emails)\./.test(path)) ? fields : [fieldNamed(name, category, settings)];
};

const fieldOfFlag = (flag: string, category: Category): FieldSpec => {
  const fields = fieldsOf(category, []);
  const field = fields.find((candidate) => candidate.flag === flag);
  if (field) return field;
  const { kind } = flagFields().find((candidate) => candidate.flag === flag) ?? {};
  const alike = kind === 'text' ? [] : fields.filter((candidate) => candidate.kind === kind);
  const instead = alike.length === 0 ? 'Leave it out' : `Use ${alike.map((other) => `--${other.flag}`).join(', ')}`;
  throw category === 'external'
    ? new UsageError(`--${flag} is a flag for staff.`, `${instead}, or add --category internal.`)
    : new UsageError(`--${flag} is a flag for external contacts.`, `${instead}.`);
};

/** Puts one more text of a field into a draft under way. */
const addText = (draft: Map<FieldPath, readonly string[]>, path: FieldPath, text: string): void => {
  draft.set(path, [...(draft.get(path) ?? []), text]);
};

/**
 * The draft that flags and `--set` make for a contact of a category.
 *
 * @throws UsageError for a flag that the category does not have
 */
export const draftOfOptions = (options: FieldOptions, category: Category, settings: Settings): Draft => {
  const draft = new Map<FieldPath, readonly string[]>();
  for (const { flag, texts } of givenFlags(options)) draft.set(fieldOfFlag(flag, category).path, texts);
  const assigned = new Map<FieldPath, readonly string[]>();
  for (const text of options.set ?? []) {
    const [name, value] = readAssignment('--set', text);
    addText(assigned, fieldNamed(name, category, settings).path, value);
  }
  for (const [path, texts] of assigned) draft.set(path, texts);
  return draft;
};

/** What `--add`, `--remove` and `--unset` ask for, besides the flags and `--set`. */
export interface Alterations {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly unset: readonly string[];
}

/**
 * The draft of an edit: the flags and `--set` replace, `--add` and `--remove` alter what the contact has, `--unset`
 * clears.
 *
 * @throws InvalidError for a value to remove that the field cannot have
 */
export const draftOfEdit = (
  options: FieldOptions,
  { add, remove, unset }: Alterations,
  data: ContactData,
  category: Category,
  settings: Settings,
  context: KindContext,
): Draft => {
  const draft = new Map(draftOfOptions(options, category, settings));
  const current = (field: FieldSpec): readonly string[] => draft.get(field.path) ?? valuesAt(data, field.path);
  for (const name of unset) for (const { path } of fieldsNamed(name, category, settings)) draft.set(path, []);
  for (const text of remove) {
    const [name, value] = readAssignment('--remove', text);
    for (const field of fieldsToRemoveFrom(name, category, settings)) {
      // What stands there can be taken off, also where no field would accept it.
      const isHeld = current(field).includes(value);
      const { values, issues } = isHeld ? { values: [value], issues: [] } : readField(field, [value], context);
      throwIssues(issues);
      const removed = new Set(values.map((removedValue) => comparable(field, removedValue)));
      const left = current(field).filter((kept) => !removed.has(comparable(field, kept)));
      draft.set(field.path, left);
    }
  }
  for (const text of add) {
    const [name, value] = readAssignment('--add', text);
    const field = fieldNamed(name, category, settings);
    if (!field.repeats && current(field).some((held) => held !== '')) {
      throw new UsageError(`${field.label} holds one value, and has one.`, `Use --set ${field.flag}=… to replace it.`);
    }
    draft.set(field.path, [...current(field), value]);
  }
  return draft;
};

/** @throws InvalidError that tells all issues, where there are any */
export function throwIssues(issues: readonly Issue[], where = ''): void {
  if (issues.length === 0) return;
  const lines = issues.map((issue) => `${where}${describeIssue(issue)}.`);
  throw new InvalidError(lines.join('\n'), 'Nothing was changed. Mend the values and run the command again.');
}

/**
 * The labels of a contact as they are defined, whatever case they were given in.
 *
 * @param before those that it has already: one that is not defined stays, as whatever is wrong with a contact
 * @throws NotFoundError for one that is not defined
 */
export const definedLabels = (data: ContactData, settings: Settings, before: readonly string[] = []): ContactData => {
  if (data.labels.length === 0) return data;
  const names = settings.labels.map(({ name }) => name);
  const labels = data.labels.map((given) => {
    const name = names.find((known) => fold(known) === fold(given));
    if (name !== undefined || before.includes(given)) return name ?? given;
    throw new NotFoundError(`There is no label "${given}".`, {
      given,
      among: names,
      otherwise: `Define it first: contacts label add "${given}" --color blue`,
    });
  });
  return labels.every((label, index) => label === data.labels[index]) ? data : { ...data, labels };
};
