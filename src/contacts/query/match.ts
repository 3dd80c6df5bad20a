import type { FieldSpec } from '../../fields/catalogue.js';
import type { Contact } from '../../fields/contact.js';
import { fieldsOf } from '../../fields/field.js';
import { otherSpellings } from '../east-asian/spellings.js';
import { plainText } from './plain-text.js';
import type { Bound, Query, QueryNode, Test } from './query.js';
import { leastErrors } from './typing-errors.js';
import { momentText, textsAt, textsReader } from './values.js';

/** Fields of a few set values: as words, these would find a large part of all contacts. */
const hasSetValues = ({ kind, open }: FieldSpec): boolean => kind === 'language' || (kind === 'choice' && !open);

const groupOf = (path: string): string => path.split('.', 1)[0] ?? path;
const partsOfName = ['firstName', 'lastName'];

/** Where words are looked for: every field save those of set values, and what else names a contact. */
const wordPaths: readonly string[] = [
  ...new Set([
    'name',
    ...[...fieldsOf('external', []), ...fieldsOf('internal', [])]
      .filter((field) => !hasSetValues(field))
      .map(({ path }) => groupOf(path))
      .filter((path) => !partsOfName.includes(path)),
    'phoneExtensions',
    'countryNames',
    'custom',
    'id',
    'mergedIds',
  ]),
];

const areWordPaths = (paths: readonly string[]): boolean =>
  paths.every((path) => wordPaths.includes(groupOf(path)) || partsOfName.includes(path));

/** ASCII's unit separator, which stands in no word. */
const betweenValues = '\x1f';

/** What is found in pinyin and romaji too. */
const pathsOfNames = ['name', 'company'];

const wordReaders = wordPaths.map((path) => ({ textsOf: textsReader(path), areNames: pathsOfNames.includes(path) }));

/** Texts in ASCII with single spaces, as those of most contacts are: of these only the case is folded. */
const arePlainAscii = /^[!-~]*(?:[ \x1f][!-~]+)*$/;

/**
 * Everything of a contact that a word can hit, in one line of folded text; between the values stands U+001F.
 *
 * Names in Han characters and kana stand in it in their other spellings too (`otherSpellings`: pinyin, romaji), so that a
 * word in Latin letters is found as it was typed, here and in an index of these lines.
 */
export const haystack = (contact: Contact): string => {
  const texts: string[] = [];
  for (const { textsOf } of wordReaders) for (const text of textsOf(contact)) texts.push(text);
  const joined = texts.join(betweenValues);
  if (arePlainAscii.test(joined)) return joined.toLowerCase();
  // Folded one by one, since most are ASCII alone, which is folded much faster.
  const folded: string[] = [];
  for (const { textsOf, areNames } of wordReaders) {
    for (const text of textsOf(contact)) {
      const plain = plainText(text);
      folded.push(plain);
      if (areNames) folded.push(...otherSpellings(plain));
    }
  }
  return folded.join(betweenValues);
};

/** A value as it is compared with a bound: a number; a day; or a moment, of which the first characters are its day (UTC). */
const comparable = (text: string, { value }: Bound): string | number =>
  typeof value === 'number' ? Number(text) : momentText(text).slice(0, value.length);

const isAbove = (text: string, low: Bound): boolean => {
  const value = comparable(text, low);
  return low.excluded ? value > low.value : value >= low.value;
};

const isBelow = (text: string, high: Bound): boolean => {
  const value = comparable(text, high);
  return high.excluded ? value < high.value : value <= high.value;
};

const isWithin = (text: string, low: Bound | undefined, high: Bound | undefined): boolean =>
  (low === undefined || isAbove(text, low)) && (high === undefined || isBelow(text, high));

const passes = (text: string, test: Test): boolean => {
  switch (test.by) {
    case 'part': {
      const value = plainText(text);
      return test.texts.some((wanted) => value.includes(wanted));
    }
    case 'whole':
      return test.texts.includes(plainText(text));
    case 'range':
      return isWithin(text, test.low, test.high);
    case 'monthDay': {
      const day = text.slice('YYYY-'.length);
      const [isAfter, isBefore] = [day >= test.first, day <= test.last];
      return test.first <= test.last ? isAfter && isBefore : isAfter || isBefore;
    }
  }
};

/**
 * What `fits` says of a contact whose haystack is known.
 *
 * @param haystackOf gives the contact's `haystack`; asked only where a word is wanted, and once
 * @param contactOf gives the contact itself; asked only where something is wanted of a field
 */
export const fitsTexts = (query: Query, haystackOf: () => string, contactOf: () => Contact): boolean => {
  let hay: string | undefined;
  const holds = (node: QueryNode): boolean => {
    switch (node.is) {
      case 'all':
        return node.of.every(holds);
      case 'any':
        return node.of.some(holds);
      case 'not':
        return !holds(node.node);
      case 'word': {
        hay ??= haystackOf();
        const searched = hay;
        return node.forms.some((form) => searched.includes(form));
      }
      case 'near':
        hay ??= haystackOf();
        return leastErrors(node, hay) !== undefined;
      case 'field':
        return node.paths.some((path) => textsAt(contactOf(), path).some((text) => passes(text, node.test)));
      case 'present':
        return node.paths.some((path) => textsAt(contactOf(), path).length > 0);
    }
  };
  return holds(query.root);
};

/** Whether the contact is one of those that the query asks for. */
export const fits = (query: Query, contact: Contact): boolean =>
  fitsTexts(
    query,
    () => haystack(contact),
    () => contact,
  );

/** What every text with one of these forms has in it: the form itself, or groups of digits. */
const sharedParts = (forms: readonly string[]): readonly string[] => {
  const [first = ''] = forms;
  if (forms.length === 1) return [first];
  const groups = (first.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+/, ''));
  return groups.filter((digits) => digits !== '' && forms.every((form) => form.includes(digits)));
};

const neededBy = (node: QueryNode): readonly string[] => {
  switch (node.is) {
    case 'all':
      return node.of.flatMap(neededBy);
    case 'word':
      return sharedParts(node.forms);
    case 'field':
      return 'texts' in node.test && areWordPaths(node.paths) ? sharedParts(node.test.texts) : [];
    default:
      return [];
  }
};

/**
 * Folded texts of which every contact that fits has all in its haystack; none where nothing can be said. They are a
 * filter before `fits`, not instead of it.
 */
export const needles = (query: Query): readonly string[] => [...new Set(neededBy(query.root))];

/** Whether every contact that has all the needles in its haystack fits. */
export const needlesDecide = ({ root }: Query): boolean =>
  (root.is === 'all' ? root.of : [root]).every((node) => node.is === 'word' && node.forms.length === 1);
