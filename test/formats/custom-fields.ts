import type { CustomField } from '../../src/fields/field.js';

/** A custom field of each kind, and some with labels that mean something else in other programs' files. */
export const customFields: readonly CustomField[] = [
  { key: 'budget', label: 'Budget', kind: 'number' },
  { key: 'plan', label: 'Plan', kind: 'text' },
  { key: 'since', label: 'Since', kind: 'date' },
  { key: 'vip', label: 'VIP', kind: 'checkbox' },
  { key: 'tier', label: 'Tier', kind: 'dropdown', choices: ['Gold', 'Silver, plated'] },
  { key: 'topics', label: 'Topics', kind: 'multi-select', choices: ['Sales', 'Support', '+Other'] },
  { key: 'title', label: 'Title', kind: 'text' },
  { key: 'sum', label: '=Sum; "all"', kind: 'text' },
  { key: 'employer', label: 'Employer', kind: 'text' },
  { key: '備考', label: 'Nickname', kind: 'text' },
];
