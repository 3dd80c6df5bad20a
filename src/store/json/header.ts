import { emptySettings, type Settings } from '../../contacts/settings.js';
import { customKinds } from '../../fields/catalogue.js';
import { isShallow } from './nesting.js';

/** The layout of the file that this build reads and writes. */
export const schemaVersion = 1;

/** What the store's first line says. */
export interface Header {
  /** Counts the changes; an absent store has 0. */
  readonly revision: number;
  readonly settings: Settings;
}

export const emptyHeader: Header = { revision: 0, settings: emptySettings };

/** How a header that this program wrote begins. */
export const headerStart = '{"schema": ';

/** The header's width in bytes is a multiple of this, so that a change of it seldom moves the lines that follow. */
const headerStep = 256;

/** The store's first line: the file's JSON up to its contacts, padded with spaces, with its line end. */
export const headerLine = ({ revision, settings }: Header): string => {
  const text = `${headerStart}${schemaVersion}, "revision": ${revision}, "settings": ${JSON.stringify(settings)}, "contacts": [`;
  const padded = Math.ceil((Buffer.byteLength(text) + 1) / headerStep) * headerStep;
  return `${text}${' '.repeat(padded - Buffer.byteLength(text) - 1)}\n`;
};

/** The store's last line, with its line end. */
export const lastLine = ']}\n';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

type Shape = (value: unknown) => boolean;
const listOf = (item: Shape) => (value: unknown) => Array.isArray(value) && value.every(item);
const recordOf = (item: Shape) => (value: unknown) => isRecord(value) && Object.values(value).every(item);

const isCustomField: Shape = (field) =>
  isRecord(field) &&
  isText(field.key) &&
  isText(field.label) &&
  isText(field.kind) &&
  Object.hasOwn(customKinds, field.kind as string) &&
  (field.choices === undefined || listOf(isText)(field.choices));

/** What each part of the settings has to be; parts of later versions are kept as they are. */
const settingsShape: ReadonlyMap<string, Shape> = new Map([
  ['country', isText],
  ['labels', listOf((label) => isRecord(label) && isText(label.name) && isText(label.color))],
  ['fields', listOf(isCustomField)],
  ['mappings', recordOf(recordOf(isText))],
  ['apart', listOf((pair) => listOf(isText)(pair) && (pair as unknown[]).length === 2)],
  ['history', (value) => isRecord(value) && [value.changes ?? 0, value.bytes ?? 0].every(isCount)],
]);

export type HeaderReading =
  | { readonly ok: true; readonly header: Header }
  | { readonly ok: false; readonly problem: string; readonly newer?: boolean };

/** The header of a store's JSON value, of which `contacts` may be anything; or what is wrong with it. */
export const readHeader = (value: unknown): HeaderReading => {
  const wrong = (problem: string, newer = false): HeaderReading => ({ ok: false, problem, newer });
  if (!isRecord(value)) return wrong('is no contacts store (an object with schema, revision, settings and contacts)');
  const { schema, revision, settings } = value;
  if (!isCount(schema)) return wrong('is no contacts store: it has no number under "schema"');
  if (Number(schema) > schemaVersion) {
    return wrong(
      `has schema ${schema} and was written by a newer version; this one reads schema ${schemaVersion}`,
      true,
    );
  }
  if (schema !== schemaVersion) return wrong(`has the unknown schema ${schema}`);
  if (!isCount(revision)) return wrong('has no whole number under "revision"');
  if (!isRecord(settings)) return wrong('has no object under "settings"');
  for (const [key, fits] of settingsShape) {
    if (Object.hasOwn(settings, key) && !fits(settings[key]))
      return wrong(`has settings whose "${key}" is not of the right form`);
  }
  const deep = Object.keys(settings).find((key) => !isShallow(settings[key]));
  if (deep !== undefined) return wrong(`has settings whose ${JSON.stringify(deep)} is nested too deeply`);
  const unknown = Object.keys(value).find((key) => !['schema', 'revision', 'settings', 'contacts'].includes(key));
  if (unknown !== undefined) return wrong(`has the unknown key ${JSON.stringify(unknown)}`);
  return { ok: true, header: { revision: Number(revision), settings: { ...emptySettings, ...settings } } };
};
