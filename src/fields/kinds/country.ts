import { accepted, cleanText, type Kind } from './kind.js';

/** A country: kept as its ISO 3166-1 alpha-2 code where the text is a country's name or code, else as it is. */
export const country: Kind = {
  valueName: 'country',
  hasFewTexts: true,
  usesParsers: true,
  schema: () => ({ type: 'string', minLength: 1 }),
  read: (given, _field, context) => {
    const name = cleanText(given);
    return accepted(context.parsers.country(name) ?? name);
  },
  show: (value) => value,
};
