import type { Category } from '../../fields/catalogue.js';
import type { Contact } from '../../fields/contact.js';
import { type DraftContext, isIdentified } from '../../fields/draft.js';
import { type FieldPath, fieldsOf } from '../../fields/field.js';
import type { Edit } from '../change.js';
import { Creation } from '../creation.js';
import type { Key } from '../keys.js';
import type { LabelDefinition, Settings } from '../settings.js';
import { createGrouping } from './groups.js';
import { keysOfRow, type MatchBy } from './holders.js';
import { createLabelNames, undefinedLabels } from './labels.js';
import { settleAlone } from './lone-row.js';
import {
  type Finding,
  type OnMatch,
  type Pass,
  type PassOptions,
  type RowOutcome,
  type Subject,
  unidentified,
} from './pass.js';
import { createRowReader, type ImportRow, type RowIssue, type RowReading } from './row.js';
import { type RowGroup, settle } from './settle.js';
import { createUnfindableRows } from './unfindable.js';
import { uniqueValues } from './unique-values.js';

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
  /** Takes up the contacts that the store finds for each of the keys that `add` returned since the last time, in their order. */
  found(contacts: readonly (readonly Contact[])[]): void;
  /** The plan, once all rows were added. */
  finish(): ImportPlan;
}

/** An edit after which there is a contact. */
type Landing = Edit & Required<Pick<Edit, 'after'>>;

type Fate = Exclude<keyof ImportCounts, 'rows'>;

/** The keys for which the store is asked at once, each once, by their texts. */
type Question = Map<string, Key>;

const byRow = (one: { readonly row: number }, other: { readonly row: number }): number => one.row - other.row;

/**
 * Plans an import of rows that come batch by batch, in one pass over the file:
 *
 * ```ts
 * const planner = createImportPlanner(options);
 * for (const rows of batches) planner.found(await store.lookup(planner.add(rows)));
 * const plan = planner.finish();
 * ```
 *
 * 1. Each row is read by itself (`createRowReader`). Of a row with a bad cell its faults alone are kept.
 * 2. Rows are gathered into groups that share IDs, addresses or numbers, with each other or by way of contacts of the
 *    store (`createGrouping`). What becomes of a group depends on its own rows and contacts alone.
 * 3. At the end each group is settled (`settle`): its rows pass over its contacts in their order (`passRows`), such that
 *    the same rows, imported again, make nothing of the outcome.
 * 4. Rows that nothing can find again come last (`createUnfindableRows`).
 *
 * It holds the data of each row that can land, a key for each ID, address and number, and the contacts that were found.
 */
export const createImportPlanner = (options: ImportOptions): ImportPlanner => {
  const { category, match, onMatch, settings, context } = options;
  const fields = fieldsOf(category, settings.fields);
  const read = createRowReader({ ...options, fields, labelName: createLabelNames(settings) });
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

  /** A row that is alone is settled once, so that nobody need remember its ID. */
  const aloneOptions: PassOptions = { ...passOptions, newIdFor: context.newId };

  /** The fields' columns, as the file names them. */
  const headers = new Map<FieldPath, string>();
  const grouping = createGrouping();
  const unfindable = createUnfindableRows(passOptions);
  const counts: Record<Fate, number> = { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
  const errors: RowIssue[] = [];
  const warnings: RowIssue[] = [];
  const edits: { readonly row: number; readonly edit: Landing; readonly labels: readonly string[] }[] = [];
  const question: Question = new Map();

  const issueOf = ({ row, line }: RowReading, { path, value, message }: Finding): RowIssue => {
    const column = headers.get(path) ?? fields.find((field) => field.path === path)?.label ?? '';
    return { row, line, column, value, message };
  };

  const reject = (issues: readonly RowIssue[]): void => {
    counts.rejected += 1;
    errors.push(...issues);
  };

  /** Puts a row where it belongs, and tells which contacts are wanted for it. */
  const gather = (row: RowReading): readonly Key[] => {
    const unique = uniqueValues(row.data, fields).map(({ key }) => key);
    const keys = keysOfRow(row, match, unique);
    if (keys !== undefined) {
      grouping.add(row, keys.holds);
      unfindable.claim(row);
      return keys.asks;
    }
    if (isIdentified(row.data)) return unfindable.add(row);
    reject([issueOf(row, { path: '', value: '', message: unidentified })]);
    return [];
  };

  /** Takes up a row, and gives the keys that are not asked for yet. */
  const addRow = (given: ImportRow): readonly Key[] => {
    for (const path of given.draft.keys()) if (!headers.has(path)) headers.set(path, given.column(path));
    const row = read(given);
    if (row.errors.length > 0) {
      reject(row.errors);
      return [];
    }
    return gather(row).filter((key) => {
      const name = `${key.of} ${key.value}`;
      if (question.has(name)) return false;
      question.set(name, key);
      return true;
    });
  };

  const fateOf = (row: RowReading, outcome: RowOutcome, altered: ReadonlySet<Subject>): Fate => {
    if (outcome.kind !== 'landed') return outcome.kind;
    const { subject, changed } = outcome;
    if (subject.before === undefined && subject.first === row) return 'created';
    return changed && altered.has(subject) ? 'updated' : 'unchanged';
  };

  const land = (row: number, before: Contact | undefined, after: Contact): void => {
    edits.push({ row, edit: before === undefined ? new Creation(after) : { before, after }, labels: after.labels });
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

  /** Takes a row that nothing else has to do with, and tells whether that was enough. */
  const takeAlone = ({ rows: [row, another], contacts }: RowGroup): boolean => {
    if (row === undefined || another !== undefined) return false;
    const outcome = settleAlone(row, contacts, aloneOptions);
    if (outcome === undefined) return false;
    if (outcome.kind === 'unidentified') {
      reject([issueOf(row, { path: '', value: '', message: unidentified })]);
      return true;
    }
    if (outcome.kind === 'created') land(row.row, undefined, outcome.after);
    counts[outcome.kind] += 1;
    warnings.push(...row.warnings);
    return true;
  };

  /** With `--strict`, where a row is bad: what would have landed is left alone. */
  const nothingLands = (): void => {
    counts.skipped += counts.created + counts.updated;
    counts.created = 0;
    counts.updated = 0;
    edits.length = 0;
  };

  return {
    add: (rows) => rows.flatMap(addRow),
    found: (lists) => {
      [...question.values()].forEach((key, index) => {
        for (const contact of lists[index] ?? []) {
          if (contact.category === category || key.of === 'id') grouping.found(key, contact);
          if (contact.category === category) unfindable.found(key, contact);
        }
      });
      question.clear();
    },
    finish: () => {
      for (const group of grouping.groups()) if (!takeAlone(group)) take(settle(group, passOptions));
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
