/** What programs and people write into a cell that holds nothing. `Null` and `None`, with one capital, are names. */
const placeholders = ['N/A', 'n/a', 'NULL', 'null', '-', '--', 'none', '(blank)'];

/** Whether a cell of a table says by its text that it is empty. */
export const isPlaceholder = (text: string): boolean => text.length <= 7 && placeholders.includes(text);
