import fc from 'fast-check';
import type { Category, FieldSpec } from '../../src/fields/catalogue.js';
import { type Contact, emptyData } from '../../src/fields/contact.js';
import { withoutDoubles } from '../../src/fields/draft.js';
import { type CustomField, fieldsOf } from '../../src/fields/field.js';
import { withValues } from '../../src/fields/values.js';

const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

const anyId = fc
  .array(fc.constantFrom(...alphabet), { minLength: 12, maxLength: 12 })
  .map((letters) => letters.join(''));

/** Pieces out of which texts are made that break careless formats. */
const pieces = fc.oneof(
  fc.constantFrom(
    '"',
    '""',
    "'",
    "''",
    ',',
    ';',
    '\t',
    '\r\n',
    '\n',
    '\r',
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＠',
    '\0',
    '\u0007',
    '\u001b[31m',
    '---',
    '\n---\n',
    ' ::: ',
    '* ',
    '\\',
    '\\n',
    '|',
    ' ',
    '  ',
    '陳大文',
    'か',
    '👩‍👩‍👧',
    'é',
    '\u00a0',
    '\u2028',
    '\u202e',
    ':',
    '__proto__',
    'sep=;',
    'END:VCARD',
    'BEGIN:VCARD',
    'null',
    '0',
    '12/31/1990',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ maxLength: 6 }),
);

/** Any text that is not empty. */
export const anyText = fc
  .array(pieces, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('').toWellFormed())
  .filter((text) => text !== '');

/** A text as a field keeps it: without white space around it. */
const trimmed = anyText.map((text) => text.trim()).filter((text) => text !== '');

const phone = fc.constantFrom('+85291234567', '+85228765432;ext=12', '+447700900123', '+12025550143', '+819012345678');
const email = fc.constantFrom(
  'ada@example.com',
  "o'neill+x@example.org",
  '用户@例え.jp',
  'a-b_c@sub.example.com',
  'A@example.com',
);
const date = fc.constantFrom('1990-12-31', '2004-02-29', '0900-01-05', '2026-11-24');

const valueOf = (field: FieldSpec): fc.Arbitrary<string> => {
  switch (field.kind) {
    case 'phone':
      return phone;
    case 'email':
      return email;
    case 'date':
      return date;
    case 'choice':
    case 'multiSelect':
    case 'language':
      return fc.constantFrom(...(field.choices ?? []));
    case 'label':
      return trimmed.map((text) => text.replaceAll(';', ',').trim()).filter((text) => text !== '');
    case 'country':
      return fc.constantFrom('HK', 'GB', 'Atlantis, "lost"', '=1');
    case 'number':
      return fc.constantFrom('0', '12', '-3.5', '1e+21');
    case 'checkbox':
      return fc.constantFrom('true', 'false');
    case 'timeZone':
      return fc.constantFrom('Asia/Hong_Kong', 'Europe/London');
    case 'extension':
      return fc.constantFrom('12', '0012', '*7#');
    case 'note':
      return anyText;
    default:
      return trimmed;
  }
};

const valuesOf = (field: FieldSpec): fc.Arbitrary<readonly string[]> =>
  fc
    .array(valueOf(field), { maxLength: field.repeats ? 3 : 1 })
    .map((values) => (field.kind === 'note' ? values : withoutDoubles(field, values)));

/**
 * Any contact of a category, with hostile texts in all of its fields.
 *
 * @param change makes texts such as the format can hold
 */
export const anyContact = (
  category: Category,
  custom: readonly CustomField[],
  change: (text: string) => string = (text) => text,
): fc.Arbitrary<Contact> => {
  const fields = fieldsOf(category, custom);
  const values = fc.tuple(...fields.map(valuesOf));
  return fc.tuple(anyId, fc.uniqueArray(anyId, { minLength: 3, maxLength: 3 }), values).map(([id, noteIds, lists]) => {
    const at = '2026-01-02T03:04:05.678Z';
    const data = fields.reduce((filled, field, index) => {
      const changed = (lists[index] ?? []).map(change);
      if (field.kind !== 'note')
        return withValues(
          filled,
          field,
          withoutDoubles(
            field,
            changed.map((text) => text.trim()),
          ),
        );
      const notes = changed.map((text, place) => ({
        id: noteIds[place] ?? '',
        text,
        author: 'grace',
        createdAt: at,
        updatedAt: at,
      }));
      return withValues(filled, field, changed, notes);
    }, emptyData);
    const named = data.firstName === undefined ? { ...data, firstName: 'Ada' } : data;
    return { ...named, id, category, createdAt: at, createdBy: 'grace', updatedAt: at, updatedBy: 'grace' };
  });
};
