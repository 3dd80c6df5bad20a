import type { RowProblem } from '../../contacts/import/row.js';
import type { Mapping } from './mapping.js';

/** What a workbook of ours is read as where a formula has no value: no spreadsheet program has worked it out yet. */
export const formulaWithoutValue = '#FORMULA!';

/** The errors that spreadsheets show, in the languages that they show them in: `#N/A`, `#BEZUG!`, `#¿NOMBRE?`, `Err:502`. */
const errorText = /^(?:#(?:N\/[ADT]|NV|I\/T|[¡¿]?[\p{Lu}\d/_]{2,16}[!?])|Err:\d{3})$/u;

/** Whether a cell's text is an error of a spreadsheet. */
export const isErrorText = (text: string): boolean =>
  (text.startsWith('#') || text.startsWith('Err:')) && errorText.test(text);

const none: readonly never[] = [];

/** Few cells have either text anywhere. */
const mayBeErrorText = (cell: string): boolean => cell.includes('#') || cell.includes('Err:');

/** The bad cells of a row that are errors of a spreadsheet; those of columns that are left out are none. */
export const errorCells = (cells: readonly string[], mapping: Mapping): readonly RowProblem[] => {
  if (!cells.some(mayBeErrorText)) return none;
  return mapping.flatMap(({ header, use }, index) => {
    const value = (cells[index] ?? '').trim();
    if (!isErrorText(value) || use.is === 'leftOut' || use.is === 'unknown') return [];
    const message =
      value === formulaWithoutValue
        ? 'is a formula without its value: open the workbook in a spreadsheet program, and save it there'
        : 'is an error of a spreadsheet: put the value there';
    return [{ column: header, value, message }];
  });
};
