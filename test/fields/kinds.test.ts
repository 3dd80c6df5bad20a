import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldSpec } from '../../src/fields/catalogue.js';
import { type CustomField, fieldsOf } from '../../src/fields/field.js';
import { kinds } from '../../src/fields/kinds/index.js';
import type { Kind, KindContext, Parsers } from '../../src/fields/kinds/kind.js';
import { createParsers, readCountryCode } from '../../src/fields/parsers.js';

const parsers = createParsers();
const context: KindContext = { parsers, today: '2026-11-24' };

const custom: readonly CustomField[] = [
  { key: 'seats', label: 'Seats', kind: 'number' },
  { key: 'renewed', label: 'Renewed', kind: 'date' },
  { key: 'paying', label: 'Paying', kind: 'checkbox' },
  { key: 'tier', label: 'Tier', kind: 'dropdown', choices: ['Gold', 'Silver'] },
];

const fieldAt = (path: string, category: 'external' | 'internal' = 'external'): FieldSpec => {
  const field = fieldsOf(category, custom).find((candidate) => candidate.path === path);
  if (field === undefined) throw new Error(`no field ${path}`);
  return field;
};

/** What a text becomes in a field: the kept value, with `~ warning` where there is one, or `! problem`. */
const read = (field: FieldSpec, text: string, extra: Partial<KindContext> = {}): string => {
  const reading = kinds[field.kind].read(text, field, { ...context, ...extra });
  if (!reading.ok) return `! ${reading.problem}`;
  return reading.warning === undefined ? reading.value : `${reading.value} ~ ${reading.warning}`;
};

describe('phones', () => {
  const mobile = fieldAt('phones.mobile');
  const unassigned = 'can be a phone number, but is not known to be assigned';
  it.each([
    ['+852 9123 4567', undefined, '+85291234567'],
    ['(852) 9123-4567', '+852', '+85291234567'],
    ['9123 4567', 'HK', '+85291234567'],
    ['9123 4567', '+852', '+85291234567'],
    ['00 852 9123 4567', undefined, '+85291234567'],
    ['+44 (0)20 7946 0958', undefined, '+442079460958'],
    ['(+44) 20 7946 0958', undefined, '+442079460958'],
    ['(0044) 20 7946 0958', undefined, '+442079460958'],
    ['(+44) (0)20 7946 0958', undefined, '+442079460958'],
    ['(0)20 7946 0958', 'GB', '+442079460958'],
    ['020 7946 0958', 'GB', '+442079460958'],
    ['8 (912) 345-67-89', 'RU', '+79123456789'],
    ['１２３４', 'HK', '! is too short to be a phone number'],
    ['＋８５２ ９１２３ ４５６７', undefined, '+85291234567'],
    ['tel:+852-9123-4567', undefined, '+85291234567'],
    ['+852 2876 5432 ext. 12', undefined, '+85228765432;ext=12'],
    ['+852 2876 5432 x12', undefined, '+85228765432;ext=12'],
    ['+85228765432;ext=12', undefined, '+85228765432;ext=12'],
    ['+852 2876 5432 (ext. 12)', undefined, '+85228765432;ext=12'],
    ['+49 30 1234567 Durchwahl 12', undefined, '+49301234567;ext=12'],
    ['+33 1 23 45 67 89 poste 12', undefined, '+33123456789;ext=12'],
    ['+7 495 123-45-67 доб. 12', undefined, '+74951234567;ext=12'],
    ['+39 06 6981 2345 interno: 12', undefined, '+390669812345;ext=12'],
    ['+33123456789,12', undefined, '+33123456789;ext=12'],
    ['+33123456789;12', undefined, '+33123456789;ext=12'],
    ['+33123456789 ~ 12', undefined, '+33123456789;ext=12'],
    ['+33123456789,,12#', undefined, '+33123456789;ext=12'],
    ['+33123456789p12', undefined, '+33123456789;ext=12'],
    ['2876 5432,,4711', 'HK', '+85228765432;ext=4711'],
    ['61234567.0', 'HK', '+85261234567'],
    ['\u202a+44 7400 123456\u202c', undefined, '+447400123456'],
    ['+44\u00a07400\u2011123457\u2060', undefined, '+447400123457'],
    ['+1 201-555-0123', undefined, '+12015550123'],
    ['+852 1111 1111', undefined, `+85211111111 ~ ${unassigned}`],
    [
      '9123 4567',
      undefined,
      '! has no country code: write it as +852 9123 4567, or give the country with --country-code',
    ],
    ['+852 12', undefined, '! is too short to be a phone number'],
    ['+852 9123 4567 8901 2345 67', undefined, '! is too long to be a phone number'],
    ['call me', 'HK', '! has letters in it: write the number in digits'],
    ['1-800-FLOWERS', 'US', '! has letters in it: write the number in digits'],
    ['+852 9123 4567 / +852 9123 4568', undefined, '! holds more than one number: give each its own'],
    ['9123 4567, 9123 4568', 'HK', '! holds more than one number: give each its own'],
    ['+852 9123 4567 or 9123 4568', 'HK', '! holds more than one number: give each its own'],
    ['8.5291E+11', 'HK', '! was shortened by a spreadsheet: make the column text there and save it again'],
  ])('reads %s with %s as %s', (text, country, expected) => {
    expect(read(mobile, text, { country })).toBe(expected);
  });
});

describe('dates', () => {
  const birthDate = fieldAt('birthDate');
  it.each([
    ['12/31/1990', '1990-12-31'],
    ['1990-12-31', '1990-12-31'],
    ['1/2/1990', '1990-01-02'],
    ['1990/1/2', '1990-01-02'],
    ['19900102', '1990-01-02'],
    ['1990-12-31T00:00:00Z', '1990-12-31'],
    ['1990年12月31日', '1990-12-31'],
    ['31 December 1990', '1990-12-31'],
    ['Dec 31, 1990', '1990-12-31'],
    ['31-Dec-1990', '1990-12-31'],
    ['Monday, December 31, 1990', '1990-12-31'],
    ['31. Dezember 1990', '1990-12-31'],
    ['31 de diciembre de 1990', '1990-12-31'],
    ['02/29/2024', '2024-02-29'],
    ['02/30/1990', '! is not a day of the calendar'],
    ['13/01/1990', '! is not a day of the calendar'],
    [
      '31.12.1990',
      '! could be day or month first: write it as YYYY-MM-DD or MM/DD/YYYY, or tell the order with --date-order',
    ],
    ['31/12/90', '! is not a date such as 12/31/1990 or 1990-12-31'],
    ['tomorrow', '! is not a date such as 12/31/1990 or 1990-12-31'],
    ['11/25/2026', '! is in the future'],
    ['11/24/2026', '2026-11-24'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(birthDate, text)).toBe(expected);
  });

  it.each([
    ['31.12.1990', 'dmy', '1990-12-31'],
    ['3/4/1990', 'dmy', '1990-04-03'],
    ['3-4-1990', 'mdy', '1990-03-04'],
    ['1990-04-03', 'dmy', '1990-04-03'],
  ] as const)('reads %s in the order %s as %s', (text, dateOrder, expected) => {
    expect(read(birthDate, text, { dateOrder })).toBe(expected);
  });

  it('lets a custom date be in the future', () => {
    expect(read(fieldAt('custom.renewed'), '2030-01-01')).toBe('2030-01-01');
  });

  it('shows a date as MM/DD/YYYY', () => {
    expect(kinds.date.show('1990-12-31')).toBe('12/31/1990');
  });
});

describe('emails', () => {
  it.each([
    ['maria@example.com', 'maria@example.com'],
    [' Maria.Garcia+x@Example.com ', 'Maria.Garcia+x@Example.com'],
    ['mailto:maria@example.com', 'maria@example.com'],
    ['Maria Garcia <maria@example.com>', 'maria@example.com'],
    ['"Garcia, Maria" <maria@example.com>', 'maria@example.com'],
    ['<mailto:maria@example.com>', 'maria@example.com'],
    ['“maria@example.com”', 'maria@example.com'],
    ['maria@example.com;', 'maria@example.com'],
    ['ma\u00adria@example.com\u200b', 'maria@example.com'],
    ['ｍａｒｉａ@example.com', 'maria@example.com'],
    ['用户@例子.广告', '用户@例子.广告'],
    ['maria@', '! is not an email address such as name@example.com'],
    ['maria@example', '! is not an email address such as name@example.com'],
    ['maria garcia@example.com', '! is not an email address such as name@example.com'],
    ['a@b.com, c@d.com', '! is not an email address such as name@example.com'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(fieldAt('emails.work'), text)).toBe(expected);
  });
});

describe('choices', () => {
  it.each([
    ['type', 'lead', 'Lead'],
    ['type', ' CUSTOMER ', 'Customer'],
    ['type', 'boss', '! is not one of Lead, Prospect, Customer, Other'],
    ['language', 'Simplified Chinese', 'zh-Hans'],
    ['language', 'zh-hant', 'zh-Hant'],
    ['language', '日本語', 'ja'],
    [
      'language',
      'Klingon',
      '! is not one of English (en), Japanese (ja), Simplified Chinese (zh-Hans), Traditional Chinese (zh-Hant)',
    ],
    ['custom.tier', 'gold', 'Gold'],
    ['custom.tier', 'lead', '! is not one of Gold, Silver'],
  ])('reads %s %s as %s', (path, text, expected) => {
    expect(read(fieldAt(path), text)).toBe(expected);
  });

  it.each([
    ['role', 'agent', 'Agent'],
    ['role', 'Night Watch', 'Night Watch'],
    ['availability', 'busy', 'Busy'],
    ['availability', 'gone', '! is not one of Active, Busy, Idle, Offline'],
    ['timeZone', 'asia/hong_kong', 'Asia/Hong_Kong'],
    ['timeZone', 'Europe/Atlantis', '! is not a time zone such as Asia/Hong_Kong'],
    ['timeZone', '+08:00', '! is not a time zone such as Asia/Hong_Kong'],
    ['extension', 'ext. 204', '204'],
    ['extension', 'two', '! is not an extension: up to 15 digits'],
  ])('reads %s %s of staff as %s', (path, text, expected) => {
    expect(read(fieldAt(path, 'internal'), text)).toBe(expected);
  });
});

describe('countries', () => {
  it.each([
    ['HK', 'HK'],
    ['hkg', 'HK'],
    ['Hong Kong', 'HK'],
    ['Hong Kong SAR China', 'HK'],
    ['香港', 'HK'],
    ['中国', 'CN'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['ドイツ', 'DE'],
    ['Vereinigtes Königreich', 'GB'],
    ['🇭🇰', 'HK'],
    ['England', 'England'],
    ['日本', 'JP'],
    ['España', 'ES'],
    ['Espana', 'ES'],
    ['Suisse', 'CH'],
    ['U.S.A.', 'US'],
    ['United States of America', 'US'],
    ['UK', 'GB'],
    ['Czech Republic', 'CZ'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ["Cote d'Ivoire", 'CI'],
    ['المغرب', 'MA'],
    ['Россия', 'RU'],
    ['Congo', 'Congo'],
    ['Atlantis', 'Atlantis'],
  ])('reads %s as %s', (text, expected) => {
    expect(read(fieldAt('address.country'), text)).toBe(expected);
  });

  it.each([
    ['hk', 'HK'],
    ['+852', '+852'],
    ['852', '+852'],
    ['1', '+1'],
    ['ZZ', undefined],
    ['999', undefined],
    ['Hong Kong', undefined],
  ])('takes %s as the default country %s', (text, expected) => {
    expect(readCountryCode(text)).toBe(expected);
  });
});

describe('custom kinds', () => {
  it.each([
    ['custom.seats', '12', '12'],
    ['custom.seats', '-3.50', '-3.5'],
    ['custom.seats', '007', '7'],
    ['custom.seats', '−5', '-5'],
    ['custom.seats', '1e3', '1000'],
    ['custom.seats', '-0', '0'],
    ['custom.seats', '12 apples', '! is not a number such as 12 or -3.5'],
    ['custom.seats', '1,200', '! is not a number such as 12 or -3.5'],
    ['custom.seats', '1e999', '! has more digits than a number field keeps (15): use a text field'],
    ['custom.seats', '12345678901234567', '! has more digits than a number field keeps (15): use a text field'],
    ['custom.paying', 'Yes', 'true'],
    ['custom.paying', '0', 'false'],
    ['custom.paying', 'maybe', '! is neither yes nor no'],
  ])('reads %s %s as %s', (path, text, expected) => {
    expect(read(fieldAt(path), text)).toBe(expected);
  });
});

describe('text', () => {
  it('drops white space around it and halves of surrogate pairs', () => {
    expect(read(fieldAt('company'), ' \u00a0Acme\ud800 \n')).toBe('Acme\ufffd');
  });

  it('keeps the white space of a note', () => {
    expect(read(fieldAt('notes'), '  indented\n')).toBe('  indented\n');
  });
});

describe('parsers', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('2 May 1990', 'a@b.example', 'Hong Kong', '+852 9123 4567', '12'),
  );
  const asked = (field: FieldSpec, text: string): boolean => {
    let isAsked = false;
    const ask = () => {
      isAsked = true;
      return undefined;
    };
    const counting: Parsers = {
      phone: () => ({ ok: false, reason: ask() ?? 'too-short' }),
      isEmail: () => ask() ?? false,
      country: ask,
      countryCode: ask,
      callingCode: ask,
      month: ask,
    };
    kinds[field.kind].read(text, field, { ...context, parsers: counting });
    return isAsked;
  };

  it.each(
    [...fieldsOf('external', custom), ...fieldsOf('internal', custom)].map((field) => [field.path, field] as const),
  )('are asked about %s only if its kind says so', (_path, field) => {
    const kind: Kind = kinds[field.kind];
    const isEverAsked = fc.sample(texts, { numRuns: 200, seed: 1 }).some((text) => asked(field, text));
    expect(isEverAsked).toBe(kind.usesParsers ?? false);
  });
});
