import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const printableAscii = /^[ -~]*$/;

/** What people take for one character (UAX #29), with its place in UTF-16 units. */
export interface Grapheme {
  readonly text: string;
  readonly start: number;
}

/** The graphemes of a text: a letter with its marks, a whole emoji sequence. */
export const graphemes = (text: string): readonly Grapheme[] =>
  printableAscii.test(text)
    ? Array.from(text, (character, start) => ({ text: character, start }))
    : Array.from(segmenter.segment(text), ({ segment, index }) => ({ text: segment, start: index }));

/** How many cells of a terminal a text takes; escape sequences take none, Han and emoji two each. */
export const displayWidth = (text: string): number => stringWidth(text);

/** The longest start of a text that takes no more than `width` cells. */
const startOf = (text: string, width: number): string => {
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += displayWidth(grapheme.text);
    if (used > width) return text.slice(0, grapheme.start);
  }
  return text;
};

/** A text of at most `width` cells: cut between graphemes, with `…` at the end where it had to be cut. */
export const fit = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  return width < 1 ? '' : `${startOf(text, width - 1)}…`;
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
  text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 2)));

const wrapLine = (line: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let rest = line;
  while (displayWidth(rest) > width) {
    const start = startOf(rest, width);
    const space = rest[start.length] === ' ' ? start.length : start.lastIndexOf(' ');
    const end = space > 0 && start.slice(0, space).trim() !== '' ? space : start.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
};
