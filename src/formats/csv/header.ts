import { type FieldSpec, keptFields } from '../../fields/catalogue.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import {
  type AddressColumn,
  addressOwners,
  addressParts,
  countryCodeColumns,
  fieldColumns,
  foreignColumns,
  leftOutColumns,
  messagingServices,
  notedColumns,
  otherPhoneColumns,
  repeatingColumns,
} from './program-columns.js';

/** What a column of a file holds. */
export type ColumnUse =
  | {
      readonly is: 'field';
      readonly path: FieldPath;
      /** How good the name is: 0 the field's own, 1 a synonym, 2 and more another program's. */
      readonly rank: number;
      /** Which of the field's columns: `Mobile 2` is 2. */
      readonly order: number;
      /** The header says more than the field does, so a note keeps it with its value. */
      readonly noted?: boolean;
      /** Most of its values are forms of address. */
      readonly holdsTitles?: boolean;
      /** The column is called a name, and holds the one part that no other column does. */
      readonly isPartOfName?: boolean;
    }
  | { readonly is: 'id' }
  /** Tells the country of the row's phone numbers. */
  | { readonly is: 'countryCode' }
  /** A whole name, used where there is no first and last name. */
  | { readonly is: 'name' }
  | { readonly is: 'birth'; readonly part: 'year' | 'month' | 'day' }
  /** `Phone 2 - Value` and its like: the block's label says what its value is. */
  | {
      readonly is: 'block';
      readonly group: BlockGroup;
      readonly number: number;
      readonly part: 'label' | 'value';
    }
  | { readonly is: 'address'; readonly owner: string; readonly rank: number; readonly part: AddressColumn }
  /** Kept in a note with its header. */
  | { readonly is: 'noted' }
  /** Kept in a note where it says what no other cell says. */
  | { readonly is: 'repeating' }
  | { readonly is: 'leftOut' }
  | { readonly is: 'unknown' };

const blockGroups = {
  phone: 'Phone',
  email: 'Email',
  im: 'IM',
  website: 'Website',
  event: 'Event',
  relation: 'Relation',
  customfield: 'Custom Field',
  jot: 'Jot',
  externalid: 'External ID',
  calendarlink: 'Calendar Link',
} as const;

export type BlockGroup = (typeof blockGroups)[keyof typeof blockGroups];

const blockParts: Readonly<Record<string, 'label' | 'value'>> = {
  label: 'label',
  type: 'label',
  service: 'label',
  value: 'value',
  number: 'value',
};

const organizationParts: Readonly<Record<string, FieldPath>> = {
  name: 'company',
  title: 'jobTitle',
  department: 'department',
};

const birthParts = { birthyear: 'year', birthmonth: 'month', birthday: 'day' } as const;

const named = <Value>(entries: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> =>
  new Map(Object.entries(entries).map(([name, value]) => [nameOfField(name), value]));

const addressPartNamed = named<AddressColumn>(addressParts);
const serviceNamed = named(messagingServices);
const otherPhones = new Set(otherPhoneColumns.map(nameOfField));

/** The path of the field for a messaging service that Google's `IM` columns name. */
export const messagingField = (service: string): FieldPath | undefined => serviceNamed.get(nameOfField(service));

interface Candidate {
  readonly use: ColumnUse;
  readonly rank: number;
}

const fieldUse = (path: FieldPath, rank: number): Candidate => ({ use: { is: 'field', path, rank, order: 1 }, rank });

/** Every name by which a column is known as it stands, with what it can mean. */
const knownNames = (fields: readonly FieldSpec[]): ReadonlyMap<string, readonly Candidate[]> => {
  const names = new Map<string, Candidate[]>();
  const add = (name: string, candidate: Candidate): void => {
    const key = nameOfField(name);
    if (key !== '') names.set(key, [...(names.get(key) ?? []), candidate]);
  };
  const isTaken = (name: string): boolean => names.get(nameOfField(name))?.some(({ rank }) => rank === 0) ?? false;
  add('ID', { use: { is: 'id' }, rank: 0 });
  for (const field of fields) {
    const last = field.path.slice(field.path.lastIndexOf('.') + 1);
    const isEntry = /^(phones|emails)\./.test(field.path);
    const own = new Set([field.label, field.flag, field.path, ...(isEntry ? [] : [last])].map(nameOfField));
    const isCustom = field.path.startsWith('custom.');
    for (const name of own) if (!isCustom || !isTaken(name)) add(name, fieldUse(field.path, 0));
    for (const name of field.synonyms ?? []) add(name, fieldUse(field.path, 1));
  }
  for (const { path, label, synonyms } of keptFields) {
    const use: ColumnUse = path === 'id' || path === 'name' ? { is: path } : { is: 'leftOut' };
    for (const name of [label, ...synonyms]) add(name, { use, rank: path === 'id' || path === 'name' ? 1 : 3 });
  }
  for (const name of countryCodeColumns) add(name, { use: { is: 'countryCode' }, rank: 1 });
  for (const name of ['姓名', '氏名', '名前', '聯絡人', '联系人']) add(name, { use: { is: 'name' }, rank: 1 });
  const paths = new Set(fields.map((field) => field.path));
  for (const [path, columns] of [...Object.entries(fieldColumns), ...Object.entries(foreignColumns)]) {
    if (paths.has(path)) for (const name of columns) add(name, fieldUse(path, 2));
  }
  if (paths.has('phones.other')) for (const name of otherPhoneColumns) add(name, fieldUse('phones.other', 2));
  for (const name of notedColumns) add(name, { use: { is: 'noted' }, rank: 4 });
  for (const name of repeatingColumns) add(name, { use: { is: 'repeating' }, rank: 4 });
  for (const name of leftOutColumns) add(name, { use: { is: 'leftOut' }, rank: 4 });
  return names;
};

/** The best of what a name can mean; nothing where two fields have equal claims to it. */
const best = (candidates: readonly Candidate[] | undefined): ColumnUse | undefined => {
  if (candidates === undefined) return undefined;
  const rank = Math.min(...candidates.map((candidate) => candidate.rank));
  const [first, ...others] = candidates.filter((candidate) => candidate.rank === rank);
  const isTie = others.some(({ use }) => JSON.stringify(use) !== JSON.stringify(first?.use));
  return isTie ? undefined : first?.use;
};

const blockUse = (name: string, paths: ReadonlySet<string>): ColumnUse | undefined => {
  const [, group = '', digits = '', part = ''] =
    /^(phone|email|im|website|event|relation|customfield|jot|externalid|calendarlink|organization|address)(\d+)(\D+)$/.exec(
      name,
    ) ?? [];
  const number = Number(digits);
  if (group === 'organization') {
    const path = organizationParts[part];
    if (path !== undefined && paths.has(path)) return { is: 'field', path, rank: 2 + number, order: number };
    return /^(type|label)$/.test(part) ? { is: 'leftOut' } : { is: 'noted' };
  }
  if (group === 'address') {
    const column = addressPartNamed.get(part);
    return column && { is: 'address', owner: `Address ${number}`, rank: addressOwners.length + number, part: column };
  }
  const known = Object.hasOwn(blockGroups, group) ? blockGroups[group as keyof typeof blockGroups] : undefined;
  const blockPart = Object.hasOwn(blockParts, part) ? blockParts[part] : undefined;
  if (known === undefined) return undefined;
  if (blockPart !== undefined) return { is: 'block', group: known, number, part: blockPart };
  return part === 'displayname' ? { is: 'repeating' } : undefined;
};

/** A column of somebody's address; `Mailing Street` is a plain `Street`. */
const addressUse = (name: string): ColumnUse | undefined => {
  const mailing = /^mailing(.+)$/.exec(name)?.[1];
  const plain = mailing === undefined ? undefined : addressPartNamed.get(mailing);
  if (plain !== undefined && plain !== 'label') {
    const part = /^(street|city|state|zipCode|country)$/.test(plain) ? plain : 'street';
    return { is: 'field', path: `address.${part}`, rank: 2, order: 1 };
  }
  for (const [index, owner] of addressOwners.entries()) {
    const prefix = nameOfField(owner);
    const part = name.startsWith(prefix) ? addressPartNamed.get(name.slice(prefix.length)) : undefined;
    if (part !== undefined) return { is: 'address', owner, rank: index, part };
  }
  return undefined;
};

/** A numbered column of a field that repeats (`Mobile 2`, `E-mail 2 Address`), or of one that is kept in a note. */
const numberedUse = (
  name: string,
  names: ReadonlyMap<string, readonly Candidate[]>,
  repeating: ReadonlySet<string>,
): ColumnUse | undefined => {
  const [, before = '', digits = '', after = ''] = /^(\D+)(\d+)(\D*)$/.exec(name) ?? [];
  const use = best(names.get(before + after));
  if (use?.is === 'noted' || use?.is === 'leftOut') return use;
  return use?.is === 'field' && repeating.has(use.path) ? { ...use, order: Number(digits) } : undefined;
};

/** Tells what a column holds by its header. */
export type HeaderReader = (header: string) => ColumnUse;

/**
 * Makes a reader of headers for a category's fields: a field by its label, flag, path or synonyms whatever their case,
 * spaces, accents and punctuation; numbered ones for any number; and the columns of other programs' exports.
 */
export const createHeaderReader = (fields: readonly FieldSpec[]): HeaderReader => {
  const names = knownNames(fields);
  const paths = new Set(fields.map((field) => field.path));
  const repeating = new Set(fields.filter((field) => field.repeats).map((field) => field.path));
  return (header) => {
    const name = nameOfField(header);
    const direct = names.get(name);
    const use = direct
      ? best(direct)
      : (blockUse(name, paths) ??
        numberedUse(name, names, repeating) ??
        (paths.has('address.street') ? addressUse(name) : undefined));
    if (use?.is === 'field' && otherPhones.has(name.replace(/\d+/, ''))) return { ...use, noted: true };
    return use ?? { is: 'unknown' };
  };
};

/**
 * What the columns of a header hold.
 *
 * Names that only their neighbours explain: `Title` beside a column for the job is Mr or Dr, `Name` beside a first or a last
 * name is the other of the two, and Outlook's `Birth Day` beside `Birth Year` is a day of the month.
 */
export const readHeader = (headers: readonly string[], read: HeaderReader): readonly ColumnUse[] => {
  const names = headers.map(nameOfField);
  const uses = headers.map(read);
  const split = names.includes('birthyear') || names.includes('birthmonth');
  const holds = (path: FieldPath, butNot: number): boolean =>
    uses.some((use, index) => index !== butNot && use.is === 'field' && use.path === path);
  return uses.map((use, index) => {
    const name = names[index] ?? '';
    if (use.is === 'field' && use.rank === 0) return use;
    if (name === 'title' && holds('jobTitle', index)) return { is: 'noted' };
    if (use.is === 'name' && partNames.has(name) && holds('firstName', index) !== holds('lastName', index)) {
      const path = holds('firstName', index) ? 'lastName' : 'firstName';
      return { is: 'field', path, rank: 2, order: 1, isPartOfName: true };
    }
    if (split && Object.hasOwn(birthParts, name)) {
      return { is: 'birth', part: birthParts[name as keyof typeof birthParts] };
    }
    return use;
  });
};

/** Names that a column of whole names has, and one of the names that another column lacks. */
const partNames = new Set(['name', 'naam', 'navn', 'namn']);
