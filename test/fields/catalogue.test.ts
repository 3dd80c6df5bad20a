import { describe, expect, it } from 'vitest';
import { type Category, catalogue, customKinds, keptFields } from '../../src/fields/catalogue.js';
import { fieldsOf, findField, keyOfLabel, nameOfField, sectionsOf } from '../../src/fields/field.js';
import { kinds } from '../../src/fields/kinds/index.js';

const categories = Object.keys(catalogue) as Category[];

const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe.each(categories)('the catalogue of %s contacts', (category) => {
  const fields = fieldsOf(category, []);

  it.each(['path', 'label', 'flag'] as const)('has no %s twice', (property) => {
    expect(repeated(fields.map((field) => nameOfField(field[property])))).toEqual([]);
  });

  it('gives no name to two fields', () => {
    const names = fields.flatMap((field) => {
      const own = new Set([field.label, field.flag, ...(field.synonyms ?? [])].map(nameOfField));
      return [...own];
    });
    expect(repeated(names)).toEqual([]);
  });

  it('finds every field by its path, flag and label', () => {
    for (const field of fields) {
      for (const name of [field.path, field.flag, field.label]) expect(findField(name, fields)?.path).toBe(field.path);
    }
  });

  it('has flags in kebab case, and help for every field', () => {
    for (const { flag, help } of fields) {
      expect(flag).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(help).not.toBe('');
    }
  });

  it('has presets and choices that the kind takes', () => {
    for (const { kind, preset, choices } of fields) {
      expect(choices !== undefined).toBe(['choice', 'language'].includes(kind));
      if (preset !== undefined) expect(choices).toContain(preset);
    }
  });

  it('has the first page in an order without gaps', () => {
    const places = fields.flatMap(({ firstPage }) => firstPage ?? []).sort((one, other) => one - other);
    expect(places).toEqual(places.map((_, index) => index + 1));
  });

  it('gives no flag the name of a field that the program keeps', () => {
    const kept: readonly string[] = keptFields.map(({ flag }) => flag);
    expect(fields.filter(({ flag }) => kept.includes(flag))).toEqual([]);
  });
});

describe('sections', () => {
  it('put the custom fields before the notes, for external contacts alone', () => {
    const custom = [{ key: 'seats', label: 'Seats', kind: 'number' }] as const;
    expect(sectionsOf('external', custom).map(({ title }) => title)).toEqual([
      'Personal Information',
      'Phone number',
      'Email address',
      'Mailing Address',
      'Social Messaging',
      'Custom Fields',
      'Notes',
    ]);
    expect(sectionsOf('internal', custom).map(({ title }) => title)).toEqual(['Staff', 'Notes']);
  });
});

describe('kinds', () => {
  it('serve every kind of custom field', () => {
    for (const kind of Object.values(customKinds)) expect(kinds[kind]).toBeDefined();
  });
});

describe('the key of a custom field', () => {
  it.each([
    ['seats', 'seats'],
    ['vip-since', 'vip-since'],
    ['Account Number', 'accountNumber'],
    ['客户 编号', '客户编号'],
    ['R&D budget (HKD)', 'rDBudgetHKD'],
    ['!!!', ''],
  ])('%s is %s', (label, key) => {
    expect(keyOfLabel(label)).toBe(key);
  });
});
