import { type Command, Option } from 'commander';
import type { ImportPlan, ImportOptions as PlanOptions } from '../contacts/import/plan.js';
import type { RowIssue } from '../contacts/import/row.js';
import type { Scratch } from '../contacts/scratch.js';
import type { Settings } from '../contacts/settings.js';
import { Reported, UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import type { DateOrder } from '../fields/kinds/kind.js';
import type { Source } from '../formats/encoding.js';
import { type ImportFormat, importFormats } from '../formats/index.js';
import { type JoinedFiles, joinFiles, restOf } from '../formats/joined.js';
import { isSameFile, refuseTaken } from './files.js';
import { describeColumns, type ToldColumn, tellColumns } from './import-columns.js';
import { type OpenedImport, openImportFiles, settingsWith } from './import-file.js';
import { inputPaths, openInputs } from './import-inputs.js';
import { type ImportInput, planImport } from './import-plan.js';
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
  /** Files, and folders of vCards; `-` is standard input. */
  readonly files: readonly string[];
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

/** What the columns of the files hold, as a dry run tells it. */
const columnsOf = async (
  { files }: JoinedFiles,
  settings: Settings,
  { category, dateOrder }: ImportOptions,
  session: Session,
): Promise<readonly ToldColumn[]> => {
  const context = await session.draftContext({ dateOrder });
  const columns: ToldColumn[] = [];
  for (const { file, name } of files) {
    const told = describeColumns(file, category, settings, context);
    columns.push(...(files.length === 1 ? told : told.map((column) => ({ file: name, ...column }))));
  }
  return columns;
};

const invalidExitCode = 5;

/** Issues as they are told: where there are several files, with the file, and the row in it. */
const issueTeller =
  (joined: JoinedFiles): ((issue: RowIssue) => RowIssue) =>
  (issue) => {
    if (joined.files.length === 1) return issue;
    const { name, rowsBefore } = joined.fileOf(issue.row);
    return { file: name, ...issue, row: issue.row - rowsBefore };
  };

/** A plan as it is told. */
const toldPlan = (plan: ImportPlan, joined: JoinedFiles): ImportPlan => {
  const tell = issueTeller(joined);
  const warnings = [...joined.warnings(), ...plan.warnings].sort((one, other) => one.row - other.row);
  return { ...plan, errors: plan.errors.map(tell), warnings: warnings.map(tell) };
};

/** @param scratches are taken up with those that are to be closed once all is told */
const importOpened = async (
  opened: OpenedImport,
  input: Pick<ImportInput, 'joined' | 'given' | 'title'>,
  options: ImportOptions,
  session: Session,
  scratches: Scratch[],
): Promise<void> => {
  const store = await session.store();
  const { joined, title } = input;
  let outcome:
    | { readonly plan: ImportPlan; readonly settings: Settings; readonly rejects: readonly string[] }
    | undefined;
  const change = await store.change(
    { by: session.stamp().by, command: 'import', summary: '' },
    async (view) => {
      const settings = settingsWith(await view.settings(), opened);
      const scratch = view.scratch();
      scratches.push(scratch);
      const plan = await planImport({ ...input, settings }, options, view, scratch, session);
      if (options.report !== undefined) await writeReport(options.report, joined, plan, options.force, session);
      outcome = { plan, settings, rejects: await writeRejects(joined, plan, options, session) };
      const defines = plan.edits.length > 0 || opened.saved !== undefined;
      return {
        edits: plan.edits,
        ...(defines && { settings: plan.settings ?? settings }),
        summary: `Imported ${title}: ${summaryOf(plan)}`,
      };
    },
    { dryRun: options.dryRun },
  );
  if (outcome === undefined) return;
  const { settings, rejects } = outcome;
  const plan = toldPlan(outcome.plan, joined);
  const columns = options.dryRun ? await columnsOf(joined, settings, options, session) : undefined;
  if (options.json) {
    const rest = restOf(joined.files);
    await writeJson(session, outcomeJson(plan, rest, columns, (!options.dryRun && change?.id) || null));
  } else if (columns !== undefined && columns.length > 0) {
    await tellColumns(columns, session);
  }
  await tellOutcome(plan, { ...opened, files: joined.files }, settings, options, session);
  for (const path of rejects) {
    await session.tell(`The rejected rows are in ${path}; mend them there and import that file.`);
  }
  if (!options.dryRun) await hintUndo(change?.id, session);
  if (plan.counts.rejected > 0) throw new Reported(invalidExitCode);
};

/** Refuses options that contradict each other, and files that may not be written, before anything is read. */
const checkOptions = async (options: ImportOptions, inputs: readonly string[], session: Session): Promise<void> => {
  const { rejects, report, force } = options;
  const isInput = async (path: string): Promise<boolean> => {
    for (const input of inputs) if (await isSameFile(path, input)) return true;
    return false;
  };
  if (rejects !== undefined && inputs.length > 1) {
    throw new UsageError(
      '--rejects is for one file, and these are several.',
      'Import them one by one to keep rejected rows.',
    );
  }
  if (rejects !== undefined && (await isInput(rejects))) {
    throw new UsageError('--rejects names the file that is imported.', 'Name another file for the rejected rows.');
  }
  if (report !== undefined) {
    reportFormatOf(report);
    if (await isInput(report)) {
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

/** How people know the files that are imported. */
const titleOf = (inputs: readonly Source[]): string =>
  inputs.length === 1 ? (inputs[0]?.name ?? '') : `${inputs.length.toLocaleString('en-US')} files`;

export const runImport = async (options: ImportOptions, session: Session): Promise<void> => {
  const paths = await inputPaths(options.files);
  await checkOptions(options, paths, session);
  const store = await session.store();
  const hasGiven = options.set.length + options.add.length > 0;
  const given = hasGiven ? readGivenValues(options, await store.settings(), await session.draftContext()) : [];
  const inputs = await openInputs(paths, session);
  const { opened, files } = await openImportFiles(options, inputs, store, session);
  const scratches: Scratch[] = [];
  try {
    const input = { joined: joinFiles(files), given, title: titleOf(inputs) };
    await importOpened(opened, input, options, session, scratches);
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
    .argument('<file...>', 'files, and folders of vCards; - is standard input')
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
    .action(
      action((files: readonly string[], options: Omit<ImportOptions, 'files'>) => run({ ...options, files }, session)),
    );
};
