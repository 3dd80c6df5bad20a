import type { CustomField } from '../fields/field.js';

/** A label that contacts may bear. */
export interface LabelDefinition {
  readonly name: string;
  /** One of the names in `labelColours`, or `#rrggbb`. */
  readonly color: string;
}

/** What a store knows besides contacts. Each change of it is part of the history. */
export interface Settings {
  /** ISO 3166-1 alpha-2: the country of phone numbers written without a country code. */
  readonly country?: string;
  readonly labels: readonly LabelDefinition[];
  readonly fields: readonly CustomField[];
  /** How the columns of a foreign CSV file are read, by the name that was given: column to field path, `''` leaves out. */
  readonly mappings: { readonly [name: string]: { readonly [column: string]: string } };
  /** Pairs of ids that people said are not one person; each pair and the list are sorted. */
  readonly apart: readonly (readonly [string, string])[];
  /** How much history is kept. */
  readonly history?: { readonly changes?: number; readonly bytes?: number };
}

export const emptySettings: Settings = { labels: [], fields: [], mappings: {}, apart: [] };
