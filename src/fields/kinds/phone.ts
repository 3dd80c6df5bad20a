import { asTyped } from '../characters.js';
import { latePattern } from '../late-pattern.js';
import { accepted, cleanText, type Kind, type PhoneReading, refused } from './kind.js';

const problems: Readonly<Record<(PhoneReading & { ok: false })['reason'], string>> = {
  'no-country': 'has no country code: write it as +852 9123 4567, or give the country with --country-code',
  'too-short': 'is too short to be a phone number',
  'too-long': 'is too long to be a phone number',
  'not-a-number': 'is not a phone number',
};

const letter = latePattern(String.raw`\p{L}`, 'u');
const shortenedBySpreadsheet = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;
const severalNumbers = /\d[^\d]*(?:[/|&\n]|[,;](?!\s*ext)|:::|\bor\b|\band\b)[^\d]*\+?\d{3}/i;
const extension =
  /^(.*?\d.*?)[\s,;(]*(?:;\s*ext=|ext(?:ension|n)?\b\.?\s*[:=]?|(?:durchwahl|dw|nebenstelle|nst|app(?:arat)?|poste|int(?:erno)?|toestel|tst|ramal|anexo|wewn|доб(?:авочный)?)\.?\s*:?|x|#|內線|内线|分機|分机|内線)\s*(\d{1,15})\)?$/i;
/** An extension as phones dial it, after pauses (`,` `;` `p` `w`), or as Exchange writes it (`~`); longer it is a number. */
const dialled = /^([^,;~pw]*\d)[^\d,;~pw]*[,;~pw][\s,;~pw]*(\d{1,6})\s*#?$/i;
const fewestDigits = 7;
/** A number that went through a program as a decimal: `61234567.0`. */
const decimal = /^(\+?\d{5,15})[.,]0$/;

const plainDigits = /^\+?\d+$/;

const dialledExtension = (whole: string): RegExpExecArray | undefined => {
  const found = dialled.exec(whole);
  return found?.[1] !== undefined && found[1].replace(/\D/g, '').length >= fewestDigits ? found : undefined;
};

/** The number and the extension of a text, or why it has not one number; digits alone are one. */
const partsOf = (whole: string): { readonly number: string; readonly ext?: string | undefined } | string => {
  if (plainDigits.test(whole)) return { number: whole };
  if (shortenedBySpreadsheet.test(whole)) {
    return 'was shortened by a spreadsheet: make the column text there and save it again';
  }
  const [, digits] = decimal.exec(whole) ?? [];
  if (digits !== undefined) return { number: digits };
  const [, main, ext] = extension.exec(whole) ?? dialledExtension(whole) ?? [];
  const number = main ?? whole;
  if (severalNumbers.test(number)) return 'holds more than one number: give each its own';
  if (letter().test(number)) return 'has letters in it: write the number in digits';
  return { number, ext };
};

/**
 * A phone number: kept in E.164, with an extension as RFC 3966 writes it (`+85228765432;ext=12`); read in any national
 * or international form.
 */
export const phone: Kind = {
  valueName: 'number',
  mostLength: 250,
  usesParsers: true,
  schema: () => ({ type: 'string', pattern: '^\\+[1-9]\\d{1,14}(;ext=\\d{1,15})?$' }),
  read: (given, _field, { parsers, country }) => {
    const whole = cleanText(asTyped(given))
      .normalize('NFKC')
      .replace(/^tel:\s*/i, '');
    const parts = partsOf(whole);
    if (typeof parts === 'string') return refused(parts);
    const { number, ext } = parts;
    const reading = parsers.phone(number, country);
    if (!reading.ok) return refused(problems[reading.reason]);
    const value = ext === undefined ? reading.number : `${reading.number};ext=${ext}`;
    return accepted(value, reading.assigned ? undefined : 'can be a phone number, but is not known to be assigned');
  },
  show: (value) => value,
};
