import { isFormOfAddress, mayBeFormOfAddress } from '../../contacts/name-words.js';
import { nameOfField } from '../../fields/field.js';
import type { Mapping } from './mapping.js';

/** So many of a column's values are forms of address where it is a column of them. */
const mostly = 0.9;

/** Counts forms of address among the values of a column that is called a title. */
export class TitleCounter {
  #filled = 0;
  #possible = 0;
  #sure = 0;

  see(text: string): void {
    this.#filled += 1;
    if (mayBeFormOfAddress(text)) this.#possible += 1;
    if (isFormOfAddress(text)) this.#sure += 1;
  }

  /** Whether the column holds forms of address: nearly all of its values can be one, and some can be nothing else. */
  get holdsTitles(): boolean {
    return this.#sure > 0 && this.#possible >= mostly * this.#filled;
  }
}

const titleNames = new Set(['title', 'titel', 'titre', 'titulo', 'titolo']);

/** Whether a column may hold forms of address, though its header could name a job. */
export const mayHoldTitles = ({ header, use }: Mapping[number]): boolean =>
  use.is === 'field' && use.path === 'jobTitle' && use.rank > 0 && titleNames.has(nameOfField(header));

/** The mapping with what was found out of columns of titles. */
export const withTitles = (mapping: Mapping, places: readonly number[]): Mapping =>
  mapping.map((column, index) =>
    column.use.is === 'field' && places.includes(index)
      ? { ...column, use: { ...column.use, holdsTitles: true } }
      : column,
  );
