import { InvalidError } from '../../errors.js';
import type { PlacedRow } from '../csv/header-row.js';
import { headerWithin } from '../csv/header-row.js';
import type { Row } from '../csv/rows.js';
import { openTable, type Table, type TableFile } from '../csv/table.js';
import type { Source } from '../encoding.js';
import type { ReadOptions } from '../record.js';
import { readSharedStrings } from './shared-strings.js';
import { sheetRows } from './sheet-rows.js';
import { chooseSheet, readWorkbook } from './workbook.js';
import { writeSheet } from './write.js';
import { BadArchive, partsOf } from './zip.js';

/** Which sheet is read, and where its rows are kept. */
type SheetOptions = Pick<ReadOptions, 'sheet' | 'keepAside'>;

/** Rows as lines of JSON, a line for as many as come at once. */
async function* packed(blocks: AsyncIterable<readonly Row[]>): AsyncGenerator<Uint8Array, void> {
  for await (const rows of blocks) yield Buffer.from(`${JSON.stringify(rows)}\n`);
}

async function* unpacked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Row[], void> {
  let rest: readonly Uint8Array[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, from)) {
      yield JSON.parse(Buffer.concat([...rest, piece.subarray(from, end)]).toString());
      rest = [];
      from = end + 1;
    }
    rest = [...rest, piece.subarray(from)];
  }
}

/** Keeps pieces in memory. */
const keepInMemory: NonNullable<ReadOptions['keepAside']> = async (pieces) => {
  const kept: Uint8Array[] = [];
  for await (const piece of pieces) kept.push(piece);
  return {
    async *open() {
      yield* kept;
    },
  };
};

/** The rows of the sheet that is wanted, read once and kept aside: to unpack and parse them takes most of the time. */
const rowsAside = async (source: Source, { sheet: told, keepAside = keepInMemory }: SheetOptions) => {
  const workbook = await readWorkbook(await partsOf(source));
  if (workbook === undefined) throw new BadArchive('it has no workbook in it');
  const sheet = chooseSheet(workbook.sheets, told, source.name);
  const sharedText = await readSharedStrings(workbook.sharedStrings, source.name);
  const { formats, is1904 } = workbook;
  let count = 0;
  async function* counted(): AsyncGenerator<readonly Row[], void> {
    for await (const rows of sheetRows(sheet.part, { sharedText, formats, is1904 })) {
      count += rows.length;
      yield rows;
    }
  }
  const aside = await keepAside(packed(counted()));
  return { sheet, count, blocks: () => unpacked(aside.open()) };
};

const widened = (row: Row, width: number): Row =>
  row.cells.length >= width
    ? row
    : { ...row, cells: [...row.cells, ...Array<string>(width - row.cells.length).fill('')] };

const asDamaged = (name: string, error: unknown): unknown =>
  error instanceof BadArchive
    ? new InvalidError(
        `${name} is a damaged workbook, or it was cut short: ${error.message.replace(/\.$/, '')}.`,
        'Nothing was imported. Open it in a spreadsheet program and save it again, or fetch it again.',
        { cause: error },
      )
    : error;

/**
 * The rows of an Excel workbook (.xlsx, .xlsm; ECMA-376): of its first visible sheet or the one that was told. Lines are
 * the numbers of the sheet's rows.
 *
 * @throws InvalidError where it is damaged or too large
 * @throws NotFoundError where it has no sheet of that name or number
 */
export const workbookTable = async (source: Source, options: SheetOptions): Promise<Table> => {
  const { sheet, count, blocks } = await rowsAside(source, options).catch((error) => {
    throw asDamaged(source.name, error);
  });
  const firstRows: PlacedRow[] = [];
  for await (const rows of blocks()) {
    for (const row of rows) firstRows.push({ ...row, row: firstRows.length });
    if (firstRows.length >= headerWithin) break;
  }
  async function* blocksFrom(header: PlacedRow): AsyncGenerator<readonly Row[], void> {
    const width = header.cells.length;
    let skipped = 0;
    for await (const rows of blocks()) {
      const wanted = rows.slice(Math.max(0, header.row - skipped));
      skipped += rows.length;
      // A row of a sheet ends with its last cell that holds something.
      if (wanted.length > 0) yield wanted.map((row) => widened(row, width));
    }
  }
  return {
    name: source.name,
    isInOldEncoding: false,
    firstRows: firstRows.slice(0, headerWithin),
    blocksFrom,
    countFrom: async (header) => count - header.row - 1,
    writeRejects: (rows) => writeSheet(() => rows, sheet.name),
  };
};

/**
 * Opens an Excel workbook: finds the header of its table and what the columns hold.
 *
 * @throws InvalidError, NotFoundError where it cannot be read (`workbookTable`), or not as a table
 */
export const openWorkbook = async (source: Source, options: ReadOptions): Promise<TableFile> =>
  openTable(await workbookTable(source, options), options);
