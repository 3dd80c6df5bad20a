import type { Style } from './style.js';
import { visible } from './visible.js';
import { displayWidth, fit, pad } from './width.js';

/** A bar, with what stands beside it. */
export interface Bar {
  readonly label: string;
  readonly count: number;
}

export interface BarOptions {
  /** The terminal's width in cells. */
  readonly width: number;
  readonly style: Style;
  /** The count of a bar of the whole length. */
  readonly whole: number;
  /** The width of the labels, so that the bars of several charts stand below each other. */
  readonly labelWidth: number;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const gap = '  ';
const longest = 40;
const shortest = 4;
const countWidth = '1,000,000 100%'.length;

/** A bar of `share` (0 to 1) of so many cells, drawn to an eighth of a cell; whatever is not nothing can be seen. */
const barOf = (share: number, cells: number): string => {
  const parts = share === 0 ? 0 : Math.max(1, Math.round(share * cells * 8));
  return '█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '');
};

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** The width of the widest label, as it is shown. */
export const widthOfLabels = (labels: readonly string[]): number =>
  Math.max(0, ...labels.map((label) => displayWidth(visible(label))));

/** Bars below each other: a label, the bar, the count and its share of the whole. Ends with a line end. */
export const renderBars = (bars: readonly Bar[], { width, style, whole, labelWidth }: BarOptions): string => {
  const room = width - 3 * gap.length - countWidth;
  const cells = Math.max(shortest, Math.min(longest, room - labelWidth));
  const labels = Math.max(1, Math.min(labelWidth, room - cells));
  const lines = bars.map(({ label, count }) => {
    const share = whole === 0 ? 0 : count / whole;
    const bar = style.accent(pad(barOf(share, cells), cells));
    const figures = `${pad(count.toLocaleString('en-US'), 9, 'right')} ${style.dim(pad(percent(share), 4, 'right'))}`;
    return `${gap}${pad(fit(visible(label), labels), labels)}${gap}${bar}${gap}${figures}`;
  });
  return lines.map((line) => `${line}\n`).join('');
};
