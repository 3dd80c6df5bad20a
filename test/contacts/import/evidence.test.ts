import { describe, expect, it } from 'vitest';
import { addressesIn } from '../../../src/contacts/import/evidence/addresses.js';
import { faultOfCharacters } from '../../../src/contacts/import/evidence/decoded-twice.js';
import { createLabelParter } from '../../../src/contacts/import/evidence/labels.js';
import { isMadeOf, isPhoneOf } from '../../../src/contacts/import/evidence/spreadsheet.js';
import { createParsers } from '../../../src/fields/parsers.js';
import { readWholeName } from '../../../src/formats/whole-name.js';

describe('the labels of a cell', () => {
  const part = createLabelParter(['VIP, gold', 'A|B', 'Press']);
  it.each([
    ['Press', ['Press']],
    ['VIP, gold', ['VIP, gold']],
    ['vip, GOLD; Press', ['vip, GOLD', 'Press']],
    ['Press, VIP, gold, silver', ['Press', 'VIP, gold', 'silver']],
    ['A|B | C', ['A|B', 'C']],
    ['x ::: y\nz', ['x', 'y', 'z']],
    ['["x, y","z"]', ['x, y', 'z']],
    ['"x","y"', ['x', 'y']],
    ['[x], y', ['[x]', 'y']],
    [', x,', ['x']],
    ["['x', 'y']", ['x', 'y']],
    ['x；y，z、w', ['x', 'y', 'z', 'w']],
    ['“x”, “y”', ['x', 'y']],
    ['\u200bx\u200e;\u2066y\u2069', ['x', 'y']],
    ['x\ty', ['x', 'y']],
  ])('%j are %j', (cell, labels) => {
    expect(part(cell)).toEqual(labels);
  });
});

describe('the addresses of a cell', () => {
  it.each([
    ['a@x.example, b@x.example', ['a@x.example', 'b@x.example']],
    ['a@x.example b@x.example', ['a@x.example', 'b@x.example']],
    ['Ada <a@x.example>; "Klein, Bea" <b@x.example>', ['Ada <a@x.example>', '"Klein, Bea" <b@x.example>']],
    ['Lovelace, Ada <a@x.example>', ['Lovelace Ada <a@x.example>']],
    ['a@x.example, call first', ['a@x.example', 'call first']],
  ])('%j are %j', (cell, addresses) => {
    expect(addressesIn(cell)).toEqual(addresses);
  });
});

describe('text that was decoded twice', () => {
  it.each([
    ['MÃ¼ller', '"Müller" is meant'],
    ['ä¸­å›½', '"中国" is meant'],
    ['G\ufffdran', 'U+FFFD'],
    ['M√ºller', 'Macintosh'],
  ])('%j is told', (text, told) => {
    expect(faultOfCharacters(text)).toContain(told);
  });

  it.each(['Müller', 'São Paulo', 'Ålesund', 'MÃE', '中国', '«Ça va»', 'Ada', '√2 Ltd'])('%j is none', (text) => {
    expect(faultOfCharacters(text)).toBeUndefined();
  });
});

describe('what a spreadsheet makes of a text', () => {
  const { month } = createParsers();
  it.each([
    ['01067', '1067'],
    ['+5', '5'],
    ['1.50', '1.5'],
    ['1.50', '1,5'],
    ['123456789012', '1.23457E+11'],
    ['123456789012', '1,23457E+11'],
    ['12345678901234567890', '12345678901234500000'],
    ['1e5', '1.00E+05'],
    ['true', 'WAHR'],
    ['3-4', '04-Mar'],
    ['3-4', '03. Apr'],
    ['9:5', '09:05'],
  ])('%j becomes %j', (stored, cell) => {
    expect(isMadeOf(stored, cell, month)).toBe(true);
  });

  it.each([
    ['01067', '1068'],
    ['01067', '10670'],
    ['000124', '999'],
    ['12', '12.5'],
    ['123456789012', '1.23458E+11'],
    ['1-2', '2-1'],
    ['3-4', '05-Mar'],
    ['Acme', '12'],
  ])('%j does not become %j', (stored, cell) => {
    expect(isMadeOf(stored, cell, month)).toBe(false);
  });

  it.each([
    ['+6561234567', '6561234567', true],
    ['+6561234567', '6.56123E+09', true],
    ['+6561234567', '006561234567', true],
    ['+6561234567', '6561234568', false],
    ['+6561234567', '6.57E+09', false],
  ])('the number %j as %j: %j', (number, cell, is) => {
    expect(isPhoneOf(number, cell)).toBe(is);
  });
});

describe('a country beside a number', () => {
  const { countryCode } = createParsers();
  it.each([
    ['0049', '+49'],
    ['Germany (+49)', '+49'],
    ['+1 868', '+1'],
    ['Alemania', 'DE'],
    ['Scotland', 'GB'],
    ['Narnia', undefined],
    ['', undefined],
  ])('%j is %j', (text, code) => {
    expect(countryCode(text)).toBe(code);
  });
});

describe('a whole name', () => {
  it.each([
    ['Smith, John', 'John', 'Smith', ''],
    ['John Jones, MD', 'John', 'Jones', ''],
    ['Ada Lovelace Jr.', 'Ada', 'Lovelace Jr.', ''],
    ['Lovelace, Byron, PhD', 'Byron', 'Lovelace', ''],
    ['Prof. Dr. Ida Noyes', 'Ida', 'Noyes', ''],
    ['Mr Smith', '', 'Smith', ''],
    ['Don Johnson', 'Don', 'Johnson', ''],
    ['Yo-Yo Ma', 'Yo-Yo', 'Ma', ''],
    ['MARIA SA', 'MARIA', 'SA', ''],
    ['Ahmed bin Rashid', 'Ahmed', 'bin Rashid', ''],
    ['María de la Cruz', 'María', 'de la Cruz', ''],
    ['王 小明', '小明', '王', ''],
    ['Acme, Inc.', '', '', 'Acme, Inc.'],
    ['Meyer & Söhne AG', '', '', 'Meyer & Söhne AG'],
    ['Ejemplo S.A.', '', '', 'Ejemplo S.A.'],
    ['株式会社山田', '', '', '株式会社山田'],
    ['(주)삼성', '', '', '(주)삼성'],
    ['SARL Dupont', '', '', 'SARL Dupont'],
    ['ООО Ромашка', '', '', 'ООО Ромашка'],
    ['PT Maju Jaya', '', '', 'PT Maju Jaya'],
    ['Exemplo Ltda.', '', '', 'Exemplo Ltda.'],
    ['PT Barnum', 'PT', 'Barnum', ''],
    ['Sas Jansen', 'Sas', 'Jansen', ''],
  ])('%j is %j, %j, %j', (name, first, last, company) => {
    expect(readWholeName(name)).toMatchObject({ first, last, company });
  });
});
