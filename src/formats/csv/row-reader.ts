import { isId } from '../../contacts/id.js';
import type { RowDraft, RowProblem } from '../../contacts/import/row.js';
import { mayBeFormOfAddress } from '../../contacts/name-words.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { withoutInvisible } from '../../fields/characters.js';
import { splitNotes } from '../../fields/columns.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { recurring } from '../../fields/recurring.js';
import { readWholeName } from '../whole-name.js';
import { readAddresses } from './addresses.js';
import { joinedValues, readBlock } from './blocks.js';
import { cellReader, textOfCell } from './cell.js';
import { grouped } from './grouped.js';
import type { ColumnUse } from './header.js';
import { type Mapping, mappedFields } from './mapping.js';
import { lifecycleStages } from './program-columns.js';
import { type Cell, DraftPlaces, GrowingDraft } from './row-draft.js';

/** What a row says. */
export interface RowReading {
  readonly draft: RowDraft;
  readonly id?: string;
  readonly problems: readonly RowProblem[];
  readonly warnings: readonly RowProblem[];
}

type FieldUse = Extract<ColumnUse, { is: 'field' }>;

const stages = new Map(Object.entries(lifecycleStages).map(([stage, type]) => [nameOfField(stage), type]));
const noStage = '';
const googleLabels = new Set(['Labels', 'Group Membership'].map(nameOfField));
const shortenedBySpreadsheet = /^\d+([.,]\d+)?e\+\d+$/i;
const noDate = /^0{1,2}[-/.]0{1,2}[-/.]0{1,2}$/;
const withoutYear = /^--\d\d-?\d\d$/;

/**
 * The labels of a cell. Google's groups begin with `* ` where they are its own; written for Outlook those are
 * `myContacts` and `starred`.
 */
const labelsIn = ({ header, text }: Cell, { rank }: FieldUse): readonly string[] => {
  if (googleLabels.has(nameOfField(header))) return joinedValues(text).filter((label) => !label.startsWith('* '));
  return rank === 0 ? [text] : text.split(';').filter((label) => !/^\s*(myContacts|starred)\s*$/.test(label));
};

const readField = (
  row: GrowingDraft,
  cell: Cell,
  use: FieldUse,
  field: FieldSpec,
  stageNamed: (text: string) => string,
): void => {
  const { path, kind } = field;
  const { text } = cell;
  const before = row.first(path);
  if (use.noted) row.keep(cell);
  if (use.holdsTitles && mayBeFormOfAddress(text)) {
    row.keep(cell);
    row.warnings.push({
      column: cell.header,
      value: text,
      message: 'is a form of address and no job title; kept in a note',
    });
    return;
  }
  if (kind === 'note') row.add(path, splitNotes(text));
  else if (kind === 'label') row.add(path, labelsIn(cell, use));
  else if (field.repeats) row.add(path, [text]);
  else if (kind === 'date' && noDate.test(text)) return;
  else if (kind === 'date' && withoutYear.test(text)) row.keep(cell);
  else if (before === undefined) {
    const stage = path === 'type' ? stageNamed(text) : noStage;
    if (stage !== noStage) row.keep(cell);
    const value = use.isPartOfName ? partOfName(row, path, text) : text;
    row.add(path, [stage === noStage ? value : stage]);
  } else if (path === 'address.street') row.set(path, [`${before}\n${text}`]);
  else if (text !== before) row.keep(cell);
};

/** A birth date that stands in three columns. */
const readBirth = (
  row: GrowingDraft,
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

/**
 * A whole name is the first and last name where there is neither, and it does not only repeat the company or an address. A
 * company is no person.
 */
const readNameInto = (row: GrowingDraft, { header, text: given }: Cell): void => {
  if (row.first('firstName') !== undefined || row.first('lastName') !== undefined) return;
  const text = withoutInvisible(given).trim();
  if (row.all().map(fold).includes(fold(text))) return;
  const { first, last, company, besides } = readWholeName(text);
  if (first !== '') row.add('firstName', [first]);
  if (last !== '') row.add('lastName', [last]);
  const warn = (message: string): void => {
    row.warnings.push({ column: header, value: given, message });
  };
  if (besides.length > 0) warn(`has ${besides.join(', ')} beside the name: kept in a note`);
  if (company === '') return;
  if (row.first('company') === undefined) {
    row.add('company', [company]);
    warn('is taken for the name of a company, by its legal form');
  } else row.add('lastName', [company]);
};

/** The part of a name that a column called Name has beside the other part, which it may say too. */
const partOfName = (row: GrowingDraft, path: FieldPath, text: string): string => {
  const other = path === 'lastName' ? row.first('firstName') : row.first('lastName');
  const words = text.split(/\s+/);
  const said = wordsOf(other ?? '');
  const left = words.filter((word) => !said.includes(fold(word)));
  return left.length === 0 || left.length + said.length > words.length ? text : left.join(' ');
};

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Keeps those cells that have a word which is nowhere else in the row. */
const keepNews = (row: GrowingDraft, cells: readonly Cell[]): void => {
  if (cells.length === 0) return;
  const said = new Set([...row.all(), ...row.rest].flatMap(wordsOf));
  for (const cell of cells) if (!wordsOf(cell.text).every((word) => said.has(word))) row.keep(cell);
};

/** Reads a cell of a column of IDs: gives the ID, or keeps what is none. */
const readId = (row: GrowingDraft, cell: Cell): string | undefined => {
  if (isId(cell.text)) return cell.text;
  if (shortenedBySpreadsheet.test(cell.text)) {
    const message = 'was shortened by a spreadsheet: make the column text there and save it again';
    row.problems.push({ column: cell.header, value: cell.text, message });
  } else row.keep(cell);
  return undefined;
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
  const byPath = new Map<FieldPath, FieldSpec>(fields.map((field) => [field.path, field]));
  const places = new DraftPlaces(byPath, mappedFields(mapping, fields));
  const stageNamed = recurring((text) => stages.get(nameOfField(text)) ?? noStage);
  const columns = mapping.map((column, index) => ({ ...column, index, read: cellReader(column.header, index) }));
  type Column = (typeof columns)[number];
  type Using<Is extends ColumnUse['is']> = Column & { readonly use: Extract<ColumnUse, { is: Is }> };
  const using = <Is extends ColumnUse['is']>(is: Is): readonly Using<Is>[] =>
    columns.filter((column): column is Using<Is> => column.use.is === is);

  const countOf = (path: FieldPath): number => using('field').filter(({ use }) => use.path === path).length;
  /** Whether a text of the column is the field's as it is: nothing else goes before it, and it is read for nothing else. */
  const isPlain = (use: FieldUse, { path, kind }: FieldSpec): boolean =>
    countOf(path) === 1 &&
    !use.noted &&
    !use.isPartOfName &&
    path !== 'type' &&
    !['note', 'label', 'date'].includes(kind);
  const fieldColumns = using('field')
    .flatMap((column) => {
      const field = byPath.get(column.use.path);
      if (field === undefined) return [];
      return [{ ...column, field, place: places.of(field.path), isPlain: isPlain(column.use, field) }];
    })
    .sort(
      (one, other) =>
        Number(one.use.isPartOfName ?? false) - Number(other.use.isPartOfName ?? false) ||
        (one.field.repeats ? 0 : one.use.rank - other.use.rank) ||
        one.use.order - other.use.order,
    );
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
  const readMore = (row: GrowingDraft, held: Held): void => {
    readBirth(row, held(births));
    const hasAddress = row.paths.some((path) => path.startsWith('address.') && row.first(path) !== undefined);
    const { chosen, others, repeats } = readAddresses(held(addresses), hasAddress);
    for (const [path, text] of chosen) row.add(path, [text]);
    const wholeNames = held(names);
    for (const name of wholeNames.slice(0, 1)) readNameInto(row, name);
    for (const cell of [...others, ...held(noted)]) row.keep(cell);
    keepNews(row, [...wholeNames, ...held(repeating), ...repeats]);
  };

  return (cells) => {
    const row = new GrowingDraft(places);
    const held: Held = (some) =>
      some.flatMap((column) => {
        const text = column.read(cells);
        return text === '' ? [] : [{ ...column, text }];
      });

    for (const { header, use, field, index, place, isPlain, read } of fieldColumns) {
      const text = field.kind === 'note' ? textOfCell(cells[index] ?? '') : read(cells);
      if (text === '') continue;
      if (isPlain) row.texts[place] = [text];
      else readField(row, { header, text }, use, field, stageNamed);
    }
    for (const block of blocks) {
      const [first] = block;
      const parts = block.map(({ use, read }) => ({ part: use.part, text: read(cells) }));
      if (first !== undefined) readBlock(row, first.use.group, parts, (path) => byPath.has(path));
    }
    if (hasMore) readMore(row, held);
    let id: string | undefined;
    for (const { header, read } of ids) {
      const text = read(cells);
      const given = text === '' ? undefined : readId(row, { header, text });
      id ??= given;
    }
    if (row.rest.length > 0) row.add('notes', [row.rest.join('\n')]);
    const { problems, warnings } = row;
    return id === undefined ? { draft: row, problems, warnings } : { draft: row, problems, warnings, id };
  };
};
