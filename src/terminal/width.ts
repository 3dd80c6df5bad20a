import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const printableAscii = /^[ -~]*$/;

/** What people take for one character (UAX #29), with its place in UTF-16 units. */
export interface Grapheme {
  readonly text: string;
  readonly start: number;
}

/** The segmenter's time grows with the square of the length, so that it is fed pieces. */
const pieceLength = 1000;

/** The graphemes of a text, one after the other: a letter with its marks, a whole emoji sequence. */
export function* graphemes(text: string): Generator<Grapheme> {
  for (let start = 0; start < text.length; ) {
    const piece = text.slice(start, start + pieceLength);
    const segments = [...segmenter.segment(piece)];
    // The last one may go on in the next piece.
    if (start + piece.length < text.length && segments.length > 1) segments.pop();
    for (const { segment, index } of segments) yield { text: segment, start: start + index };
    start += segments.reduce((length, { segment }) => length + segment.length, 0);
  }
}

/** How many cells of a terminal a text takes; escape sequences take none, Han and emoji two each. */
export const displayWidth = (text: string): number => stringWidth(text);

/** A text of at most `width` cells: cut between graphemes, with `…` at the end where it had to be cut. */
export const fit = (text: string, width: number): string => {
  if (printableAscii.test(text) && text.length <= width) return text;
  let used = 0;
  let end = 0;
  for (const grapheme of graphemes(text)) {
    used += displayWidth(grapheme.text);
    if (used > width) return width < 1 ? '' : `${text.slice(0, end)}…`;
    if (used < width) end = grapheme.start + grapheme.text.length;
  }
  return text;
};

export type Align = 'left' | 'right';

/** A text filled with spaces up to `width` cells; a longer one stays as it is. */
export const pad = (text: string, width: number, align: Align = 'left'): string => {
  const blank = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + blank : blank + text;
};

/**
 * A text in lines of at most `width` cells, broken at spaces; a word that is longer (or a text without spaces, such as
 * Japanese) is broken between graphemes. Its own line ends stay.
 */
export const wrap = (text: string, width: number): readonly string[] =>
  text
    .split('\n')
    .flatMap((line) => (width === Number.POSITIVE_INFINITY ? [line] : wrapLine(line, Math.max(width, 2))));

const wrapLine = (line: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let start = 0;
  let used = 0;
  let space = 0;
  for (const { text, start: place } of graphemes(line)) {
    const cells = displayWidth(text);
    while (used + cells > width && place > start) {
      const end = text !== ' ' && space > start ? space : place;
      lines.push(line.slice(start, end).trimEnd());
      start = end;
      while (line[start] === ' ') start++;
      used = displayWidth(line.slice(start, place));
    }
    if (text === ' ' && line.slice(start, place).trim() !== '') space = place;
    if (place >= start) used += cells;
  }
  return [...lines, line.slice(start)];
};
