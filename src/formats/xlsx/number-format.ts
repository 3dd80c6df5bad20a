/** What a number format makes of a number (ECMA-376 part 1, section 18.8.31). */
export type NumberFormat =
  | { readonly shows: 'number' }
  | { readonly shows: 'date' | 'time' | 'date and time' }
  /** Digits at fixed places among other characters, as in `00000` or `(###) ###-####`, by the number's size. */
  | { readonly shows: 'digits'; readonly patternFor: (value: number) => string };

/** The formats that a workbook need not define (section 18.8.30), those of East Asian programs too. */
const builtIn = new Map<number, NumberFormat['shows']>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'time'] as const),
  [22, 'date and time'],
]);

/** The code without its texts: quoted ones, escaped characters, fillers, and what stands in brackets but durations. */
const bare = (code: string): string =>
  code.replace(/"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '').replace(/General|AM\/PM|A\/P/gi, '');

/** Whether a code shows a date, a time, both, or neither; `m` beside hours or seconds is minutes. */
const dateShown = (code: string): 'date' | 'time' | 'date and time' | undefined => {
  const letters = bare(code.split(';')[0] ?? '').toLowerCase();
  const hasTime = /[hs]|\[m+\]/.test(letters);
  const hasDate = hasTime ? /[yd]/.test(letters) : /[ymd]/.test(letters);
  if (hasDate) return hasTime ? 'date and time' : 'date';
  return hasTime ? 'time' : undefined;
};

/** The characters of a section whose digits stand at places: each is a place (`0`, `#`, `?`) or itself, escaped by `\`. */
const placesOf = (section: string): string | undefined => {
  const text = section
    .replace(/\[[^\]]*\]/g, '')
    .replace(/"([^"]*)"/g, (_, quoted: string) => quoted.replace(/./g, '\\$&'))
    .replace(/_.|\*./g, '');
  const isPlaces = /^(?:\\.|[0#?+\-() /:])*$/.test(text) && /[0#?]/.test(text.replace(/\\./g, ''));
  return isPlaces ? text : undefined;
};

const conditionOf = (section: string): ((value: number) => boolean) => {
  const [, operator, bound] = /\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]/.exec(section) ?? [];
  const limit = Number(bound);
  const tests: Readonly<Record<string, (value: number) => boolean>> = {
    '<=': (value) => value <= limit,
    '>=': (value) => value >= limit,
    '<>': (value) => value !== limit,
    '<': (value) => value < limit,
    '>': (value) => value > limit,
    '=': (value) => value === limit,
  };
  return tests[operator ?? ''] ?? (() => true);
};

/** A code whose every section that numbers from 0 on can take has its digits at places. */
const digitsShown = (code: string): NumberFormat | undefined => {
  const all = code.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const hasConditions = all.some((section) => /\[[<>=]/.test(section));
  const sections = hasConditions ? all : all.slice(0, 1);
  const read = sections.map((section) => ({ applies: conditionOf(section), places: placesOf(section) }));
  if (read.some(({ places }) => places === undefined)) return undefined;
  // A lone `0` or `#` shows the digits as they are.
  if (read.every(({ places }) => places === '0' || places === '#')) return undefined;
  const patternFor = (value: number): string => read.find(({ applies }) => applies(value))?.places ?? '0';
  return { shows: 'digits', patternFor };
};

/**
 * What a number format shows.
 *
 * @param id its number
 * @param code its text, where the workbook defines it
 */
export const numberFormatOf = (id: number, code: string | undefined): NumberFormat => {
  if (code === undefined) return { shows: builtIn.get(id) ?? 'number' } as NumberFormat;
  const date = dateShown(code);
  return date === undefined ? (digitsShown(code) ?? { shows: 'number' }) : { shows: date };
};

/** Digits at the places of a pattern, from the right; what is left over stands at the first place. */
export const placeDigits = (digits: string, pattern: string): string => {
  const marks = pattern.match(/\\.|./g) ?? [];
  const firstPlace = marks.findIndex((mark) => /^[0#?]$/.test(mark));
  let left = digits === '0' ? '' : digits;
  let shown = '';
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const mark = marks[index] ?? '';
    if (!/^[0#?]$/.test(mark)) shown = mark.slice(-1) + shown;
    else if (index === firstPlace) shown = (left || (mark === '0' ? '0' : '')) + shown;
    else {
      shown = (left.slice(-1) || (mark === '0' ? '0' : '')) + shown;
      left = left.slice(0, -1);
    }
  }
  return shown;
};
