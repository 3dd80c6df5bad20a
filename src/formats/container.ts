import { InvalidError } from '../errors.js';
import { headOf, type Source } from './encoding.js';

/** What a file is by its content, where that is no text with contacts. */
interface Container {
  /** As a sentence names it: `a PDF file`. */
  readonly what: string;
  /** What to do. */
  readonly remedy: string;
}

const saveAs = 'Open it in the program that made it, and save it as .xlsx or CSV.';
const extract = 'Extract it, and import the files in it.';
const exportAgain = 'Export the contacts as CSV or vCard, and import that.';

const workbooks = {
  locked: {
    what: 'locked by a password (encrypted)',
    remedy: 'Open it in Excel, take the password off (File, Info, Protect Workbook), save it, and import it again.',
  },
  oldExcel: {
    what: 'an old Excel workbook (.xls)',
    remedy: 'Open it in a spreadsheet program, and save it as .xlsx or CSV.',
  },
  binaryExcel: {
    what: 'a binary Excel workbook (.xlsb)',
    remedy: 'Open it in Excel, and save it as .xlsx or CSV.',
  },
  openDocument: {
    what: 'an OpenDocument spreadsheet (.ods)',
    remedy: 'Open it in LibreOffice, and save it as .xlsx or CSV.',
  },
  numbers: { what: 'a Numbers spreadsheet (.numbers)', remedy: 'Open it in Numbers, and export it to Excel or CSV.' },
  xmlSpreadsheet: {
    what: 'an XML spreadsheet of Excel 2003',
    remedy: 'Open it in a spreadsheet program, and save it as .xlsx or CSV.',
  },
  webPage: {
    what: 'a web page (HTML), whatever its name says',
    remedy: 'Open it in a spreadsheet program, and save it as .xlsx or CSV.',
  },
} as const satisfies Record<string, Container>;

/** Files by their first bytes, written as Latin-1. */
const signatures: readonly (readonly [start: RegExp, container: Container])[] = [
  [/^%PDF-/, { what: 'a PDF file', remedy: exportAgain }],
  [/^\x1f\x8b/, { what: 'a compressed file (gzip)', remedy: extract }],
  [/^7z\xbc\xaf\x27\x1c/, { what: 'an archive (7z)', remedy: extract }],
  [/^Rar!\x1a\x07/, { what: 'an archive (RAR)', remedy: extract }],
  [/^\xfd7zXZ\0/, { what: 'a compressed file (xz)', remedy: extract }],
  [/^BZh[1-9]1AY&SY/, { what: 'a compressed file (bzip2)', remedy: extract }],
  [/^\x28\xb5\x2f\xfd/, { what: 'a compressed file (Zstandard)', remedy: extract }],
  [/^[\s\S]{257}ustar/, { what: 'an archive (tar)', remedy: extract }],
  [/^SQLite format 3\0/, { what: 'a database (SQLite)', remedy: exportAgain }],
  [
    /^!BDN/,
    { what: 'a mailbox of Outlook (.pst)', remedy: 'Export the contacts from Outlook as CSV, and import that.' },
  ],
  [/^(\x89PNG|\xff\xd8\xff|GIF8)/, { what: 'a picture', remedy: exportAgain }],
  [/^\{\\rtf/, { what: 'a document (RTF)', remedy: exportAgain }],
  [/^\x09[\0\x02\x04\x08][\x04-\x10]\0/, workbooks.oldExcel],
];

/** Texts that are no table, by how they begin. */
const textStarts: readonly (readonly [start: RegExp, container: Container])[] = [
  [
    /^(<\?xml[^>]*>\s*)?(<!--((?!-->)[\s\S])*-->\s*)*<(!doctype\s+html|html|head|body|table|meta|style|script|div)\b/i,
    workbooks.webPage,
  ],
  [
    /^<\?xml[\s\S]*(urn:schemas-microsoft-com:office:spreadsheet|mso-application progid="Excel)/i,
    workbooks.xmlSpreadsheet,
  ],
  [/^<\?xml/i, { what: 'an XML file', remedy: exportAgain }],
  [/^ID;P/, { what: 'a SYLK file (.slk)', remedy: saveAs }],
  [
    /^(version: *1 *\r?\n|#.*\r?\n|\r?\n)*dn::? *\S/i,
    { what: 'a directory export (LDIF)', remedy: 'Export the contacts as CSV or vCard, and import that.' },
  ],
];

/** A compound file (MS-CFB), which old Office programs write, and new ones where there is a password. */
const compoundFile = /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/;
const searched = 2 ** 24;

const compoundContainer = async (source: Source): Promise<Container> => {
  const bytes = await headOf(source, searched);
  const has = (stream: string): boolean => bytes.includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (has('EncryptedPackage')) return workbooks.locked;
  if (has('Workbook') || has('Book')) return workbooks.oldExcel;
  return { what: 'an old Office document (.doc, .msg or the like)', remedy: exportAgain };
};

const isZip = /^PK(\x03\x04|\x05\x06)/;

/** What a ZIP archive is by the names of its files; nothing where it is an Excel workbook. */
const zipContainer = async (source: Source): Promise<Container | undefined> => {
  const { BadArchive, partsOf } = await import('./xlsx/zip.js');
  let names: readonly string[];
  try {
    names = [...(await partsOf(source)).keys()];
  } catch (error) {
    if (!(error instanceof BadArchive)) throw error;
    const cut = (await headOf(source, 4096)).toString('latin1');
    // The list of files stands at the end. Where that is gone, the first names tell what it was.
    if (/\[Content_Types\]\.xml|_rels\/|xl\//.test(cut)) return undefined;
    return { what: 'a damaged archive (ZIP), or one that was cut short', remedy: 'Fetch it again.' };
  }
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/^xl\/workbook\.bin$/)) return workbooks.binaryExcel;
  if (has(/\.iwa$/) || has(/^index\.zip$/)) return workbooks.numbers;
  if (has(/^word\//)) return { what: 'a Word document (.docx)', remedy: exportAgain };
  if (has(/^ppt\//)) return { what: 'a PowerPoint document (.pptx)', remedy: exportAgain };
  if (has(/^mimetype$/) && has(/^content\.xml$/)) {
    const type = (await headOf(source, 4096)).toString('latin1');
    const isSheet = !/opendocument\.(text|presentation|graphics)/.test(type);
    return isSheet ? workbooks.openDocument : { what: 'an OpenDocument file', remedy: exportAgain };
  }
  if (has(/^\[content_types\]\.xml$/)) return undefined;
  return { what: 'an archive (ZIP)', remedy: extract };
};

const looked = 4096;

/** What the beginning of a file tells that is no ZIP archive. */
const containerOf = async (source: Source, bytes: Buffer): Promise<Container | undefined> => {
  const raw = bytes.toString('latin1');
  if (compoundFile.test(raw)) return compoundContainer(source);
  const known = signatures.find(([start]) => start.test(raw))?.[1];
  if (known !== undefined) return known;
  // In UTF-16 the letters of markup have zero bytes between them.
  const text = raw
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart();
  return textStarts.find(([start]) => start.test(text))?.[1];
};

/**
 * Whether a file is an Excel workbook (.xlsx, .xlsm), by its content.
 *
 * @throws InvalidError where it is something else that is no text with contacts (an old workbook, an archive, a web
 * page …), which it names
 */
export const isWorkbook = async (source: Source): Promise<boolean> => {
  const bytes = await headOf(source, looked);
  const isArchive = isZip.test(bytes.toString('latin1', 0, 4));
  const container = isArchive ? await zipContainer(source) : await containerOf(source, bytes);
  if (container === undefined) return isArchive;
  throw new InvalidError(`${source.name} is ${container.what}.`, `Nothing was imported. ${container.remedy}`);
};
