import { isPlaceholder } from '../../fields/placeholders.js';
import { isErrorText } from './error-text.js';

/** What a spreadsheet runs as a formula (OWASP, "CSV Injection"), full-width forms included; `'` before it guards. */
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/;
const plainPhone = /^\+[0-9 ().\-]{4,25}$/;
const guarded = /^'+[=+\-@\t\r\n\0＝＋－＠]/;

/** Whether a text would be read as an empty cell or as an error of a spreadsheet, or be taken for a guarded one of these. */
export const saysNothing = (text: string): boolean => {
  const bare = text.replace(/^'+/, '').trim();
  return isPlaceholder(bare) || isErrorText(bare);
};

/**
 * The text as a cell that no spreadsheet runs and no import takes for empty: with a `'` before what would be. Plain phone
 * numbers stay.
 */
export const guard = (text: string): string =>
  (formula.test(text) && !plainPhone.test(text)) || saysNothing(text) ? `'${text}` : text;

/** The text of a cell that `guard` wrote. */
export const unguard = (cell: string): string =>
  cell.startsWith("'") && (guarded.test(cell) || saysNothing(cell)) ? cell.slice(1) : cell;
