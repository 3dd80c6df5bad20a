import type { FieldSpec } from '../catalogue.js';
import { nameOfField } from '../field.js';
import { accepted, cleanText, type Kind, refused } from './kind.js';

const choiceNamed = (name: string, field: FieldSpec): string | undefined => {
  const exact = field.choices?.find((choice) => choice === name);
  return exact ?? field.choices?.find((choice) => nameOfField(choice) === nameOfField(name));
};

/** One of the field's choices, whatever the case and accents it is written in; an open field takes other text too. */
export const choice: Kind = {
  valueName: 'choice',
  hasFewTexts: true,
  schema: (field) =>
    field.open ? { type: 'string', minLength: 1, examples: field.choices } : { type: 'string', enum: field.choices },
  read: (given, field) => {
    const name = cleanText(given);
    const found = choiceNamed(name, field);
    if (found !== undefined) return accepted(found);
    return field.open ? accepted(name) : refused(`is not one of ${field.choices?.join(', ')}`);
  },
  show: (value) => value,
};

/** One of several choices that a field may have at once; the values come one by one. */
export const multiSelect: Kind = { ...choice, valueName: 'choice' };
