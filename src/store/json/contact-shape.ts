import { type Category, catalogue } from '../../fields/catalogue.js';

type Shape = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Shape = (value) => typeof value === 'string';
const listOf =
  (item: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(item);
const textsUnder =
  (...keys: readonly string[]): Shape =>
  (value) =>
    isRecord(value) && keys.every((key) => isText(value[key]));
const recordOf =
  (item: Shape): Shape =>
  (value) =>
    isRecord(value) && Object.values(value).every(item);
const isCategory: Shape = (value): value is Category => isText(value) && Object.hasOwn(catalogue, value as string);
const isCustomValue: Shape = (value) =>
  ['string', 'boolean'].includes(typeof value) || Number.isFinite(value) || listOf(isText)(value);

/** What every contact has. */
const required: ReadonlyMap<string, Shape> = new Map([
  ['id', (value) => isText(value) && value !== ''],
  ['category', isCategory],
  ['createdAt', isText],
  ['createdBy', isText],
  ['updatedAt', isText],
  ['updatedBy', isText],
  ['labels', listOf(isText)],
  ['phones', listOf(textsUnder('kind', 'number'))],
  ['emails', listOf(textsUnder('kind', 'address'))],
  ['notes', listOf(textsUnder('id', 'text', 'author', 'createdAt', 'updatedAt'))],
]);

/** The fields of the catalogue that stand in a contact itself and hold one text. */
const texts = Object.values(catalogue)
  .flat()
  .flatMap((section) => section.fields.map((field) => field.path))
  .filter((path) => !path.includes('.') && !required.has(path));

/** What a contact may have; parts of later versions are kept as they are. */
const optional: ReadonlyMap<string, Shape> = new Map([
  ...texts.map((path) => [path, isText] as const),
  ['address', recordOf(isText)],
  ['social', recordOf(isText)],
  ['custom', recordOf(isCustomValue)],
  ['mergedIds', listOf(isText)],
]);

/** What keeps a value from being a contact, in words that go on from `the contact`; `undefined` where it is one. */
export const contactProblem = (value: unknown): string | undefined => {
  if (!isRecord(value)) return 'is no object';
  for (const [key, fits] of required) {
    if (!Object.hasOwn(value, key)) return `has no "${key}"`;
    if (!fits(value[key])) return `has a "${key}" that is not of the right form`;
  }
  for (const [key, part] of Object.entries(value)) {
    if (optional.get(key)?.(part) === false) return `has a "${key}" that is not of the right form`;
  }
  return undefined;
};
