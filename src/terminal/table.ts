import CliTable3 from 'cli-table3';
import { hyperlink } from './links.js';
import type { Paint, Style } from './style.js';
import { visible } from './visible.js';
import { type Align, displayWidth, fit, graphemes, pad } from './width.js';

/** A part of a cell's text that looks different: a match, or one of several labels. Places are UTF-16 units of the text. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly paint: Paint;
}

export interface Cell {
  /** The plain text, as it stands in the data. */
  readonly text: string;
  readonly paint?: Paint;
  /** What the text links to, where the terminal has hyperlinks. */
  readonly uri?: string;
  readonly marks?: readonly Mark[];
  /** What stands before the text at a terminal alone, with its looks: `style.badge(contact)`. */
  readonly badge?: string;
}

export interface Column {
  readonly title: string;
  readonly align?: Align;
  /** May be made narrower than its contents, down to `min` cells (6 where it is not given). */
  readonly flexible?: boolean;
  readonly min?: number;
}

export interface TableOptions {
  /** The terminal's width in cells. */
  readonly width: number;
  readonly style: Style;
  readonly hyperlinks: boolean;
}

const gap = '  ';
const leastWidth = 6;

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));

/**
 * The widths of the columns that fit: the widest flexible column gives way first, and where all of them have given what
 * they can, the last column is left out.
 */
const fittingWidths = (columns: readonly Column[], natural: readonly number[], width: number): readonly number[] => {
  const widths = natural.map((cells) => Math.min(cells, width));
  const least = columns.map(({ flexible, min = leastWidth }, index) => (flexible ? min : (widths[index] ?? 0)));
  while (total(widths) > width) {
    const room = widths.map((cells, index) => (cells > (least[index] ?? 0) ? cells : 0));
    const widest = Math.max(...room);
    if (widest === 0) return fittingWidths(columns.slice(0, -1), natural.slice(0, -1), width);
    widths[room.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
};

/** A text of at most `width` cells in its looks; a grapheme is painted whole where a mark touches any part of it. */
const painted = ({ text, paint = (plain) => plain, marks = [] }: Cell, width: number): string => {
  const whole = visible(text);
  const shown = fit(whole, width);
  const kept = shown === whole ? whole.length : shown.length - 1;
  const place = (index: number): number => Math.min(visible(text.slice(0, index)).length, kept);
  const placed = marks.map((mark) => ({ start: place(mark.start), end: place(mark.end), paint: mark.paint }));

  const runs: { text: string; marks: readonly Mark[] }[] = [];
  for (const grapheme of graphemes(shown)) {
    const end = grapheme.start + grapheme.text.length;
    const touching = placed.filter((mark) => mark.start < end && mark.end > grapheme.start);
    const run = runs.at(-1);
    const same = run?.marks.length === touching.length && touching.every((mark, index) => mark === run.marks[index]);
    if (run && same) run.text += grapheme.text;
    else runs.push({ text: grapheme.text, marks: touching });
  }
  return paint(runs.map((run) => run.marks.reduce((inner, mark) => mark.paint(inner), run.text)).join(''));
};

/**
 * The lines that a table consists of: its head, the rule, and a row, each column being a block of full stops.
 *
 * cli-table3 measures with an old string-width that takes combining marks for wide, and passes escape sequences through.
 * So it lays out blocks, and the cells, measured and cut here, take their place.
 */
const skeleton = (widths: readonly number[]): readonly string[] => {
  const blocks = widths.map((width) => '.'.repeat(width));
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', left: '', 'left-mid': '' };
  const ends = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', right: '', 'right-mid': '' };
  const table = new CliTable3({
    head: blocks,
    colWidths: [...widths],
    chars: { ...none, ...ends, middle: gap, mid: '─', 'mid-mid': gap },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(blocks);
  return table.toString().split('\n');
};

/**
 * A table for a terminal: a head, a rule, and a line for each row, none wider than `width` cells. Columns are cut with
 * `…` where they must, and the last ones are left out where even that does not do. Ends with a line end.
 *
 * @param rows the cells of each row, in the order of the columns
 */
export const renderTable = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, style, hyperlinks }: TableOptions,
): string => {
  const badgeOf = (cell: Cell): string => (cell.badge === undefined ? '' : `${cell.badge} `);
  const natural = columns.map(({ title }, index) =>
    rows.reduce(
      (widest, row) => {
        const cell = row[index];
        return cell ? Math.max(widest, displayWidth(badgeOf(cell) + fit(visible(cell.text), width))) : widest;
      },
      Math.max(1, displayWidth(visible(title))),
    ),
  );
  const widths = fittingWidths(columns, natural, width);

  const fill = (line: string | undefined, cells: readonly Cell[]): string => {
    let index = 0;
    const filled = line?.replace(/\.+/g, (block) => {
      const { align } = columns[index] ?? {};
      const cell = cells[index++] ?? { text: '' };
      const badge = displayWidth(badgeOf(cell)) < block.length ? badgeOf(cell) : '';
      const text = painted(cell, block.length - displayWidth(badge));
      return pad(badge + hyperlink(text, cell.uri, hyperlinks), block.length, align);
    });
    return filled?.trimEnd() ?? '';
  };

  const [head, rule, row] = skeleton(widths);
  const lines = [
    fill(
      head,
      columns.map(({ title }) => ({ text: title, paint: style.heading })),
    ),
    style.dim(rule ?? ''),
    ...rows.map((cells) => fill(row, cells)),
  ];
  return `${lines.join('\n')}\n`;
};
