import { isId } from '../../contacts/id.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import { splitNotes } from '../../fields/columns.js';
import type { Draft } from '../../fields/draft.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { emailKindOf, phoneKindOf } from '../kind-words.js';
import type { RowProblem } from '../record.js';
import { splitName } from '../whole-name.js';
import { type AddressReading, readAddresses } from './addresses.js';
import { unguard } from './formula-guard.js';
import { grouped } from './grouped.js';
import { messagingField } from './header.js';
import { type Mapping, mappedFields } from './mapping.js';
import { emptyValues, lifecycleStages } from './program-columns.js';

/** What a row says. */
export interface RowReading {
  readonly draft: Draft;
  readonly id?: string;
  readonly problems: readonly RowProblem[];
}

/** A cell that holds something, with its column. */
export interface Cell {
  readonly header: string;
  readonly text: string;
}

const none: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(emptyValues).map(([column, values]) => [nameOfField(column), values]),
);
const stages = new Map(Object.entries(lifecycleStages).map(([stage, type]) => [nameOfField(stage), type]));
const googleLabels = new Set(['Labels', 'Group Membership'].map(nameOfField));
const shortenedBySpreadsheet = /^\d+([.,]\d+)?e\+\d+$/i;
const noDate = /^0+[-/.]0+[-/.]0+$/;
const withoutYear = /^--\d\d-?\d\d$/;

/** Google joins the values of one cell so. */
const joined = (text: string): readonly string[] => text.split(' ::: ').map((part) => part.trim());

/** Google's groups; those that begin with `* ` are its own, not labels. */
const labelsOfGoogle = (text: string): readonly string[] => joined(text).filter((label) => !label.startsWith('* '));

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** What is gathered from a row: the texts of each field, and the lines of the note that keeps the rest. */
class Gathering {
  readonly texts = new Map<FieldPath, readonly string[]>();
  readonly rest: string[] = [];
  readonly problems: RowProblem[] = [];

  constructor(paths: readonly FieldPath[]) {
    for (const path of paths) this.texts.set(path, []);
  }

  has(path: FieldPath): boolean {
    return (this.texts.get(path)?.length ?? 0) > 0;
  }

  add(path: FieldPath, ...texts: readonly string[]): void {
    this.texts.set(path, [...(this.texts.get(path) ?? []), ...texts]);
  }

  keep(title: string, text: string): void {
    this.rest.push(`${title}: ${text}`);
  }
}

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
  const known = mappedFields(mapping, fields);
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const columns = mapping.map((column, index) => ({
    ...column,
    index,
    empty: none.get(nameOfField(column.header)) ?? [],
  }));
  type Column = (typeof columns)[number];
  const using = <Is extends Column['use']['is']>(is: Is) =>
    columns.filter((column): column is Column & { use: { is: Is } } => column.use.is === is);

  const fieldColumns = using('field').sort(
    (one, other) =>
      (byPath.get(one.use.path)?.repeats ? 0 : one.use.rank - other.use.rank) || one.use.order - other.use.order,
  );
  const ids = using('id');
  const names = using('name');
  const births = using('birth');
  const blocks = grouped(using('block'), ({ use }) => `${use.group} ${use.number}`);
  const addresses = using('address');
  const noted = using('noted');
  const repeating = using('repeating');
  const firstOf = (group: string): FieldPath | undefined =>
    fields.find((field) => field.path.startsWith(`${group}.`))?.path;
  const entryPath = (group: 'phones' | 'emails', kind: string): FieldPath =>
    byPath.has(`${group}.${kind}`) ? `${group}.${kind}` : (firstOf(group) ?? `${group}.${kind}`);

  const readField = (row: Gathering, { header, use }: Column & { use: { is: 'field' } }, text: string): void => {
    const field = byPath.get(use.path);
    if (use.noted) row.keep(header, text);
    if (field?.kind === 'note') {
      row.add(use.path, ...splitNotes(text));
    } else if (use.path === 'labels' && googleLabels.has(nameOfField(header))) {
      row.add(use.path, ...labelsOfGoogle(text));
    } else if (field?.repeats) {
      row.add(use.path, text);
    } else if (field?.kind === 'date' && noDate.test(text)) {
      return;
    } else if (field?.kind === 'date' && withoutYear.test(text)) {
      row.keep(header, text);
    } else if (use.path === 'address.street' && row.has(use.path)) {
      row.texts.set(use.path, [`${row.texts.get(use.path)?.[0]}\n${text}`]);
    } else if (row.has(use.path)) {
      if (row.texts.get(use.path)?.[0] !== text) row.keep(header, text);
    } else {
      const stage = use.path === 'type' ? stages.get(nameOfField(text)) : undefined;
      if (stage !== undefined) row.keep(header, text);
      row.add(use.path, stage ?? text);
    }
  };

  const readBlock = (
    row: Gathering,
    cells: readonly { readonly use: Column['use'] & { is: 'block' }; readonly text: string }[],
  ): void => {
    const label =
      cells.findLast(({ use, text }) => use.part === 'label' && text !== '')?.text.replace(/^\*\s*/, '') ?? '';
    for (const { use, text } of cells) {
      if (use.part !== 'value' || text === '') continue;
      for (const value of joined(text)) {
        if (use.group === 'phone' || use.group === 'email') {
          const reading = use.group === 'phone' ? phoneKindOf(label) : emailKindOf(label);
          row.add(entryPath(`${use.group}s`, reading.kind), value);
          if (!reading.exact) row.keep(label, value);
          continue;
        }
        const path = use.group === 'im' ? messagingField(label) : undefined;
        if (path !== undefined && byPath.has(path) && !row.has(path)) row.add(path, value);
        else row.keep(label === '' ? (use.group === 'im' ? 'IM' : use.group) : label, value);
      }
    }
  };

  const readBirth = (row: Gathering, parts: ReadonlyMap<string, Cell>): void => {
    const [year, month, day] = ['year', 'month', 'day'].map((part) => parts.get(part)?.text ?? '');
    if (year && month && day)
      row.add('birthDate', [year.padStart(4, '0'), month.padStart(2, '0'), day.padStart(2, '0')].join('-'));
    else for (const { header, text } of parts.values()) row.keep(header, text);
  };

  const takeAddresses = (row: Gathering, { chosen, others, repeats }: AddressReading): readonly Cell[] => {
    for (const [path, text] of chosen) row.add(path, text);
    for (const { header, text } of others) row.keep(header, text);
    return repeats;
  };

  return (cells) => {
    const row = new Gathering(known);
    const textOf = ({ index, empty }: Column): string => {
      const text = unguard((cells[index] ?? '').trim());
      return empty.includes(text) ? '' : text;
    };
    const held = <Some extends Column>(some: readonly Some[]): readonly (Some & Cell)[] =>
      some.map((column) => ({ ...column, text: textOf(column) })).filter(({ text }) => text !== '');

    for (const column of fieldColumns) {
      const isNote = byPath.get(column.use.path)?.kind === 'note';
      const text = isNote ? unguard(cells[column.index] ?? '') : textOf(column);
      if (text !== '') readField(row, column, text);
    }
    for (const block of blocks.values())
      readBlock(
        row,
        block.map((column) => ({ use: column.use, text: textOf(column) })),
      );
    if (births.length > 0) readBirth(row, new Map(held(births).map((cell) => [cell.use.part, cell])));
    const hasPlainAddress = [...row.texts].some(([path, texts]) => path.startsWith('address.') && texts.length > 0);
    const repeats = addresses.length > 0 ? takeAddresses(row, readAddresses(held(addresses), hasPlainAddress)) : [];

    const wholeNames = held(names);
    const [wholeName] = wholeNames;
    if (wholeName !== undefined && !row.has('firstName') && !row.has('lastName')) {
      const isCompany = fold(row.texts.get('company')?.[0] ?? '') === fold(wholeName.text);
      const [first, last] = isCompany ? ['', ''] : splitName(wholeName.text);
      if (first !== '') row.add('firstName', first);
      if (last !== '') row.add('lastName', last);
    }
    for (const { header, text } of held(noted)) row.keep(header, text);
    const toCompare = [...wholeNames, ...held(repeating), ...repeats];
    if (toCompare.length > 0) {
      const elsewhere = new Set([...[...row.texts.values()].flat(), ...row.rest].flatMap(wordsOf));
      for (const { header, text } of toCompare) {
        if (!wordsOf(text).every((word) => elsewhere.has(word))) row.keep(header, text);
      }
    }
    let id: string | undefined;
    for (const { header, text } of held(ids)) {
      if (isId(text)) id ??= text;
      else if (!shortenedBySpreadsheet.test(text)) row.keep(header, text);
      else
        row.problems.push({
          column: header,
          value: text,
          message: 'was shortened by a spreadsheet: make the column text there and save it again',
        });
    }
    if (row.rest.length > 0) row.add('notes', row.rest.join('\n'));
    return { draft: row.texts, problems: row.problems, ...(id !== undefined && { id }) };
  };
};
