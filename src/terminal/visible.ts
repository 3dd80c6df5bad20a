/** Control characters, direction marks and overrides, line and paragraph separators, and the byte order mark. */
const unseen = /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/gu;
const lineEnd = /\r\n|\n/g;

/** What stands for a line end where there is one line alone. */
export const lineEndSign = '⏎';

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r' };

const escape = (character: string): string => {
  const code = character.charCodeAt(0);
  return (
    escapes[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`)
  );
};

export interface VisibleOptions {
  /** Line ends stay line ends (`\n`), as in the text of a note; else each becomes `⏎`. */
  readonly lines?: boolean;
}

/**
 * A text as it may be shown to people: whatever could steer a terminal or turn the reading direction becomes a visible
 * escape, ESC `\x1b` and U+202E `\u202e`. The joiners that Persian, Indic scripts and emoji need stay.
 */
export const visible = (text: string, options: VisibleOptions = {}): string => {
  if (!options.lines) return text.replace(lineEnd, lineEndSign).replace(unseen, escape);
  return text
    .split(lineEnd)
    .map((line) => line.replace(unseen, escape))
    .join('\n');
};

/** The same without the tab and the line ends between records. */
const unseenInData = /(?!\t|\n|\r\n)[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/gu;

/** CSV or vCard as a terminal may show it: as `visible` has it, but tabs and line ends part cells and lines as they did. */
export const visibleData = (text: string): string => text.replace(unseenInData, escape);

/** JSON text of the same value in which nothing can steer a terminal: its strings have `\u` escapes instead (RFC 8259, section 7). */
export const jsonEscaped = (json: string): string =>
  json.replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
