import type { Contact } from '../../fields/contact.js';
import { isIdentified } from '../../fields/draft.js';
import { type FieldPath, fieldsOf } from '../../fields/field.js';
import type { Edit } from '../change.js';
import { Creation } from '../creation.js';
import type { Key } from '../keys.js';
import { NumberList } from '../number-list.js';
import type { Scratch } from '../scratch.js';
import type { LabelDefinition, Settings } from '../settings.js';
import type { StoredContact } from '../stored-contact.js';
import { createGrouping, type Group } from './groups.js';
import { createFirstNames, undefinedLabels } from './labels.js';
import {
  type Finding,
  type OnMatch,
  type OnNew,
  outcomeOfNew,
  type Pass,
  type PassOptions,
  type RowOutcome,
  type Subject,
  unidentified,
} from './pass.js';
import { exactPathsOf, presetsOf, type ReadRows, type RowsReaderOptions } from './read-rows.js';
import type { RowIssue, RowReading } from './row.js';
import { type RowAction, RowLog, type RowResult } from './row-log.js';
import { createSaidRows } from './said-rows.js';
import { settle } from './settle.js';
import { type ImportCounts, Tally } from './tally.js';
import { createUnfindableRows } from './unfindable.js';
import { WaitingRows } from './waiting-rows.js';

export interface ImportOptions extends Omit<RowsReaderOptions, 'asks' | 'onInvalid' | 'knownLabels'> {
  /** An address or a number alone decides who a row is, whatever the names are. */
  readonly anyName: boolean;
  readonly onMatch: OnMatch;
  readonly onNew: OnNew;
  /** One bad row, and nothing lands. */
  readonly strict: boolean;
  /** The colours that new labels get in turn. */
  readonly labelColours: readonly string[];
  /** Whether the plan tells what became of each row. */
  readonly tellsRows?: boolean;
  /** Where what is planned is kept until it is written; the plan is good as long as this is. */
  readonly scratch: Scratch;
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
  /** What became of each row, in their order, where that was wanted. It is good as long as the scratch is. */
  readonly results: Iterable<RowResult>;
}

/** Plans an import, batch by batch. */
export interface ImportPlanner {
  /**
   * Takes up rows. The contacts of each key that comes back are wanted (`found`), at the latest before `finish`.
   *
   * @param scratch the one that they were read into, which is needed as long as the plan is
   * @returns keys that `add` has not returned since the last `found`, each once
   */
  add(rows: ReadRows, scratch: Scratch): readonly Key[];
  /** Takes up the contacts that the store finds for each of the keys that `add` returned since the last time, in their order. */
  found(contacts: readonly (readonly StoredContact[])[]): void;
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

const lacksName: Finding = { path: '', value: '', message: unidentified };

/** The keys for which the store is asked at once, each once, by their texts. */
type Question = Map<string, Key>;

/**
 * Plans an import of rows that come batch by batch, in one pass over the file:
 *
 * ```ts
 * const read = createRowsReader(options, scratch);
 * const planner = createImportPlanner(options);
 * for (const rows of batches) planner.found(await store.lookAt(planner.add(read(rows), scratch)));
 * planner.found(await store.lookAt(planner.neededAgain()));
 * const plan = planner.finish();
 * ```
 *
 * 1. Each row is read by itself (`createRowsReader`). Of a row with a bad cell its faults alone are kept; of others the
 *    contact that they make by themselves (`WaitingRows`).
 * 2. Rows are gathered into groups that share IDs, addresses or numbers, with each other or by way of contacts of the
 *    store (`createGrouping`). What becomes of a group depends on its own rows and contacts alone.
 * 3. At the end each group is settled. Most are a row that makes a new contact, which is ready, or one of which a contact
 *    says all already (`createSaidRows`). Of the others the rows pass over the contacts in their order (`settle`), such that
 *    the same rows, imported again, make nothing of the outcome.
 * 4. Rows that nothing can find again come last (`createUnfindableRows`).
 *
 * It holds a hash for each ID, address and number, and some 40 bytes of each row. The contacts of rows that can land are in
 * the scratch, and those that were found where they do not say all of their row already.
 */
export const createImportPlanner = (options: ImportOptions): ImportPlanner => {
  const { category, match, anyName, onMatch, onNew, settings, context, scratch, tellsRows = false } = options;
  const fields = fieldsOf(category, settings.fields);
  const ids = new WeakMap<RowReading, string>();
  const passOptions: PassOptions = {
    category,
    fields,
    match,
    anyName,
    monthNamed: context.parsers.month,
    onMatch,
    onNew,
    tellsSteps: tellsRows,
    stamp: context,
    newIdFor: (row) => {
      const id = ids.get(row) ?? context.newId();
      ids.set(row, id);
      return id;
    },
  };

  /** The fields' columns, as the file names them. */
  const headers = new Map<FieldPath, string>();
  const waiting = new WaitingRows({
    fields,
    stamp: context,
    presetPaths: presetsOf(options).map(({ path }) => path),
    exactPaths: exactPathsOf(options),
  });
  const labelName = createFirstNames();
  const grouping = createGrouping(scratch);
  const unfindable = createUnfindableRows(passOptions);
  const tally = new Tally(tellsRows ? new RowLog(fields, scratch) : undefined);
  const edits: Landing[] = [];
  /** The row of each edit. */
  const rowsOfEdits = new NumberList();
  /** The first row with each label of the contacts that land. */
  const rowOfLabel = new Map<string, number>();
  const question: Question = new Map();

  const issueOf = ({ row, line }: Pick<RowReading, 'row' | 'line'>, finding: Finding): RowIssue => {
    const { path, value, message } = finding;
    const column = finding.column ?? headers.get(path) ?? fields.find((field) => field.path === path)?.label ?? '';
    return { row, line, column, value, message };
  };

  const reject = ({ row, line }: Pick<RowReading, 'row' | 'line'>, errors: readonly RowIssue[]): void =>
    tally.add({ row, line, action: 'rejected', errors });

  const rejectFor = (place: Pick<RowReading, 'row' | 'line'>, ...findings: readonly Finding[]): void =>
    reject(
      place,
      findings.map((finding) => issueOf(place, finding)),
    );

  const readAgain = (at: number): RowReading => {
    const { reading, id } = waiting.readingOf(at);
    if (reading.id === undefined) ids.set(reading, id);
    return reading;
  };

  const said = createSaidRows(waiting, grouping, readAgain, passOptions);

  /** Names the labels of rows as the first of them do. */
  const nameLabels = (labels: ReadRows['labels'], first: number): void => {
    for (const [at, given] of labels) {
      const names = given.map(labelName);
      if (names.some((name, place) => name !== given[place])) waiting.relabel(first + at, names, scratch);
    }
  };

  const addUnfindable = (row: RowReading): readonly Key[] => {
    const labelled = { ...row, data: { ...row.data, labels: row.data.labels.map(labelName) } };
    if (isIdentified(row.data)) return unfindable.add(labelled);
    rejectFor(row, lacksName);
    return [];
  };

  const isNewQuestion = (key: Key): boolean => {
    const name = `${key.of} ${key.value}`;
    if (question.has(name)) return false;
    question.set(name, key);
    return true;
  };

  /** Takes up rows, and gives the keys that are not asked for yet. */
  const add = (rows: ReadRows, from: Scratch): readonly Key[] => {
    for (const [path, header] of rows.headers) if (!headers.has(path)) headers.set(path, header);
    const first = waiting.count;
    waiting.add(rows, from);
    nameLabels(rows.labels, first);
    let before = 0;
    for (const end of rows.hashEnds) {
      grouping.add(rows.hashes, before, end);
      before = end;
    }
    for (const [name, row] of rows.claims) unfindable.claim(name, row);
    for (const issues of rows.rejected) if (issues[0] !== undefined) reject(issues[0], issues);
    return [...rows.asks, ...rows.unfindable.flatMap(addUnfindable)].filter(isNewQuestion);
  };

  const takeStored = (key: Key, stored: StoredContact): void => {
    if (!isAskingAgain && !unfindable.isWanted(key) && said.takeSame(key, stored)) return;
    const contact = stored.contact();
    if (contact === undefined) return;
    if (isAskingAgain) {
      grouping.keep(contact);
      return;
    }
    if (contact.category === category || key.of === 'id' || key.of === 'uid') said.take(key, contact);
    if (contact.category === category) unfindable.found(key, contact);
  };

  const actionOf = (row: RowReading, outcome: RowOutcome, altered: ReadonlySet<Subject>): RowAction => {
    if (outcome.kind !== 'landed') return outcome.kind;
    const { subject, changed } = outcome;
    if (subject.before === undefined && subject.first === row) return 'created';
    return changed && altered.has(subject) ? 'updated' : 'unchanged';
  };

  const land = (row: number, edit: Landing, labels: readonly string[]): void => {
    edits.push(edit);
    rowsOfEdits.push(row);
    for (const label of labels) rowOfLabel.set(label, Math.min(row, rowOfLabel.get(label) ?? row));
  };

  /** The contacts that are made or altered so far. */
  function* landed(): Generator<Contact, void> {
    for (const { after } of edits) yield after;
  }

  /** The edits in the order of their rows. */
  const inOrder = (): readonly Edit[] => {
    const isBefore = (one: number, other: number): number => rowsOfEdits.at(one) - rowsOfEdits.at(other);
    if (edits.every((_, index) => index === 0 || isBefore(index - 1, index) <= 0)) return edits;
    return Array.from(edits.keys())
      .sort(isBefore)
      .map((index) => edits[index] as Edit);
  };

  const take = (pass: Pass): void => {
    const altered = new Set<Subject>();
    for (const subject of pass.subjects) {
      const { before, first, after } = subject;
      if (after === undefined || after === before) continue;
      altered.add(subject);
      const edit = before === undefined ? Creation.of(after, scratch) : { before, after };
      land(first?.row ?? 0, edit, after.labels);
    }
    for (const [row, outcome] of pass.outcomes) {
      if (outcome.kind === 'rejected') {
        rejectFor(row, outcome.finding, ...(outcome.further ?? []));
        continue;
      }
      const action = actionOf(row, outcome, altered);
      const id = outcome.subject?.id;
      if (outcome.kind === 'skipped') {
        tally.add({ row: row.row, line: row.line, action, id });
        continue;
      }
      const step = action === 'unchanged' ? undefined : () => outcome.step;
      const warnings = [...outcome.told, ...outcome.warnings.map((finding) => issueOf(row, finding))];
      tally.add({ row: row.row, line: row.line, action, id, step, warnings });
    }
  };

  /** Takes a row that nothing else has to do with as it waits. */
  const takeAlone = (at: number): void => {
    const known = said.idOf(at);
    const warnings = known === undefined ? waiting.warningsOf(at) : waiting.warningsOfKnown(at);
    if (known !== undefined) {
      if (tellsRows) tally.add({ ...waiting.placeOf(at), action: 'unchanged', id: known, warnings });
      else tally.count('unchanged', warnings);
      return;
    }
    const place = waiting.placeOf(at);
    const ofNew = outcomeOfNew(onNew);
    if (ofNew?.kind === 'skipped') tally.add({ ...place, action: 'skipped' });
    else if (ofNew !== undefined) rejectFor(place, ofNew.finding);
    else if (!waiting.isIdentified(at)) rejectFor(place, lacksName);
    else {
      const made = waiting.creationOf(at);
      land(place.row, made, waiting.labelsOf(at));
      if (tellsRows) {
        tally.add({ ...place, action: 'created', id: made.id, step: () => ({ after: made.after }), warnings });
      } else tally.count('created', warnings);
    }
  };

  const settleGroup = ({ rows, contacts }: Group): Pass =>
    settle(
      {
        rows: rows.map(readAgain),
        contacts: contacts.flatMap((each) => each.contact() ?? []),
      },
      passOptions,
    );

  /** With `--strict`, where a row is bad: what would have landed is left alone. */
  const landNothing = (): void => {
    tally.landNothing();
    edits.length = 0;
    rowOfLabel.clear();
  };

  let isAskingAgain = false;

  return {
    add,
    found: (lists) => {
      [...question.values()].forEach((key, index) => {
        for (const stored of lists[index] ?? []) takeStored(key, stored);
      });
      question.clear();
    },
    neededAgain: () => {
      isAskingAgain = true;
      for (const id of said.neededAgain()) question.set(id, { of: 'id', value: id });
      return [...question.values()];
    },
    finish: () => {
      for (const group of grouping.groups()) {
        if (said.arePlain(group)) group.rows.forEach(takeAlone);
        else take(settleGroup(group));
      }
      take(unfindable.pass(landed()));
      if (options.strict && tally.rejected > 0) landNothing();
      const labels = [...rowOfLabel].sort(([, one], [, other]) => one - other).map(([label]) => label);
      const newLabels = undefinedLabels(labels, settings, options.labelColours);
      return {
        edits: inOrder(),
        ...(newLabels.length > 0 && { settings: { ...settings, labels: [...settings.labels, ...newLabels] } }),
        newLabels,
        counts: tally.counts(),
        errors: tally.errors(),
        warnings: tally.warnings(),
        results: tally.results(),
      };
    },
  };
};
