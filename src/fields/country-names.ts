import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

/** The English names of each country, the usual one first, by ISO 3166-1 alpha-2 code. */
export const englishCountryNames: Readonly<Record<string, string | readonly string[]>> = english.countries;

/** The English names of the country with this code (ISO 3166-1 alpha-2); none where the text is no code. */
export const namesOfCountry = (code: string): readonly string[] =>
  Object.hasOwn(englishCountryNames, code) ? [englishCountryNames[code] ?? []].flat() : [];
