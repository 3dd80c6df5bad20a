import type { Settings } from '../contacts/settings.js';
import { ConflictError, InvalidError, NotFoundError, UsageError } from '../errors.js';
import { type CustomField, fieldsOf, keyOfLabel } from '../fields/field.js';
import { type ColumnChoices, readColumnChoice } from '../formats/csv/mapping.js';
import type { Source } from '../formats/encoding.js';
import { EncodingUnknown } from '../formats/encoding-candidates.js';
import { type ImportFormat, openImport } from '../formats/index.js';
import type { ImportFile, ReadOptions, UnknownColumn } from '../formats/record.js';
import type { StoreView } from '../store/store.js';
import type { ImportOptions } from './import.js';
import { suggestField, suggestFields, unknownProfiles } from './import-columns.js';
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

/** `--map` for the columns whose values tell their field, as a sentence of a hint; `''` where there are none. */
const choicesByValues = async (
  file: ImportFile,
  options: ImportOptions,
  custom: readonly CustomField[],
  session: Session,
): Promise<string> => {
  const context = await session.draftContext();
  const fields = fieldsOf(options.category, custom);
  const choices = suggestFields(file, fields, context);
  const flags = [...choices].map(([header, { flag }]) => `--map "${header}=${flag}"`);
  return flags.length === 0 ? '' : ` By their values: ${flags.join(' ')}.`;
};

const refuseUnknown = (unknown: readonly UnknownColumn[], byValues: string): never => {
  const columns = unknown.map(({ header, values }) => `"${header}" (${values.join(', ')})`);
  throw new InvalidError(
    `No field fits ${unknown.length === 1 ? 'the column' : 'the columns'} ${columns.join(', ')}.`,
    `Nothing was imported. Say what they hold with --map "Column=field" ("Column=" leaves one out), or add --ignore-unknown or --create-fields.${byValues}`,
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
  file: ImportFile,
  { category }: ImportOptions,
  { fields: custom, mappings }: Settings,
  session: Session,
): Promise<Choices> => {
  const ask = await session.ask('Use --map.');
  const context = await session.draftContext();
  const fields = fieldsOf(category, custom);
  const profiles = unknownProfiles(file);
  const taken = new Set(file.fields);
  // A column of texts is kept rather than left out.
  const otherwise = category === 'external' ? createField : 'notes';
  const map: (readonly [string, string])[] = [];
  const created: string[] = [];
  for (const column of file.unknown) {
    const { header, values } = column;
    const suggested = suggestField(column, profiles, fields, taken, context);
    const chosen = await ask.chooseOne({
      message: `What is in the column "${header}" (${values.join(', ')})?`,
      choices: [
        { value: leaveOut, name: 'Leave it out' },
        ...(category === 'external' ? [{ value: createField, name: 'Make a custom field of it' }] : []),
        ...fields.map(({ flag, label }) => ({ value: flag, name: label })),
      ],
      initial: suggested?.flag ?? otherwise,
    });
    const path = fields.find(({ flag }) => flag === chosen)?.path;
    if (path !== undefined) taken.add(path);
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
  file: ImportFile,
  options: ImportOptions,
  settings: Settings,
  session: Session,
): Promise<Choices> => {
  const { unknown } = file;
  if (unknown.length === 0 || options.ignoreUnknown) return { map: {}, created: [] };
  if (options.createFields && options.category === 'internal') {
    throw new UsageError(
      'Staff have no custom fields.',
      'Use --ignore-unknown or --map "Column=" instead of --create-fields.',
    );
  }
  if (options.createFields) return { map: {}, created: unknown.map(({ header }) => header) };
  if (!session.mayAsk || options.files.includes('-')) {
    return refuseUnknown(unknown, await choicesByValues(file, options, settings.fields, session));
  }
  return askForColumns(file, options, settings, session);
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

/** What an import defines beside its contacts. */
export interface OpenedImport {
  readonly created: readonly CustomField[];
  /** What the columns hold, to be kept under a name. */
  readonly saved?: { readonly name: string; readonly columns: ColumnChoices };
}

/** A file that is ready to be imported. */
export interface ReadyFile {
  readonly name: string;
  readonly file: ImportFile;
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
const openImportFile = async (
  options: ImportOptions,
  source: Source,
  settings: Settings,
  session: Session,
): Promise<OpenedImport & { readonly file: ImportFile }> => {
  const { mapping: name } = options;
  const given: ColumnChoices = Object.fromEntries(options.map.map(readColumnChoice));
  const isNew = name !== undefined && options.map.length > 0 && !Object.hasOwn(settings.mappings, name);
  const reading: ReadOptions = {
    category: options.category,
    custom: settings.fields,
    encoding: options.encoding,
    delimiter: options.delimiter,
    dateOrder: options.dateOrder,
    country: (await session.draftContext()).country,
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
    profiles: options.dryRun,
  };
  const { file: first, encoding } = await openFile(source, options.format, reading, session);
  const {
    map,
    created: headers,
    saveAs = isNew ? name : undefined,
  } = await settleColumns(first, options, settings, session);
  const { defines = [] } = first;
  const created = [...defines, ...fieldsForColumns(headers, [...settings.fields, ...defines])];
  const fields = created.length === 0 ? settings.fields : [...settings.fields, ...created];
  const keys = Object.fromEntries(created.map(({ label, key }) => [label, key]));
  const chosen = { ...given, ...map, ...keys };
  const settled = Object.keys(map).length + created.length > 0;
  const again: ReadOptions = { ...reading, encoding, custom: fields, map: chosen };
  const file = settled ? await openImport(source, again, options.format) : first;
  return { file, created, ...(saveAs !== undefined && { saved: { name: saveAs, columns: chosen } }) };
};

/**
 * Opens the files that are to be imported. Fields that one of them makes the next ones have.
 *
 * @throws what the opening of each throws
 */
export const openImportFiles = async (
  options: ImportOptions,
  sources: readonly Source[],
  view: StoreView,
  session: Session,
): Promise<{ readonly opened: OpenedImport; readonly files: readonly ReadyFile[] }> => {
  let settings = await view.settings();
  const created: CustomField[] = [];
  const files: ReadyFile[] = [];
  let saved: OpenedImport['saved'];
  for (const source of sources) {
    const opened = await openImportFile(options, source, settings, session);
    files.push({ name: source.name, file: opened.file });
    created.push(...opened.created);
    settings = { ...settings, fields: [...settings.fields, ...opened.created] };
    saved ??= opened.saved;
  }
  return { opened: { created, ...(saved && { saved }) }, files };
};
