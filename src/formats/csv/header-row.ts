import { InvalidError } from '../../errors.js';
import { nameOfField } from '../../fields/field.js';
import { isBlankRow, type Row } from './rows.js';

/** A row of a file with its place: how many rows stand before it. */
export interface PlacedRow extends Row {
  readonly row: number;
}

/** Among how many rows at the beginning of a file the header is looked for. */
export const headerWithin = 30;

const looksLikeData = (cell: string): boolean => cell.includes('@') || cell.replace(/\D/g, '').length >= 5;

/**
 * The header among the first rows of a file: the first row of several cells of which most name something known. Where
 * there is none, the first row in which anything is known and nothing looks like an address or a number.
 *
 * @param isKnown whether a cell names a field or another known column
 */
export const headerAmong = (rows: readonly PlacedRow[], isKnown: (cell: string) => boolean): PlacedRow | undefined => {
  const candidates = rows
    .filter(({ cells }) => !isBlankRow(cells))
    .map((row) => {
      const names = row.cells.filter((cell) => nameOfField(cell) !== '');
      return { row, names, known: names.filter(isKnown).length };
    });
  const found =
    candidates.find(({ names, known }) => names.length > 1 && known * 2 > names.length) ??
    candidates.find(({ names, known }) => known > 0 && !names.some(looksLikeData));
  return found?.row;
};

/**
 * The header of a file that has to have one.
 *
 * @param isKnown whether a cell names a field or another known column
 * @throws InvalidError where no row can be the header
 */
export const findHeaderRow = (
  rows: readonly PlacedRow[],
  isKnown: (cell: string) => boolean,
  name: string,
): PlacedRow => {
  const found = headerAmong(rows, isKnown);
  if (found !== undefined) return found;
  throw new InvalidError(
    rows.every(({ cells }) => isBlankRow(cells))
      ? `${name} is empty.`
      : `${name} has no header: no row among the first names any field.`,
    'Give the columns names such as First Name, Mobile, Work Email in the first row, or tell them with --map "Column=field". Where another character than , ; or a tab stands between the cells, say which with --delimiter.',
  );
};
