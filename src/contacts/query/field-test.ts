import type { UsageError } from '../../errors.js';
import { englishCountryNames, namesOfCountry } from '../../fields/country-names.js';
import { nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { languageName, languageTag } from '../../fields/kinds/language.js';
import { readDays } from './day-range.js';
import { digitForms } from './phone-term.js';
import { plainText } from './plain-text.js';
import type { Bound, Test } from './query.js';
import type { QueryField } from './query-field.js';

/** Makes the error for a value that cannot be read; it shows the place. */
export type Refuse = (problem: string, hint: string) => UsageError;

/** What a value stands for in a range: the least and the greatest that it covers. */
interface Extent {
  readonly first: string | number;
  readonly last: string | number;
}

const comparison = /^(>=|<=|>|<)(.*)$/;

const choiceTest = ({ label, choices = [], open }: QueryField, value: string, refuse: Refuse): Test => {
  const choice = choices.find((candidate) => nameOfField(plainText(candidate)) === nameOfField(value));
  if (choice !== undefined || open) return { by: 'whole', texts: [choice === undefined ? value : plainText(choice)] };
  throw refuse(`${label} is never "${value}":`, `It is one of ${choices.join(', ')}.`);
};

const languageTest = ({ choices }: QueryField, value: string, refuse: Refuse): Test => {
  const tag = languageTag(value);
  if (tag !== undefined) return { by: 'whole', texts: [fold(tag)] };
  const tags = choices ?? ['en', 'ja', 'zh-Hans', 'zh-Hant'];
  const names = tags.map((candidate) => `${languageName(candidate)} (${candidate})`);
  throw refuse(`Language is never "${value}":`, `It is one of ${names.join(', ')}.`);
};

const countryTest = (value: string): Test => {
  const wanted = nameOfField(value);
  const codes = Object.keys(englishCountryNames).filter(
    (code) => fold(code) === wanted || namesOfCountry(code).some((name) => nameOfField(name) === wanted),
  );
  return { by: 'whole', texts: [...new Set([value, ...codes.map(fold)])] };
};

const checkboxTest = ({ label }: QueryField, value: string, refuse: Refuse): Test => {
  if (value === 'yes' || value === 'true') return { by: 'whole', texts: ['true'] };
  if (value === 'no' || value === 'false') return { by: 'whole', texts: ['false'] };
  throw refuse(`${label} is never "${value}":`, 'It is yes or no.');
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

const rangeTest = ({ label, holds }: QueryField, value: string, refuse: Refuse): Test => {
  const [read, example] =
    holds === 'number'
      ? [readNumber, 'Write a number such as 12 or -3.5, >12, or 12..20.']
      : [
          readDays,
          'Write a day such as 2026-01-31 or 01/31/2026, a month (2026-01), a year (2026), >2026-01-31, or 2026-01..2026-03.',
        ];
  const extent = (text: string): Extent => {
    const found = read(text);
    if (found) return found;
    throw refuse(`${label} cannot be compared with "${text}":`, example);
  };

  const [, operator, operand = ''] = comparison.exec(value) ?? [];
  if (operator === '>') return rangeOf(excluded(extent(operand).last), undefined);
  if (operator === '>=') return rangeOf(included(extent(operand).first), undefined);
  if (operator === '<') return rangeOf(undefined, excluded(extent(operand).first));
  if (operator === '<=') return rangeOf(undefined, included(extent(operand).last));

  const dots = value.indexOf('..');
  if (dots < 0) return rangeOf(included(extent(value).first), included(extent(value).last));
  const [from, to] = [value.slice(0, dots), value.slice(dots + 2)];
  if (from === '' && to === '') throw refuse('The range has neither a start nor an end:', example);
  const low = from === '' ? undefined : extent(from).first;
  const high = to === '' ? undefined : extent(to).last;
  if (low !== undefined && high !== undefined && low > high) {
    throw refuse('The range ends before it starts:', `Write the lesser first: ${to}..${from}.`);
  }
  return rangeOf(low === undefined ? undefined : included(low), high === undefined ? undefined : included(high));
};

/**
 * What a text after a `field:` asks of the field's values.
 *
 * @param quoted the text stood in quotation marks, so that `<` and `>` are text
 * @throws UsageError for a value that the field can never have, a range or comparison that makes no sense
 */
export const testFor = (field: QueryField, text: string, quoted: boolean, refuse: Refuse): Test => {
  const value = plainText(text).trim();
  const { label, holds } = field;
  if (value === '')
    throw refuse(`Nothing stands after "${label}:":`, 'Write missing:NAME for contacts without a value.');
  if (holds === 'date' || holds === 'time' || holds === 'number') return rangeTest(field, value, refuse);
  if (!quoted && comparison.test(value)) {
    throw refuse(
      `${label} has no order that > and < could tell:`,
      'They are for dates and numbers. Put the value in quotation marks if it is text.',
    );
  }
  switch (holds) {
    case 'choice':
    case 'multiSelect':
      return choiceTest(field, value, refuse);
    case 'language':
      return languageTest(field, text.trim(), refuse);
    case 'country':
      return countryTest(value);
    case 'checkbox':
      return checkboxTest(field, value, refuse);
    case 'label':
    case 'extension':
      return { by: 'whole', texts: [value] };
    case 'phone':
      return { by: 'part', texts: [...new Set([value, ...digitForms(value)])] };
    default:
      return { by: 'part', texts: [value] };
  }
};
