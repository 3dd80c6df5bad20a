import type { Cell } from './table.js';
import { visible } from './visible.js';

/**
 * Rows for a pipe: a line each, the texts separated by tabs, whole and without looks. A tab or a line end in the data is
 * shown as an escape, so that a line is always a row and a tab always ends a cell.
 */
export const renderLines = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((cells) => `${cells.map((cell) => visible(cell.text)).join('\t')}\n`).join('');
