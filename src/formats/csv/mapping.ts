import { UsageError } from '../../errors.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { type FieldPath, findField, nameOfField } from '../../fields/field.js';
import { type ColumnUse, createHeaderReader, type HeaderReader, readHeader } from './header.js';

interface MappedColumn {
  /** The header as the file has it; `column 3` where it has none. */
  readonly header: string;
  readonly use: ColumnUse;
  /** Somebody said so: `--map`, or a saved mapping. */
  readonly chosen?: boolean;
}

/** What each column of a file holds, in the file's order. */
export type Mapping = readonly MappedColumn[];

/** What a user said columns hold: a field as `--map` names it by the column's header, `''` to leave the column out. */
export type ColumnChoices = Readonly<Record<string, string>>;

/**
 * Reads `--map "Column=field"` and `--map "Column="`; the last `=` counts.
 *
 * @throws UsageError where there is no `=`
 */
export const readColumnChoice = (text: string): readonly [string, string] => {
  const at = text.lastIndexOf('=');
  if (at <= 0) throw new UsageError(`"${text}" does not say what a column holds.`, 'Write --map "Column=field".');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};

const chosenUse = (choice: string, fields: readonly FieldSpec[], read: HeaderReader): ColumnUse => {
  if (choice === '') return { is: 'leftOut' };
  const field = findField(choice, fields);
  if (field !== undefined) return { is: 'field', path: field.path, rank: -1, order: 1 };
  const use = read(choice);
  if (use.is === 'field' || use.is === 'id' || use.is === 'name') return use;
  throw new UsageError(
    `There is no field "${choice}".`,
    `Name one of: ${[...fields.map(({ flag }) => flag), 'id', 'name'].join(', ')}.`,
  );
};

export interface MappingOptions {
  readonly fields: readonly FieldSpec[];
  /** The headers in English, where they are in another language, or of another program. */
  readonly english?: readonly string[] | undefined;
  /** `--map`: each column must be there. */
  readonly map?: ColumnChoices | undefined;
  /** A saved mapping: columns that are not there do not count. */
  readonly savedMap?: ColumnChoices | undefined;
}

/** The choices by the column's name: the exact header, else one that `nameOfField` makes equal. */
const choiceFor = (header: string, choices: ColumnChoices | undefined): string | undefined => {
  if (choices === undefined) return undefined;
  if (Object.hasOwn(choices, header)) return choices[header];
  const name = nameOfField(header);
  return Object.entries(choices).find(([column]) => name !== '' && nameOfField(column) === name)?.[1];
};

/**
 * Finds out what the columns of a header hold: as the user said, else by their names.
 *
 * @throws UsageError where the user named a column that is not there, or a field that is not
 */
export const mapColumns = (
  headers: readonly string[],
  { fields, english = headers, map, savedMap }: MappingOptions,
): Mapping => {
  const read = createHeaderReader(fields);
  for (const column of Object.keys(map ?? {})) {
    if (!headers.some((header) => choiceFor(header, { [column]: '' }) !== undefined)) {
      throw new UsageError(`The file has no column "${column}".`, `Its columns are: ${headers.join(', ')}.`);
    }
  }
  const uses = readHeader(english, read);
  return headers.map((header, index) => {
    const choice = choiceFor(header, map) ?? choiceFor(header, savedMap);
    const use = choice === undefined ? uses[index] : chosenUse(choice, fields, read);
    const column = { header: header === '' ? `column ${index + 1}` : header, use: use ?? { is: 'unknown' } } as const;
    return choice === undefined ? column : { ...column, chosen: true };
  });
};

const inGroup = (fields: readonly FieldSpec[], group: string): readonly FieldPath[] =>
  fields.map((field) => field.path).filter((path) => path.startsWith(`${group}.`));

/** The fields that a column can fill. */
export const pathsOf = (use: ColumnUse, fields: readonly FieldSpec[]): readonly FieldPath[] => {
  switch (use.is) {
    case 'field':
      return [use.path];
    case 'name':
      return ['firstName', 'lastName'];
    case 'birth':
      return ['birthDate'];
    case 'address':
      return inGroup(fields, 'address');
    case 'block':
      return use.group === 'Phone' ? inGroup(fields, 'phones') : use.group === 'Email' ? inGroup(fields, 'emails') : [];
    default:
      return [];
  }
};

/** The fields that a file with these columns can fill. */
export const mappedFields = (mapping: Mapping, fields: readonly FieldSpec[]): readonly FieldPath[] => {
  const known = new Set(mapping.flatMap(({ use }) => pathsOf(use, fields)));
  return fields.map((field) => field.path).filter((path) => known.has(path));
};
