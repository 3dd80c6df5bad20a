import type { FieldSpec } from '../catalogue.js';

/** A JSON Schema (draft 2020-12), as a plain object. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** A value that was read: as it is kept, or what is wrong with it. */
export type ValueReading =
  | { readonly ok: true; readonly value: string; readonly warning?: string }
  | { readonly ok: false; readonly problem: string };

export type DateOrder = 'mdy' | 'dmy';

/** A phone number that can be one; `assigned` tells whether its range is known to be in use. */
export type PhoneReading =
  | { readonly ok: true; readonly number: string; readonly assigned: boolean }
  | { readonly ok: false; readonly reason: 'no-country' | 'too-short' | 'too-long' | 'not-a-number' };

/** What needs libraries and large tables; loaded where values are read, not where they are shown (`parsers.ts`). */
export interface Parsers {
  /** @param country an ISO 3166-1 alpha-2 code, or a calling code such as `+852`, for numbers written without one */
  phone(text: string, country: string | undefined): PhoneReading;
  isEmail(text: string): boolean;
  /** The ISO 3166-1 alpha-2 code of a country's name or code. */
  country(text: string): string | undefined;
  /** The country that a text names by its calling code (`+852`, `852`), its code or its name, as `phone` takes it. */
  countryCode(text: string): string | undefined;
  /** The digits of a country's calling code, by its ISO 3166-1 alpha-2 code: `852` of HK. */
  callingCode(country: string): string | undefined;
  /** 1 to 12, for a month's name or its abbreviation. */
  month(name: string): number | undefined;
}

/** What values are read with. */
export interface KindContext {
  readonly parsers: Parsers;
  /** The country of phone numbers written without one: ISO 3166-1 alpha-2, or a calling code such as `+852`. */
  readonly country?: string | undefined;
  /** YYYY-MM-DD, for dates that must not be in the future. */
  readonly today: string;
  /** How 03/04/1990 is read; `mdy` where absent, and then only with slashes. */
  readonly dateOrder?: DateOrder | undefined;
}

/** How the values of a field behave: cleaned, checked, shown and described. */
export interface Kind {
  /** What stands for the value in help texts. */
  readonly valueName: string;
  /** `read` asks the parsers, which have to be loaded then. */
  readonly usesParsers?: true;
  /** Fields of this kind have few different texts in a file, so that it pays to remember how each was read. */
  readonly hasFewTexts?: boolean;
  /** How many characters a text may have, white space around it aside; none has so many by right. All where absent. */
  readonly mostLength?: number;
  /** The schema of one value. */
  schema(field: FieldSpec): JsonSchema;
  /** Cleans and checks a text that is not empty. */
  read(text: string, field: FieldSpec, context: KindContext): ValueReading;
  /** A kept value as people see it. */
  show(value: string): string;
}

export const accepted = (value: string, warning?: string): ValueReading =>
  warning === undefined ? { ok: true, value } : { ok: true, value, warning };

export const refused = (problem: string): ValueReading => ({ ok: false, problem });

/** The kind, which refuses texts that are longer than its values ever are before a pattern goes through them. */
export const bounded = <Bounded extends Kind>(kind: Bounded): Bounded => {
  const { mostLength = Number.POSITIVE_INFINITY } = kind;
  return {
    ...kind,
    read: (text: string, field: FieldSpec, context: KindContext) =>
      text.length > mostLength && text.trim().length > mostLength
        ? refused(`is longer than ${mostLength} characters`)
        : kind.read(text, field, context),
  };
};

/** A text as it is kept: without white space around it, and without halves of surrogate pairs, which no file can hold. */
export const cleanText = (text: string): string => text.toWellFormed().trim();
