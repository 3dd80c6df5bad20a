import type { UsageError } from '../../errors.js';
import type { Clock } from './clock.js';
import { readDay, readRelativeDay } from './day-range.js';
import type { Test } from './query.js';

const monthAndDay = /^(\d{1,2})[-/](\d{1,2})$/;
/** Any leap year, so that there is a 29 February. */
const leapYear = 2024;

interface Day {
  /** MM-DD. */
  readonly monthDay: string;
  /** YYYY-MM-DD, where it is counted from today. */
  readonly date?: string;
}

const readBirthday = (text: string, clock: Clock): Day | undefined => {
  const [, month, day] = monthAndDay.exec(text) ?? [];
  if (month !== undefined) {
    const found = readDay(`${leapYear}-${month}-${day}`);
    return found === undefined ? undefined : { monthDay: found.slice(5) };
  }
  const date = readRelativeDay(text, clock.today());
  return date === undefined ? undefined : { monthDay: date.slice(5), date };
};

const example = 'Write month and day: 12-24, 12-24..01-06, today, or today..+7d.';

/** The whole year, where two days are a year apart or more. */
const rangeOf = (from: Day, to: Day): Test => {
  const span = from.date && to.date ? Date.parse(to.date) - Date.parse(from.date) : 0;
  return span >= 365 * 86_400_000
    ? { by: 'monthDay', first: '01-01', last: '12-31' }
    : { by: 'monthDay', first: from.monthDay, last: to.monthDay };
};

/**
 * What `birthday:` asks: a day of the year, or from one day to another, over the turn of the year where the second is
 * the earlier one.
 *
 * @param value folded
 * @throws UsageError for anything else: one with a year, or with one end alone, since birthdays come round every year
 */
export const birthdayTest = (
  value: string,
  clock: Clock,
  refuse: (problem: string, hint: string) => UsageError,
): Test => {
  const read = (text: string): Day => {
    const day = readBirthday(text, clock);
    if (day) return day;
    if (/^[<>]/.test(text) || text === '') {
      throw refuse('A birthday comes round every year, so a range of birthdays needs two ends:', example);
    }
    const hint = /^\d{4}/.test(text) ? `For a date with its year write birth-date:${text}.` : example;
    throw refuse(`"${text}" is not a month and a day:`, hint);
  };
  const [first = '', second, ...rest] = value.split('..');
  if (rest.length > 0) throw refuse(`"${value}" is not a range of birthdays:`, example);
  if (second === undefined) {
    const { monthDay } = read(first);
    return { by: 'monthDay', first: monthDay, last: monthDay };
  }
  const [from, to] = [read(first), read(second)];
  if (from.date && to.date && to.date < from.date) {
    throw refuse('The range ends before it starts:', `Write the earlier day first: ${second}..${first}.`);
  }
  return rangeOf(from, to);
};
