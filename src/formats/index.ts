import { extname } from 'node:path';
import { InvalidError, UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import type { CustomField } from '../fields/field.js';
import { isWorkbook } from './container.js';
import { type Source, textOf } from './encoding.js';
import type { ImportFile, ReadOptions } from './record.js';
import type { WrittenVersion } from './vcard/write.js';

/** How contacts are written. */
interface WriteOptions {
  readonly category: Category;
  readonly custom: readonly CustomField[];
  /** Of vCards; 4.0 where absent. */
  readonly version?: WrittenVersion;
}

/** Gives the contacts, the same ones each time. */
type Contacts = () => AsyncIterable<Contact>;

/** A format of files with contacts; its reader and writer are loaded when they are wanted. */
export interface Format {
  /** The endings of names of such files, with their dots. */
  readonly extensions: readonly string[];
  /** Whether a text that begins so, after any white space, is of this format. */
  readonly begins: (head: string) => boolean;
  /** Looks through a file, and makes it ready to be read. */
  readonly open: (source: Source, options: ReadOptions) => Promise<ImportFile>;
  /** Writes contacts piece by piece, as texts or in UTF-8. */
  readonly write: (contacts: Contacts, options: WriteOptions) => AsyncIterable<string | Uint8Array>;
}

const openJson = async (source: Source, options: ReadOptions): Promise<ImportFile> =>
  (await import('./json/read.js')).openJson(source, options);

/** The formats, by the names that `--format` takes; content is asked in this order, and CSV is what is left. */
export const formats = {
  vcard: {
    extensions: ['.vcf', '.vcard'],
    begins: (head) => /(?:^|[\r\n\xbf\xff\xfe])\s*BEGIN[ \t]*:[ \t]*V(?:CARD|ADDRESSBOOK)/i.test(head),
    open: async (source, options) => (await import('./vcard/read.js')).openVcards(source, options),
    async *write(contacts, options) {
      yield* (await import('./vcard/write.js')).writeVcards(contacts(), options);
    },
  },
  json: {
    extensions: ['.json'],
    begins: (head) => /^[{[]/.test(head),
    open: openJson,
    async *write(contacts) {
      yield* (await import('./json/write.js')).writeJson(contacts());
    },
  },
  ndjson: {
    extensions: ['.ndjson', '.jsonl'],
    begins: () => false,
    open: openJson,
    async *write(contacts) {
      yield* (await import('./json/write.js')).writeNdjson(contacts());
    },
  },
  xlsx: {
    extensions: ['.xlsx', '.xlsm'],
    begins: () => false,
    open: async (source, options) => (await import('./xlsx/read.js')).openWorkbook(source, options),
    async *write(contacts, options) {
      yield* (await import('./xlsx/write.js')).writeWorkbook(contacts, options);
    },
  },
  csv: {
    extensions: ['.csv', '.tsv', '.tab'],
    begins: () => true,
    open: async (source, options) => (await import('./csv/read.js')).openCsv(source, options),
    async *write(contacts, options) {
      yield* (await import('./csv/write.js')).writeCsv(contacts, options);
    },
  },
} as const satisfies Record<string, Format>;

export type ExportFormat = keyof typeof formats;
export type ImportFormat = ExportFormat;

/** What `export --format` takes. */
export const exportFormats: readonly ExportFormat[] = ['csv', 'xlsx', 'vcard', 'json', 'ndjson'];

/** What `import --format` takes. */
export const importFormats: readonly ImportFormat[] = [...exportFormats];

/** The extensions that `export` knows, with their dots. */
export const exportExtensions: readonly string[] = exportFormats.flatMap((name) => formats[name].extensions);

/** The format that a file's name tells, if it tells any. */
export const exportFormatOf = (path: string): ExportFormat | undefined => {
  const extension = extname(path).toLowerCase();
  return exportFormats.find((name) => (formats[name].extensions as readonly string[]).includes(extension));
};

const headLength = 1024;

/** Whether a source is of vCards, by its bytes: each of their texts may be in an encoding of its own. */
const isVcard = async (source: Source): Promise<boolean> => {
  let head = '';
  for await (const bytes of source.open()) {
    // The bytes between the characters of UTF-16 are zero.
    head += Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
    if (head.length >= headLength) break;
  }
  if (head.trim() === '') return false;
  return exportFormatOf(source.name) === 'vcard' || formats.vcard.begins(head.slice(0, headLength));
};

/**
 * The format of a file: by its content where that is a workbook or a vCard, whatever its name; else by its name; else by
 * its content.
 *
 * @param encoding a label of the Encoding Standard, where the user told it
 * @throws EncodingUnknown where the beginning is not Unicode, and no encoding was told
 * @throws InvalidError where the file is empty, or none that can be read (`isWorkbook`)
 */
export const importFormatOf = async (source: Source, encoding?: string): Promise<ImportFormat> => {
  if (await isWorkbook(source)) return 'xlsx';
  if (await isVcard(source)) return 'vcard';
  let head = '';
  for await (const text of textOf(source, encoding)) {
    head = (head + text).trimStart();
    if (head.length >= headLength) break;
  }
  if (head === '') throw new InvalidError(`${source.name} is empty.`, 'Check that it is the right file.');
  const names = Object.keys(formats) as readonly ImportFormat[];
  return exportFormatOf(source.name) ?? names.find((name) => formats[name].begins(head)) ?? 'csv';
};

/**
 * Opens a file of contacts and goes through it once.
 *
 * @param format what the user said that it is
 * @throws EncodingUnknown, InvalidError where the file cannot be read as a whole
 * @throws UsageError where an option names something that is not there
 */
export const openImport = async (source: Source, options: ReadOptions, format?: ImportFormat): Promise<ImportFile> => {
  const found = format ?? (await importFormatOf(source, options.encoding));
  if (options.sheet !== undefined && found !== 'xlsx') {
    throw new UsageError('--sheet is for Excel workbooks.', `Leave it out: ${source.name} is none.`);
  }
  if (format !== undefined && (await isWorkbook(source)) !== (format === 'xlsx')) {
    throw new InvalidError(
      `${source.name} is ${format === 'xlsx' ? 'not' : ''} an Excel workbook (.xlsx).`.replace('  ', ' '),
      'Nothing was imported. Leave --format out.',
    );
  }
  return formats[found].open(source, options);
};
