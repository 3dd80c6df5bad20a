import type { Category } from '../fields/catalogue.js';
import { type Column, columnsOf } from '../fields/columns.js';
import type { Contact } from '../fields/contact.js';
import type { CustomField } from '../fields/field.js';
import type { OtherProgram } from '../formats/csv/program-export.js';
import { csvRows, writeCsv } from '../formats/csv/write.js';
import { shownFields } from './shown-field.js';

export interface CsvOutput {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /** The names of `--fields`; the category's whole header where absent. */
  readonly fields?: string | undefined;
  readonly bom?: boolean;
  readonly raw?: boolean;
  /** One character; a comma where absent. */
  readonly delimiter?: string | undefined;
}

/** The columns that were chosen: a field's path, for as many columns as the data need, or a column of its own. */
const chosenColumns = ({ category, custom, fields }: CsvOutput): readonly (string | Column)[] | undefined => {
  if (fields === undefined) return undefined;
  const paths = new Set(columnsOf(category, custom).map(({ path }) => path));
  return shownFields(fields, [category], custom)[category].map((field) =>
    paths.has(field.path)
      ? field.path
      : { header: field.title, path: field.path, text: (contact) => field.values(contact).join('; ') },
  );
};

/** Contacts of one category as CSV; `contacts` gives the same ones each time. */
export const csvOf = (
  contacts: () => AsyncIterable<Contact>,
  output: CsvOutput,
): AsyncIterable<string | Uint8Array> => {
  const { category, custom, bom = false, raw = false, delimiter } = output;
  const fields = chosenColumns(output);
  return writeCsv(contacts, { category, custom, bom, raw, ...(delimiter && { delimiter }), ...(fields && { fields }) });
};

/** Contacts of one category as an Excel workbook; `contacts` gives the same ones each time. */
export async function* workbookOf(
  contacts: () => AsyncIterable<Contact>,
  output: CsvOutput,
): AsyncGenerator<Uint8Array, void> {
  const { writeWorkbook } = await import('../formats/xlsx/write.js');
  const { category, custom, raw = false } = output;
  const fields = chosenColumns(output);
  yield* writeWorkbook(contacts, { category, custom, raw, ...(fields && { fields }) });
}

/**
 * Contacts in the form of another program, as CSV or as a workbook.
 *
 * @param tellLeft is called at the end with the fields that the program has no column for
 */
export async function* programPieces(
  program: OtherProgram,
  contacts: () => AsyncIterable<Contact>,
  output: {
    readonly custom: readonly CustomField[];
    readonly isWorkbook: boolean;
    readonly bom: boolean;
    readonly delimiter: string | undefined;
  },
  tellLeft: (left: ReadonlyMap<string, number>) => void,
): AsyncGenerator<string | Uint8Array, void> {
  const { programRows } = await import('../formats/csv/program-export.js');
  const { rows, left } = programRows(program, contacts, output.custom);
  if (output.isWorkbook) {
    yield* (await import('../formats/xlsx/write.js')).writeSheet(() => rows, 'Contacts');
  } else {
    if (output.bom) yield '\ufeff';
    for await (const row of rows) yield csvRows([row], output.delimiter);
  }
  tellLeft(left);
}
