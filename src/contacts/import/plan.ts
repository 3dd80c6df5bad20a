import type { Category } from '../../fields/catalogue.js';
import type { Contact } from '../../fields/contact.js';
import type { DraftContext } from '../../fields/draft.js';
import { type FieldPath, fieldsOf } from '../../fields/field.js';
import type { Edit } from '../change.js';
import { Creation } from '../creation.js';
import type { Key } from '../keys.js';
import type { LabelDefinition, Settings } from '../settings.js';
import { createGrouping, type Group } from './groups.js';
import type { MatchBy } from './holders.js';
import { JsonArena } from './json-arena.js';
import { createLabelNames, undefinedLabels } from './labels.js';
import { settleAlone } from './lone-row.js';
import { type Finding, type OnMatch, type Pass, type PassOptions, type RowOutcome, type Subject } from './pass.js';
import {
  createRowPreparer,
  type PreparedRow,
  type PreparedRows,
  type PrepareOptions,
  readingOf,
  type SoughtKeys,
  unidentifiedRow,
} from './prepared-rows.js';
import type { ImportRow, RowIssue, RowReading } from './row.js';
import { settle } from './settle.js';
import { createUnfindableRows } from './unfindable.js';

export interface ImportOptions {
  readonly category: Category;
  /** What else than their ID rows are matched by; the ID alone where there is nothing. */
  readonly match: readonly MatchBy[];
  readonly onMatch: OnMatch;
  readonly onInvalid: 'reject' | 'note';
  /** One bad row, and nothing lands. */
  readonly strict: boolean;
  /** As they are before the import. */
  readonly settings: Settings;
  /** The colours that new labels get in turn. */
  readonly labelColours: readonly string[];
  /** Also who writes, when, and the ids of new contacts. */
  readonly context: DraftContext;
}

/** How many rows did what; `rows` is the sum of the others. */
export interface ImportCounts {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly rejected: number;
}

/** What an import is to do, and what is to be told of it. */
export interface ImportPlan {
  /** In the order of the rows that come to each contact first. */
  readonly edits: readonly Edit[];
  /** The settings as they are to be, where labels are defined. */
  readonly settings?: Settings;
  readonly newLabels: readonly LabelDefinition[];
  readonly counts: ImportCounts;
  /** Why rows are rejected, in the order of the rows; a row with several bad cells has several. */
  readonly errors: readonly RowIssue[];
  /** Of rows that landed, in the order of the rows. */
  readonly warnings: readonly RowIssue[];
}

/** Plans an import, batch by batch. */
export interface ImportPlanner {
  /**
   * Takes up rows. The contacts of each key that comes back are wanted (`found`), at the latest before `finish`.
   *
   * @returns keys that `add` has not returned since the last `found`, each once
   */
  add(rows: readonly ImportRow[]): readonly Key[];
  /** What `add` does, of rows that were prepared elsewhere, with `prepareOptions`. */
  addPrepared(rows: PreparedRows): readonly Key[];
  /** Takes up the contacts that the store finds for each of the keys that `add` returned since the last time, in their order. */
  found(contacts: readonly (readonly Contact[])[]): void;
  /**
   * Once all rows were added: the keys of contacts that are needed once more, since later rows are theirs too. Where there
   * are any, they are to be looked up and given to `found` before `finish`.
   */
  neededAgain(): readonly Key[];
  /** The plan. */
  finish(): ImportPlan;
}

/** An edit after which there is a contact. */
type Landing = Edit & Required<Pick<Edit, 'after'>>;

type Fate = Exclude<keyof ImportCounts, 'rows'>;

/** The keys for which the store is asked at once, each once, by their texts. */
type Question = Map<string, Key>;

const byRow = (one: { readonly row: number }, other: { readonly row: number }): number => one.row - other.row;

/** How the rows of an import are read and prepared. */
export const prepareOptionsOf = (options: Omit<ImportOptions, 'labelColours'>): PrepareOptions => ({
  category: options.category,
  match: options.match,
  onInvalid: options.onInvalid,
  context: options.context,
  fields: fieldsOf(options.category, options.settings.fields),
  labelName: createLabelNames(options.settings),
});

/**
 * Plans an import of rows that come batch by batch, in one pass over the file:
 *
 * ```ts
 * const planner = createImportPlanner(options);
 * for (const rows of batches) planner.found(await store.lookup(planner.add(rows)));
 * planner.found(await store.lookup(planner.neededAgain()));
 * const plan = planner.finish();
 * ```
 *
 * 1. Each row is read by itself and prepared (`createRowPreparer`). Of a row with a bad cell its faults alone are kept.
 * 2. Rows are gathered into groups that share IDs, addresses or numbers, with each other or by way of contacts of the
 *    store (`createGrouping`). What becomes of a group depends on its own rows and contacts alone.
 * 3. At the end each group is settled. Most are a row that makes a new contact, which is ready, or one of which a contact
 *    says all already (`settleAlone`). Of the others the rows pass over the contacts in their order (`settle`), such that
 *    the same rows, imported again, make nothing of the outcome.
 * 4. Rows that nothing can find again come last (`createUnfindableRows`).
 *
 * It holds the contact of each row that can land as bytes, those that were found where they do not say all of their row
 * already, and a hash for each ID, address and number.
 */
export const createImportPlanner = (options: ImportOptions): ImportPlanner => {
  const { category, match, onMatch, settings, context } = options;
  const prepareOptions = prepareOptionsOf(options);
  const { fields } = prepareOptions;
  const prepare = createRowPreparer(prepareOptions);
  const arena = new JsonArena();
  const ids = new WeakMap<RowReading, string>();
  const passOptions: PassOptions = {
    category,
    fields,
    match,
    onMatch,
    stamp: context,
    newIdFor: (row) => {
      const id = ids.get(row) ?? context.newId();
      ids.set(row, id);
      return id;
    },
  };

  /** The fields' columns, as the file names them. */
  const headers = new Map<FieldPath, string>();
  /** The rows of the grouping. */
  const waiting: PreparedRow[] = [];
  const grouping = createGrouping();
  /** What the rows say that were added since the last `found`. */
  const readings = new Map<PreparedRow, RowReading>();
  /** For rows of which one contact says all: its id. */
  const saidBy = new Map<number, string>();
  const hasUnique = fields.some(({ unique }) => unique);
  const unfindable = createUnfindableRows(passOptions);
  const counts: Record<Fate, number> = { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
  const errors: RowIssue[] = [];
  const warnings: RowIssue[] = [];
  const edits: { readonly row: number; readonly edit: Landing; readonly labels: readonly string[] }[] = [];
  const question: Question = new Map();

  const issueOf = ({ row, line }: Pick<RowReading, 'row' | 'line'>, finding: Finding): RowIssue => {
    const { path, value, message } = finding;
    const column = headers.get(path) ?? fields.find((field) => field.path === path)?.label ?? '';
    return { row, line, column, value, message };
  };

  const reject = (issues: readonly RowIssue[]): void => {
    counts.rejected += 1;
    errors.push(...issues);
  };

  const readAgain = (prepared: PreparedRow): RowReading => {
    const reading = readings.get(prepared) ?? readingOf(prepared, fields);
    if (!prepared.isNamed) ids.set(reading, prepared.id);
    return reading;
  };

  /** Puts a row where it belongs, and tells which contacts are wanted for it. */
  const gather = (prepared: PreparedRow, { holds, asks }: SoughtKeys): readonly Key[] => {
    if (holds.length === 0) return unfindable.add(readAgain(prepared));
    waiting.push(prepared);
    grouping.add(holds);
    if (hasUnique) unfindable.claim(readAgain(prepared));
    return asks;
  };

  const isNewQuestion = (key: Key): boolean => {
    const name = `${key.of} ${key.value}`;
    if (question.has(name)) return false;
    question.set(name, key);
    return true;
  };

  const addPrepared = (prepared: PreparedRows): readonly Key[] => {
    for (const [path, header] of prepared.headers) headers.set(path, header);
    for (const issues of prepared.rejected) reject(issues);
    prepared.readings?.forEach((reading, index) => {
      readings.set(prepared.rows[index] as PreparedRow, reading);
    });
    return prepared.rows.flatMap((row, index) => gather(row, prepared.keys[index] as SoughtKeys).filter(isNewQuestion));
  };

  /** Takes up a contact that a key of a row finds. Where it says all of the row, it is likely not needed any longer. */
  const takeFound = (key: Key, contact: Contact): void => {
    const row = grouping.rowOf(key);
    const prepared = row === undefined ? undefined : waiting[row];
    if (row === undefined || prepared === undefined) return;
    if (
      saidBy.get(row) !== contact.id &&
      settleAlone(readAgain(prepared), [contact], passOptions)?.kind === 'unchanged'
    ) {
      saidBy.set(row, contact.id);
    }
    grouping.found(contact, row, saidBy.get(row) !== contact.id);
  };

  /** Whether the group is a row of which its only contact says all. */
  const isSaid = ({ rows, contacts: [contact, another] }: Group): boolean =>
    rows.length === 1 && contact !== undefined && another === undefined && saidBy.get(rows[0]) === contact.id;

  const fateOf = (row: RowReading, outcome: RowOutcome, altered: ReadonlySet<Subject>): Fate => {
    if (outcome.kind !== 'landed') return outcome.kind;
    const { subject, changed } = outcome;
    if (subject.before === undefined && subject.first === row) return 'created';
    return changed && altered.has(subject) ? 'updated' : 'unchanged';
  };

  const land = (row: number, before: Contact | undefined, after: Contact): void => {
    edits.push({ row, edit: before === undefined ? Creation.of(after) : { before, after }, labels: after.labels });
  };

  /** The contacts that are made or altered so far. */
  function* landed(): Generator<Contact, void> {
    for (const { edit } of edits) yield edit.after;
  }

  const take = (pass: Pass): void => {
    const altered = new Set<Subject>();
    for (const subject of pass.subjects) {
      const { before, first, after } = subject;
      if (after === undefined || after === before) continue;
      altered.add(subject);
      land(first?.row ?? 0, before, after);
    }
    for (const [row, outcome] of pass.outcomes) {
      if (outcome.kind === 'rejected') {
        reject([issueOf(row, outcome.finding)]);
        continue;
      }
      counts[fateOf(row, outcome, altered)] += 1;
      if (outcome.kind === 'skipped') continue;
      warnings.push(...row.warnings, ...outcome.warnings.map((finding) => issueOf(row, finding)));
    }
  };

  /** Takes a row that nothing else has to do with as it was prepared, and tells whether that was enough. */
  const takeAlone = (group: Group): boolean => {
    const {
      rows: [first, ...others],
      contacts,
    } = group;
    const prepared = waiting[first];
    if (prepared === undefined || others.length > 0) return false;
    if (contacts.length === 0) {
      if (!prepared.isIdentified) {
        reject([unidentifiedRow(prepared)]);
        return true;
      }
      const { row, id, labels } = prepared;
      edits.push({ row, edit: new Creation(id, prepared), labels });
      counts.created += 1;
    } else {
      if (!isSaid(group)) return false;
      counts.unchanged += 1;
    }
    warnings.push(...prepared.warnings);
    return true;
  };

  const settleGroup = ({ rows, contacts }: Group): Pass =>
    settle(
      {
        rows: rows.flatMap((row) => waiting[row] ?? []).map(readAgain),
        contacts: contacts.flatMap((each) => each.contact() ?? []),
      },
      passOptions,
    );

  /** With `--strict`, where a row is bad: what would have landed is left alone. */
  const nothingLands = (): void => {
    counts.skipped += counts.created + counts.updated;
    counts.created = 0;
    counts.updated = 0;
    edits.length = 0;
  };

  let isAskingAgain = false;

  return {
    add: (rows) => addPrepared(prepare(rows, arena)),
    addPrepared,
    found: (lists) => {
      [...question.values()].forEach((key, index) => {
        for (const contact of lists[index] ?? []) {
          if (isAskingAgain) {
            grouping.keep(contact);
            continue;
          }
          if (contact.category === category || key.of === 'id') takeFound(key, contact);
          if (contact.category === category) unfindable.found(key, contact);
        }
      });
      question.clear();
      readings.clear();
    },
    neededAgain: () => {
      isAskingAgain = true;
      for (const group of grouping.groups()) {
        if (isSaid(group)) continue;
        for (const { id, contact } of group.contacts)
          if (contact() === undefined) question.set(id, { of: 'id', value: id });
      }
      return [...question.values()];
    },
    finish: () => {
      for (const group of grouping.groups()) if (!takeAlone(group)) take(settleGroup(group));
      take(unfindable.pass(landed()));
      if (options.strict && counts.rejected > 0) nothingLands();
      edits.sort(byRow);
      const labels = edits.flatMap((each) => each.labels);
      const newLabels = undefinedLabels(labels, settings, options.labelColours);
      const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return {
        edits: edits.map(({ edit }) => edit),
        ...(newLabels.length > 0 && { settings: { ...settings, labels: [...settings.labels, ...newLabels] } }),
        newLabels,
        counts: { rows, ...counts },
        errors: errors.sort(byRow),
        warnings: warnings.sort(byRow),
      };
    },
  };
};
