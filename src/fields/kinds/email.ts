import { accepted, cleanText, type Kind, refused } from './kind.js';

/** An email address (RFC 5321, internationalised ones by RFC 6531). */
export const email: Kind = {
  valueName: 'address',
  mostLength: 500,
  usesParsers: true,
  schema: () => ({ type: 'string', format: 'idn-email' }),
  read: (given, _field, context) => {
    const address = cleanText(given).replace(/^mailto:/i, '');
    return context.parsers.isEmail(address)
      ? accepted(address)
      : refused('is not an email address such as name@example.com');
  },
  show: (value) => value,
};
