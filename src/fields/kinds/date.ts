import { asTyped } from '../characters.js';
import { latePattern } from '../late-pattern.js';
import { accepted, cleanText, type Kind, type KindContext, refused } from './kind.js';

const two = (n: number): string => String(n).padStart(2, '0');

/** The date as YYYY-MM-DD, or nothing where the calendar has no such day (ISO 8601, proleptic Gregorian). */
export const isoDate = (year: number, month: number, day: number): string | undefined => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1 && year <= 9999 ? `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` : undefined;
};

const yearFirst = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;
const eastAsian = /^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?$/;
/** The time of day that databases and spreadsheets add to a day. */
const timeOfDay = /[T\s]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?[AP]\.?M\.?)?(?:Z|\s?[+-]\d\d:?\d\d)?$/i;
const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const monthFirst = latePattern(String.raw`^(?:\p{L}+,?\s+)??(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$`, 'u');
const dayFirst = latePattern(
  String.raw`^(?:\p{L}+,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+de)?[\s-]+(\p{L}+)\.?,?(?:\s+de)?[\s-]+(\d{4})$`,
  'u',
);

/** Year, month and day as written, or why they cannot be told. */
const parts = (given: string, context: KindContext): readonly [number, number, number] | string => {
  const iso = yearFirst.exec(given) ?? eastAsian.exec(given);
  if (iso) {
    const [year, month, day] = iso.slice(1).filter((part) => /\d/.test(part));
    return [Number(year), Number(month), Number(day)];
  }
  const numbers = numeric.exec(given);
  if (numbers) {
    const [, first, separator, second, year] = numbers;
    if (context.dateOrder === 'dmy') return [Number(year), Number(second), Number(first)];
    if (context.dateOrder === 'mdy' || separator === '/') return [Number(year), Number(first), Number(second)];
    return 'could be day or month first: write it as YYYY-MM-DD or MM/DD/YYYY, or tell the order with --date-order';
  }
  const named = monthFirst().exec(given);
  const month = context.parsers.month(named?.[1] ?? '');
  if (named && month) return [Number(named[3]), month, Number(named[2])];
  const dayNamed = dayFirst().exec(given);
  const monthAfter = context.parsers.month(dayNamed?.[2] ?? '');
  if (dayNamed && monthAfter) return [Number(dayNamed[3]), monthAfter, Number(dayNamed[1])];
  return 'is not a date such as 12/31/1990 or 1990-12-31';
};

/** A day of the calendar: kept as YYYY-MM-DD, shown as MM/DD/YYYY. */
export const anyDate: Kind = {
  valueName: 'MM/DD/YYYY',
  mostLength: 100,
  hasFewTexts: true,
  usesParsers: true,
  schema: () => ({ type: 'string', format: 'date' }),
  read: (given, _field, context) => {
    const found = parts(cleanText(asTyped(given)).normalize('NFKC').replace(timeOfDay, ''), context);
    if (typeof found === 'string') return refused(found);
    const date = isoDate(...found);
    return date === undefined ? refused('is not a day of the calendar') : accepted(date);
  },
  show: (value) => value.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2/$3/$1'),
};

/** A day that has come. */
export const date: Kind = {
  ...anyDate,
  read: (given, field, context) => {
    const reading = anyDate.read(given, field, context);
    if (!reading.ok || reading.value <= context.today || field.path.startsWith('custom.')) return reading;
    return refused('is in the future');
  },
};
