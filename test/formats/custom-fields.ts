import type { CustomField } from '../../src/fields/field.js';

/** A custom field of each kind. */
export const customFields: readonly CustomField[] = [
  { key: 'budget', label: 'Budget', kind: 'number' },
  { key: 'plan', label: 'Plan', kind: 'text' },
  { key: 'since', label: 'Since', kind: 'date' },
  { key: 'vip', label: 'VIP', kind: 'checkbox' },
  { key: 'tier', label: 'Tier', kind: 'dropdown', choices: ['Gold', 'Silver, plated'] },
  { key: 'topics', label: 'Topics', kind: 'multi-select', choices: ['Sales', 'Support', '+Other'] },
];
