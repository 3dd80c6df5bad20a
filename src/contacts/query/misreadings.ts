import type { FieldSpec } from '../../fields/catalogue.js';
import { latePattern } from '../../fields/late-pattern.js';
import { categoryNaming, nearestFields, type QueryField, queryFieldNamed } from './query-field.js';

/**
 * A text that a query reads in one way, and that whoever wrote it may have meant in another: habits of other query
 * languages, and slips.
 */
export interface Misreading {
  /** What is wrong, up to a colon. */
  readonly problem: string;
  /** The nearest right forms, best first. */
  readonly meant: readonly string[];
  /** What to do where there is no such form. */
  readonly hint?: string;
  /** As text it is most likely what was meant: where text is taken, it need not be told. */
  readonly isHarmless?: boolean;
}

const quoteIt = 'Put it in quotation marks if it is text.';
const isEmailAddress = /^[^\s@*!<>()"',;:]+@[^\s@*!<>()"',;:=]+\.[^\s@*!<>()"',;:=]+$/;
const isWebAddress = latePattern(
  String.raw`^(?:[a-z][a-z0-9+.-]*://[^\s/*]+(?:/.*)?|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d+)?(?:[/?#].*)?)$`,
  'iu',
);

const longestAddress = 2000;

const isAddress = (word: string): boolean =>
  word.length <= longestAddress && (isEmailAddress.test(word) || isWebAddress().test(word));

const noSign = (sign: string, meant: readonly string[], hint = quoteIt): Misreading => ({
  problem: `Queries do not use "${sign}":`,
  meant,
  hint,
});

/** Where a text in other quotation marks than `"` ends, by its opening mark. */
const closingMarks: Readonly<Record<string, string>> = {
  "'": "'",
  '‘': '’',
  '`': '`',
  '«': '»',
  '‹': '›',
  '「': '」',
  '『': '』',
};

/** Says whether a mark that opens at a place has a partner after it. */
export type ClosesLater = (mark: string) => boolean;

const otherQuotes = (text: string, closesLater: ClosesLater): Misreading | undefined => {
  const closing = closingMarks[text.charAt(0)];
  if (closing === undefined || text.length < 2 || !closesLater(closing)) return undefined;
  return {
    problem: `A phrase takes double quotation marks, not ${text.charAt(0)} and ${closing}:`,
    meant: [],
    hint: 'Write "two words"; for the shell put the whole query in single ones.',
  };
};

const wildcards = (text: string, prefix: string): Misreading | undefined => {
  const sign = /[*?]/.exec(text)?.[0];
  if (sign === undefined) return undefined;
  const bare = text.replace(/^[*?]+|[*?]+$/g, '');
  const all = prefix === '' ? [] : [`has:${prefix.slice(0, -1)}`];
  const meant = bare === '' ? all : /[*?]/.test(bare) ? [] : [`${prefix}${bare}`];
  return noSign(
    sign,
    meant,
    bare === '' ? 'For all contacts give no query.' : `A word is found anywhere in a text. ${quoteIt}`,
  );
};

const listed = (text: string, place: RegExp, prefix: string): Misreading | undefined => {
  const [, sign = ''] = place.exec(text) ?? [];
  if (sign === '') return undefined;
  const parts = text.split(/[,;|]+/).filter((part) => part !== '');
  const areValues = parts.length > 1 && parts.length < 6 && !parts.some((part) => part.includes(':'));
  const meant = areValues ? [`${prefix}(${parts.join(' OR ')})`] : [];
  return { problem: `A "${sign}" does not separate values:`, meant, hint: quoteIt };
};

/** Patterns of regular expressions, SQL and Lucene. */
const patterns = (text: string, prefix: string): Misreading | undefined => {
  const [sign] = /^(?:[~^%[{]|\/.+\/$)/.exec(text) ?? /[^\d~^%$](?:[~^]\d*|[%$])$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const bare = text.replace(/^[~^%[{/]+|(?:[~^]\d*|[%$\]}/])$/g, '');
  return { problem: `Queries have no patterns:`, meant: bare === '' ? [] : [`${prefix}${bare}`], hint: quoteIt };
};

const innerQuote = (text: string): Misreading | undefined =>
  text.includes('"') && !/^[\d./]+"$/.test(text)
    ? {
        problem: 'A quotation mark stands inside a word:',
        meant: [],
        hint: 'Put a space before it, or put the whole in quotation marks.',
        isHarmless: true,
      }
    : undefined;

const fieldAndValue = 'Write field:value without spaces, such as type:lead.';

const equalOrNot = (text: string, prefix: string): Misreading | undefined => {
  const sign = /[=!]/.exec(text)?.[0];
  if (sign === undefined) return undefined;
  if (/^[=!]+$/.test(text)) return noSign(sign, [], fieldAndValue);
  return noSign(sign, text.includes('"') ? [] : [`${prefix}"${text}"`], '');
};

const comparison = latePattern(String.raw`^([\p{L}][\p{L}\p{M}\p{N}_.'/-]*)(!=|<>|>=|<=|=~|==?|~=?|<|>)(.*)$`, 'u');

/** `type=lead`, `created>2026-01-01`, `company!=acme`: a field that is known, or nearly. */
const comparedField = (word: string, fields: readonly FieldSpec[]): Misreading | undefined => {
  const [, name, sign = '', value = ''] = comparison().exec(word) ?? [];
  if (name === undefined || (sign === '~' && /^\d*$/.test(value))) return undefined;
  const near = queryFieldNamed(name, fields) ? [`${name}:V`] : nearestFields(name, fields);
  if (near.length === 0) return undefined;
  const isNot = sign === '!=' || sign === '<>';
  const operator = /^[<>]=?$/.test(sign) ? sign : '';
  const valueIn = (form: string): string => (form.endsWith(':V') ? `${operator}${value}` : value);
  const meant = near.map((form) => `${isNot ? '-' : ''}${form.replace('V', () => valueIn(form))}`);
  const problem = 'A field and its value have a colon between them:';
  return value === '' ? { problem, meant: [], hint: fieldAndValue } : { problem, meant };
};

const dash = /^[‐-―−](?=.)/;

/** A name before a colon that is none of the fields'. */
export const unknownField = (word: string, fields: readonly FieldSpec[]): Misreading | undefined => {
  const colon = word.indexOf(':');
  const name = word.slice(0, colon).replace(dash, '');
  const value = word.slice(colon + 1);
  if (colon < 1 || !/[^\W\d_]|[^\0-\x7f]/.test(name)) return undefined;
  const sign = dash.test(word) || word.startsWith('!') ? '-' : '';
  const category = queryFieldNamed(name, fields) ? undefined : categoryNaming(name, fields);
  if (category) {
    const whose = category === 'internal' ? 'staff' : 'external contacts';
    const hint = `Add --category ${category}, or put it in quotation marks if it is text.`;
    return { problem: `"${name}" is a field of ${whose}:`, meant: [], hint };
  }
  const meant = nearestFields(name, fields).map((form) => `${sign}${form.replace('V', () => value)}`);
  return { problem: `There is no field "${name.slice(0, 64)}":`, meant, hint: quoteIt };
};

const signsBefore = (word: string, fields: readonly FieldSpec[]): Misreading | undefined => {
  const rest = word.slice(1);
  if (dash.test(word)) {
    const { meant } = unknownField(word, fields) ?? { meant: [`-${rest}`] };
    return { problem: 'This dash is not a minus sign:', meant, hint: quoteIt };
  }
  if (word.startsWith('!')) return noSign('!', rest === '' ? ['NOT'] : [`-${rest.replace(/^[!=]+/, '')}`]);
  if (/^-+$/.test(word)) return { problem: 'Nothing stands after the minus:', meant: [], hint: quoteIt };
  if (/^-/.test(word)) return { problem: 'Two minus signs stand here:', meant: [rest], hint: quoteIt };
  if (/^#[^\d#]/.test(word)) return noSign('#', [`label:${rest}`]);
  if (/^\+[^\d+]/.test(word)) return noSign('+', [rest], 'All words are wanted without it.');
  if (/^:./.test(word))
    return {
      problem: 'No field stands before the colon:',
      meant: [],
      hint: fieldAndValue,
    };
  return undefined;
};

/** A dot or an at sign alone is in nearly every contact. */
const onlySigns = (word: string): Misreading | undefined =>
  /^[.,:;'@_/\\$%#~^]+$/.test(word)
    ? { problem: 'There is no letter or digit in this word:', meant: [], hint: quoteIt, isHarmless: true }
    : undefined;

const operators: Readonly<Record<string, string>> = { '&&': 'AND', '||': 'OR', '|': 'OR' };

/**
 * What is doubtful about a word that stands by itself; nothing where it is plain text, or an email or web address.
 *
 * @param word in half width
 */
export const misreadWord = (
  word: string,
  fields: readonly FieldSpec[],
  closesLater: ClosesLater,
): Misreading | undefined => {
  const compared = comparedField(word, fields);
  if (compared || isAddress(word)) return compared;
  const operator = operators[word];
  if (operator !== undefined) return noSign(word, [operator]);
  const glued = /^(and|or|not)\(/i.exec(word)?.[1];
  if (glued !== undefined)
    return { problem: `"${glued}" is a word here:`, meant: [`${glued.toUpperCase()}(`], hint: quoteIt };
  return (
    signsBefore(word, fields) ??
    unknownField(word, fields) ??
    otherQuotes(word, closesLater) ??
    innerQuote(word) ??
    wildcards(word, '') ??
    equalOrNot(word, '') ??
    (/[<>]/.test(word)
      ? {
          problem: 'No field stands before the < or >:',
          meant: [],
          hint: 'Write field:>value without spaces, such as created:>2026-01-31.',
        }
      : undefined) ??
    (/^\.\.|\.\.$|\d\.\.|\.\.\d/.test(word)
      ? {
          problem: 'No field stands before the range:',
          meant: [],
          hint: 'Write field:from..to without spaces, such as created:2026-01..2026-03.',
        }
      : undefined) ??
    listed(word, /[^\d\s]([,;|])[,;|]*(?=[^\d\s])/, '') ??
    patterns(word, '') ??
    onlySigns(word)
  );
};

const takesText = ({ holds }: QueryField): boolean => !['number', 'date', 'time', 'birthday', 'phone'].includes(holds);

/**
 * What is doubtful about a value after a `field:` that stands in no quotation marks.
 *
 * @param value in half width
 * @param prefix the field as it was written, with its colon; empty inside the parentheses of a field
 */
export const misreadValue = (
  value: string,
  field: QueryField,
  prefix: string,
  fields: readonly FieldSpec[],
  closesLater: ClosesLater,
): Misreading | undefined => {
  const negated = /^(?:!=?|<>)(.*)$/.exec(value)?.[1];
  if (negated !== undefined) return noSign(value.slice(0, value.length - negated.length), [`-${prefix}${negated}`]);
  const equal = /^(?:[=~]+|:)(.*)$/.exec(value)?.[1];
  if (equal !== undefined)
    return noSign(value.slice(0, value.length - equal.length), equal === '' ? [] : [`${prefix}${equal}`]);
  const other = otherQuotes(value, closesLater) ?? wildcards(value, prefix);
  if (other) return other;
  if (field.holds === 'phone' ? /^-./.test(value) : takesText(field) && /^-[^\W\d]/.test(value))
    return { problem: 'The minus stands before the field:', meant: [`-${prefix}${value.slice(1)}`], hint: quoteIt };
  if (!takesText(field) || isAddress(value)) return undefined;
  if (/^(?:NOT|AND)$/.test(value))
    return {
      problem: `"${value}" stands where the value should:`,
      meant: [],
      hint: 'Write -field:value, or field:(one OR other).',
    };
  const inner = /^([^:]{1,64}):./.exec(value)?.[1];
  if (inner !== undefined && queryFieldNamed(inner, fields)) {
    return {
      problem: 'A field cannot be the value of a field:',
      meant: [],
      hint: 'Put a space between the two, or the value in quotation marks.',
    };
  }
  return innerQuote(value) ?? equalOrNot(value, prefix) ?? listed(value, /([,;|])/, prefix) ?? patterns(value, prefix);
};
