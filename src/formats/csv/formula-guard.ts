/** What a spreadsheet runs as a formula (OWASP, "CSV Injection"), full-width forms included; `'` before it guards. */
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/;
const plainPhone = /^\+[0-9 ().\-]{4,25}$/;
const guarded = /^'+[=+\-@\t\r\n\0＝＋－＠]/;

/** The text as a cell that no spreadsheet runs: with a `'` before what would be a formula. Plain phone numbers stay. */
export const guard = (text: string): string => (formula.test(text) && !plainPhone.test(text) ? `'${text}` : text);

/** The text of a cell that `guard` wrote. */
export const unguard = (cell: string): string => (cell.startsWith("'") && guarded.test(cell) ? cell.slice(1) : cell);

/** The text as a cell that is no formula by its type, from which `unguard` takes nothing that belongs to it. */
export const protect = (text: string): string => (text.startsWith("'") && guarded.test(text) ? `'${text}` : text);
