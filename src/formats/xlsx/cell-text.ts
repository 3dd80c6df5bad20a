import { type NumberFormat, placeDigits } from './number-format.js';

const dayInSeconds = 86_400;
/** The last day that a workbook has, 31 December 9999. */
const lastSerial = 2_958_465;
/** The day that is 0 in Unix time, counted as workbooks of 1900 do after the 29 February 1900 that never was. */
const unixEpoch = 25_569;
/** How many days later the other system begins, that of 1904. */
const later = 1462;

const two = (part: number): string => String(part).padStart(2, '0');

const dayText = (serial: number): string => {
  if (serial === 0) return '1900-01-00';
  if (serial === 60) return '1900-02-29';
  const days = serial - unixEpoch + (serial < 60 ? 1 : 0);
  return new Date(days * dayInSeconds * 1000).toISOString().slice(0, 10);
};

const timeText = (seconds: number): string => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${two(hours)}:${two(minutes)}${rest === 0 ? '' : `:${two(rest)}`}`;
};

/** Digits that a workbook keeps of a number. */
const precision = 15;

/** A number with all its digits, those after the fifteenth left out, and never in E-notation. */
const plainNumber = (text: string): string => {
  if (/^-?(0|[1-9]\d*)$/.test(text)) return text;
  const value = Number(Number(text).toPrecision(precision));
  if (!Number.isFinite(value)) return text;
  if (Number.isInteger(value)) return BigInt(value).toString();
  return /e/.test(String(value)) ? value.toFixed(20).replace(/0+$/, '') : String(value);
};

const dateText = (value: number, shows: 'date' | 'time' | 'date and time', is1904: boolean): string | undefined => {
  const shifted = value + (is1904 ? later : 0);
  if (shifted < 0 || shifted > lastSerial + 1) return undefined;
  // Rounded to seconds: a time is a fraction that a workbook cannot keep exactly.
  const seconds = Math.round(shifted * dayInSeconds);
  if (shows === 'time') return timeText(Math.round(value * dayInSeconds));
  const [day, time] = [Math.floor(seconds / dayInSeconds), seconds % dayInSeconds];
  return dayText(day) + (shows === 'date' || time === 0 ? '' : ` ${timeText(time)}`);
};

/**
 * The text of a number's cell: all its digits, a date as YYYY-MM-DD, digits at the places of its format.
 *
 * @param text as the workbook has it, `4.4740012345600001E11`
 * @param is1904 the workbook counts its days from 1 January 1904
 */
export const numberText = (text: string, format: NumberFormat, is1904: boolean): string => {
  if (format.shows === 'number') return plainNumber(text);
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const plain = plainNumber(text);
  if (format.shows !== 'digits') return dateText(value, format.shows, is1904) ?? plain;
  return /^\d+$/.test(plain) ? placeDigits(plain, format.patternFor(value)) : plain;
};

/** The text of a date that a cell has as ISO 8601 (`t="d"`). */
export const isoText = (text: string): string => text.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace('T', ' ');

/** A text without the escapes of characters that XML cannot have: `_x000D_` (ECMA-376 part 1, section 22.9.2.19). */
export const unescapeCell = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
