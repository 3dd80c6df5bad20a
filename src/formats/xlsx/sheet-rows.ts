import { InvalidError } from '../../errors.js';
import { formulaWithoutValue } from '../csv/error-text.js';
import type { Row } from '../csv/rows.js';
import { isoText, numberText, unescapeCell } from './cell-text.js';
import type { NumberFormat } from './number-format.js';
import { createTextGatherer } from './shared-strings.js';
import { readXml } from './xml.js';
import { BadArchive, type Part } from './zip.js';

/** The last row and column that a sheet can have. */
export const lastRow = 1_048_576;
const lastColumn = 16_384;

/** Characters of one row. */
const longestRow = 2 ** 20;

/** What the cells of a sheet need to be read. */
export interface SheetContext {
  readonly sharedText: (number: number) => string | undefined;
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
}

const plain: NumberFormat = { shows: 'number' };

/** The column of a reference such as `AB12`, from 0. */
const columnOf = (reference: string): number => {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
};

/** A cell while it is read. */
interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
  hasValue: boolean;
  isFormula: boolean;
}

const cellText = (cell: OpenCell, inline: string, { sharedText, formats, is1904 }: SheetContext): string => {
  const { type, value } = cell;
  if (type === 'inlineStr') return inline;
  if (!cell.hasValue || value === '') return cell.isFormula && type !== 'str' ? formulaWithoutValue : '';
  if (type === 's') {
    const text = sharedText(Number(value));
    if (text === undefined) throw new BadArchive(`there is no shared text ${value}`);
    return text;
  }
  if (type === 'str' || type === 'e') return unescapeCell(value);
  if (type === 'b') return /^(1|true)$/i.test(value) ? 'TRUE' : 'FALSE';
  if (type === 'd') return isoText(value);
  return numberText(value.trim(), formats[cell.style] ?? plain, is1904);
};

/**
 * The rows of a sheet that have cells, with their numbers, as many at once as a piece of it holds (ECMA-376 part 1,
 * section 18.3.1).
 *
 * @throws BadArchive where the sheet is damaged
 * @throws InvalidError where it is larger than a sheet can be
 */
export async function* sheetRows(part: Part, context: SheetContext): AsyncGenerator<readonly Row[], void> {
  let rows: Row[] = [];
  let line = 0;
  let cells: string[] = [];
  let length = 0;
  let cell: OpenCell | undefined;
  let nextColumn = 0;
  let inValue = false;
  const inline = createTextGatherer();

  const tooLarge = (what: string): never => {
    throw new InvalidError(
      `Row ${line} of the sheet ${what}.`,
      'Nothing was imported. Check that it is the right sheet.',
    );
  };
  const openRow = (number: string | undefined): void => {
    line = number === undefined ? line + 1 : Number(number);
    if (!(line >= 1 && line <= lastRow)) tooLarge(`is past the last one, ${lastRow}`);
    cells = [];
    length = 0;
    nextColumn = 0;
  };
  const openCell = ({ r, t = 'n', s = '0' }: Readonly<Record<string, string>>): void => {
    const column = r === undefined ? nextColumn : columnOf(r);
    if (!(column >= 0 && column < lastColumn)) tooLarge('has more columns than a sheet can have');
    cell = { column, type: t, style: Number(s), value: '', hasValue: false, isFormula: false };
    nextColumn = column + 1;
    inline.begin();
  };
  const closeCell = (open: OpenCell): void => {
    const text = cellText(open, inline.end(), context);
    cell = undefined;
    if (text === '') return;
    while (cells.length < open.column) cells.push('');
    cells[open.column] = text;
    length += text.length;
    if (length > longestRow) tooLarge('has more than 1 MB of text');
  };

  const reading = readXml(part, {
    open: (name, attributes) => {
      if (name === 'row') openRow(attributes.r);
      else if (name === 'c') openCell(attributes);
      else if (cell === undefined) return;
      else if (name === 'v') inValue = cell.hasValue = true;
      else if (name === 'f') cell.isFormula = true;
      else inline.open(name);
    },
    close: (name) => {
      if (name === 'v') inValue = false;
      else if (name === 'c' && cell !== undefined) closeCell(cell);
      else if (name === 'row') rows.push({ line, cells });
      else if (cell !== undefined) inline.close(name);
    },
    text: (text) => {
      if (cell === undefined) return;
      if (inValue) cell.value += text;
      else inline.text(text);
    },
  });
  for await (const _ of reading) {
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}
