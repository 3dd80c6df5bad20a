import type { GivenValue } from '../contacts/import/given-values.js';
import type { Settings } from '../contacts/settings.js';
import { UsageError } from '../errors.js';
import type { Category, FieldSpec } from '../fields/catalogue.js';
import { emptyData } from '../fields/contact.js';
import { type DraftContext, readField } from '../fields/draft.js';
import { definedLabels, fieldNamed, readAssignment, throwIssues } from './field-options.js';

/** What `--set` and `--add` of an import say. */
export interface ValueOptions {
  readonly category: Category;
  readonly knownLabels: boolean;
  /** `FIELD=VALUE`. */
  readonly set: readonly string[];
  readonly add: readonly string[];
}

/** @throws InvalidError, NotFoundError where the texts are no values of the field */
const checkTexts = (
  field: FieldSpec,
  texts: readonly string[],
  { knownLabels }: ValueOptions,
  settings: Settings,
  context: DraftContext,
): void => {
  const { values, issues } = readField(field, texts, context);
  throwIssues(issues);
  if (field.kind === 'label' && knownLabels) definedLabels({ ...emptyData, labels: values }, settings);
};

/**
 * Reads what every row is to get.
 *
 * @throws UsageError, NotFoundError (no such field; with `--known-labels` no such label), InvalidError (a bad value)
 */
export const readGivenValues = (
  options: ValueOptions,
  settings: Settings,
  context: DraftContext,
): readonly GivenValue[] => {
  const read = (option: '--set' | '--add', given: readonly string[]): readonly GivenValue[] => {
    const byField = new Map<FieldSpec, string[]>();
    for (const text of given) {
      const [name, value] = readAssignment(option, text);
      const field = fieldNamed(name, options.category, settings);
      if (value.trim() === '') {
        throw new UsageError(`${option}: "${text}" has no value.`, `Write it as ${option} ${field.flag}=VALUE.`);
      }
      if (option === '--add' && !field.repeats) {
        throw new UsageError(`${field.label} holds one value.`, `Use --set ${field.flag}=VALUE.`);
      }
      byField.set(field, [...(byField.get(field) ?? []), value]);
    }
    return [...byField].map(([field, texts]) => {
      checkTexts(field, texts, options, settings, context);
      return { path: field.path, texts, replaces: option === '--set', source: `${option} ${field.flag}` };
    });
  };
  return [...read('--set', options.set), ...read('--add', options.add)];
};
