import { describe, expect, it } from 'vitest';
import { agreementOf, agreements, comparedName } from '../../../src/contacts/import/name-guard.js';
import { emptyData } from '../../../src/fields/contact.js';

const nameOf = (whole: string) => {
  const [firstName = '', lastName = ''] = whole.split('|');
  const name = comparedName({ ...emptyData, firstName, lastName });
  if (name === undefined) throw new Error(`${whole} is no name`);
  return name;
};

describe('the names of two people', () => {
  const cases: readonly [keyof typeof agreements, string, string][] = [
    ['whole', 'Ada|Lovelace', 'ADA|LOVELACE'],
    ['whole', 'Ada|Lovelace', 'Lovelace|Ada'],
    ['whole', 'Ada Lovelace', 'Ada|Lovelace'],
    ['whole', '明|王', '王明'],
    ['parts', 'Ada', 'Ada|Lovelace'],
    ['parts', 'Katharine|Hepburn', 'Katherine|Hepbrun'],
    ['parts', 'Liz|Harding', 'Elizabeth|Harding'],
    ['parts', 'A.', 'Ada|Lovelace'],
    ['parts', 'Dr. Ada|Lovelace', 'Ada|Lovelace'],
    ['parts', 'Ana María|García', 'Ana|García López'],
    ['onePart', 'Ada|Lovelace', 'Ada|King'],
    ['onePart', 'Elizabeth|Harding', 'Liz|Turner'],
    ['onePart', 'Katharine|Hepburn', 'Katherine|Tracy'],
    ['onePart', 'Anna|Berg', 'Otto|Berg'],
    ['none', 'Ada|Lovelace', 'Bea|Klein'],
    ['none', 'Bea|Klein', 'Ben|Wolf'],
    ['none', 'Martin|Berg', 'Martina|Lang'],
    ['none', 'Mario|Rossi', 'Maria|Verdi'],
    ['none', 'Christian|Berg', 'Christina|Lang'],
    ['none', 'Jan|Berg', 'Jana|Klein'],
    ['none', 'A.|King', 'Ada|Lovelace'],
    ['none', '王明', 'Bea|Klein'],
    ['none', '明|王', '芳|李'],
  ];
  it.each(cases)('agree: %s, %s and %s', (expected, one, other) => {
    expect(agreementOf(nameOf(one), nameOf(other))).toBe(agreements[expected]);
    expect(agreementOf(nameOf(other), nameOf(one))).toBe(agreements[expected]);
  });

  it('are none where nothing of them is there', () => {
    expect(comparedName({ ...emptyData, company: 'Acme' })).toBeUndefined();
  });
});
