import { isoDate } from '../../fields/kinds/date.js';
import type { Clock } from './clock.js';

/**
 * The days or the moments that a text names: days as YYYY-MM-DD, moments in UTC as `Date.toISOString` writes them.
 *
 * As one end of a range, a moment is a moment. Alone it stands for the minute, the second or the day that it is in.
 */
export interface DateSpan {
  readonly first: string;
  readonly last: string;
  readonly alone?: { readonly first: string; readonly last: string };
}

const yearOrMonth = /^(\d{4})(?:-(\d{1,2}))?$/;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const monthFirst = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const relative = /^([+-])(\d{1,5})([dwmy])$/;
const timeOfDay = /^(\d{4}-\d\d-\d\d)[t ]((\d\d):\d\d(?::\d\d(?:\.\d{1,3})?)?)(z|[+-]\d\d:?\d\d)$/;

/** The day that a text names as YYYY-MM-DD or MM/DD/YYYY; nothing where it names none, or one that never was. */
export const readDay = (text: string): string | undefined => {
  const [, year, , month, day] = yearFirst.exec(text) ?? [];
  if (year !== undefined) return isoDate(Number(year), Number(month), Number(day));
  const [, firstMonth, firstDay, lastYear] = monthFirst.exec(text) ?? [];
  return lastYear === undefined ? undefined : isoDate(Number(lastYear), Number(firstMonth), Number(firstDay));
};

const addDays = (day: string, days: number): string | undefined => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return Number.isNaN(date.getTime())
    ? undefined
    : isoDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
};

/** The same day of another month, or that month's last day where it has no such day. */
const addMonths = (day: string, months: number): string | undefined => {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
  const whole = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(whole / 12), (((whole % 12) + 12) % 12) + 1];
  for (let last = dayOfMonth; last >= 28; last--) {
    const found = isoDate(newYear, newMonth, last);
    if (found) return found;
  }
  return isoDate(newYear, newMonth, dayOfMonth);
};

/** The day that `-7d`, `+3w`, `-6m` or `-1y` names, counted from another; nothing for other texts, and outside years 1 to 9999. */
const shiftedDay = (text: string, from: string): string | undefined => {
  const [, sign, digits, unit] = relative.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const count = Number(`${sign}${digits}`);
  if (unit === 'd' || unit === 'w') return addDays(from, unit === 'w' ? count * 7 : count);
  return addMonths(from, unit === 'y' ? count * 12 : count);
};

/** The day that `today`, `yesterday`, `-7d` and the like name, counted from another. */
export const readRelativeDay = (text: string, today: string): string | undefined => {
  if (text === 'today') return today;
  return text === 'yesterday' ? addDays(today, -1) : shiftedDay(text, today);
};

/** All days of the year (YYYY), the month (YYYY-MM) or the day that a text names. */
const readPeriod = (text: string): DateSpan | undefined => {
  const [, year, month] = yearOrMonth.exec(text) ?? [];
  if (year === undefined) {
    const day = readDay(text);
    return day === undefined ? undefined : { first: day, last: day };
  }
  const start = isoDate(Number(year), Number(month ?? 1), 1);
  if (start === undefined) return undefined;
  const endOfMonth = new Date(`${start.slice(0, 7)}-01T00:00:00Z`);
  endOfMonth.setUTCMonth(month === undefined ? 12 : Number(month), 0);
  return { first: start, last: endOfMonth.toISOString().slice(0, 10) };
};

/** The days of a calendar, without a time zone, that a text names. */
export const readDays = (text: string, clock: Clock): DateSpan | undefined => {
  const day = readRelativeDay(text, /^[ty+-]/.test(text) ? clock.today() : '');
  return day === undefined ? readPeriod(text) : { first: day, last: day };
};

/** A moment with its time of day (ISO 8601, with `Z` or an offset), to the minute or finer. */
const readMoment = (text: string): DateSpan | undefined => {
  const [, day = '', time = '', hour, zone = ''] = timeOfDay.exec(text) ?? [];
  if (readDay(day) === undefined || Number(hour) > 23) return undefined;
  const start = Date.parse(`${day}T${time}${zone === 'z' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  if (Number.isNaN(start)) return undefined;
  const first = new Date(start).toISOString();
  const precision = [5, 8].indexOf(time.length);
  const last = new Date(start + ([60_000, 1000][precision] ?? 1) - 1).toISOString();
  return { first, last: first, alone: { first, last } };
};

/** The days (of UTC) or the moments that a text names. `-7d` is the moment so long before now. */
export const readTimes = (text: string, { now }: Pick<Clock, 'now'>): DateSpan | undefined => {
  const moment = now.toISOString();
  const today = moment.slice(0, 10);
  const shifted = shiftedDay(text, today);
  if (shifted !== undefined) {
    const first = `${shifted}${moment.slice(10)}`;
    return { first, last: first, alone: { first: shifted, last: shifted } };
  }
  const day = readRelativeDay(text, today);
  return day === undefined ? (readMoment(text) ?? readPeriod(text)) : { first: day, last: day };
};
