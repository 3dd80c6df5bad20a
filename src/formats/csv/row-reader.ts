import { isId } from '../../contacts/id.js';
import type { RowProblem } from '../../contacts/import/row.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { splitNotes } from '../../fields/columns.js';
import type { Draft } from '../../fields/draft.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { splitName } from '../whole-name.js';
import { readAddresses } from './addresses.js';
import { joinedValues, readBlock } from './blocks.js';
import { cellReader } from './cell.js';
import { unguard } from './formula-guard.js';
import { grouped } from './grouped.js';
import type { ColumnUse } from './header.js';
import { type Mapping, mappedFields } from './mapping.js';
import { lifecycleStages } from './program-columns.js';
import { type Cell, RowDraft } from './row-draft.js';

/** What a row says. */
export interface RowReading {
  readonly draft: Draft;
  readonly id?: string;
  readonly problems: readonly RowProblem[];
}

type FieldUse = Extract<ColumnUse, { is: 'field' }>;

const stages = new Map(Object.entries(lifecycleStages).map(([stage, type]) => [nameOfField(stage), type]));
const googleLabels = new Set(['Labels', 'Group Membership'].map(nameOfField));
const shortenedBySpreadsheet = /^\d+([.,]\d+)?e\+\d+$/i;
const noDate = /^0+[-/.]0+[-/.]0+$/;
const withoutYear = /^--\d\d-?\d\d$/;

/**
 * The labels of a cell. Google's groups begin with `* ` where they are its own; written for Outlook those are
 * `myContacts` and `starred`.
 */
const labelsIn = ({ header, text }: Cell, { rank }: FieldUse): readonly string[] => {
  if (googleLabels.has(nameOfField(header))) return joinedValues(text).filter((label) => !label.startsWith('* '));
  return rank === 0 ? [text] : text.split(';').filter((label) => !/^\s*(myContacts|starred)\s*$/.test(label));
};

const readField = (row: RowDraft, cell: Cell, use: FieldUse, field: FieldSpec): void => {
  const { path, kind } = field;
  const { text } = cell;
  const before = row.first(path);
  if (use.noted) row.keep(cell);
  if (kind === 'note') row.add(path, splitNotes(text));
  else if (kind === 'label') row.add(path, labelsIn(cell, use));
  else if (field.repeats) row.add(path, [text]);
  else if (kind === 'date' && noDate.test(text)) return;
  else if (kind === 'date' && withoutYear.test(text)) row.keep(cell);
  else if (before === undefined) {
    const stage = path === 'type' ? stages.get(nameOfField(text)) : undefined;
    if (stage !== undefined) row.keep(cell);
    row.add(path, [stage ?? text]);
  } else if (path === 'address.street') row.texts.set(path, [`${before}\n${text}`]);
  else if (text !== before) row.keep(cell);
};

/** A birth date that stands in three columns. */
const readBirth = (
  row: RowDraft,
  cells: readonly (Cell & { readonly use: Extract<ColumnUse, { is: 'birth' }> })[],
): void => {
  const [year, month, day] = (['year', 'month', 'day'] as const).map(
    (part) => cells.find(({ use }) => use.part === part)?.text,
  );
  if (year && month && day) {
    row.add('birthDate', [`${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`]);
  } else {
    for (const cell of cells) row.keep(cell);
  }
};

/** A whole name is the first and last name where there is neither, and it does not only repeat the company or an address. */
const readWholeName = (row: RowDraft, { text }: Cell): void => {
  if (row.first('firstName') !== undefined || row.first('lastName') !== undefined) return;
  if ([...row.texts.values()].flat().map(fold).includes(fold(text))) return;
  const [first, last] = splitName(text);
  if (first !== '') row.add('firstName', [first]);
  if (last !== '') row.add('lastName', [last]);
};

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Keeps those cells that have a word which is nowhere else in the row. */
const keepNews = (row: RowDraft, cells: readonly Cell[]): void => {
  if (cells.length === 0) return;
  const said = new Set([...[...row.texts.values()].flat(), ...row.rest].flatMap(wordsOf));
  for (const cell of cells) if (!wordsOf(cell.text).every((word) => said.has(word))) row.keep(cell);
};

const readIds = (row: RowDraft, cells: readonly Cell[]): string | undefined => {
  let id: string | undefined;
  for (const cell of cells) {
    if (isId(cell.text)) id ??= cell.text;
    else if (!shortenedBySpreadsheet.test(cell.text)) row.keep(cell);
    else {
      const message = 'was shortened by a spreadsheet: make the column text there and save it again';
      row.problems.push({ column: cell.header, value: cell.text, message });
    }
  }
  return id;
};

/**
 * Makes a reader of rows by a mapping of their columns.
 *
 * A field that several columns fill takes them in order where it repeats; a street takes them as lines; any other takes
 * the best column that holds something. What no field holds is kept in a note, a line each, `Header: value`.
 */
export const createRowReader = (
  mapping: Mapping,
  fields: readonly FieldSpec[],
): ((cells: readonly string[]) => RowReading) => {
  const paths = mappedFields(mapping, fields);
  const byPath = new Map<FieldPath, FieldSpec>(fields.map((field) => [field.path, field]));
  const columns = mapping.map((column, index) => ({ ...column, index, read: cellReader(column.header, index) }));
  type Column = (typeof columns)[number];
  type Using<Is extends ColumnUse['is']> = Column & { readonly use: Extract<ColumnUse, { is: Is }> };
  const using = <Is extends ColumnUse['is']>(is: Is): readonly Using<Is>[] =>
    columns.filter((column): column is Using<Is> => column.use.is === is);

  const fieldColumns = using('field')
    .flatMap((column) => {
      const field = byPath.get(column.use.path);
      return field === undefined ? [] : [{ ...column, field }];
    })
    .sort((one, other) => (one.field.repeats ? 0 : one.use.rank - other.use.rank) || one.use.order - other.use.order);
  const blocks = [...grouped(using('block'), ({ use }) => `${use.group} ${use.number}`).values()];
  const addresses = using('address');
  const births = using('birth');
  const names = using('name');
  const noted = using('noted');
  const repeating = using('repeating');
  const ids = using('id');

  const hasMore = [births, addresses, names, noted, repeating].some((some) => some.length > 0);

  type Held = <Some extends Column>(some: readonly Some[]) => readonly (Some & Cell)[];

  /** Reads what the columns of other programs hold that are no fields by themselves. */
  const readMore = (row: RowDraft, held: Held): void => {
    readBirth(row, held(births));
    const hasAddress = [...row.texts].some(([path, texts]) => path.startsWith('address.') && texts.length > 0);
    const { chosen, others, repeats } = readAddresses(held(addresses), hasAddress);
    for (const [path, text] of chosen) row.add(path, [text]);
    const wholeNames = held(names);
    for (const name of wholeNames.slice(0, 1)) readWholeName(row, name);
    for (const cell of [...others, ...held(noted)]) row.keep(cell);
    keepNews(row, [...wholeNames, ...held(repeating), ...repeats]);
  };

  return (cells) => {
    const row = new RowDraft(byPath, paths);
    const held: Held = (some) =>
      some.flatMap((column) => {
        const text = column.read(cells);
        return text === '' ? [] : [{ ...column, text }];
      });

    for (const { header, use, field, index, read } of fieldColumns) {
      const text = field.kind === 'note' ? unguard(cells[index] ?? '') : read(cells);
      if (text !== '') readField(row, { header, text }, use, field);
    }
    for (const block of blocks) {
      const [first] = block;
      const parts = block.map(({ use, read }) => ({ part: use.part, text: read(cells) }));
      if (first !== undefined) readBlock(row, first.use.group, parts, (path) => byPath.has(path));
    }
    if (hasMore) readMore(row, held);
    const id = readIds(row, held(ids));
    if (row.rest.length > 0) row.add('notes', [row.rest.join('\n')]);
    return { draft: row.texts, problems: row.problems, ...(id !== undefined && { id }) };
  };
};
