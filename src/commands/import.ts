import { type Command, Option } from 'commander';
import type { Edit } from '../contacts/change.js';
import { displayName } from '../contacts/contact.js';
import { createImportPlanner, type ImportPlan, type ImportOptions as PlanOptions } from '../contacts/import/plan.js';
import type { Settings } from '../contacts/settings.js';
import { InvalidError, NotFoundError, Reported, UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import { type CustomField, fieldsOf, keyOfLabel } from '../fields/field.js';
import type { DateOrder } from '../fields/kinds/kind.js';
import { shownValues } from '../fields/values.js';
import { EncodingUnknown, type Source } from '../formats/encoding.js';
import { type ImportFormat, importFormats, openImport } from '../formats/index.js';
import type { ImportFile, ReadOptions } from '../formats/record.js';
import type { StoreView } from '../store/store.js';
import { labelColours } from '../terminal/label-colours.js';
import { createProgress } from '../terminal/progress.js';
import { openInput, writeFileWhole } from './files.js';
import { categoryOption } from './list-options.js';
import { count, writeJson } from './output.js';
import { action } from './program.js';
import type { Session } from './session.js';

export interface ImportOptions {
  /** The file; `-` is standard input. */
  readonly file: string;
  readonly category: Category;
  readonly format?: ImportFormat;
  readonly match: readonly ('email' | 'phone' | 'id')[];
  readonly onMatch: PlanOptions['onMatch'];
  readonly onInvalid: PlanOptions['onInvalid'];
  readonly strict: boolean;
  readonly rejects?: string;
  /** `Column=field`, and `Column=` to leave a column out. */
  readonly map: readonly string[];
  /** The name of a saved mapping. */
  readonly mapping?: string;
  readonly ignoreUnknown: boolean;
  readonly createFields: boolean;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly dateOrder?: DateOrder;
  readonly keepRest: boolean;
  readonly dryRun: boolean;
  readonly json?: boolean;
}

/** Rows that are read before the store is asked for the contacts that they may be. */
const batchSize = 2000;
const errorsInJson = 1000;
const shownIssues = 20;
const shownContacts = 5;

/** Opens the file; where its encoding cannot be told, the user is shown what it would read like, and chooses. */
const openFile = async (
  source: Source,
  format: ImportFormat | undefined,
  options: ReadOptions,
  session: Session,
): Promise<ImportFile> => {
  try {
    return await openImport(source, options, format);
  } catch (error) {
    if (!(error instanceof EncodingUnknown) || error.candidates.length === 0) throw error;
    if (!session.mayAsk || options.encoding !== undefined) throw error;
    const ask = await session.ask('Say which encoding with --encoding.');
    const encoding = await ask.chooseOne({
      message: `${source.name} is not UTF-8. Which of these reads right?`,
      choices: error.candidates.map(({ encoding: value, samples }) => ({
        value,
        name: `${value}: ${samples.join(' | ')}`,
      })),
    });
    return openImport(source, { ...options, encoding }, format);
  }
};

/** Custom fields for columns that no field fits, each with a key of its own. */
const fieldsForColumns = (headers: readonly string[], known: readonly CustomField[]): readonly CustomField[] => {
  const keys = new Set(known.map(({ key }) => key));
  return headers.map((label, index) => {
    const wanted = keyOfLabel(label) || `column${index + 1}`;
    let key = wanted;
    for (let next = 2; keys.has(key); next += 1) key = `${wanted}${next}`;
    keys.add(key);
    return { key, label, kind: 'text' };
  });
};

const refuseUnknown = ({ unknown }: ImportFile): void => {
  if (unknown.length === 0) return;
  const columns = unknown.map(({ header, values }) => `"${header}" (${values.join(', ')})`);
  throw new InvalidError(
    `No field fits ${unknown.length === 1 ? 'the column' : 'the columns'} ${columns.join(', ')}.`,
    'Nothing was imported. Say what they hold with --map "Column=field" ("Column=" leaves one out), or add --ignore-unknown or --create-fields.',
  );
};

/** A file that is ready to be imported, with the settings that it is read by. */
interface Opened {
  readonly file: ImportFile;
  /** As they are now, and with the custom fields that the import defines. */
  readonly settings: Settings;
  readonly created: readonly CustomField[];
}

const open = async (options: ImportOptions, source: Source, view: StoreView, session: Session): Promise<Opened> => {
  const settings = await view.settings();
  const { readColumnChoice } = await import('../formats/csv/mapping.js');
  const savedMap = options.mapping === undefined ? undefined : settings.mappings[options.mapping];
  if (options.mapping !== undefined && savedMap === undefined) {
    const names = Object.keys(settings.mappings);
    throw new NotFoundError(
      `There is no saved mapping "${options.mapping}".`,
      names.length === 0 ? 'None is saved yet; use --map.' : `There are: ${names.join(', ')}.`,
    );
  }
  const map = Object.fromEntries(options.map.map(readColumnChoice));
  const reading: ReadOptions = {
    category: options.category,
    custom: settings.fields,
    encoding: options.encoding,
    delimiter: options.delimiter,
    dateOrder: options.dateOrder,
    map,
    savedMap,
    keepRest: options.keepRest,
  };
  const file = await openFile(source, options.format, reading, session);
  if (file.unknown.length === 0 || options.ignoreUnknown) return { file, settings, created: [] };
  if (!options.createFields) refuseUnknown(file);
  if (options.category === 'internal') {
    throw new UsageError(
      'Staff have no custom fields.',
      'Use --ignore-unknown or --map "Column=" instead of --create-fields.',
    );
  }
  const created = fieldsForColumns(
    file.unknown.map(({ header }) => header),
    settings.fields,
  );
  const custom = [...settings.fields, ...created];
  const chosen = Object.fromEntries(created.map(({ label, key }) => [label, key]));
  const again = await openFile(source, options.format, { ...reading, custom, map: { ...map, ...chosen } }, session);
  return { file: again, settings: { ...settings, fields: custom }, created };
};

/** Reads the file's rows and compares them with the store, a batch at a time. */
const planImport = async (
  { file, settings }: Opened,
  options: ImportOptions,
  view: StoreView,
  session: Session,
): Promise<ImportPlan> => {
  const planner = createImportPlanner({
    category: options.category,
    match: options.match.filter((key) => key !== 'id'),
    onMatch: options.onMatch,
    onInvalid: options.onInvalid,
    strict: options.strict,
    settings,
    labelColours,
    context: await session.draftContext({ dateOrder: options.dateOrder }),
  });
  const task = { title: `Importing ${options.file === '-' ? 'standard input' : options.file}`, unit: 'rows' } as const;
  const progress = createProgress(session.io, { ...task, total: file.rows }, () => session.now().getTime());
  try {
    let batch: Parameters<typeof planner.add>[0][number][] = [];
    const flush = async (): Promise<void> => {
      planner.found(await view.lookup(planner.add(batch)));
      batch = [];
    };
    for await (const record of file.records()) {
      batch.push(record);
      if (batch.length < batchSize) continue;
      await flush();
      progress.reached(record.row);
    }
    await flush();
    return planner.finish();
  } finally {
    progress.end();
  }
};

/** What is wrong with a row, as a line for people. */
const describeRow = ({ line, column, value, message }: ImportPlan['errors'][number]): string => {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `line ${line}: ${column === '' ? 'the row' : column}${shown === '' ? '' : ` "${shown}"`} ${message}`;
};

async function* rejectedRecords(file: ImportFile, { errors }: ImportPlan) {
  const faults = new Map<number, string[]>();
  for (const { row, column, message } of errors) {
    faults.set(row, [...(faults.get(row) ?? []), column === '' ? message : `${column} ${message}`]);
  }
  for await (const record of file.records()) {
    const found = faults.get(record.row);
    if (found !== undefined) yield { record, error: found.join('; ') };
  }
}

/** Where rejected rows go: the file that was named; at a terminal one beside the input, where that can be written. */
const writeRejects = async (
  file: ImportFile,
  plan: ImportPlan,
  options: ImportOptions,
  session: Session,
): Promise<string | undefined> => {
  if (plan.counts.rejected === 0 || options.dryRun) return undefined;
  const rows = (): AsyncIterable<string> => file.rejects(rejectedRecords(file, plan));
  if (options.rejects !== undefined) {
    await writeFileWhole(options.rejects, rows(), { force: true, newId: session.newId });
    return options.rejects;
  }
  if (options.file === '-' || !session.io.stderrIsTerminal) return undefined;
  const [, stem = options.file, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(options.file) ?? [];
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const path = `${stem}.rejects${attempt === 1 ? '' : `-${attempt}`}${extension}`;
    try {
      await writeFileWhole(path, rows(), { force: false, newId: session.newId });
      return path;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConflictError') continue;
      await session.warn(`The rejected rows were not kept: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
  return undefined;
};

/** What an edit does to a contact, field by field. */
const describeEdit = (
  { before, after }: Edit,
  category: Category,
  custom: readonly CustomField[],
): readonly string[] => {
  const contact = after ?? before;
  if (contact === undefined) return [];
  const lines = fieldsOf(category, custom).flatMap((field) => {
    const [old, now] = [before, after].map((side) => (side === undefined ? '' : shownValues(field, side).join('; ')));
    if (old === now) return [];
    return [`    ${field.label}: ${old === '' ? '' : `${old} → `}${now === '' ? '(empty)' : now}`];
  });
  return [`  ${before === undefined ? '+' : '~'} ${displayName(contact)} (${contact.id})`, ...lines];
};

const tellPlan = async (plan: ImportPlan, options: ImportOptions, custom: readonly CustomField[], session: Session) => {
  for (const edit of plan.edits.slice(0, shownContacts)) {
    for (const line of describeEdit(edit, options.category, custom)) await session.say(line);
  }
  const more = plan.edits.length - shownContacts;
  if (more > 0) await session.say(`  and ${count(more, 'more contact', 'more contacts')}`);
};

const tellIssues = async (plan: ImportPlan, session: Session): Promise<void> => {
  for (const warning of plan.warnings.slice(0, shownIssues)) await session.warn(`${describeRow(warning)}.`);
  if (plan.warnings.length > shownIssues) {
    await session.warn(`and ${count(plan.warnings.length - shownIssues, 'more warning', 'more warnings')}.`);
  }
  for (const error of plan.errors.slice(0, shownIssues)) await session.tell(`rejected: ${describeRow(error)}.`);
  if (plan.errors.length > shownIssues) {
    await session.tell(`and ${count(plan.errors.length - shownIssues, 'more fault', 'more faults')}.`);
  }
};

const summaryOf = ({ counts }: ImportPlan): string =>
  `${count(counts.rows, 'row')}: ${counts.created.toLocaleString('en-US')} created, ` +
  `${counts.updated.toLocaleString('en-US')} updated, ${counts.unchanged.toLocaleString('en-US')} unchanged, ` +
  `${counts.skipped.toLocaleString('en-US')} skipped, ${counts.rejected.toLocaleString('en-US')} rejected`;

const invalidExitCode = 5;

export const runImport = async (options: ImportOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const input = await openInput(options.file, session);
  const source: Source = { name: options.file === '-' ? 'standard input' : options.file, open: input.open };
  const opened = await open(options, source, store, session);
  const { file } = opened;
  let plan: ImportPlan | undefined;
  let rejects: string | undefined;
  const change = await store.change(
    { by: session.stamp().by, command: 'import', summary: '' },
    async (view) => {
      plan = await planImport(opened, options, view, session);
      rejects = await writeRejects(file, plan, options, session);
      const defines = plan.edits.length > 0 && opened.created.length > 0;
      const settings = plan.settings ?? (defines ? opened.settings : undefined);
      return {
        edits: plan.edits,
        ...(settings && { settings }),
        summary: `Imported ${source.name}: ${summaryOf(plan)}`,
      };
    },
    { dryRun: options.dryRun },
  );
  if (plan === undefined) return;
  if (options.json) {
    const errors = plan.errors.slice(0, errorsInJson);
    await writeJson(session, { ...plan.counts, errors, change: (!options.dryRun && change?.id) || null });
  } else {
    await tellIssues(plan, session);
    if (options.dryRun) await tellPlan(plan, options, opened.settings.fields, session);
    await session.say(`${options.dryRun ? 'Would import ' : ''}${summaryOf(plan)}.`);
  }
  for (const { name } of plan.newLabels) await session.tell(`Defined the label "${name}".`);
  for (const { label } of plan.edits.length > 0 ? opened.created : [])
    await session.tell(`Defined the field "${label}".`);
  for (const [what, number] of file.rest) {
    await session.tell(
      `${count(number, 'value')} of "${what}" ${options.keepRest ? 'went to notes' : 'had no field'}.`,
    );
  }
  for (const { header } of options.ignoreUnknown ? file.unknown : [])
    await session.tell(`Left out the column "${header}".`);
  if (rejects !== undefined)
    await session.tell(`The rejected rows are in ${rejects}; mend them there and import that file.`);
  if (plan.counts.rejected > 0) throw new Reported(invalidExitCode);
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
    .addOption(
      new Option('--on-match <how>', 'what becomes of a contact that is there')
        .choices(['update', 'skip', 'replace', 'create'])
        .default('update'),
    )
    .addOption(
      new Option('--on-invalid <how>', 'what becomes of a row with a bad cell')
        .choices(['reject', 'note'])
        .default('reject'),
    )
    .option('--strict', 'one bad row, and nothing lands', false)
    .option('--rejects <file>', 'where the rejected rows go')
    .option('--map <column=field>', 'what a column holds; "Column=" leaves it out; repeat it for several', collect, [])
    .option('--mapping <name>', 'a saved mapping of columns')
    .option('--ignore-unknown', 'leave out the columns that no field fits', false)
    .option('--create-fields', 'make custom fields of the columns that no field fits', false)
    .option('--encoding <name>', 'the encoding, where it is not Unicode: GB18030, Big5, Shift_JIS …')
    .option('--delimiter <character>', 'what stands between cells: "," ";" tab')
    .addOption(new Option('--date-order <order>', 'how 03/04/1990 is read').choices(['mdy', 'dmy']))
    .option('--keep-rest', 'keep in a note what has no field', false)
    .option('--dry-run', 'say what would change, and change nothing', false)
    .option('--json', 'the outcome as JSON')
    .action(action((file: string, options: Omit<ImportOptions, 'file'>) => run({ ...options, file }, session)));
};
