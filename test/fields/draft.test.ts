import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Category, FieldSpec } from '../../src/fields/catalogue.js';
import { type ContactData, emptyData, type Note } from '../../src/fields/contact.js';
import { type DraftContext, describeIssue, readDraft, withPresets } from '../../src/fields/draft.js';
import { type CustomField, fieldsOf } from '../../src/fields/field.js';
import { createParsers } from '../../src/fields/parsers.js';
import { shownValues, valuesAt, withValues } from '../../src/fields/values.js';

const custom: readonly CustomField[] = [
  { key: 'seats', label: 'Seats', kind: 'number' },
  { key: 'paying', label: 'Paying', kind: 'checkbox' },
  { key: 'renewed', label: 'Renewed', kind: 'date' },
  { key: 'tier', label: 'Tier', kind: 'dropdown', choices: ['Gold', 'Silver'] },
  { key: 'tags', label: 'Tags', kind: 'multi-select', choices: ['a', 'b', 'c'] },
  { key: '__proto__', label: 'Proto', kind: 'text' },
];

const contextWith = (extra: Partial<DraftContext> = {}): DraftContext => ({
  parsers: createParsers(),
  country: 'HK',
  today: '2026-11-24',
  by: 'tester',
  at: '2026-11-24T12:00:00.000Z',
  newId: () => 'newnewnewnew',
  ...extra,
});

const read = (
  draft: Readonly<Record<string, readonly string[]>>,
  base: ContactData = emptyData,
  category: Category = 'external',
): ContactData | readonly string[] => {
  const reading = readDraft(new Map(Object.entries(draft)), base, fieldsOf(category, custom), contextWith());
  return reading.ok ? reading.data : reading.issues.map(describeIssue);
};

describe('a draft', () => {
  it('becomes a contact', () => {
    expect(
      read({
        firstName: [' Maria '],
        'phones.mobile': ['9123 4567', '+852 9123 4567', '9123 4568'],
        'emails.work': ['maria@example.com', 'MARIA@example.com'],
        labels: ['VIP; Newsletter', 'vip'],
        'address.country': ['Hong Kong'],
        'social.whatsapp': ['9123 4567'],
        'custom.seats': ['12'],
        'custom.paying': ['yes'],
        'custom.tags': ['b; a'],
        notes: ['Met in May.'],
      }),
    ).toEqual({
      firstName: 'Maria',
      phones: [
        { kind: 'mobile', number: '+85291234567' },
        { kind: 'mobile', number: '+85291234568' },
      ],
      emails: [{ kind: 'work', address: 'maria@example.com' }],
      labels: ['VIP', 'Newsletter'],
      address: { country: 'HK' },
      social: { whatsapp: '+85291234567' },
      custom: { seats: 12, paying: true, tags: ['b', 'a'] },
      notes: [
        {
          id: 'newnewnewnew',
          text: 'Met in May.',
          author: 'tester',
          createdAt: '2026-11-24T12:00:00.000Z',
          updatedAt: '2026-11-24T12:00:00.000Z',
        },
      ],
    });
  });

  it('tells all its faults at once', () => {
    expect(
      read({ 'phones.mobile': ['12', 'x'], 'emails.work': ['nobody'], type: ['boss'], birthDate: ['02/30/1990'] }),
    ).toEqual([
      'Mobile "12" is too short to be a phone number',
      'Mobile "x" has letters in it: write the number in digits',
      'Work Email "nobody" is not an email address such as name@example.com',
      'Type "boss" is not one of Lead, Prospect, Customer, Other',
      'Birth Date "02/30/1990" is not a day of the calendar',
    ]);
  });

  it.each([
    [{}, ['The contact needs at least one of first name, last name, company, phone or email']],
    [{ jobTitle: ['Boss'] }, ['The contact needs at least one of first name, last name, company, phone or email']],
    [{ firstName: ['A', 'B'] }, ['First Name "A, B" holds one value']],
    [{ firstName: ['A'], role: ['Agent'] }, ['role is not a field of this kind of contact']],
  ])('%j is refused', (draft, issues) => {
    expect(read(draft)).toEqual(issues);
  });

  it('clears what it gives an empty text for, and leaves the rest', () => {
    const base = read({ firstName: ['Maria'], company: ['Acme'], 'phones.mobile': ['9123 4567'] }) as ContactData;
    expect(read({ company: [''], 'phones.mobile': [] }, base)).toEqual({ ...emptyData, firstName: 'Maria' });
  });

  it('keeps the id, author and time of a note that is there', () => {
    const note: Note = { id: 'oldoldoldold', text: 'one', author: 'ann', createdAt: '2020', updatedAt: '2021' };
    const base = { ...emptyData, firstName: 'Maria', notes: [note] };
    const after = read({ notes: ['two', 'one', 'one'] }, base) as ContactData;
    expect(after.notes.map(({ id, text }) => `${id} ${text}`)).toEqual([
      'newnewnewnew two',
      'oldoldoldold one',
      'newnewnewnew one',
    ]);
  });

  it('holds a key such as __proto__ like any other', () => {
    const data = read({ firstName: ['Maria'], 'custom.__proto__': ['x'] }) as ContactData;
    expect(Object.keys(data.custom ?? {})).toEqual(['__proto__']);
    expect(valuesAt(data, 'custom.__proto__')).toEqual(['x']);
    expect(valuesAt(emptyData, 'custom.__proto__')).toEqual([]);
  });

  it('gets the presets where it has no value', () => {
    const data = withPresets({ ...emptyData, level: 'Tertiary' }, fieldsOf('external', []));
    expect(data).toEqual({ ...emptyData, level: 'Tertiary', type: 'Lead' });
  });
});

/** For each field, a text that it reads. */
const example = (field: FieldSpec): string =>
  ({
    text: 'Some text',
    choice: field.choices?.[1] ?? '',
    label: 'VIP',
    date: '12/31/1990',
    language: 'Japanese',
    country: 'JP',
    phone: '+85291234567',
    email: 'maria@example.com',
    timeZone: 'Asia/Tokyo',
    extension: '204',
    number: '12',
    checkbox: 'Yes',
    multiSelect: field.choices?.[1] ?? '',
    note: 'A note',
  })[field.kind];

describe.each(['external', 'internal'] as const)('every field of %s contacts', (category) => {
  const fields = fieldsOf(category, custom);

  it.each(fields.map((field) => [field.path, field] as const))(
    '%s is read, kept, shown and cleared',
    (_path, field) => {
      const base = { ...emptyData, firstName: 'Maria', lastName: 'García' };
      const text = example(field);
      const kept = readDraft(new Map([[field.path, [text]]]), base, fields, contextWith());
      if (!kept.ok) throw new Error(kept.issues.map(describeIssue).join());
      expect(shownValues(field, kept.data)).toEqual([text]);
      const cleared = readDraft(new Map([[field.path, ['']]]), kept.data, fields, contextWith());
      expect(cleared.ok && valuesAt(cleared.data, field.path)).toEqual([]);
    },
  );
});

describe('setting the values of a field', () => {
  it('changes that field alone, and a field set to what it holds changes nothing', () => {
    const fields = fieldsOf('external', custom).filter(({ kind }) => kind !== 'note');
    const anyField = fc.constantFrom(...fields);
    fc.assert(
      fc.property(fc.array(anyField, { maxLength: 8 }), anyField, (before, field) => {
        const valuesFor = (spec: FieldSpec): string[] => {
          const reading = readDraft(
            new Map([[spec.path, [example(spec)]]]),
            { ...emptyData, firstName: 'x' },
            fields,
            contextWith(),
          );
          return reading.ok ? [...valuesAt(reading.data, spec.path)] : [];
        };
        const data = before.reduce((made, spec) => withValues(made, spec, valuesFor(spec)), emptyData);
        const after = withValues(data, field, valuesFor(field));
        for (const other of fields) {
          const expected = other.path === field.path ? valuesFor(field) : valuesAt(data, other.path);
          expect(valuesAt(after, other.path)).toEqual(expected);
        }
        expect(withValues(after, field, valuesAt(after, field.path))).toEqual(after);
      }),
    );
  });
});
