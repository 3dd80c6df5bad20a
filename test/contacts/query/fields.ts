import type { QueryLanguage } from '../../../src/contacts/query/parse.js';
import { type CustomField, fieldsOf } from '../../../src/fields/field.js';

const custom: readonly CustomField[] = [
  { key: 'size', label: 'Shoe Size', kind: 'number' },
  { key: 'renewal', label: 'Renewal', kind: 'date' },
  { key: 'newsletter', label: 'Newsletter', kind: 'checkbox' },
  { key: 'plan', label: 'Plan', kind: 'dropdown', choices: ['Basic', 'Très Grand'] },
  { key: 'topics', label: 'Topics', kind: 'multi-select', choices: ['Sales', 'Press'] },
];

/** What the tests read queries with: the catalogue's fields, one custom field of each kind, and a clock that stands still. */
export const forgiving: QueryLanguage = {
  fields: [...fieldsOf('external', custom), ...fieldsOf('internal', custom)],
  clock: { now: new Date('2026-11-24T12:00:00.000Z'), today: () => '2026-11-24' },
  strict: false,
};

export const strict: QueryLanguage = { ...forgiving, labels: ['VIP', 'Do not call', 'Trade Press'], strict: true };

/** The same without any field of the catalogue. */
export const withoutFields: QueryLanguage = { ...forgiving, fields: [] };
