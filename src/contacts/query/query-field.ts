import { type Category, type FieldSpec, type KindName, keptFields } from '../../fields/catalogue.js';
import { fieldsOf, findField, nameOfField } from '../../fields/field.js';
import { latePattern } from '../../fields/late-pattern.js';
import { nearest } from '../nearest.js';

/** A name that may stand before a colon: `paths` are where its values are. `has` and `missing` have none. */
export interface QueryField {
  readonly label: string;
  readonly paths: readonly string[];
  readonly holds: KindName | 'time' | 'birthday' | 'has' | 'missing';
  readonly choices?: readonly string[];
  /** Other text than the choices is taken too. */
  readonly open?: boolean;
}

/** Names of the language itself; they win over fields. */
const ownNames: readonly (QueryField & { readonly names: readonly string[] })[] = [
  { names: ['has'], label: 'has:', paths: [], holds: 'has' },
  { names: ['missing'], label: 'missing:', paths: [], holds: 'missing' },
  { names: ['phone', 'phones', 'tel'], label: 'Phone', paths: ['phones'], holds: 'phone' },
  { names: ['email', 'emails'], label: 'Email', paths: ['emails'], holds: 'email' },
  { names: ['note', 'notes'], label: 'Note', paths: ['notes'], holds: 'note' },
  { names: ['label', 'labels'], label: 'Label', paths: ['labels'], holds: 'label' },
  { names: ['lang', 'language'], label: 'Language', paths: ['language'], holds: 'language' },
  { names: ['address'], label: 'Address', paths: ['address', 'countryNames'], holds: 'text' },
  { names: ['social'], label: 'Social', paths: ['social'], holds: 'text' },
  { names: ['custom'], label: 'Custom', paths: ['custom'], holds: 'text' },
  { names: ['birthday'], label: 'Birthday', paths: ['birthDate'], holds: 'birthday' },
  { names: ['noted'], label: 'Noted', paths: ['notedAt'], holds: 'time' },
  {
    names: ['category'],
    label: 'Category',
    paths: ['category'],
    holds: 'choice',
    choices: ['external', 'internal'],
  },
];

const fromSpec = ({ label, path, kind, choices, open }: FieldSpec): QueryField => ({
  label,
  paths: [path],
  holds: kind,
  ...(choices && { choices }),
  ...(open && { open }),
});

/** A name that may stand before a colon: letters and digits at both ends, so that `!label` and `–label` are none. */
const fieldName = latePattern(String.raw`^[\p{L}\p{N}](?:.*[\p{L}\p{M}\p{N}])?$`, 'u');

/** What a name before a colon means, among these fields; nothing where it means none. */
export const queryFieldNamed = (name: string, fields: readonly FieldSpec[]): QueryField | undefined => {
  const wanted = nameOfField(name);
  if (wanted === '' || !fieldName().test(name.normalize('NFKC'))) return undefined;
  const own = ownNames.find(({ names }) => names.includes(wanted));
  if (own) return own;
  const fits = (candidate: string): boolean => nameOfField(candidate) === wanted;
  const kept = keptFields.find(({ path, flag, label, synonyms }) => [path, flag, label, ...synonyms].some(fits));
  if (kept) return { label: kept.label, paths: [kept.path], holds: kept.holds };
  const field = findField(name, fields) ?? fields.find(({ synonyms }) => synonyms?.some(fits));
  return field && fromSpec(field);
};

/** What other query languages call what a query here says in another way; `V` stands for the value. */
const namesElsewhere: Readonly<Record<string, string>> = {
  before: 'created:<V',
  after: 'created:>V',
  since: 'created:>=V',
  until: 'created:<=V',
  newerthan: 'created:>-V',
  olderthan: 'created:<-V',
  bday: 'birthday:V',
  mailto: 'email:V',
  added: 'created:V',
  modified: 'updated:V',
  changed: 'updated:V',
  is: 'label:V',
  in: 'label:V',
  not: '-V',
  no: 'missing:V',
  without: 'missing:V',
  with: 'has:V',
};

const nameInQuery = latePattern(String.raw`^[\p{L}\p{M}\p{N}-]+$`, 'u');

/** The usual name of each field before a colon, with its label, each once. */
export const queryNames = (
  fields: readonly FieldSpec[],
): readonly { readonly name: string; readonly label: string }[] => {
  const all = [
    ...ownNames.map(({ names: [name = ''], label }) => ({ name, label })),
    ...[...keptFields, ...fields].map(({ flag, label }) => ({ name: flag, label })),
  ];
  return [...new Map(all.toReversed().map((named) => [named.name, named])).values()].reverse();
};

/** The names that may stand before a colon, the usual one of each field first. */
const namesOfFields = (fields: readonly FieldSpec[]): readonly string[] => [
  ...queryNames(fields).map(({ name }) => name),
  ...ownNames.flatMap(({ names }) => names),
  ...[...keptFields, ...fields]
    .flatMap(({ label, synonyms = [] }) => [label, ...synonyms])
    .filter((name) => nameInQuery().test(name)),
];

const shortestName = 3;
const longestName = 64;

/**
 * What somebody most likely meant who wrote an unknown name before a colon, best first; `V` stands for the value.
 *
 * @param name as it was written, with any sign before it
 */
export const nearestFields = (name: string, fields: readonly FieldSpec[]): readonly string[] => {
  const wanted = nameOfField(name).slice(0, longestName);
  const elsewhere = namesElsewhere[wanted];
  if (elsewhere !== undefined) return [elsewhere];
  if (queryFieldNamed(wanted, fields)) return [`${wanted}:V`];
  if (wanted.length < shortestName) return [];
  const byField = new Map<string, string>();
  for (const found of nearest(wanted, namesOfFields(fields))) {
    const { label = found } = queryFieldNamed(found, fields) ?? {};
    if (!byField.has(label)) byField.set(label, `${found.toLowerCase()}:V`);
  }
  return [...byField.values()];
};

/** Whether a name is that of a field of staff, or of external contacts, which these fields have not. */
export const categoryNaming = (name: string, fields: readonly FieldSpec[]): Category | undefined =>
  (['internal', 'external'] as const).find(
    (category) => queryFieldNamed(name, [...fields, ...fieldsOf(category, [])]) !== undefined,
  );
