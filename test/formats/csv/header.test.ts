import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { columnsOf } from '../../../src/fields/columns.js';
import { fieldsOf } from '../../../src/fields/field.js';
import { createHeaderReader, readHeader } from '../../../src/formats/csv/header.js';
import { mapColumns, mappedFields, readColumnChoice } from '../../../src/formats/csv/mapping.js';
import { customFields } from '../custom-fields.js';

const external = fieldsOf('external', customFields);
const internal = fieldsOf('internal', []);

/** What a header is taken for, in a word. */
const meaning = (header: string, fields = external): string => {
  const use = createHeaderReader(fields)(header);
  switch (use.is) {
    case 'field':
      return `${use.path} ${use.order}${use.noted ? ' noted' : ''}`;
    case 'block':
      return `${use.group} ${use.number} ${use.part}`;
    case 'address':
      return `${use.owner} ${use.part}`;
    default:
      return use.is;
  }
};

describe('the program knows its own columns', () => {
  test.each(['external', 'internal'] as const)('%s', (category) => {
    const fields = fieldsOf(category, category === 'external' ? customFields : []);
    for (const { header, path } of columnsOf(category, category === 'external' ? customFields : [])) {
      const expected = path === 'id' ? 'id' : `${path} 1`;
      for (const name of [header, header.toUpperCase(), ` ${header.replaceAll(' ', '_')} `, `${header}:`]) {
        expect([name, meaning(name, fields)]).toEqual([name, expected]);
      }
    }
  });
});

describe('other names', () => {
  test.each([
    ['Given Name', 'firstName 1'],
    ['PRÉNOM', 'firstName 1'],
    ['ｆｉｒｓｔ　ｎａｍｅ', 'firstName 1'],
    ['birthDate', 'birthDate 1'],
    ['work-email', 'emails.work 1'],
    ['phones.mobile', 'phones.mobile 1'],
    ['電郵', 'emails.work 1'],
    ['手机号码 2', 'phones.mobile 2'],
    ['ﾒｰﾙｱﾄﾞﾚｽ', 'emails.work 1'],
    ['Straße', 'address.street 1'],
    ['姓名', 'name'],
    ['Mobile 2', 'phones.mobile 2'],
    ['Mobile 17', 'phones.mobile 17'],
    ['Cell #3', 'phones.mobile 3'],
    ['E-mail 2 Address', 'emails.work 2'],
    ['Email3', 'emails.work 3'],
    ['Business Phone 2', 'phones.work 2'],
    ['Tag 2', 'labels 2'],
    ['First Name 2', 'unknown'],
    ['Phone (iPhone)', 'phones.mobile 1'],
    ['Business Fax', 'phones.other 1 noted'],
    ['Other Fax 2', 'phones.other 2 noted'],
    ['Phone 12 - Value', 'Phone 12 value'],
    ['Phone 12 - Type', 'Phone 12 label'],
    ['E-mail 1 - Label', 'Email 1 label'],
    ['Website 3 - Value', 'Website 3 value'],
    ['Organization 2 - Name', 'company 2'],
    ['Organization 2 - Symbol', 'noted'],
    ['Address 4 - Postal Code', 'Address 4 zipCode'],
    ['Business Street 2', 'Business street'],
    ['Home Address PO Box', 'Home poBox'],
    ['Work ZipCode', 'Work zipCode'],
    ['Home Post Code', 'Home zipCode'],
    ['Mailing Zip/Postal Code', 'address.zipCode 1'],
    ['Mailing Country', 'address.country 1'],
    ['Address Line 2', 'address.street 1'],
    ['Web Page 3', 'noted'],
    ['E-mail 2 Display Name', 'repeating'],
    ['E-mail 2 Type', 'Email 2 label'],
    ['Full Name', 'name'],
    ['Created At', 'leftOut'],
    ['Error', 'leftOut'],
    ['Tier', 'custom.tier 1'],
    ['topics', 'custom.topics 1'],
    ['Favourite colour', 'unknown'],
    ['__proto__', 'unknown'],
    ['constructor', 'unknown'],
    ['Phone 1 - __proto__', 'unknown'],
    ['', 'unknown'],
    ['!!!', 'unknown'],
  ])('%s is %s', (header, expected) => {
    expect(meaning(header)).toBe(expected);
  });

  test('staff have one kind of phones, and no address', () => {
    expect(
      ['Phone 2', 'Work Phone', 'Ext', 'Mailing Street', 'Company'].map((header) => meaning(header, internal)),
    ).toEqual(['phones.work 2', 'phones.work 1', 'extension 1', 'unknown', 'unknown']);
  });

  test('a name that two fields have equally is nobody’s', () => {
    const fields = fieldsOf('external', [
      { key: 'one', label: 'Score', kind: 'text' },
      { key: 'two', label: 'Points', kind: 'text' },
    ]).map((field) => (field.path.startsWith('custom.') ? { ...field, synonyms: ['Result'] } : field));
    expect(meaning('Result', fields)).toBe('unknown');
    expect(meaning('Score', fields)).toBe('custom.one 1');
  });

  test('a field’s own name beats a synonym of another', () => {
    const fields = fieldsOf('external', [{ key: 'fax', label: 'Employer', kind: 'text' }]);
    expect(meaning('Employer', fields)).toBe('custom.fax 1');
    expect(meaning('Firma', fields)).toBe('company 1');
  });

  test('neighbours explain some names', () => {
    const uses = (headers: readonly string[]) =>
      readHeader(headers, createHeaderReader(fieldsOf('external', []))).map((use) =>
        'part' in use ? `${use.is} ${use.part}` : use.is,
      );
    expect(uses(['Title', 'First Name'])).toEqual(['field', 'field']);
    expect(uses(['Title', 'Job Title'])).toEqual(['noted', 'field']);
    const withTitle = fieldsOf('external', [{ key: 'title', label: 'Title', kind: 'text' }]);
    expect(readHeader(['Title', 'Job Title'], createHeaderReader(withTitle))).toMatchObject([
      { path: 'custom.title' },
      { path: 'jobTitle' },
    ]);
    expect(uses(['Birth Day'])).toEqual(['field']);
    expect(uses(['Birth Year', 'Birth Month', 'Birth Day'])).toEqual(['birth year', 'birth month', 'birth day']);
  });
});

describe('what users say about columns', () => {
  test.each([
    ['Nick=first-name', ['Nick', 'first-name']],
    ['a=b=mobile', ['a=b', 'mobile']],
    [' Junk = ', ['Junk', '']],
  ])('--map %j', (text, choice) => {
    expect(readColumnChoice(text)).toEqual(choice);
  });

  test.each(['Nick', '=mobile'])('--map %j is no choice', (text) => {
    expect(() => readColumnChoice(text)).toThrow(UsageError);
  });

  const mapped = (headers: readonly string[], options: Partial<Parameters<typeof mapColumns>[1]>) =>
    mapColumns(headers, { fields: external, ...options }).map(({ header, use }) =>
      use.is === 'field' ? `${header} = ${use.path}` : `${header} ${use.is}`,
    );

  test('a choice beats the name, and --map a saved mapping', () => {
    expect(
      mapped(['Email', 'nick name', 'Junk', 'Ref', '', 'Whole'], {
        map: { 'Nick-Name': 'firstName', Email: 'personal-email', Whole: 'name' },
        savedMap: { Junk: '', Email: 'other-email', Ref: 'id', Gone: 'mobile' },
      }),
    ).toEqual([
      'Email = emails.personal',
      'nick name = firstName',
      'Junk leftOut',
      'Ref id',
      'column 5 unknown',
      'Whole name',
    ]);
  });

  test('all columns of a name are chosen at once', () => {
    expect(mapped(['X', 'X'], { map: { X: 'Cell' } })).toEqual(['X = phones.mobile', 'X = phones.mobile']);
  });

  test('a choice must name a column and a field', () => {
    expect(() => mapped(['Email'], { map: { Mail: 'mobile' } })).toThrow('The file has no column "Mail".');
    expect(() => mapped(['Email'], { map: { Email: 'shoe-size' } })).toThrow('There is no field "shoe-size".');
    expect(() => mapped(['Email'], { map: { ['__proto__']: 'mobile' } })).toThrow(UsageError);
  });

  test('the fields of a file are told in the order of the catalogue', () => {
    const mapping = mapColumns(['Email', 'Phone 1 - Value', 'Name', 'Home City', 'Birth Year', 'Odd'], {
      fields: external,
    });
    expect(mappedFields(mapping, external)).toEqual([
      'firstName',
      'lastName',
      'birthDate',
      'phones.mobile',
      'phones.work',
      'phones.home',
      'phones.other',
      'emails.work',
      'address.zipCode',
      'address.street',
      'address.city',
      'address.state',
      'address.country',
    ]);
  });
});
