import { nameOfField } from '../../fields/field.js';
import { isPlaceholder } from '../../fields/placeholders.js';
import { isErrorText } from './error-text.js';
import { unguard } from './formula-guard.js';
import { emptyValues } from './program-columns.js';

const valuesThatSayNothing: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(emptyValues).map(([column, values]) => [nameOfField(column), values]),
);

/** A text that a formula keeps a spreadsheet's hands off: `="01067"`. */
const quotedFormula = /^="((?:[^"]|"")*)"$/;

/**
 * What a cell says: without the guard against formulas, and empty where it says so in a word such as `N/A`, or
 * holds an error of a spreadsheet.
 */
export const textOfCell = (cell: string): string => {
  const quoted = cell.startsWith('="') ? quotedFormula.exec(cell.trim())?.[1] : undefined;
  if (quoted !== undefined) return quoted.replaceAll('""', '"').trim();
  const trimmed = cell.trim();
  return isPlaceholder(trimmed) || isErrorText(trimmed) ? '' : unguard(cell);
};

/** A text as a cell of a sheet, which is no formula by its type: with a `'` where `textOfCell` would read something else. */
export const cellOfText = (text: string): string => (textOfCell(text) === text ? text : `'${text}`);

/**
 * Makes a reader of one column's cells: without the white space around them and the guard against formulas, and empty
 * where the column holds what a program writes when nobody chose anything, or an error of a spreadsheet.
 */
export const cellReader = (header: string, index: number): ((cells: readonly string[]) => string) => {
  const empty = valuesThatSayNothing.get(nameOfField(header)) ?? [];
  return (cells) => {
    const text = textOfCell((cells[index] ?? '').trim());
    return empty.includes(text) ? '' : text;
  };
};
