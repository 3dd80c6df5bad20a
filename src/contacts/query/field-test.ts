import type { UsageError } from '../../errors.js';
import { englishCountryNames, namesOfCountry } from '../../fields/country-names.js';
import { nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { languageName, languageTag } from '../../fields/kinds/language.js';
import { nearest } from '../nearest.js';
import { birthdayTest } from './birthday.js';
import type { Clock } from './clock.js';
import { readDays, readTimes } from './day-range.js';
import { digitForms } from './phone-term.js';
import { plainText } from './plain-text.js';
import type { Bound, Test } from './query.js';
import type { QueryField } from './query-field.js';

/** Makes the error for a value that cannot be read; it shows the place. */
export type Refuse = (problem: string, hint: string) => UsageError;

/** A value that the field never has, in a store like this. */
export interface UnknownValue {
  /** What is wrong, up to a colon. */
  readonly problem: string;
  /** The values that may have been meant, best first. */
  readonly nearest: readonly string[];
  /** What to do where none is near, or besides. */
  readonly hint: string;
}

/** What a value asks of a field. */
export interface ReadValue {
  readonly test: Test;
  /** Why the value is unknown, if no contact has it: it is none of those that are always known. */
  readonly unlessPresent?: UnknownValue;
}

/** What values are read with. */
export interface ValueContext {
  /** The names of the labels that the store defines; absent where they are not known. */
  readonly labels?: readonly string[];
  readonly clock: Clock;
  readonly refuse: Refuse;
}

/** What a value stands for in a range: the least and the greatest that it covers. */
interface Extent {
  readonly first: string | number;
  readonly last: string | number;
  /** What it covers where it is no end of a range. */
  readonly alone?: { readonly first: string; readonly last: string };
}

const longestName = 64;

const unknown = (field: QueryField, written: string, known: readonly string[], hint: string): UnknownValue => ({
  problem: `${field.label} cannot be "${written}":`,
  nearest: nearest(written.slice(0, longestName), known),
  hint,
});

const whole = (text: string, ...others: readonly string[]): ReadValue => ({
  test: { by: 'whole', texts: [...new Set([text, ...others])] },
});

const comparison = /^(>=|<=|>|<)(.*)$/;

const choiceValue = (field: QueryField, value: string, written: string): ReadValue | UnknownValue => {
  const { choices = [], open } = field;
  const choice = choices.find((candidate) => nameOfField(plainText(candidate)) === nameOfField(value));
  if (choice !== undefined) return whole(plainText(choice));
  if (!open) return unknown(field, written, choices, `It is one of ${choices.join(', ')}.`);
  const hint = `No contact has "${written}"; others are ${choices.join(', ')}.`;
  return { ...whole(value), unlessPresent: unknown(field, written, choices, hint) };
};

const labelValue = (
  field: QueryField,
  value: string,
  written: string,
  labels?: readonly string[],
): ReadValue | UnknownValue => {
  if (labels === undefined || labels.some((label) => plainText(label) === value)) return whole(value);
  const hint = labels.length === 0 ? 'No labels are defined yet.' : 'See "contacts label list".';
  return { ...unknown(field, written, labels, hint), problem: `There is no label "${written}":` };
};

const languageValue = (field: QueryField, value: string): ReadValue | UnknownValue => {
  const tag = languageTag(value);
  if (tag !== undefined) return whole(fold(tag));
  const tags = field.choices ?? ['en', 'ja', 'zh-Hans', 'zh-Hant'];
  const names = tags.map((candidate) => `${languageName(candidate)} (${candidate})`);
  return unknown(field, value, [...tags, ...tags.map(languageName)], `It is one of ${names.join(', ')}.`);
};

const countryValue = (field: QueryField, value: string, written: string): ReadValue => {
  const wanted = nameOfField(value);
  const codes = Object.keys(englishCountryNames).filter(
    (code) => fold(code) === wanted || namesOfCountry(code).some((name) => nameOfField(name) === wanted),
  );
  const read = whole(value, ...codes.map(fold));
  if (codes.length > 0) return read;
  return {
    ...read,
    get unlessPresent() {
      const names = Object.keys(englishCountryNames).flatMap(namesOfCountry);
      return unknown(field, written, names, 'Write its English name or its ISO 3166 code, such as HK.');
    },
  };
};

const checkboxValue = (field: QueryField, value: string): ReadValue | UnknownValue => {
  if (value === 'yes' || value === 'true') return whole('true');
  if (value === 'no' || value === 'false') return whole('false');
  return unknown(field, value, ['yes', 'no'], 'It is yes or no.');
};

const readNumber = (text: string): Extent | undefined => {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return undefined;
  const number = Number(text);
  return { first: number, last: number };
};

const rangeOf = (low: Bound | undefined, high: Bound | undefined): Test => ({
  by: 'range',
  ...(low && { low }),
  ...(high && { high }),
});

const included = (value: string | number): Bound => ({ value, excluded: false });
const excluded = (value: string | number): Bound => ({ value, excluded: true });

const dayForms = 'a day (2026-01-31, 01/31/2026, today, -7d), a month (2026-01), a year (2026)';
const ranges: Readonly<
  Record<'number' | 'date' | 'time', readonly [(text: string, clock: Clock) => Extent | undefined, string]>
> = {
  number: [readNumber, 'Write a number such as 12 or -3.5, >12, or 12..20.'],
  date: [readDays, `Write ${dayForms}, >2026-01-31, or 2026-01..2026-03.`],
  time: [readTimes, `Write ${dayForms}, a time with its zone (2026-01-31T09:00Z), >2026-01-31, or 2026-01..2026-03.`],
};

/** Whether one end comes after the other; a day and a moment in it do not. */
const isAfter = (one: string | number, other: string | number): boolean => {
  if (typeof one === 'number' || typeof other === 'number') return one > other;
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) > other.slice(0, length);
};

const rangeTest = (label: string, holds: keyof typeof ranges, value: string, { clock, refuse }: ValueContext): Test => {
  const [read, example] = ranges[holds];
  const extent = (text: string): Extent => {
    const found = read(text, clock);
    if (found) return found;
    throw refuse(`${label} cannot be compared with "${text}":`, example);
  };

  const [, operator, operand = ''] = comparison.exec(value) ?? [];
  if (operator === '>') return rangeOf(excluded(extent(operand).last), undefined);
  if (operator === '>=') return rangeOf(included(extent(operand).first), undefined);
  if (operator === '<') return rangeOf(undefined, excluded(extent(operand).first));
  if (operator === '<=') return rangeOf(undefined, included(extent(operand).last));

  const dots = value.indexOf('..');
  if (dots < 0) {
    const covered = extent(value);
    const { first, last } = covered.alone ?? covered;
    return rangeOf(included(first), included(last));
  }
  const [from, to] = [value.slice(0, dots), value.slice(dots + 2)];
  if (from === '' && to === '') throw refuse('The range has neither a start nor an end:', example);
  const low = from === '' ? undefined : extent(from).first;
  const high = to === '' ? undefined : extent(to).last;
  if (low !== undefined && high !== undefined && isAfter(low, high)) {
    throw refuse('The range ends before it starts:', `Write the lower end first: ${to}..${from}.`);
  }
  return rangeOf(low === undefined ? undefined : included(low), high === undefined ? undefined : included(high));
};

/**
 * What a text after a `field:` asks of the field's values, or that it is none of them.
 *
 * @param quoted the text stood in quotation marks, so that `<` and `>` are text
 * @throws UsageError for a range or comparison that makes no sense, and where nothing stands after the `field:`
 */
export const readValue = (
  field: QueryField,
  text: string,
  quoted: boolean,
  context: ValueContext,
): ReadValue | UnknownValue => {
  const written = text.trim();
  const value = plainText(written).trim();
  const { label, holds } = field;
  const { refuse } = context;
  if (value === '')
    throw refuse(`Nothing stands after "${label}:":`, 'Write missing:NAME for contacts without a value.');
  if (holds === 'date' || holds === 'time' || holds === 'number') {
    return { test: rangeTest(label, holds, value, context) };
  }
  if (holds === 'birthday') return { test: birthdayTest(value, context.clock, refuse) };
  if (!quoted && comparison.test(value)) {
    throw refuse(
      `${label} cannot be compared with > or <:`,
      'These are for dates and numbers. Put the value in quotation marks if it is text.',
    );
  }
  switch (holds) {
    case 'choice':
    case 'multiSelect':
      return choiceValue(field, value, written);
    case 'language':
      return languageValue(field, written);
    case 'country':
      return countryValue(field, value, written);
    case 'checkbox':
      return checkboxValue(field, value);
    case 'label':
      return labelValue(field, value, written, context.labels);
    case 'extension':
      return whole(value);
    case 'phone':
      return { test: { by: 'part', texts: [...new Set([value, ...digitForms(value)])] } };
    default:
      return { test: { by: 'part', texts: [value] } };
  }
};
