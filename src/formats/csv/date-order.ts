import { InvalidError } from '../../errors.js';
import { fold } from '../../fields/fold.js';

const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2\d{4}(?:[T\s]|$)/;

/** A date that reads both ways, the first of its column. */
interface BothWays {
  readonly line: number;
  readonly text: string;
  count: number;
}

/** The values of one column of dates that tell which part comes first, or do not. */
interface DateColumn {
  readonly header: string;
  dayFirst?: string;
  monthFirst?: string;
  bothWays?: BothWays;
  hasPoints: boolean;
}

/** What else tells how a file writes its dates. */
export interface DateSurroundings {
  readonly headers: readonly string[];
  readonly delimiter?: string | undefined;
  /** The default country: ISO 3166-1 alpha-2, or a calling code. */
  readonly country?: string | undefined;
}

/** A column of dates that is read month first though each of them reads both ways. */
export interface UncertainDates {
  readonly header: string;
  readonly line: number;
  readonly text: string;
  /** How many dates of the column read both ways. */
  readonly count: number;
}

/** Watches the columns of dates for days and months that show which of them comes first. */
export interface DateOrderWatch {
  see(header: string, text: string, line: number): void;
  /**
   * @returns the columns of which every date reads both ways
   * @throws InvalidError where a column has a date that only day first makes real, since the others would be read month
   * first, and wrong unseen; and where it reads both ways in a file of a country that writes the day first
   */
  check(surroundings: DateSurroundings): readonly UncertainDates[];
}

/** Words of headers in languages that write the day first, folded. */
const dayFirstWords =
  /vorname|nachname|geburt|strasse|prenom|naissance|anniversaire|societe|apellido|nombre|nacimiento|cumpleanos|cognome|nascita|compleanno|sobrenome|apelido|nascimento|aniversario|voornaam|achternaam|geboorte|verjaardag|imie|nazwisko|urodz|fornamn|efternamn|fodelse|fornavn|etternavn|efternavn|fodsels|etunimi|sukunimi|имя|фамилия|рождения/;

/** Whether a country writes the day first (CLDR). */
const writesDayFirst = (country: string): boolean => {
  if (!/^[A-Z]{2}$/.test(country)) return country !== '+1';
  // Without the script: `en-Latn-GB` has the order of the United States in ICU, `en-GB` its own.
  const { language } = new Intl.Locale(`und-${country}`).maximize();
  const order = new Intl.DateTimeFormat(`${language}-${country}`, {
    calendar: 'gregory',
    dateStyle: 'short',
    timeZone: 'UTC',
  })
    .formatToParts(0)
    .map(({ type }) => type);
  return order.indexOf('day') < order.indexOf('month') && order.indexOf('day') < order.indexOf('year');
};

/** Why a file is taken for one that writes the day first; `''` where nothing says so. */
const dayFirstReason = ({ headers, delimiter, country }: DateSurroundings, hasPoints: boolean): string => {
  const header = headers.find((name) => dayFirstWords.test(fold(name)));
  if (header !== undefined) return `its column "${header}" is of a language that writes the day first`;
  if (hasPoints) return 'its dates are written with points';
  if (delimiter === ';') return 'its cells are parted by semicolons';
  return country !== undefined && writesDayFirst(country) ? `the default country ${country} writes the day first` : '';
};

/** A watch over the order of days and months; for files whose order nobody told. */
export const watchDateOrder = (): DateOrderWatch => {
  const columns = new Map<string, DateColumn>();

  const refuseMixed = ({ header, dayFirst, monthFirst }: DateColumn): never => {
    if (monthFirst === undefined) {
      throw new InvalidError(
        `Column ${header} has dates such as ${dayFirst}, which have the day first.`,
        'Say --date-order dmy, or write the dates as YYYY-MM-DD.',
      );
    }
    throw new InvalidError(
      `Column ${header} has dates with the day first (${dayFirst}) and with the month first (${monthFirst}).`,
      'Write the dates as YYYY-MM-DD, or say --date-order mdy or dmy to have the others rejected.',
    );
  };

  const weigh = (column: DateColumn, surroundings: DateSurroundings): readonly UncertainDates[] => {
    const { header, dayFirst, monthFirst, bothWays, hasPoints } = column;
    if (dayFirst !== undefined) return refuseMixed(column);
    if (monthFirst !== undefined || bothWays === undefined) return [];
    const reason = dayFirstReason(surroundings, hasPoints);
    if (reason === '') return [{ header, line: bothWays.line, text: bothWays.text, count: bothWays.count }];
    throw new InvalidError(
      `The dates of column ${header} can be read both ways (${bothWays.text}), and ${reason}.`,
      'Nothing was imported. Say --date-order dmy or mdy, or write the dates as YYYY-MM-DD.',
    );
  };

  return {
    see: (header, text, line) => {
      const [, first, point, second] = numeric.exec(text) ?? [];
      if (first === undefined || Number(first) === Number(second)) return;
      const column = columns.get(header) ?? { header, hasPoints: false };
      columns.set(header, column);
      column.hasPoints ||= point === '.';
      if (Number(first) <= 12 && Number(second) <= 12) {
        column.bothWays ??= { line, text, count: 0 };
        column.bothWays.count += 1;
      } else if (Number(second) <= 12) column.dayFirst ??= text;
      else if (Number(first) <= 12) column.monthFirst ??= text;
    },
    check: (surroundings) => [...columns.values()].flatMap((column) => weigh(column, surroundings)),
  };
};
