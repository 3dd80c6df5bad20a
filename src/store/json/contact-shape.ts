import { type Category, catalogue } from '../../fields/catalogue.js';
import { isShallow } from './nesting.js';

type Shape = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Shape = (value) => typeof value === 'string';
const listOf =
  (item: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(item);
const recordOf =
  (item: Shape): Shape =>
  (value) =>
    isRecord(value) && Object.values(value).every(item);
const isCategory: Shape = (value): value is Category => isText(value) && Object.hasOwn(catalogue, value as string);
const isCustomValue: Shape = (value) =>
  ['string', 'boolean'].includes(typeof value) || Number.isFinite(value) || listOf(isText)(value);
const isPhone: Shape = (value) => isRecord(value) && isText(value.kind) && isText(value.number);
const isEmail: Shape = (value) => isRecord(value) && isText(value.kind) && isText(value.address);
const isNote: Shape = (value) =>
  isRecord(value) &&
  isText(value.id) &&
  isText(value.text) &&
  isText(value.author) &&
  isText(value.createdAt) &&
  isText(value.updatedAt);

/** What every contact has. */
const required: ReadonlyMap<string, Shape> = new Map([
  ['id', (value) => isText(value) && value !== ''],
  ['category', isCategory],
  ['createdAt', isText],
  ['createdBy', isText],
  ['updatedAt', isText],
  ['updatedBy', isText],
  ['labels', listOf(isText)],
  ['phones', listOf(isPhone)],
  ['emails', listOf(isEmail)],
  ['notes', listOf(isNote)],
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
  ['uids', listOf(isText)],
  ['uidsPartial', (value) => value === true],
]);

const shapes: ReadonlyMap<string, Shape> = new Map([...required, ...optional]);

/** Whether a record is a contact, found out in one walk: a large store has many of them, and few that are none. */
const isContact = (record: Readonly<Record<string, unknown>>): boolean => {
  let missing = required.size;
  for (const key of Object.keys(record)) {
    const fits = shapes.get(key) ?? isShallow;
    if (!fits(record[key])) return false;
    if (required.has(key)) missing -= 1;
  }
  return missing === 0;
};

/** What keeps a value from being a contact, in words that go on from `the contact`; `undefined` where it is one. */
export const contactProblem = (value: unknown): string | undefined => {
  if (!isRecord(value)) return 'is no object';
  if (isContact(value)) return undefined;
  for (const [key, fits] of required) {
    if (!Object.hasOwn(value, key)) return `has no "${key}"`;
    if (!fits(value[key])) return `has a "${key}" that is not of the right form`;
  }
  const wrong = Object.keys(value).find((key) => optional.get(key)?.(value[key]) === false);
  if (wrong !== undefined) return `has a "${wrong}" that is not of the right form`;
  const deep = Object.keys(value).find((key) => !shapes.has(key) && !isShallow(value[key]));
  return deep === undefined ? undefined : `has a ${JSON.stringify(deep)} that is nested too deeply`;
};
