import {
  type Category,
  type CustomKind,
  catalogue,
  customKinds,
  customSectionTitle,
  type FieldSpec,
  type SectionSpec,
} from './catalogue.js';
import { fold } from './fold.js';
import { latePattern } from './late-pattern.js';

/** A field that the users defined for external contacts; its values stand under `custom.KEY`. */
export interface CustomField {
  readonly key: string;
  readonly label: string;
  readonly kind: CustomKind;
  readonly choices?: readonly string[];
  readonly required?: boolean;
}

/** A field's place in a contact: a catalogue path, or `custom.KEY`. */
export type FieldPath = string;

const customFieldSpec = (field: CustomField): FieldSpec => ({
  path: `custom.${field.key}`,
  label: field.label,
  flag: field.key,
  kind: customKinds[field.kind],
  help: `Custom field (${field.kind})`,
  ...(field.choices && { choices: field.choices }),
  ...(field.kind === 'multi-select' && { repeats: true }),
  ...(field.required && { required: true }),
});

/** The sections of a category with their fields; the custom ones, where there are any, stand before the notes. */
export const sectionsOf = (category: Category, custom: readonly CustomField[]): readonly SectionSpec[] => {
  const sections: readonly SectionSpec[] = catalogue[category];
  if (category === 'internal' || custom.length === 0) return sections;
  return sections.toSpliced(-1, 0, { title: customSectionTitle, fields: custom.map(customFieldSpec) });
};

/** The fields of a category in the order of the form and of the CSV header. */
export const fieldsOf = (category: Category, custom: readonly CustomField[]): readonly FieldSpec[] =>
  sectionsOf(category, custom).flatMap((section) => section.fields);

const ascii = /^[\0-\x7f]*$/;
const separators = latePattern(String.raw`[^\p{L}\p{N}]+`, 'gu');
const oneWord = latePattern(String.raw`^[\p{L}\p{M}\p{N}_-]+$`, 'u');
const betweenWords = latePattern(String.raw`[^\p{L}\p{M}\p{N}]+`, 'u');

/** A name as it is compared: `E-mail Address`, `email_address` and `EMAILADDRESS` are one. */
export const nameOfField = (text: string): string => {
  const folded = fold(text);
  return ascii.test(folded) ? folded.replace(/[^a-z0-9]+/g, '') : folded.replace(separators(), '');
};

/**
 * The names of a field, best first: its path and the path's last part, its flag, its label; `synonyms` are not among
 * them.
 */
const namesOf = (field: FieldSpec): readonly string[] => {
  const last = field.path.slice(field.path.lastIndexOf('.') + 1);
  return /^(phones|emails)\./.test(field.path)
    ? [field.path, field.flag, field.label]
    : [field.path, last, field.flag, field.label];
};

/**
 * The field that a user names: by its flag without dashes, its JSON key or path, or its label; a custom field by its
 * key or label. A catalogue field wins over a custom one.
 */
export const findField = (name: string, fields: readonly FieldSpec[]): FieldSpec | undefined => {
  const wanted = nameOfField(name);
  return fields.find((field) => namesOf(field).some((candidate) => nameOfField(candidate) === wanted));
};

/** The JSON key of a custom field that is named so: `Account Number` is `accountNumber`, `vip-since` is itself. */
export const keyOfLabel = (label: string): string => {
  if (oneWord().test(label)) return label;
  const [first = '', ...rest] = label.split(betweenWords()).filter((word) => word !== '');
  const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}${rest.map(capital).join('')}`;
};
