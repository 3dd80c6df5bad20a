import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import isEmailModule from 'validator/es/lib/isEmail.js';
import { createAssignedNumbers } from './assigned-number.js';
import { englishCountryNames } from './country-names.js';
import { nameOfField } from './field.js';
import { fold } from './fold.js';
import type { Parsers, PhoneReading } from './kinds/kind.js';

/** Languages of a country besides its likeliest one. */
const furtherLanguages: Readonly<Record<string, readonly string[]>> = {
  BE: ['fr', 'de'],
  CA: ['fr'],
  CH: ['fr', 'it'],
  FI: ['sv'],
  HK: ['zh-Hans'],
  IE: ['ga'],
  LU: ['fr', 'de'],
  MO: ['zh-Hans', 'pt'],
  SG: ['zh-Hans', 'ms', 'ta'],
  TW: ['zh-Hans'],
};

/** Names in use that neither the standard nor CLDR has. */
const furtherNames: Readonly<Record<string, string>> = {
  'P.R. China': 'CN',
  PRC: 'CN',
  'Hong Kong SAR': 'HK',
  Macau: 'MO',
  Holland: 'NL',
  Burma: 'MM',
  'Viet Nam': 'VN',
  Britain: 'GB',
  Swaziland: 'SZ',
  'Cabo Verde': 'CV',
  'East Timor': 'TL',
  Vatican: 'VA',
  America: 'US',
};

/** Parts of a country that people write for it; a Country of this name stays as it is. */
const partsOfCountries: Readonly<Record<string, string>> = {
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  northernireland: 'GB',
};

/** The languages whose names of all countries are known: those of the headers that are. */
const foreignLanguages = [
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'ja',
  'ko',
  'zh-Hans',
  'zh-Hant',
  'sv',
  'da',
  'nb',
  'cs',
  'ru',
  'tr',
];

/** The names of all countries in further languages, folded; a name that two countries have is not among them. */
const foreignCountryTable = (): ReadonlyMap<string, string> => {
  const table = new Map<string, string>();
  for (const language of foreignLanguages) {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    for (const [alpha2] of codes) {
      const name = alpha2 === undefined ? '' : nameOfField(names.of(alpha2) ?? '');
      if (alpha2 !== undefined) table.set(name, (table.get(name) ?? alpha2) === alpha2 ? alpha2 : '');
    }
  }
  for (const [name, code] of table) if (name === '' || code === '') table.delete(name);
  return table;
};

/** A flag of two regional indicators, as the code that they spell. */
const codeOfFlag = (text: string): string =>
  /^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(text)
    ? [...text].map((letter) => String.fromCharCode((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 0x41)).join('')
    : text;

/** Country names and codes, folded, with the alpha-2 code of each; a name that two countries have has none. */
const countryTable = (): ReadonlyMap<string, string> => {
  const table = new Map<string, string>();
  const shared = new Set<string>();
  const add = (name: string | undefined, code: string): void => {
    const key = nameOfField(name ?? '');
    if (key === '') return;
    const known = table.get(key);
    if (known !== undefined && known !== code) shared.add(key);
    else table.set(key, code);
  };
  const names = new Map<string, readonly Intl.DisplayNames[]>();
  const namesIn = (language: string): readonly Intl.DisplayNames[] => {
    const found = names.get(language) ?? [
      new Intl.DisplayNames([language], { type: 'region' }),
      new Intl.DisplayNames([language], { type: 'region', style: 'short' }),
    ];
    names.set(language, found);
    return found;
  };
  for (const [alpha2, alpha3] of codes) {
    if (alpha2 === undefined) continue;
    const likely = new Intl.Locale(`und-${alpha2}`).maximize();
    const languages = ['en', `${likely.language}-${likely.script}`, ...(furtherLanguages[alpha2] ?? [])];
    for (const language of languages) for (const inLanguage of namesIn(language)) add(inLanguage.of(alpha2), alpha2);
    add(alpha3, alpha2);
  }
  for (const [code, given] of Object.entries(englishCountryNames)) for (const name of [given].flat()) add(name, code);
  for (const [name, code] of Object.entries(furtherNames)) add(name, code);
  for (const name of shared) table.set(name, '');
  for (const [alpha2] of codes) if (alpha2 !== undefined) table.set(alpha2.toLowerCase(), alpha2);
  return table;
};

/** The languages in which a month's name is recognised. */
const monthLanguages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'pl'];

const monthTable = (): ReadonlyMap<string, number> => {
  const table = new Map<string, number>([['sept', 9]]);
  for (const language of monthLanguages) {
    for (const style of ['long', 'short'] as const) {
      for (const form of [{ month: style }, { month: style, day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' });
        for (let month = 0; month < 12; month += 1) {
          const parts = format.formatToParts(Date.UTC(2000, month, 1));
          const name = fold(parts.find((part) => part.type === 'month')?.value ?? '').replace(/\.$/, '');
          if (!table.has(name)) table.set(name, month + 1);
        }
      }
    }
  }
  return table;
};

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const phoneReading = (text: string, country: string | undefined): PhoneReading => {
  const international = text
    .replace(/^\s*\(\s*(\+|00)\s*(\d+)\s*\)/, '$1$2 ')
    .replace(/^\s*00\s*(?=[1-9])/, '+')
    .replace(/^(\s*\+.*?)\(0\)/, '$1');
  const standing = country?.startsWith('+')
    ? { defaultCallingCode: country.slice(1) }
    : country !== undefined && isSupportedCountry(country)
      ? { defaultCountry: country as CountryCode }
      : {};
  if (!/^\s*\+/.test(international) && Object.keys(standing).length === 0) {
    const digits = international.replace(/\D/g, '').length;
    return { ok: false, reason: digits < 5 ? 'too-short' : 'no-country' };
  }
  const options = { ...standing, extract: false } as const;
  const number = parsePhoneNumberFromString(international, options);
  if (number?.isPossible()) return { ok: true, number: number.number, assigned: number.isValid() };
  const length = validatePhoneNumberLength(international, options);
  if (length === 'TOO_SHORT') return { ok: false, reason: 'too-short' };
  return { ok: false, reason: length === 'TOO_LONG' ? 'too-long' : 'not-a-number' };
};

/** A calling code beside a country's name: `Germany (+49)`. */
const callingCodeIn = /\+\d{1,3}(?!\d)/;

const isEmail = isEmailModule as unknown as typeof isEmailModule.default;

/**
 * Most addresses as they are written: labels of letters and digits. RFC 5321 allows 64 characters before the `@`, so no
 * length matters where the whole is no longer.
 */
const plainAddress = /^(?=.{6,64}$)[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}$/i;

/** The parsers of phone numbers, addresses, countries and months; their tables are made when first asked for. */
export const createParsers = (): Parsers => {
  const countries = once(countryTable);
  const foreignCountries = once(foreignCountryTable);
  const countryOf = (text: string): string | undefined => {
    const name = nameOfField(codeOfFlag(text.trim()));
    return name === '' ? undefined : (countries().get(name) ?? foreignCountries().get(name)) || undefined;
  };
  const months = once(monthTable);
  const assignedNumbers = once(createAssignedNumbers);
  return {
    phone: (text, country) => {
      const assigned = assignedNumbers()(text);
      return assigned === undefined ? phoneReading(text, country) : { ok: true, number: text, assigned };
    },
    isEmail: (text) => plainAddress.test(text) || isEmail(text, { allow_utf8_local_part: true }),
    country: countryOf,
    countryCode: (text) =>
      readCountryCode(text.replace(/^\s*00(?=\d)/, '+')) ??
      countryOf(text) ??
      readCountryCode(callingCodeIn.exec(text)?.[0] ?? '') ??
      partsOfCountries[nameOfField(text)],
    callingCode: (country) => (isSupportedCountry(country) ? getCountryCallingCode(country) : undefined),
    month: (name) => months().get(fold(name)),
  };
};

/**
 * The default country as a user gives it (`HK`, `hk`, `+852`, `852`) in the form that the phone parser takes, or nothing
 * where there is no such country or calling code.
 */
export const readCountryCode = (text: string): string | undefined => {
  const given = text.trim();
  if (/^\+?\d{1,3}$/.test(given)) {
    const code = `+${given.replace(/^\+/, '')}`;
    return parsePhoneNumberFromString(`${code}2025550123`, { extract: false }) !== undefined ? code : undefined;
  }
  const region = given.toUpperCase();
  return isSupportedCountry(region) ? region : undefined;
};
