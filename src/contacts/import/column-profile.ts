/** What the values of a column look like, over all rows. */
export interface ColumnProfile {
  /** How many cells hold something. */
  readonly filled: number;
  /** The first different values, at most `mostValues`. */
  readonly values: readonly string[];
  /** How many are dates in digits such as 03/04/1990, and how many of these can be read month first and day first. */
  readonly digitDates: number;
  readonly bothWays: number;
  /** How many are a form of address such as Mr or Dr. */
  readonly formsOfAddress: number;
}

/** Different values that a profile keeps: enough to judge a column by. */
const mostValues = 100;

/** The values that people are shown of a column. */
export const samplesOf = ({ values }: ColumnProfile): readonly string[] => values.slice(0, 3);

const digitDate = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2}(?:\d{2})?$/;

/** Whether a text is a date in digits that begins with the day or the month. */
export const isDigitDate = (text: string): boolean => digitDate.test(text);

const formOfAddress =
  /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|dame|lady|lord|rev|herr|frau|hr|fr|dipl|ing|m|mme|mlle|monsieur|madame|sr|sra|srta|don|doña|sig|signora|dott|dottssa|dhr|mevr|pan|pani)\.?\s*)+$/iu;

const eastAsianForms = new Set(['先生', '女士', '小姐', '太太', '様', '氏', '教授', '博士', '씨', '님']);

/** Whether a text is nothing but a form of address: `Mr`, `Prof. Dr.`, `Frau`, `先生`. */
export const isFormOfAddress = (text: string): boolean => formOfAddress.test(text) || eastAsianForms.has(text);

/** Gathers the profile of a column, value by value, in bounded memory. */
export class ColumnProfiler implements ColumnProfile {
  readonly #values = new Set<string>();
  filled = 0;
  digitDates = 0;
  bothWays = 0;
  formsOfAddress = 0;

  /** @param text a cell's text, without white space around it; `''` does not count */
  see(text: string): void {
    if (text === '') return;
    this.filled += 1;
    if (this.#values.size < mostValues) this.#values.add(text);
    if (isFormOfAddress(text)) this.formsOfAddress += 1;
    const [, first, second] = digitDate.exec(text) ?? [];
    if (first === undefined) return;
    this.digitDates += 1;
    if (Number(first) <= 12 && Number(second) <= 12) this.bothWays += 1;
  }

  get values(): readonly string[] {
    return [...this.#values];
  }
}
