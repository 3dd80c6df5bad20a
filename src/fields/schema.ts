import { type Category, type FieldSpec, keptFields } from './catalogue.js';
import { type CustomField, fieldsOf } from './field.js';
import { kinds } from './kinds/index.js';
import type { JsonSchema } from './kinds/kind.js';

const time: JsonSchema = { type: 'string', format: 'date-time' };
const id: JsonSchema = { type: 'string', pattern: '^[23456789bcdfghjkmnpqrstvwxyz]{12}$' };
const text: JsonSchema = { type: 'string' };

const noteSchema: JsonSchema = {
  type: 'object',
  properties: { id, text: { type: 'string', minLength: 1 }, author: text, createdAt: time, updatedAt: time },
  required: ['id', 'text', 'author', 'createdAt', 'updatedAt'],
  additionalProperties: false,
};

const entrySchema = (fields: readonly FieldSpec[], group: 'phones' | 'emails', value: string): JsonSchema => {
  const ofGroup = fields.filter((field) => field.path.startsWith(`${group}.`));
  const [first] = ofGroup;
  return {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        kind: { enum: ofGroup.map((field) => field.path.slice(group.length + 1)) },
        [value]: first === undefined ? text : kinds[first.kind].schema(first),
      },
      required: ['kind', value],
      additionalProperties: false,
    },
  };
};

const valueSchema = (field: FieldSpec): JsonSchema => {
  const one = kinds[field.kind].schema(field);
  const schema = field.repeats ? { type: 'array', items: one, uniqueItems: true } : one;
  return { title: field.label, description: field.help, ...schema };
};

const groupSchema = (fields: readonly FieldSpec[], group: string): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(
    fields
      .filter((field) => field.path.startsWith(`${group}.`))
      .map((field) => [field.path.slice(group.length + 1), valueSchema(field)]),
  ),
  additionalProperties: false,
});

const categorySchema = (category: Category, custom: readonly CustomField[]): JsonSchema => {
  const fields = fieldsOf(category, custom);
  const groups = [...new Set(fields.flatMap((field) => /^(address|social|custom)\./.exec(field.path)?.[1] ?? []))];
  return {
    type: 'object',
    properties: {
      id,
      category: { const: category },
      ...Object.fromEntries(
        fields
          .filter((field) => !field.path.includes('.') && field.path !== 'notes')
          .map((field) => [field.path, valueSchema(field)]),
      ),
      phones: entrySchema(fields, 'phones', 'number'),
      emails: entrySchema(fields, 'emails', 'address'),
      ...Object.fromEntries(groups.map((group) => [group, groupSchema(fields, group)])),
      ...(category === 'internal' && { labels: { type: 'array', maxItems: 0 } }),
      notes: { type: 'array', items: noteSchema },
      uids: {
        type: 'array',
        items: text,
        uniqueItems: true,
        description: 'The UIDs of vCards by which other programs know it',
      },
      uidsPartial: { const: true, description: 'What the cards of its UIDs lack of phones and emails stays' },
      createdAt: time,
      createdBy: text,
      updatedAt: time,
      updatedBy: text,
      mergedIds: { type: 'array', items: id },
    },
    required: [
      'id',
      'category',
      'labels',
      'phones',
      'emails',
      'notes',
      ...keptFields.map(({ path }) => path).filter((path) => /^(created|updated)/.test(path)),
    ],
    additionalProperties: false,
  };
};

/** The JSON Schema (draft 2020-12) of a contact as `--json` prints it, with the custom fields of a store. */
export const contactSchema = (custom: readonly CustomField[]): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Contact',
  description: 'A contact as the contacts program keeps and prints it',
  oneOf: [categorySchema('external', custom), categorySchema('internal', custom)],
});
