import type { Settings } from '../contacts/settings.js';
import { ConflictError, InvalidError, NotFoundError, UsageError } from '../errors.js';
import { type CustomField, fieldsOf, keyOfLabel } from '../fields/field.js';
import { type ColumnChoices, readColumnChoice } from '../formats/csv/mapping.js';
import type { Source } from '../formats/encoding.js';
import { EncodingUnknown } from '../formats/encoding-candidates.js';
import { type ImportFormat, openImport } from '../formats/index.js';
import type { ImportFile, ReadOptions, UnknownColumn } from '../formats/record.js';
import type { StoreView } from '../store/store.js';
import type { Ask } from '../terminal/ask.js';
import type { ImportOptions } from './import.js';
import type { Session } from './session.js';

/** Opens the file; where its encoding cannot be told, the user is shown what it would read like, and chooses. */
const openFile = async (
  source: Source,
  format: ImportFormat | undefined,
  options: ReadOptions,
  session: Session,
): Promise<{ readonly file: ImportFile; readonly encoding: string | undefined }> => {
  try {
    return { file: await openImport(source, options, format), encoding: options.encoding };
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
    return { file: await openImport(source, { ...options, encoding }, format), encoding };
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

const refuseUnknown = (unknown: readonly UnknownColumn[]): never => {
  const columns = unknown.map(({ header, values }) => `"${header}" (${values.join(', ')})`);
  throw new InvalidError(
    `No field fits ${unknown.length === 1 ? 'the column' : 'the columns'} ${columns.join(', ')}.`,
    'Nothing was imported. Say what they hold with --map "Column=field" ("Column=" leaves one out), or add --ignore-unknown or --create-fields.',
  );
};

/** What the user makes of the columns that no field fits. */
interface Choices {
  readonly map: ColumnChoices;
  /** The headers of the columns that become custom fields. */
  readonly created: readonly string[];
  /** The name under which the mapping is kept for the next file. */
  readonly saveAs?: string;
}

const leaveOut = '';
const createField = '\0create';

/** Asks for each unknown column what it holds, and whether the answers are to be kept. */
const askForColumns = async (
  unknown: readonly UnknownColumn[],
  { category }: ImportOptions,
  { fields: custom, mappings }: Settings,
  ask: Ask,
): Promise<Choices> => {
  const map: (readonly [string, string])[] = [];
  const created: string[] = [];
  for (const { header, values } of unknown) {
    const chosen = await ask.chooseOne({
      message: `What is in the column "${header}" (${values.join(', ')})?`,
      choices: [
        { value: leaveOut, name: 'Leave it out' },
        ...(category === 'external' ? [{ value: createField, name: 'Make a custom field of it' }] : []),
        ...fieldsOf(category, custom).map(({ flag, label }) => ({ value: flag, name: label })),
      ],
    });
    if (chosen === createField) created.push(header);
    else map.push([header, chosen]);
  }
  const saveAs = await ask.text({
    message: 'Keep these answers for the next file under the name',
    hint: 'empty: do not keep them',
    check: (name) => (Object.hasOwn(mappings, name.trim()) ? `There is a mapping "${name.trim()}" already` : undefined),
  });
  return { map: Object.fromEntries(map), created, ...(saveAs.trim() !== '' && { saveAs: saveAs.trim() }) };
};

/** What the columns that no field fits become, by the flags, or by what the user says at a terminal. */
const settleColumns = async (
  unknown: readonly UnknownColumn[],
  options: ImportOptions,
  settings: Settings,
  session: Session,
): Promise<Choices> => {
  if (unknown.length === 0 || options.ignoreUnknown) return { map: {}, created: [] };
  if (options.createFields && options.category === 'internal') {
    throw new UsageError(
      'Staff have no custom fields.',
      'Use --ignore-unknown or --map "Column=" instead of --create-fields.',
    );
  }
  if (options.createFields) return { map: {}, created: unknown.map(({ header }) => header) };
  if (!session.mayAsk || options.file === '-') return refuseUnknown(unknown);
  return askForColumns(unknown, options, settings, await session.ask('Use --map.'));
};

const savedMapping = (name: string, { mappings }: Settings): ColumnChoices => {
  const found = Object.hasOwn(mappings, name) ? mappings[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(mappings);
  throw new NotFoundError(
    `There is no saved mapping "${name}".`,
    names.length === 0
      ? 'None is saved yet: give --map "Column=field" with it, and it is kept under that name.'
      : `There are: ${names.join(', ')}. With --map "Column=field" a new one is kept.`,
  );
};

/** A file that is ready to be imported, and what the import defines besides. */
export interface OpenedImport {
  readonly file: ImportFile;
  readonly created: readonly CustomField[];
  /** What the columns hold, to be kept under a name. */
  readonly saved?: { readonly name: string; readonly columns: ColumnChoices };
}

/**
 * The settings with what an import defines; they may have changed since the file was opened.
 *
 * @throws ConflictError where a field of the same key was defined meanwhile
 */
export const settingsWith = (settings: Settings, { created, saved }: OpenedImport): Settings => {
  const taken = created.find(({ key }) => settings.fields.some((field) => field.key === key));
  if (taken !== undefined) {
    throw new ConflictError(
      `A field "${taken.label}" was defined meanwhile.`,
      'Nothing was imported. Run the import again.',
    );
  }
  return {
    ...settings,
    fields: [...settings.fields, ...created],
    mappings: saved === undefined ? settings.mappings : { ...settings.mappings, [saved.name]: saved.columns },
  };
};

/**
 * Opens a file that is to be imported, and settles what its columns hold.
 *
 * @throws InvalidError where columns fit no field, and nobody says what becomes of them
 * @throws NotFoundError where there is no such saved mapping
 */
export const openImportFile = async (
  options: ImportOptions,
  source: Source,
  view: StoreView,
  session: Session,
): Promise<OpenedImport> => {
  const settings = await view.settings();
  const { mapping: name } = options;
  const given: ColumnChoices = Object.fromEntries(options.map.map(readColumnChoice));
  const isNew = name !== undefined && options.map.length > 0 && !Object.hasOwn(settings.mappings, name);
  const reading: ReadOptions = {
    category: options.category,
    custom: settings.fields,
    encoding: options.encoding,
    delimiter: options.delimiter,
    dateOrder: options.dateOrder,
    map: given,
    savedMap: name === undefined || isNew ? undefined : savedMapping(name, settings),
    keepRest: options.keepRest,
    sheet: options.sheet,
    keepAside: async (pieces) => {
      const aside = await (await import('./input-aside.js')).keepAside(pieces, session.newId);
      session.atClose(aside.close);
      return aside;
    },
    ignoreUnknown: options.ignoreUnknown,
    createFields: options.createFields,
  };
  const { file: first, encoding } = await openFile(source, options.format, reading, session);
  const {
    map,
    created: headers,
    saveAs = isNew ? name : undefined,
  } = await settleColumns(first.unknown, options, settings, session);
  const created = fieldsForColumns(headers, settings.fields);
  const fields = created.length === 0 ? settings.fields : [...settings.fields, ...created];
  const keys = Object.fromEntries(created.map(({ label, key }) => [label, key]));
  const chosen = { ...given, ...map, ...keys };
  const settled = Object.keys(map).length + created.length > 0;
  const again: ReadOptions = { ...reading, encoding, custom: fields, map: chosen };
  const file = settled ? await openImport(source, again, options.format) : first;
  return { file, created, ...(saveAs !== undefined && { saved: { name: saveAs, columns: chosen } }) };
};
