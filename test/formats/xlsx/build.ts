import { Readable } from 'node:stream';
import yazl from 'yazl';

/** A ZIP archive with these files. */
export const archiveOf = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> => {
  const zip = new yazl.ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), path);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream as Readable) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** A sheet of a test's workbook. */
export interface TestSheet {
  readonly name: string;
  /** What stands in `sheetData`, or the whole part where it begins with `<`. */
  readonly rows: string;
  readonly state?: string;
  /** The last word of its relationship's type. */
  readonly type?: string;
}

export interface TestWorkbook {
  readonly sheets: readonly TestSheet[];
  readonly shared?: string;
  /** The formats of the styles from 1 on, as codes, or as the numbers of built-in ones. */
  readonly formats?: readonly (string | number)[];
  readonly is1904?: boolean;
  /** The prefix of all elements, with its colon. */
  readonly prefix?: string;
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

const relationships = (entries: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships>${entries.map(([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

const styles = (formats: readonly (string | number)[]): string => {
  const ids = formats.map((format, index) => (typeof format === 'number' ? format : 200 + index));
  const codes = formats.flatMap((format, index) =>
    typeof format === 'number'
      ? []
      : [
          `<numFmt numFmtId="${200 + index}" formatCode="${format.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/>`,
        ],
  );
  return `<styleSheet xmlns="${main}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`;
};

/** A workbook whose parts stand at unusual places, which relationships tell. */
export const workbookOf = ({ sheets, shared = '', formats = [], is1904 = false, prefix = '' }: TestWorkbook) => {
  const prefixed = (xml: string): string =>
    xml
      .replace(/<(\/?)(?=[a-zA-Z])/g, `<$1${prefix}`)
      .replaceAll('xmlns=', prefix === '' ? 'xmlns=' : `xmlns:${prefix.slice(0, -1)}=`);
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" ${state ? `state="${state}" ` : ''}r:id="s${index}"/>`,
  );
  const parts = sheets.map(({ rows }, index) => [
    `data/sheets/s${index}.xml`,
    rows.startsWith('<!') || rows.startsWith('<worksheet')
      ? rows
      : prefixed(`<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
  ]);
  return archiveOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relationships([['r1', 'officeDocument', '/data/book.xml']]),
    'data/book.xml': prefixed(
      `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    ),
    'data/_rels/book.xml.rels': relationships([
      ...sheets.map(({ type = 'worksheet' }, index) => [`s${index}`, type, `sheets/s${index}.xml`] as const),
      ['t1', 'sharedStrings', 'texts.xml'],
      ['t2', 'styles', '../data/styles.xml'],
    ]),
    'data/texts.xml': prefixed(`<sst xmlns="${main}">${shared}</sst>`),
    'data/styles.xml': styles(formats),
    ...Object.fromEntries(parts),
  });
};
