import { isoDate } from '../../fields/kinds/date.js';

/** The first and the last day of a period, as YYYY-MM-DD. */
export interface DayRange {
  readonly first: string;
  readonly last: string;
}

const yearOrMonth = /^(\d{4})(?:-(\d{1,2}))?$/;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const monthFirst = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** The day that a text names as YYYY-MM-DD or MM/DD/YYYY; nothing where it names none, or one that never was. */
export const readDay = (text: string): string | undefined => {
  const [, year, , month, day] = yearFirst.exec(text) ?? [];
  if (year !== undefined) return isoDate(Number(year), Number(month), Number(day));
  const [, firstMonth, firstDay, lastYear] = monthFirst.exec(text) ?? [];
  return lastYear === undefined ? undefined : isoDate(Number(lastYear), Number(firstMonth), Number(firstDay));
};

/** The days that a text names: one day (`readDay`), or all of a year (YYYY) or of a month (YYYY-MM). */
export const readDays = (text: string): DayRange | undefined => {
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
