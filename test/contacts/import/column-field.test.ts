import { describe, expect, it } from 'vitest';
import { countMisfits, fieldByValues } from '../../../src/contacts/import/column-field.js';
import { ColumnProfiler, isFormOfAddress, samplesOf } from '../../../src/contacts/import/column-profile.js';
import type { Category } from '../../../src/fields/catalogue.js';
import { fieldsOf } from '../../../src/fields/field.js';
import type { KindContext } from '../../../src/fields/kinds/kind.js';
import { createParsers } from '../../../src/fields/parsers.js';

const parsers = createParsers();
const custom = [{ key: 'source', label: 'Source', kind: 'dropdown', choices: ['Fair', 'Web'] }] as const;

const suggested = (
  header: string,
  values: readonly string[],
  { category = 'external', taken = [], country }: { category?: Category; taken?: string[]; country?: string } = {},
): string | undefined => {
  const context: KindContext = { parsers, today: '2026-11-24', country };
  return fieldByValues({ header, values }, fieldsOf(category, custom), new Set(taken), context)?.label;
};

const numbers = ['+852 9123 4567', '+44 20 7946 0958', '(415) 555-0100'];
const addresses = ['ada@x.example', 'Bea@y.example', 'cy@z.example'];

describe('the field that values tell', () => {
  it.each<[string, readonly string[], string | undefined, Parameters<typeof suggested>[2]?]>([
    ['Reach', numbers.slice(0, 2), 'Mobile'],
    ['Reach', numbers, 'Mobile', { country: 'US' }],
    ['Reach', ['91234567', '61234567', '98765432'], 'Mobile', { country: 'HK' }],
    ['Reach', ['91234567', '61234567'], undefined],
    ['Reach', numbers.slice(0, 2), 'Work Phone', { taken: ['phones.mobile'] }],
    ['Tel. Büro', numbers.slice(0, 2), 'Work Phone'],
    ['Tel privat', numbers.slice(0, 2), 'Home Phone'],
    ['Fax-Nr.', numbers.slice(0, 2), 'Other Phone'],
    ['手機號碼', numbers.slice(0, 2), 'Mobile', { taken: ['phones.mobile'] }],
    ['Customer No.', ['10023456', '10023457', '10023458'], undefined, { country: 'HK' }],
    ['Signed up', ['2026-01-05', '2026-02-11'], undefined, { country: 'HK' }],
    ['Signed up', ['03.04.2026', '05.06.2025'], undefined, { country: 'DE' }],
    ['Born', ['1980-01-05', '1972-02-11'], 'Birth Date'],
    ['Geburtstag', ['2020-01-05'], 'Birth Date'],
    ['Born', ['1980-01-05'], undefined, { taken: ['birthDate'] }],
    ['Reach by', addresses, 'Work Email'],
    ['Reach by', [...addresses, 'none of yours'], undefined],
    ['Reach by', [...addresses, ...addresses.map((one) => `x${one}`), 'oops'], 'Work Email'],
    ['Privat', addresses, 'Personal Email'],
    ['Reach by', addresses, 'Personal Email', { taken: ['emails.work'] }],
    ['What', ['Customer', 'lead', 'Lead'], 'Type'],
    ['What', ['Fair', 'Web'], 'Source'],
    ['Where', ['Germany', 'Hong Kong', 'FR'], 'Country'],
    ['Unit', ['HR', 'IT', 'PR'], undefined],
    ['Remark', ['likes tea', 'tall'], undefined],
    ['Empty', [], undefined],
    ['Line', numbers.slice(0, 2), 'Phone Number', { category: 'internal' }],
    ['Zone', ['Asia/Hong_Kong', 'Europe/Berlin'], 'Time Zone', { category: 'internal' }],
  ])('%s %j: %s', (header, values, expected, given) => {
    expect(suggested(header, values, given)).toBe(expected);
  });
});

describe('the profile of a column', () => {
  const profileOf = (...values: readonly string[]): ColumnProfiler => {
    const profile = new ColumnProfiler();
    for (const value of values) profile.see(value);
    return profile;
  };

  it('counts what is there, with the first different values', () => {
    const profile = profileOf('a', '', 'b', 'a', 'c', 'd');
    expect(profile.filled).toBe(5);
    expect(samplesOf(profile)).toEqual(['a', 'b', 'c']);
    expect(profileOf(...Array.from({ length: 500 }, (_, index) => `v${index}`)).values).toHaveLength(100);
  });

  it('tells dates that read both ways', () => {
    expect(profileOf('03/04/1990', '3.4.90', '2026-01-02', 'x')).toMatchObject({ digitDates: 2, bothWays: 2 });
    expect(profileOf('03/04/1990', '13/04/1990')).toMatchObject({ digitDates: 2, bothWays: 1 });
  });

  it.each(['Mr', 'mrs.', 'Prof. Dr.', 'Frau', 'Herr Dr.', 'M.', 'Sra.', '先生', 'Dhr.', 'Sig.'])(
    '%s is a form of address',
    (text) => {
      expect(isFormOfAddress(text)).toBe(true);
    },
  );

  it.each(['CEO', 'Director', 'Mrs Smith', 'Miss Universe', 'Sales', 'Ada', 'Head of M', ''])('%s is none', (text) => {
    expect(isFormOfAddress(text)).toBe(false);
  });

  it('counts what its field does not take', () => {
    const context: KindContext = { parsers, today: '2026-11-24', country: undefined };
    const misfits = (flag: string, ...values: readonly string[]): number => {
      const field = fieldsOf('external', custom).find((each) => each.flag === flag);
      if (field === undefined) throw new Error(flag);
      return countMisfits(field, { values }, context);
    };
    expect(misfits('work-email', ...addresses, 'nobody')).toBe(1);
    expect(misfits('mobile', '+12', '91234567', ...numbers)).toBe(1);
    expect(misfits('source', 'Fair', 'Mail')).toBe(1);
    expect(misfits('label', 'a; b', 'c')).toBe(0);
  });
});
