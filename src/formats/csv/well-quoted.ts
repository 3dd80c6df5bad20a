import { InvalidError } from '../../errors.js';

/** Characters of a row, after which a quoted cell that has not ended counts as one whose quote was never closed. */
export const longestRow = 1024 * 1024;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
const isBlank = (code: number): boolean => code === 32 || code === 9;

const doubleThem = 'Double the quotes that belong to the text, and import the file again.';

const notClosed = (line: number): InvalidError =>
  new InvalidError(`Line ${line}: the quote that opens a cell there is not closed.`, `Close it. ${doubleThem}`);

const afterClosing = (line: number): InvalidError =>
  new InvalidError(`Line ${line}: text follows the closing quote of a cell.`, doubleThem);

const insideUnquoted = (line: number): InvalidError =>
  new InvalidError(
    `Line ${line}: there is a quote inside an unquoted cell.`,
    'Put the whole cell in quotes, and double the quotes that belong to the text.',
  );

const tooLong = (line: number): InvalidError =>
  new InvalidError(
    `Line ${line}: the row that begins there is longer than 1 MiB.`,
    'Check that the file is a CSV file, and its --delimiter.',
  );

export interface Quoting {
  readonly delimiter: string;
  /** White space may stand between a quote and the delimiter. */
  readonly padded: boolean;
}

/** The line ends of a text: how many, where the first one begins, and where the last one is over. */
interface LineEnds {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** @param isSecondHalf a line feed at the beginning belongs to a carriage return before it */
const lineEndsIn = (text: string, isSecondHalf: boolean): LineEnds => {
  const from = isSecondHalf && text.startsWith('\n') ? 1 : 0;
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  for (let at = text.indexOf('\r', from); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') count += 1;
  }
  const firsts = [text.indexOf('\n', from), text.indexOf('\r', from)].filter((at) => at >= 0);
  const last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
  return { count, first: Math.min(text.length, ...firsts), last };
};

/**
 * Passes a CSV text on, piece by piece, as long as its quotes are in order (RFC 4180, section 2).
 *
 * @param skip how many rows at the beginning are not passed on
 * @throws InvalidError at a quote inside an unquoted cell, text after a closing quote, and a quote that is not closed
 * within 1 MiB or at all; the message names the line on which the cell's quote opened
 */
export async function* wellQuoted(
  texts: AsyncIterable<string>,
  { delimiter, padded }: Quoting,
  skip = 0,
): AsyncGenerator<string, void> {
  const separator = delimiter.charCodeAt(0);
  let state = 'start' as 'start' | 'plain' | 'quoted' | 'closed';
  let line = 1;
  let openedOn = 1;
  let rowsOver = 0;
  let rowLength = 0;
  let rowBegan = 1;
  let previous = 0;
  /** Whether the end of a text without quotes is the beginning of a cell. */
  const endsAtStart = (text: string): boolean => {
    let at = text.length - 1;
    while (padded && at >= 0 && isBlank(text.charCodeAt(at))) at -= 1;
    const code = text.charCodeAt(at);
    return at < 0 ? state === 'start' : code === separator || code === lineFeed || code === carriageReturn;
  };

  /** Passes over a text without quotes, as most are, and tells whether that was possible. */
  const passOver = (text: string): boolean => {
    if (state === 'quoted' || state === 'closed' || text === '' || text.includes('"')) return false;
    // A line feed may be the second half of the last line end that is skipped.
    if (rowsOver < skip || (rowsOver === skip && previous === carriageReturn)) return false;
    const { count, first, last } = lineEndsIn(text, previous === carriageReturn);
    if (text.length > longestRow || rowLength + first > longestRow) return false;
    state = endsAtStart(text) ? 'start' : 'plain';
    if (count > 0) {
      line += count;
      rowsOver += count;
      rowBegan = line;
      rowLength = 0;
    }
    rowLength += text.length - last;
    previous = text.charCodeAt(text.length - 1);
    return true;
  };

  for await (const text of texts) {
    if (passOver(text)) {
      yield text;
      continue;
    }
    let passedFrom = rowsOver >= skip ? 0 : text.length;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      rowLength += 1;
      if (rowLength > longestRow) throw state === 'quoted' ? notClosed(openedOn) : tooLong(rowBegan);
      if (code === quote) {
        if (state === 'start') {
          state = 'quoted';
          openedOn = line;
        } else if (state === 'quoted') {
          state = 'closed';
        } else if (state === 'closed' && previous === quote) {
          state = 'quoted';
        } else {
          throw state === 'closed' ? afterClosing(line) : insideUnquoted(line);
        }
      } else if (code === lineFeed || code === carriageReturn) {
        const second = code === lineFeed && previous === carriageReturn;
        if (!second) line += 1;
        if (state !== 'quoted') {
          state = 'start';
          rowLength = 0;
          rowBegan = line;
          if (!second) rowsOver += 1;
          if (rowsOver === skip) passedFrom = index + 1;
        }
      } else if (state !== 'quoted') {
        if (code === separator) {
          state = 'start';
        } else if (state === 'closed') {
          if (!padded || !isBlank(code)) throw line === openedOn ? afterClosing(line) : notClosed(openedOn);
        } else if (!padded || !isBlank(code)) {
          state = 'plain';
        }
      }
      previous = code;
    }
    if (passedFrom < text.length) yield text.slice(passedFrom);
  }
  if (state === 'quoted') throw notClosed(openedOn);
}
