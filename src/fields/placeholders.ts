import { withoutInvisible } from './characters.js';

/** What programs and people write into a cell that holds nothing. `Null` and `None`, with one capital, are names. */
const placeholders = ['N/A', 'n/a', 'NULL', 'null', '-', '--', 'none', '(blank)'];

/** Whether a cell of a table says by its text that it is empty, or holds nothing that is seen. */
export const isPlaceholder = (text: string): boolean => {
  if (text === '' || text.length > 9) return false;
  const seen = withoutInvisible(text).trim();
  return seen === '' || placeholders.includes(seen);
};
