import type { FieldSpec } from '../../../fields/catalogue.js';
import { asTyped } from '../../../fields/characters.js';
import { kinds } from '../../../fields/kinds/index.js';
import { accepted, type KindContext, type ValueReading } from '../../../fields/kinds/kind.js';
import { recurring } from '../../../fields/recurring.js';

/** The country of a row, as its phone numbers are read by it. */
export interface RowCountry {
  /** For numbers written without one: ISO 3166-1 alpha-2, or a calling code such as `+852`. */
  readonly country: string | undefined;
  /** The text of its `Country Code` column, where it names no country. */
  readonly unknownCode?: string;
  /** Where the row says in which country the contact is: that country's name or code, and its calling code. */
  readonly home?: { readonly name: string; readonly callingCode: string };
}

/** What a row says of its country; both empty where it says nothing. */
interface CountryTexts {
  /** The text of its `Country Code` column. */
  readonly code: string;
  /** The text of its Country. */
  readonly name: string;
}

/**
 * Makes the function that finds the country of a row's numbers: by its `Country Code` column, else by its own Country, else
 * the default.
 */
export const createRowCountries = ({
  parsers,
  country: fallback,
}: KindContext): ((texts: CountryTexts) => RowCountry) => {
  const codeOf = recurring((text) => parsers.countryCode(text) ?? '');
  const homeOf = recurring((name) => {
    const country = parsers.country(name) ?? parsers.countryCode(name) ?? '';
    const callingCode = country === '' ? undefined : parsers.callingCode(country);
    return callingCode === undefined ? { country } : { country, home: { name, callingCode } };
  });
  const plain: RowCountry = { country: fallback };
  const ofHome = recurring((name): RowCountry => {
    const { country, home } = homeOf(name);
    return { country: country || fallback, ...(home && { home }) };
  });
  return ({ code, name }) => {
    if (code === '') return name === '' ? plain : ofHome(name);
    const { country, home } = name === '' ? plain : ofHome(name);
    const known = codeOf(code);
    return { country: known || country, ...(home && { home }), ...(known === '' && { unknownCode: code }) };
  };
};

/** Digits that may be a number whose `+` a spreadsheet took for a sign. */
const mayLackPlus = /^[1-9]\d{6,14}$/;

/** The number that digits are with a `+` before them, where that is an assigned one. */
const numberWithPlus = (digits: string, { parsers }: KindContext): string | undefined => {
  if (!mayLackPlus.test(digits)) return undefined;
  const reading = parsers.phone(`+${digits}`, undefined);
  return reading.ok && reading.assigned ? reading.number : undefined;
};

const withHome = (reading: ValueReading, home: NonNullable<RowCountry['home']>): ValueReading => {
  if (!reading.ok || reading.value.startsWith(`+${home.callingCode}`)) return reading;
  const disagrees = `does not agree with the country ${home.name} (+${home.callingCode})`;
  return accepted(reading.value, reading.warning === undefined ? disagrees : `${reading.warning}; ${disagrees}`);
};

const callingCodeOf = (country: string, { parsers }: KindContext): string | undefined =>
  country.startsWith('+') ? country.slice(1) : parsers.callingCode(country);

/** Reads digits alone: with their own country code, or without one where both could be, they are of the row's country. */
const readDigits = (digits: string, reading: ValueReading, country: string | undefined, context: KindContext) => {
  const other = numberWithPlus(digits, context);
  if (other === undefined || country === undefined || (reading.ok && reading.value === other)) return reading;
  const isOfCountry = other.startsWith(`+${callingCodeOf(country, context)}`);
  if (reading.ok && reading.warning === undefined && !isOfCountry) {
    return accepted(
      reading.value,
      `is read as ${reading.value}, a number of ${country}; with a + before it, it is ${other}`,
    );
  }
  if (isOfCountry) return accepted(other, `is read as ${other}, a number of ${country} with its country code`);
  return accepted(other, `is not a number of ${country}, but is one with a + before it: read as ${other}`);
};

/**
 * Reads a phone number of a row: by the country of the row, and with a look at what a spreadsheet makes of a `+`. Where
 * the digits of a cell could be another number, or the number does not agree with the row's Country, the reading warns.
 *
 * @param checksHome whether the number is to agree with the row's Country
 */
export const readPhoneOfRow = (
  text: string,
  field: FieldSpec,
  context: KindContext,
  { country, home }: RowCountry,
  checksHome: boolean,
): ValueReading => {
  const reading = kinds.phone.read(text, field, country === context.country ? context : { ...context, country });
  const digits = text.startsWith('+')
    ? ''
    : asTyped(text)
        .trim()
        .replace(/[.,]0$/, '');
  const weighed = digits === '' ? reading : readDigits(digits, reading, country, context);
  return checksHome && home !== undefined ? withHome(weighed, home) : weighed;
};
