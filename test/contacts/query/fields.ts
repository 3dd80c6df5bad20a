import { type CustomField, fieldsOf } from '../../../src/fields/field.js';

const custom: readonly CustomField[] = [
  { key: 'size', label: 'Shoe Size', kind: 'number' },
  { key: 'renewal', label: 'Renewal', kind: 'date' },
  { key: 'newsletter', label: 'Newsletter', kind: 'checkbox' },
  { key: 'plan', label: 'Plan', kind: 'dropdown', choices: ['Basic', 'Très Grand'] },
  { key: 'topics', label: 'Topics', kind: 'multi-select', choices: ['Sales', 'Press'] },
];

/** What queries may name in the tests: the catalogue's fields and one custom field of each kind. */
export const queryFields = [...fieldsOf('external', custom), ...fieldsOf('internal', custom)];
