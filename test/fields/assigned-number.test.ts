import fc from 'fast-check';
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import { createAssignedNumbers } from '../../src/fields/assigned-number.js';

const isAssigned = createAssignedNumbers();

/** What the library says of a possible number that is to be kept as it is written. */
const isAssignedByLibrary = (text: string): boolean | undefined => {
  const number = parsePhoneNumberFromString(text, { extract: false });
  return number?.number === text && number.isPossible() ? number.isValid() : undefined;
};

test('knows a mobile number of nearly every country', () => {
  const numbers = getCountries().flatMap((country) => getExampleNumber(country, examples)?.number ?? []);
  const known = numbers.filter((number) => isAssigned(number) === true);
  expect(known.filter((number) => isAssignedByLibrary(number) !== true)).toEqual([]);
  expect(known.length).toBeGreaterThan(numbers.length * 0.9);
});

const callingCodes = [
  ...new Set(getCountries().map((country) => getCountryCallingCode(country))),
  '800',
  '870',
  '979',
  '999',
];
const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));
const anyNumber = fc
  .tuple(fc.constantFrom(...callingCodes), fc.constantFrom('', '0', '1', '2', '5', '7', '8', '9'), digits(3, 11))
  .map(([code, first, rest]) => `+${code}${first}${rest}`);
const nearExample = fc
  .tuple(fc.constantFrom(...getCountries()), fc.integer({ min: 1, max: 5 }), digits(0, 6))
  .map(([country, cut, rest]) => `${(getExampleNumber(country, examples)?.number ?? '+1').slice(0, -cut)}${rest}`);

test('what it knows, the library knows too, and writes it alike', () => {
  fc.assert(
    fc.property(fc.oneof(anyNumber, nearExample), (number) => {
      const known = isAssigned(number);
      if (known !== undefined) expect(isAssignedByLibrary(number)).toBe(known);
    }),
    { numRuns: 5000 },
  );
});

test('knows possible numbers of a country by itself that are not assigned', () => {
  expect(['+85200000000', '+8529123456', '+8613000000'].map(isAssigned)).toEqual([false, false, false]);
});

test.each([
  '',
  '+',
  '85291234567',
  '+852 9123 4567',
  '+85291234567;ext=1',
  '+0123456789',
  '+852912345678901',
  '+12025550123',
])('leaves %j to the library', (text) => {
  expect(isAssigned(text)).toBe(undefined);
});
