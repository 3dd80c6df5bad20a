import { isPlaceholder } from '../../fields/placeholders.js';

/** What a spreadsheet runs as a formula (OWASP, "CSV Injection"), full-width forms included; `'` before it guards. */
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/;
const plainPhone = /^\+[0-9 ().\-]{4,25}$/;
const guarded = /^'+[=+\-@\t\r\n\0＝＋－＠]/;

/** Whether a text would be read as an empty cell, or be taken for a guarded one of these. */
const seemsEmpty = (text: string): boolean => isPlaceholder(text.replace(/^'+/, '').trim());

/**
 * The text as a cell that no spreadsheet runs and no import takes for empty: with a `'` before what would be. Plain phone
 * numbers stay.
 */
export const guard = (text: string): string =>
  (formula.test(text) && !plainPhone.test(text)) || seemsEmpty(text) ? `'${text}` : text;

/** The text of a cell that `guard` wrote. */
export const unguard = (cell: string): string =>
  cell.startsWith("'") && (guarded.test(cell) || seemsEmpty(cell)) ? cell.slice(1) : cell;
