import { InvalidError, NotFoundError } from '../../errors.js';
import { type NumberFormat, numberFormatOf } from './number-format.js';
import { attribute, readWholeXml } from './xml.js';
import type { Part } from './zip.js';

type Parts = ReadonlyMap<string, Part>;

interface Relationship {
  /** The last word of its type: `worksheet`, `styles`. */
  readonly type: string;
  readonly part: Part | undefined;
}

/** The path of a target: from the root where it begins with a slash, else from the folder of the part that names it. */
const resolvePath = (target: string, folder: string): string => {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}/${target}`).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/').toLowerCase();
};

const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));

/** The relationships of a part by their ids (ECMA-376 part 2, section 9.3); of the whole package where it is no part. */
const relationshipsOf = async (parts: Parts, name: string): Promise<ReadonlyMap<string, Relationship>> => {
  const folder = folderOf(name);
  const file = `${folder === '' ? '' : `${folder}/`}_rels/${name.slice(name.lastIndexOf('/') + 1)}.rels`;
  const found = new Map<string, Relationship>();
  await readWholeXml(parts.get(file.toLowerCase()), {
    open: (element, { Id: id, Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (element !== 'Relationship' || id === undefined || mode === 'External') return;
      found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), part: parts.get(resolvePath(target, folder)) });
    },
  });
  return found;
};

const partOfType = (relationships: ReadonlyMap<string, Relationship>, type: string): Part | undefined =>
  [...relationships.values()].find((relationship) => relationship.type === type)?.part;

/** A sheet that has cells. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: Part;
}

/** What a workbook has besides the cells of its sheets. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly sharedStrings: Part | undefined;
  /** Days are counted from 1904. */
  readonly is1904: boolean;
  /** The number formats of the styles, by the style's number. */
  readonly formats: readonly NumberFormat[];
}

const formatsOf = async (styles: Part | undefined): Promise<readonly NumberFormat[]> => {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isCell = false;
  await readWholeXml(styles, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') isCell = true;
      if (name === 'xf' && isCell) ids.push(Number(attributes.numFmtId ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') isCell = false;
    },
  });
  const formats = new Map([...new Set(ids)].map((id) => [id, numberFormatOf(id, codes.get(id))]));
  return ids.map((id) => formats.get(id) ?? { shows: 'number' });
};

/**
 * Reads what a workbook consists of (ECMA-376 part 1, section 18.2).
 *
 * @returns nothing where the archive is no workbook
 */
export const readWorkbook = async (parts: Parts): Promise<Workbook | undefined> => {
  const main = partOfType(await relationshipsOf(parts, ''), 'officeDocument');
  if (main === undefined) return undefined;
  const relationships = await relationshipsOf(parts, main.name);
  const sheets: Sheet[] = [];
  let is1904 = false;
  let isWorkbook = false;
  await readWholeXml(main, {
    open: (name, attributes) => {
      if (name === 'workbook') isWorkbook = true;
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const { type, part } = relationships.get(attribute(attributes, 'id') ?? '') ?? {};
      if (type !== 'worksheet' || part === undefined) return;
      sheets.push({ name: attributes.name ?? '', isHidden: /hidden/i.test(attributes.state ?? ''), part });
    },
  });
  if (!isWorkbook) return undefined;
  return {
    sheets,
    is1904,
    sharedStrings: partOfType(relationships, 'sharedStrings'),
    formats: await formatsOf(partOfType(relationships, 'styles')),
  };
};

/**
 * The sheet that is wanted: the first visible one, or the one that the user told.
 *
 * @param told a name, or a number among the visible sheets, from 1
 * @throws NotFoundError where there is no such sheet, with the names of those that are
 */
export const chooseSheet = (sheets: readonly Sheet[], told: string | undefined, workbook: string): Sheet => {
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const folded = told?.trim().toLowerCase();
  const chosen =
    told === undefined
      ? visible[0]
      : (sheets.find(({ name }) => name === told) ??
        sheets.find(({ name }) => name.trim().toLowerCase() === folded) ??
        visible[Number(told) - 1]);
  if (chosen !== undefined) return chosen;
  if (told === undefined) {
    throw new InvalidError(`${workbook} has no visible sheet with cells.`, 'Name a sheet with --sheet.');
  }
  const names = sheets.map(({ name }) => `"${name}"`).join(', ');
  throw new NotFoundError(`${workbook} has no sheet "${told}".`, `Its sheets are: ${names}.`);
};
