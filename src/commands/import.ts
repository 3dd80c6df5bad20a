import { type Command, Option } from 'commander';
import { createGiver, type GivenValue } from '../contacts/import/given-values.js';
import { createImportPlanner, type ImportPlan, type ImportOptions as PlanOptions } from '../contacts/import/plan.js';
import { createRowsReader } from '../contacts/import/read-rows.js';
import type { RowIssue } from '../contacts/import/row.js';
import type { Key } from '../contacts/keys.js';
import type { Scratch } from '../contacts/scratch.js';
import type { Settings } from '../contacts/settings.js';
import { Reported, UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import type { DateOrder } from '../fields/kinds/kind.js';
import type { Source } from '../formats/encoding.js';
import { type ImportFormat, importFormats } from '../formats/index.js';
import type { ImportRecord } from '../formats/record.js';
import type { PlanView } from '../store/store.js';
import { labelColours } from '../terminal/label-colours.js';
import { showProgress } from '../terminal/progress.js';
import { isSameFile, openInput, refuseTaken } from './files.js';
import { type OpenedImport, openImportFile, settingsWith } from './import-file.js';
import { writeRejects } from './import-rejects.js';
import { outcomeJson, summaryOf, tellOutcome } from './import-report.js';
import { reportFormatOf, writeReport } from './import-rows-report.js';
import { readGivenValues } from './import-values.js';
import { categoryOption } from './list-options.js';
import { writeJson } from './output.js';
import { action } from './program.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

export interface ImportOptions {
  /** The file; `-` is standard input. */
  readonly file: string;
  readonly category: Category;
  readonly format?: ImportFormat;
  readonly match: readonly ('email' | 'phone' | 'id')[];
  readonly anyName: boolean;
  readonly onMatch: PlanOptions['onMatch'];
  readonly onNew: PlanOptions['onNew'];
  readonly onInvalid: 'reject' | 'note';
  readonly strict: boolean;
  /** A label that is not defined rejects its row. */
  readonly knownLabels: boolean;
  /** `FIELD=VALUE`: what every row gets, in place of what it says or besides. */
  readonly set: readonly string[];
  readonly add: readonly string[];
  readonly rejects?: string;
  /** The file for what became of each row. */
  readonly report?: string;
  /** Files that exist may be replaced. */
  readonly force: boolean;
  /** `Column=field`, and `Column=` to leave a column out. */
  readonly map: readonly string[];
  /** The name of a saved mapping. */
  readonly mapping?: string;
  readonly ignoreUnknown: boolean;
  readonly createFields: boolean;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** The name or number of a workbook's sheet. */
  readonly sheet?: string;
  readonly dateOrder?: DateOrder;
  readonly keepRest: boolean;
  readonly dryRun: boolean;
  readonly json?: boolean;
}

/** Rows that are read before the store is asked for the contacts that they may be. */
const batchSize = 500;

/** A file that is ready to be imported, and what every row of it gets. */
interface ReadyImport extends OpenedImport {
  readonly given: readonly GivenValue[];
}

/** Reads the file's rows and compares them with the store, a batch at a time. */
const planImport = async (
  { file, given }: ReadyImport,
  settings: Settings,
  options: ImportOptions,
  view: PlanView,
  scratch: Scratch,
  session: Session,
): Promise<ImportPlan> => {
  const reading = {
    category: options.category,
    match: options.match.filter((key) => key !== 'id'),
    onInvalid: options.onInvalid,
    knownLabels: options.knownLabels,
    settings,
    context: await session.draftContext({ dateOrder: options.dateOrder }),
  };
  const readRows = createRowsReader({ ...reading, asks: await view.findsAny({ category: 'all' }) }, scratch);
  const give = createGiver(given);
  const read = (records: readonly ImportRecord[]) => readRows(given.length === 0 ? records : records.map(give));
  const planner = createImportPlanner({
    ...reading,
    anyName: options.anyName,
    onMatch: options.onMatch,
    onNew: options.onNew,
    strict: options.strict,
    labelColours,
    scratch,
    tellsRows: options.report !== undefined,
  });
  const task = { title: `Importing ${options.file === '-' ? 'standard input' : options.file}`, unit: 'rows' } as const;
  const progress = await showProgress(session.io, { ...task, total: file.rows }, () => session.now().getTime());
  try {
    let keys: Key[] = [];
    const ask = async (): Promise<void> => {
      planner.found(await view.lookAt(keys));
      keys = [];
    };
    let waiting = 0;
    for await (const records of file.batches()) {
      for (const key of planner.add(read(records), scratch)) keys.push(key);
      waiting += records.length;
      if (waiting < batchSize) continue;
      waiting = 0;
      await ask();
      progress.reached(records.at(-1)?.row ?? 0);
    }
    await ask();
    planner.found(await view.lookAt(planner.neededAgain()));
    const plan = planner.finish();
    return file.warnings === undefined ? plan : { ...plan, warnings: [...file.warnings, ...plan.warnings].sort(byRow) };
  } finally {
    progress.end();
  }
};

const byRow = (one: RowIssue, other: RowIssue): number => one.row - other.row;

const invalidExitCode = 5;

/** @param scratches are taken up with those that are to be closed once all is told */
const importOpened = async (
  opened: ReadyImport,
  source: Source,
  options: ImportOptions,
  session: Session,
  scratches: Scratch[],
): Promise<void> => {
  const store = await session.store();
  let outcome:
    | { readonly plan: ImportPlan; readonly settings: Settings; readonly rejects: string | undefined }
    | undefined;
  const change = await store.change(
    { by: session.stamp().by, command: 'import', summary: '' },
    async (view) => {
      const settings = settingsWith(await view.settings(), opened);
      const scratch = view.scratch();
      scratches.push(scratch);
      const plan = await planImport(opened, settings, options, view, scratch, session);
      if (options.report !== undefined) await writeReport(options.report, source.name, plan, options.force, session);
      outcome = { plan, settings, rejects: await writeRejects(opened.file, plan, options, session) };
      const defines = plan.edits.length > 0 || opened.saved !== undefined;
      return {
        edits: plan.edits,
        ...(defines && { settings: plan.settings ?? settings }),
        summary: `Imported ${source.name}: ${summaryOf(plan)}`,
      };
    },
    { dryRun: options.dryRun },
  );
  if (outcome === undefined) return;
  const { plan, settings, rejects } = outcome;
  if (options.json) {
    await writeJson(session, outcomeJson(plan, (!options.dryRun && change?.id) || null));
  }
  await tellOutcome(plan, opened, settings, options, session);
  if (rejects !== undefined) {
    await session.tell(`The rejected rows are in ${rejects}; mend them there and import that file.`);
  }
  if (!options.dryRun) await hintUndo(change?.id, session);
  if (plan.counts.rejected > 0) throw new Reported(invalidExitCode);
};

/** Refuses options that contradict each other, and files that may not be written, before anything is read. */
const checkOptions = async (options: ImportOptions, session: Session): Promise<void> => {
  const { file, rejects, report, force } = options;
  if (rejects !== undefined && (await isSameFile(rejects, file))) {
    throw new UsageError('--rejects names the file that is imported.', 'Name another file for the rejected rows.');
  }
  if (report !== undefined) {
    reportFormatOf(report);
    if (await isSameFile(report, file)) {
      throw new UsageError('--report names the file that is imported.', 'Name another file for the report.');
    }
    if (rejects !== undefined && (await isSameFile(report, rejects))) {
      throw new UsageError('--report and --rejects name the same file.', 'Name another file for one of them.');
    }
    await refuseTaken(report, force, session);
  }
  if (rejects !== undefined && !options.dryRun) await refuseTaken(rejects, force, session);
  if (options.onMatch === 'create' && options.onNew !== 'create') {
    throw new UsageError(
      `With --on-match create every row is new, and with --on-new ${options.onNew} none of them lands.`,
      'Use one of the two.',
    );
  }
};

export const runImport = async (options: ImportOptions, session: Session): Promise<void> => {
  await checkOptions(options, session);
  const store = await session.store();
  const hasGiven = options.set.length + options.add.length > 0;
  const given = hasGiven ? readGivenValues(options, await store.settings(), await session.draftContext()) : [];
  const input = await openInput(options.file, session);
  const source: Source = { name: options.file === '-' ? 'standard input' : options.file, open: input.open };
  const opened = await openImportFile(options, source, store, session);
  const scratches: Scratch[] = [];
  try {
    await importOpened({ ...opened, given }, source, options, session, scratches);
  } finally {
    for (const scratch of scratches) scratch.close();
  }
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const matchKeys = ['email', 'phone', 'id'] as const;

const readMatch = (text: string): ImportOptions['match'] =>
  text.split(',').map((name) => {
    const key = matchKeys.find((known) => known === name.trim().toLowerCase());
    if (key !== undefined) return key;
    throw new UsageError(
      `--match: there is no "${name}" to match by.`,
      'Give email, phone, both with a comma between, or id.',
    );
  });

export const declare = (program: Command, session: Session, run = runImport): void => {
  program
    .command('import')
    .description('Take contacts in from CSV, vCard or JSON: new ones are created, those that are there updated.')
    .argument('<file>', 'the file; - is standard input')
    .addOption(categoryOption(['external', 'internal'], 'external'))
    .addOption(new Option('--format <format>', 'the format, where name and content do not tell').choices(importFormats))
    .option('--match <keys>', 'what a row is matched by besides its ID: email,phone; id: by that alone', readMatch, [
      'email',
      'phone',
    ])
    .option('--any-name', 'let an address or a number decide, whatever the names', false)
    .addOption(
      new Option('--on-match <how>', 'what becomes of a contact that is there')
        .choices(['update', 'skip', 'replace', 'create'])
        .default('update'),
    )
    .addOption(
      new Option('--on-new <how>', 'what becomes of a row that matches nobody')
        .choices(['create', 'skip', 'reject'])
        .default('create'),
    )
    .addOption(
      new Option('--on-invalid <how>', 'what becomes of a row with a bad cell')
        .choices(['reject', 'note'])
        .default('reject'),
    )
    .option('--strict', 'one bad row, and nothing lands', false)
    .option('--known-labels', 'reject rows with labels that are not defined', false)
    .option('--set <field=value>', 'give every row this value, whatever the file says; repeat it', collect, [])
    .option('--add <field=value>', 'give every row this value besides its own; repeat it', collect, [])
    .option('--rejects <file>', 'where the rejected rows go')
    .option('--report <file>', 'what became of each row, as .ndjson or .csv; with --dry-run what would')
    .option('--force', 'replace files of --rejects and --report that exist', false)
    .option('--map <column=field>', 'what a column holds; "Column=" leaves it out; repeat it for several', collect, [])
    .option('--mapping <name>', 'a saved mapping of columns')
    .option('--ignore-unknown', 'leave out the columns that no field fits', false)
    .option('--create-fields', 'make custom fields of the columns that no field fits', false)
    .option('--encoding <name>', 'the encoding, where it is not Unicode: GB18030, Big5, Shift_JIS …')
    .option('--delimiter <character>', 'what stands between cells: "," ";" tab')
    .option('--sheet <name or number>', 'the sheet of a workbook; else the first visible one')
    .addOption(new Option('--date-order <order>', 'how 03/04/1990 is read').choices(['mdy', 'dmy']))
    .option('--keep-rest', 'keep in a note what has no field', false)
    .option('--dry-run', 'say what would change, and change nothing', false)
    .option('--json', 'the outcome as JSON')
    .action(action((file: string, options: Omit<ImportOptions, 'file'>) => run({ ...options, file }, session)));
};
