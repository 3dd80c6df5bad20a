/**
 * What a spreadsheet makes of a text that looks like a number, a date or a truth value, when it opens a CSV file and saves
 * it again: the number in its General format, in English or German notation (Excel and LibreOffice behave alike here).
 */

const number = /^[-+(]?[\d.,]*\d[\d.,]*(?:e[+-]?\d{1,3})?[%)]?$/i;
const truth: readonly (readonly string[])[] = [
  ['true', 'wahr'],
  ['false', 'falsch'],
];
const time = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?$/;
const mostLength = 60;

/** A decimal number: its digits without leading zeros, and how many of them stand before the point. */
interface Decimal {
  readonly isNegative: boolean;
  /** As they are written, zeros at the end too. */
  readonly digits: string;
  readonly point: number;
  readonly hasExponent: boolean;
}

const decimal = (text: string, point: '.' | ','): Decimal | undefined => {
  const [, sign = '', open = '', whole = '', exponent] =
    /^([-+]?)(\(?)([\d.,]+)(?:e([+-]?\d{1,3}))?\)?$/i.exec(text.replace('%', '')) ?? [];
  const grouped = point === '.' ? /,(?=\d{3}(?:\D|$))/g : /\.(?=\d{3}(?:\D|$))/g;
  const [before = '', after = '', ...more] = whole.replace(grouped, '').split(point);
  if (more.length > 0 || !/^\d*$/.test(before + after) || before + after === '') return undefined;
  const shift = Number(exponent ?? 0) - (text.endsWith('%') ? 2 : 0);
  const digits = `${before}${after}`;
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  return {
    isNegative: sign === '-' || open !== '',
    digits: digits.slice(leading),
    point: before.length + shift - leading,
    hasExponent: exponent !== undefined,
  };
};

const significant = ({ digits }: Decimal): string => digits.replace(/0+$/, '');

/** The first digits of a number, rounded; and whether that made the number one digit longer. */
const rounded = (digits: string, count: number): { readonly digits: string; readonly isLonger: boolean } => {
  const padded = digits.padEnd(count + 1, '0');
  const kept = BigInt(`0${padded.slice(0, count)}`) + (padded.charCodeAt(count) >= 0x35 ? 1n : 0n);
  const text = count === 0 ? '' : kept.toString().padStart(count, '0');
  return { digits: text.replace(/0+$/, ''), isLonger: text.length > count };
};

const startOf = (digits: string, count: number): string => digits.slice(0, count).replace(/0+$/, '');

/** Digits that spreadsheets keep of a number (IEEE 754 in decimal), and those that their General format shows at least. */
const keptDigits = 15;
const shownDigits = 9;

const isSameNumber = (stored: Decimal, cell: Decimal): boolean => {
  const [all, shown] = [significant(stored), significant(cell)];
  if (all === '' || shown === '') return all === shown;
  if (stored.isNegative !== cell.isNegative) return false;
  if (stored.point === cell.point && all === shown) return true;
  const isCut = cell.hasExponent || all.length > keptDigits || (shown.length >= shownDigits && cell.point < all.length);
  if (!isCut) return false;
  const count = cell.hasExponent ? cell.digits.length : Math.min(shown.length, keptDigits);
  const near = rounded(all, count);
  if (near.digits === shown && stored.point + Number(near.isLonger) === cell.point) return true;
  return (
    stored.point === cell.point && all.length > keptDigits && startOf(all, keptDigits) === startOf(shown, keptDigits)
  );
};

const notations = ['.', ','] as const;

const isNumberOf = (stored: string, cell: string): boolean =>
  number.test(stored) &&
  number.test(cell) &&
  notations.some((from) =>
    notations.some((to) => {
      const [one, other] = [decimal(stored, from), decimal(cell, to)];
      return one !== undefined && other !== undefined && isSameNumber(one, other);
    }),
  );

const isTruthOf = (stored: string, cell: string): boolean =>
  truth.some((words) => words.includes(stored.toLowerCase()) && words.includes(cell.toLowerCase()));

const isTimeOf = (stored: string, cell: string): boolean => {
  const [one, other] = [time.exec(stored), time.exec(cell)];
  if (one === null || other === null) return false;
  return [1, 2, 3].every((part) => Number(one[part] ?? 0) === Number(other[part] ?? 0));
};

/** What a text may say as a date: day, month and year, as far as it names them. */
interface DateParts {
  readonly day?: number;
  readonly month: number;
  readonly year?: number;
}

const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 30 ? 2000 : 1900);
};

/** Every date that a text can be in a spreadsheet: in whatever order, with the month's name, without day or year. */
const datesIn = (text: string, monthNamed: (name: string) => number | undefined): readonly DateParts[] => {
  const parts = text.split(/[-/.\s]+/).filter((part) => part !== '');
  if (parts.length < 2 || parts.length > 3) return [];
  const named = parts.findIndex((part) => /^\p{L}+$/u.test(part));
  const numbers = parts.filter((_, place) => place !== named);
  if (!numbers.every((part) => /^\d{1,4}$/.test(part))) return [];
  const [one = '', other = '', third = ''] = numbers;
  if (named >= 0) {
    const month = monthNamed(parts[named] ?? '');
    if (month === undefined) return [];
    if (other !== '') {
      return [
        { day: Number(one), month, year: fullYear(other) },
        { day: Number(other), month, year: fullYear(one) },
      ];
    }
    return [
      { day: Number(one), month },
      { month, year: fullYear(one) },
    ];
  }
  if (third === '') {
    return [
      { day: Number(one), month: Number(other) },
      { day: Number(other), month: Number(one) },
      { month: Number(one), year: fullYear(other) },
      { month: Number(other), year: fullYear(one) },
    ];
  }
  return [
    { day: Number(one), month: Number(other), year: fullYear(third) },
    { day: Number(other), month: Number(one), year: fullYear(third) },
    { day: Number(third), month: Number(other), year: fullYear(one) },
  ];
};

const agree = (one: number | undefined, other: number | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})$/;
const inSpreadsheetForm = /\p{L}|^\d+[-/.]\d+[-/.]\d+$/u;

const isDateOf = (stored: string, cell: string, monthNamed: (name: string) => number | undefined): boolean => {
  if (!inSpreadsheetForm.test(cell)) return false;
  const [ours, theirs] = [yearLast.exec(stored), yearLast.exec(cell)];
  if (ours !== null && theirs !== null) {
    // No spreadsheet turns day and month round.
    const isSame = Number(ours[1]) === Number(theirs[1]) && Number(ours[2]) === Number(theirs[2]);
    return isSame && fullYear(ours[3] ?? '') === fullYear(theirs[3] ?? '');
  }
  const cells = datesIn(cell, monthNamed);
  return datesIn(stored, monthNamed).some(
    (date) =>
      date.month >= 1 &&
      date.month <= 12 &&
      (date.day ?? 1) <= 31 &&
      cells.some(
        ({ day, month, year }) =>
          month === date.month &&
          (day === undefined
            ? date.day === undefined && year === date.year
            : // A text without a year is given the year in which it is opened.
              day === (date.day ?? 1) && agree(year, date.year)),
      ),
  );
};

const hasDigitOrTruth = /^(?:[-+(]?[\d.,]|\p{L}{3,9}[-./ ]{1,2}\d|true$|false$|wahr$|falsch$)/iu;
const wordsOfDates = /^[-+(]?[\d.,:/%) \s-]*(?:\p{L}{1,9}\.?[-. /]*\d*|e[+-]?\d+)?[%)]?$/iu;

/** Whether a text may be what a spreadsheet made of another: a number, a date, a time, a truth value. */
export const mayBeMade = (cell: string): boolean =>
  cell.length <= mostLength && hasDigitOrTruth.test(cell) && (wordsOfDates.test(cell) || /^\p{L}/u.test(cell));

/**
 * Whether a cell is what a spreadsheet makes of a text: leading zeros or a sign gone, E-notation, digits after the
 * fifteenth as zeros, a date or a time in its own form.
 *
 * @param monthNamed 1 to 12, for the name of a month
 */
export const isMadeOf = (stored: string, cell: string, monthNamed: (name: string) => number | undefined): boolean => {
  if (stored.length > mostLength) return false;
  return (
    isNumberOf(stored, cell) || isTruthOf(stored, cell) || isTimeOf(stored, cell) || isDateOf(stored, cell, monthNamed)
  );
};

/** Whether digits, or a number in E-notation, are those of a phone number in E.164 without its `+`. */
export const isPhoneOf = (e164: string, cell: string): boolean => {
  const digits = e164.slice(1);
  const plain = cell.replace(/^\+?0*/, '').replace(/[.,]0$/, '');
  return plain === digits || (/e/i.test(cell) && isNumberOf(digits, cell));
};

const shortened = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;

/** Whether a cell may be a phone number that lost its `+`, its zeros or its digits. */
export const mayBePhone = (cell: string): boolean => /^\d{5,17}(?:[.,]0)?$/.test(cell) || shortened.test(cell);
