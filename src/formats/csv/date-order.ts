import { InvalidError } from '../../errors.js';

const numeric = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}$/;

/** The values of one column of dates that can be read one way only. */
interface DateColumn {
  readonly header: string;
  dayFirst?: string;
  monthFirst?: string;
}

/** Watches the columns of dates for days and months that show which of them comes first. */
export interface DateOrderWatch {
  see(header: string, text: string): void;
  /**
   * @throws InvalidError where a column has a date that only day first makes real: the others would be read month first,
   * and wrong unseen
   */
  check(): void;
}

/** A watch over the order of days and months; for files whose order nobody told. */
export const watchDateOrder = (): DateOrderWatch => {
  const columns = new Map<string, DateColumn>();
  return {
    see: (header, text) => {
      const [, first, second] = numeric.exec(text) ?? [];
      if (first === undefined || (Number(first) <= 12 && Number(second) <= 12)) return;
      const column = columns.get(header) ?? { header };
      columns.set(header, column);
      if (Number(first) > 12 && Number(second) <= 12) column.dayFirst ??= text;
      if (Number(second) > 12 && Number(first) <= 12) column.monthFirst ??= text;
    },
    check: () => {
      for (const { header, dayFirst, monthFirst } of columns.values()) {
        if (dayFirst === undefined) continue;
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
      }
    },
  };
};
