import { asTyped } from '../characters.js';
import { accepted, cleanText, type Kind, refused } from './kind.js';

/** An address with the name that mail programs put before it: `Ada Lovelace <ada@example.com>` (RFC 5322, 3.4). */
const named = /^[^<>]*<\s*([^<>\s]+)\s*>$/;
const quoted = /^(["'(<[])(.*)["')>\]]$/;
const separatorAtEnd = /[\s,;.]+$/;

/** The address of a text, without what mail programs and people put around it. */
const addressOf = (given: string): string => {
  const text = cleanText(asTyped(given)).replace(separatorAtEnd, '');
  const inside = named.exec(text)?.[1] ?? quoted.exec(text)?.[2] ?? text;
  return inside.trim().replace(/^mailto:/i, '');
};

/** An email address (RFC 5321, internationalised ones by RFC 6531). */
export const email: Kind = {
  valueName: 'address',
  mostLength: 500,
  usesParsers: true,
  schema: () => ({ type: 'string', format: 'idn-email' }),
  read: (given, _field, context) => {
    const typed = cleanText(given);
    if (context.parsers.isEmail(typed) && asTyped(typed) === typed) return accepted(typed);
    const address = addressOf(given);
    return context.parsers.isEmail(address)
      ? accepted(address)
      : refused('is not an email address such as name@example.com');
  },
  show: (value) => value,
};
