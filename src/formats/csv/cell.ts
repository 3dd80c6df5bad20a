import { nameOfField } from '../../fields/field.js';
import { isErrorText } from './error-text.js';
import { unguard } from './formula-guard.js';
import { emptyValues } from './program-columns.js';

const valuesThatSayNothing: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(emptyValues).map(([column, values]) => [nameOfField(column), values]),
);

/**
 * Makes a reader of one column's cells: without the white space around them and the guard against formulas, and empty
 * where the column holds what a program writes when nobody chose anything, or an error of a spreadsheet.
 */
export const cellReader = (header: string, index: number): ((cells: readonly string[]) => string) => {
  const empty = valuesThatSayNothing.get(nameOfField(header)) ?? [];
  return (cells) => {
    const cell = (cells[index] ?? '').trim();
    const text = unguard(cell);
    return empty.includes(text) || isErrorText(cell) ? '' : text;
  };
};
