import { type QueryField, queryFieldNamed, queryNames } from '../contacts/query/query-field.js';
import type { Settings } from '../contacts/settings.js';
import type { FieldSpec } from '../fields/catalogue.js';
import { fieldsOf } from '../fields/field.js';
import { fold } from '../fields/fold.js';
import { languageName } from '../fields/kinds/language.js';
import type { Suggestion } from './suggestions.js';

const times: readonly Suggestion[] = [
  { word: 'today' },
  { word: 'yesterday' },
  { word: '>-7d', about: 'in the last seven days' },
  { word: '-30d..today', about: 'from thirty days ago on' },
  { word: '<-1y', about: 'more than a year ago' },
];
const birthdays: readonly Suggestion[] = [
  { word: 'today' },
  { word: 'today..+7d', about: 'today or in the next seven days' },
  { word: '12-24..01-06', about: 'over the turn of the year' },
];

const inQuotes = (value: string): string => (/[\s()":]/.test(value) ? `"${value}"` : value);

/** What may stand after `field:`. */
const valuesOf = (field: QueryField, fields: readonly FieldSpec[], { labels }: Settings): readonly Suggestion[] => {
  switch (field.holds) {
    case 'has':
    case 'missing':
      return queryNames(fields)
        .filter(({ name }) => (queryFieldNamed(name, fields)?.paths.length ?? 0) > 0)
        .map(({ name, label }) => ({ word: name, about: label }));
    case 'label':
      return labels.map(({ name }) => ({ word: name }));
    case 'language':
      return (field.choices ?? ['en', 'ja', 'zh-Hans', 'zh-Hant']).map((tag) => ({
        word: tag,
        about: languageName(tag),
      }));
    case 'checkbox':
      return [{ word: 'yes' }, { word: 'no' }];
    case 'date':
    case 'time':
      return times;
    case 'birthday':
      return birthdays;
    default:
      return (field.choices ?? []).map((word) => ({ word }));
  }
};

/**
 * The queries that what was typed of one may become: its last term with a field's name, an operator, or a value.
 *
 * @param typed one word of the command line, in which the query's own words stand
 */
export const querySuggestions = (typed: string, settings: Settings): readonly Suggestion[] => {
  const fields = (['external', 'internal'] as const).flatMap((category) => fieldsOf(category, settings.fields));
  const term = /[^\s(]*$/.exec(typed)?.[0].replace(/^-/, '') ?? '';
  const before = typed.slice(0, typed.length - term.length);
  const colon = term.indexOf(':');
  const begins = (word: string, start: string): boolean => fold(word).startsWith(fold(start));
  if (colon < 0) {
    const names = queryNames(fields).map(({ name, label }): Suggestion => ({ word: `${name}:`, about: label }));
    const operators = ['AND', 'OR', 'NOT'].map((word): Suggestion => ({ word }));
    return [...names, ...(before.trim() === '' ? [] : operators)]
      .filter(({ word }) => begins(word, term))
      .map(({ word, about }) => ({ word: before + word, about }));
  }
  const field = queryFieldNamed(term.slice(0, colon), fields);
  const start = term.slice(colon + 1).replace(/^"/, '');
  if (field === undefined) return [];
  return valuesOf(field, fields, settings)
    .filter(({ word }) => begins(word, start))
    .map(({ word, about }) => ({ word: `${before}${term.slice(0, colon + 1)}${inQuotes(word)}`, about }));
};
