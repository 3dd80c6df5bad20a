import { type FieldSpec, type KindName, keptFields } from '../../fields/catalogue.js';
import { findField, nameOfField } from '../../fields/field.js';

/** A name that may stand before a colon: `paths` are where its values are. `has` and `missing` have none. */
export interface QueryField {
  readonly label: string;
  readonly paths: readonly string[];
  readonly holds: KindName | 'time' | 'has' | 'missing';
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

/** What a name before a colon means, among these fields; nothing where it means none. */
export const queryFieldNamed = (name: string, fields: readonly FieldSpec[]): QueryField | undefined => {
  const wanted = nameOfField(name);
  if (wanted === '') return undefined;
  const own = ownNames.find(({ names }) => names.includes(wanted));
  if (own) return own;
  const fits = (candidate: string): boolean => nameOfField(candidate) === wanted;
  const kept = keptFields.find(({ path, flag, label, synonyms }) => [path, flag, label, ...synonyms].some(fits));
  if (kept) return { label: kept.label, paths: [kept.path], holds: kept.holds };
  const field = findField(name, fields) ?? fields.find(({ synonyms }) => synonyms?.some(fits));
  return field && fromSpec(field);
};
