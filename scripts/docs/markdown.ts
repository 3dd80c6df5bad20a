/** A cell's text: a bar would end the cell, and a line end the table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table of Markdown; columns in which no row has anything are left out. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const used = head.map((_, column) => rows.some((row) => row[column] !== ''));
  return [head, head.map(() => '---'), ...rows]
    .map(
      (row) =>
        `| ${row
          .filter((_, column) => used[column])
          .map(cell)
          .join(' | ')} |\n`,
    )
    .join('');
};

export const code = (text: string): string => `\`${text}\``;

/** Texts as code, with commas between. */
export const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

/** The anchor that a heading gets. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

/** A text that begins with a capital letter. */
export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
