const quote = '"';

/** Where a text has a character next, or its end; asked for places that only grow. */
const finder = (text: string, character: string): ((from: number) => number) => {
  let found = -1;
  return (from) => {
    if (found < from) {
      const next = text.indexOf(character, from);
      found = next < 0 ? text.length : next;
    }
    return found;
  };
};

/** Where the quote is that closes the cell which opens at a place, and whether quotes stand within the cell. */
const closingQuote = (text: string, opening: number): { readonly at: number; readonly isDoubled: boolean } => {
  let isDoubled = false;
  let at = text.indexOf(quote, opening + 1);
  while (text[at + 1] === quote) {
    isDoubled = true;
    at = text.indexOf(quote, at + 2);
  }
  return { at, isDoubled };
};

/**
 * The cells of each row of a CSV text (RFC 4180) whose quotes are in order, as `wellQuoted` tells. Rows end with a line
 * feed, a carriage return, or both.
 *
 * @param delimiter one character
 */
export const splitRows = (text: string, delimiter: string): readonly (readonly string[])[] => {
  const nextDelimiter = finder(text, delimiter);
  const nextLineFeed = finder(text, '\n');
  const nextReturn = finder(text, '\r');
  const rows: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end: number;
    if (text[at] === quote) {
      const closing = closingQuote(text, at);
      const cell = text.slice(at + 1, closing.at);
      cells.push(closing.isDoubled ? cell.replaceAll('""', quote) : cell);
      end = closing.at + 1;
    } else {
      end = Math.min(nextDelimiter(at), nextLineFeed(at), nextReturn(at));
      cells.push(text.slice(at, end));
    }
    at = end + 1;
    if (text[end] === delimiter) {
      // A delimiter at the very end has an empty cell after it.
      if (at === text.length) cells.push('');
      else continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    rows.push(cells);
    cells = [];
  }
  if (cells.length > 0) rows.push(cells);
  return rows;
};
