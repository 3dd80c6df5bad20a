import type { FieldSpec } from '../../fields/catalogue.js';
import { isJoined } from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { kinds } from '../../fields/kinds/index.js';
import type { Kind, KindContext, ValueReading } from '../../fields/kinds/kind.js';
import { type ColumnProfile, isDigitDate } from './column-profile.js';

/** The share of a column's values that a field has to take before the column is offered as that field. */
const enough = 0.8;

/** Words in headers that tell which kind of phone or email a column holds. */
const kindWords: readonly (readonly [RegExp, string])[] = [
  [
    /work|office|business|compan|buro|geschaft|dienst|firm|travail|bureau|trabajo|oficina|lavoro|ufficio|会社|勤務|公司|辦公|회사/,
    'work',
  ],
  [/home|priv|personal|maison|domicile|casa|自宅|住宅|家|집/, 'home'],
  [/fax|other|ander|sonst|autre|otro|altro|其他|その他/, 'other'],
  [/mobil|cell|handy|gsm|portable|movil|celular|cellulare|携帯|手機|手机|휴대/, 'mobile'],
];

const readingOf = (field: FieldSpec, text: string, context: KindContext): ValueReading =>
  (kinds[field.kind] as Kind).read(text, field, context);

const partsOf = (field: FieldSpec, text: string): readonly string[] =>
  isJoined(field) ? text.split(';').filter((part) => part.trim() !== '') : [text];

/** Whether a field takes a value without having to guess. */
const takes = (field: FieldSpec, value: string, context: KindContext): boolean =>
  partsOf(field, value).every((part) => {
    // The field takes other texts than names of countries too.
    if (field.kind === 'country' && context.parsers.country(part) === undefined) return false;
    const reading = readingOf(field, part, context);
    // Digits alone can be anything; a number that is written as one is one, in a range that is in use or not.
    return reading.ok && (reading.warning === undefined || (field.kind === 'phone' && /\D/.test(part)));
  });

/** How any date is read, whatever field holds it. */
const dateField: FieldSpec = { path: 'birthDate', label: '', flag: '', kind: 'date', help: '' };

const isDate = (value: string, context: KindContext): boolean =>
  isDigitDate(value) || kinds.date.read(value, dateField, context).ok;

/** How many of a profile's different values are bad cells in a field; of phones only those with a country code count. */
export const countMisfits = (
  field: FieldSpec,
  { values }: Pick<ColumnProfile, 'values'>,
  context: KindContext,
): number => {
  const judged = field.kind === 'phone' ? values.filter((value) => value.startsWith('+')) : values;
  return judged.filter((value) => partsOf(field, value).some((part) => !readingOf(field, part, context).ok)).length;
};

/** A code of two letters is that of a country, a language, and often a department too. */
const isCode = (value: string): boolean => value.length <= 3;

/** Whether a kind of values is told from others by how they look, so that values alone tell the field. */
const isTelling = (field: FieldSpec, values: readonly string[], header: string, today: string): boolean => {
  switch (field.kind) {
    case 'email':
    case 'phone':
    case 'timeZone':
      return true;
    case 'choice':
    case 'multiSelect':
      return field.open !== true && field.choices !== undefined;
    case 'country':
    case 'language':
      return !values.every(isCode);
    case 'date': {
      // Other dates than of births are of the last years.
      const years = values.flatMap((value) => /\b(?:19|20)\d\d\b/.exec(value)?.[0] ?? []);
      return (
        /birth|geburt|naiss|nacim|nascit|生日|誕生/.test(header) ||
        years.every((year) => Number(year) < Number(today.slice(0, 4)) - 10)
      );
    }
    default:
      return false;
  }
};

const order = ['email', 'phone', 'choice', 'multiSelect', 'country', 'language', 'timeZone', 'date'];

/** The kind of phone or email that a header speaks of; else the first of the fields that no other column fills. */
const ofKind = (fields: readonly FieldSpec[], header: string, taken: ReadonlySet<FieldPath>): FieldSpec | undefined => {
  const said = kindWords.find(([words]) => words.test(header))?.[1];
  const kind = said === 'home' && fields[0]?.kind === 'email' ? 'personal' : said;
  return (
    fields.find(({ path }) => path.endsWith(`.${kind}`)) ?? fields.find(({ path }) => !taken.has(path)) ?? fields.at(-1)
  );
};

/**
 * The field that a column's values tell, whatever its header: a column of phone numbers is `Mobile`.
 *
 * @param taken fields that other columns hold
 * @returns nothing where the values are texts that any field could hold
 */
export const fieldByValues = (
  column: { readonly header: string; readonly values: readonly string[] },
  fields: readonly FieldSpec[],
  taken: ReadonlySet<FieldPath>,
  context: KindContext,
): FieldSpec | undefined => {
  const { values } = column;
  const header = fold(column.header);
  if (values.length === 0) return undefined;
  const isMost = (count: number): boolean => count >= values.length * enough;
  const areDates = isMost(values.filter((value) => isDate(value, context)).length);
  const fitting = fields.filter(
    (field) =>
      areDates === (field.kind === 'date') &&
      isTelling(field, values, header, context.today) &&
      isMost(values.filter((value) => takes(field, value, context)).length),
  );
  for (const kind of order) {
    const some = fitting.filter((field) => field.kind === kind);
    const isEntry = kind === 'email' || kind === 'phone';
    const found = isEntry ? ofKind(some, header, taken) : some.find(({ path }) => !taken.has(path));
    if (found !== undefined) return found;
  }
  return undefined;
};
