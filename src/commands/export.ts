import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { delimiterNamed } from '../formats/csv/delimiter.js';
import { type ExportFormat, exportExtensions, exportFormatOf, exportFormats, formats } from '../formats/index.js';
import { showProgress } from '../terminal/progress.js';
import { csvOf, programPieces, workbookOf } from './csv-output.js';
import { writeFileWhole } from './files.js';
import {
  type CategoryChoice,
  categoriesOf,
  categoryOption,
  orderOf,
  readQuery,
  refuseMixedCsv,
} from './list-options.js';
import { count, dataFormOf, inTurn, listPieces, writeAll } from './output.js';
import { action, onlyQuery } from './program.js';
import type { Session } from './session.js';

export interface ExportOptions {
  /** The file; standard output where absent or `-`. */
  readonly file?: string;
  readonly format?: ExportFormat;
  readonly category: CategoryChoice;
  readonly where?: string;
  readonly sort?: string;
  readonly fields?: string;
  /** The header alone. */
  readonly template: boolean;
  readonly bom: boolean;
  /** Without the guard against formulas. */
  readonly raw: boolean;
  readonly force: boolean;
  readonly vcardVersion?: '3.0' | '4.0';
  /** The program whose header and form are written. */
  readonly for?: keyof typeof programNames;
  /** What stands between the cells of CSV, as `--delimiter` takes it. */
  readonly delimiter?: string;
}

const isFileName = (file: string | undefined): file is string => file !== undefined && file !== '-';

/**
 * The format that was told, else that of the file's extension, else CSV.
 *
 * @throws UsageError for an extension of another format
 */
const formatOf = ({ format, file }: ExportOptions): ExportFormat => {
  if (format !== undefined || !isFileName(file)) return format ?? 'csv';
  const found = exportFormatOf(file);
  const extension = extname(file);
  if (found !== undefined || extension === '') return found ?? 'csv';
  throw new UsageError(
    `Contacts cannot be written as ${extension}.`,
    `Name the file with one of ${exportExtensions.join(', ')}, or say which with --format.`,
  );
};

/** What stands between the cells of a CSV file: what was told, else tabs where its extension says so. */
const delimiterOf = ({ delimiter, file = '' }: ExportOptions): string | undefined =>
  delimiter === undefined && /\.(tsv|tab)$/i.test(file) ? '\t' : delimiter && delimiterNamed(delimiter);

const checkOptions = (options: ExportOptions, session: Session): void => {
  const format = formatOf(options);
  refuseMixedCsv(format, categoriesOf(options.category));
  if (format !== 'vcard' && options.vcardVersion !== undefined) {
    throw new UsageError('--vcard-version is for vCards.', 'Leave it out, or give --format vcard.');
  }
  if (format === 'xlsx' && !isFileName(options.file) && session.io.stdoutIsTerminal) {
    throw new UsageError('A workbook cannot be shown at a terminal.', 'Name a file for it: contacts export all.xlsx.');
  }
  const isTable = format === 'csv' || format === 'xlsx';
  const misplaced = [
    ...(['bom', 'delimiter'] as const).filter((name) => options[name] && format !== 'csv'),
    ...(['template', 'raw'] as const).filter((name) => options[name] && !isTable),
  ];
  if (misplaced.length > 0) {
    throw new UsageError(`--${misplaced[0]} is for CSV.`, 'Leave it out, or give --format csv.');
  }
  checkProgram(options, isTable);
  if (format === 'vcard' && options.fields !== undefined) {
    throw new UsageError('A vCard has all fields.', 'Leave --fields out, or use another --format.');
  }
};

/** Whether the options agree with the form of another program. */
const checkProgram = ({ for: program, fields, category }: ExportOptions, isTable: boolean): void => {
  if (program === undefined) return;
  if (!isTable)
    throw new UsageError('--for writes CSV or an Excel workbook.', 'Leave --format out, or give csv or xlsx.');
  if (program === 'excel') return;
  if (fields !== undefined) {
    throw new UsageError(`--for ${program} writes the columns of ${programNames[program]}.`, 'Leave --fields out.');
  }
  if (category !== 'external') {
    throw new UsageError(`--for ${program} is for external contacts.`, 'Leave --category out.');
  }
};

const programNames = { excel: 'Excel', google: 'Google Contacts', outlook: 'Outlook', hubspot: 'HubSpot' } as const;

/** What a program has no column for, in words. */
const leftText = (program: keyof typeof programNames, left: ReadonlyMap<string, number>): string => {
  const fields = [...left].map(([label, contacts]) => `${label} (${count(contacts, 'contact')})`);
  return `${programNames[program]} has no column for ${fields.join(', ')}: these values were not written.`;
};

/** The same contacts, of which it is told how many were taken; without a generator of its own, which takes time. */
const counted = (contacts: AsyncIterable<Contact>, reached: (done: number) => void): AsyncIterable<Contact> => ({
  [Symbol.asyncIterator]: () => {
    const taken = contacts[Symbol.asyncIterator]();
    let asked = 0;
    return {
      next: () => {
        if (asked > 0) reached(asked);
        asked += 1;
        return taken.next();
      },
      return: async () => (await taken.return?.()) ?? { done: true, value: undefined },
    };
  },
});

/** The options of an export to a folder, which holds vCards. */
const forFolder = (options: ExportOptions): ExportOptions => {
  if (options.format === undefined || options.format === 'vcard') return { ...options, format: 'vcard' };
  throw new UsageError(
    `A folder gets a vCard for each contact, not ${options.format}.`,
    'Leave --format out, or name a file.',
  );
};

export const runExport = async (given: ExportOptions, session: Session): Promise<void> => {
  const isFolder = isFileName(given.file) && (await (await import('./export-folder.js')).isFolderPath(given.file));
  const options = isFolder ? forFolder(given) : given;
  checkOptions(options, session);
  const store = await session.store();
  await store.snapshot(async (view) => {
    const format = formatOf(options);
    const settings = await view.settings();
    const categories = categoriesOf(options.category);
    const query = await readQuery(options.where, categories, view, session);
    const selection = { category: options.category, ...(query && { query }) };
    const { category: chosen, sort } = options;
    const order = orderOf({ category: chosen, ...(sort !== undefined && { sort }) }, settings, 'stored');
    const isFile = isFileName(options.file);
    const title = `Exporting ${isFile ? options.file : 'to standard output'}`;
    const progress = await showProgress(session.io, { title, unit: 'contacts' }, () => session.now().getTime());
    let written = 0;
    const contacts = (): AsyncIterable<Contact> =>
      counted(options.template ? inTurn([]) : view.each(selection, order), (done) => {
        written = Math.max(written, done);
        if (isFile || !session.io.stdoutIsTerminal) progress.reached(done);
      });
    const [category = 'external'] = categories;
    const { bom, raw, fields, force, vcardVersion: version } = options;
    const custom = settings.fields;
    let left: ReadonlyMap<string, number> = new Map();
    const { for: program } = options;
    const delimiter = delimiterOf(options);
    const hasMark = bom || program === 'excel' || program === 'outlook';
    const pieces =
      program !== undefined && program !== 'excel'
        ? programPieces(
            program,
            contacts,
            { custom, isWorkbook: format === 'xlsx', bom: hasMark, delimiter },
            (found) => {
              left = found;
            },
          )
        : format === 'csv'
          ? csvOf(contacts, { category, custom, fields, bom: hasMark, raw, delimiter })
          : format === 'xlsx'
            ? workbookOf(contacts, { category, custom, fields, raw })
            : format === 'vcard' || fields === undefined
              ? formats[format].write(contacts, { category, custom, ...(version && { version }) })
              : listPieces(session, contacts, { format, fields, categories, settings });
    try {
      if (isFolder && options.file !== undefined) {
        const { exportToFolder } = await import('./export-folder.js');
        const how = { custom, force, ...(version && { version }) };
        await exportToFolder(options.file, contacts(), how, view, session);
      } else if (options.file !== undefined && isFile) {
        await writeFileWhole(options.file, pieces, force, session);
      } else {
        await writeAll(session.data(dataFormOf(format)), pieces);
      }
    } finally {
      progress.end();
    }
    if (program !== undefined && left.size > 0) await session.warn(leftText(program, left));
    if (isFile && !isFolder) await session.tell(`Exported ${count(written, 'contact')} to ${options.file}.`);
  });
};

export const declare = (program: Command, session: Session, run = runExport): void => {
  program
    .command('export')
    .description('Write contacts out: to a file, or to standard output.')
    .argument(
      '[file]',
      'the file; its ending tells the format; a folder gets a vCard for each contact; - is standard output',
    )
    .addOption(new Option('--format <format>', 'how to write (csv)').choices(exportFormats))
    .addOption(categoryOption(['external', 'internal', 'all'], 'external'))
    .option('--where <query>', 'only those that the query matches: see contacts search --help', onlyQuery)
    .option('--sort <field[:desc]>', 'the order; else that of their creation')
    .option('--fields <a,b,c>', 'which fields to write')
    .addOption(
      new Option('--for <program>', 'the header and form that a program takes').choices([
        'excel',
        'google',
        'outlook',
        'hubspot',
      ]),
    )
    .option('--template', 'the empty CSV or workbook with its header', false)
    .option('--delimiter <character>', 'what stands between the cells of CSV: "," ";" "|" tab')
    .option('--bom', 'begin with a byte order mark, by which Excel knows UTF-8', false)
    .option('--raw', 'write texts that a spreadsheet would run as formulas as they are', false)
    .addOption(new Option('--vcard-version <version>', 'the version of vCards (4.0)').choices(['3.0', '4.0']))
    .option('--force', 'replace an existing file', false)
    .action(
      action((file: string | undefined, options: Omit<ExportOptions, 'file'>) =>
        run({ ...options, ...(file !== undefined && { file }) }, session),
      ),
    );
};
