const fewestDigits = 5;

/**
 * The digits of a phone number as it was typed or dialled, in each form in which they can occur in E.164: as they are,
 * and without the prefix of an international call (00, 011), without the trunk prefix 0, and without a `(0)`.
 *
 * @param text folded
 */
export const digitForms = (text: string): readonly string[] => {
  const digits = text.replace(/\D/g, '');
  const withoutTrunk = text.replace(/\(0\)/g, '').replace(/\D/g, '');
  const international = text.includes('+');
  const forms = [digits, withoutTrunk].flatMap((form) =>
    international ? [form] : [form, form.replace(/^(?:00|011)/, ''), form.replace(/^0/, '')],
  );
  return [...new Set(forms)].filter((form) => form !== '' && (form === digits || form.length >= fewestDigits));
};

const year = '(?:1[89]|2[01])\\d\\d';
const month = '(?:0?[1-9]|1[0-2])';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const dates = new RegExp(
  `(?:${year}-${month}|${year}([-.])${month}\\1${day}|${day}([-.])${day}\\2${year})(?![^ )])`,
  'y',
);

/** A date stands here, and nothing that belongs to it follows. */
const isDateAt = (source: string, at: number): boolean => {
  dates.lastIndex = at;
  return dates.test(source);
};

const isRunCharacter = (character: string): boolean => /[0-9+().-]/.test(character);

/** Longer runs are no phone numbers, and reading them again from each of their words would take its time. */
const longestRun = 80;

/**
 * Where the phone number that starts here ends: a run of digits, spaces and `+ ( ) . -` with five digits or more that
 * is no date. It ends before a space and `-`, before a date, and where a parenthesis closes that it did not open. What
 * stands in parentheses whole is not one: the number is within.
 *
 * @param source a query in half width whose only white space is the space
 */
export const endOfPhoneRun = (source: string, start: number): number | undefined => {
  if (!/[0-9+(]/.test(source[start] ?? '') || isDateAt(source, start)) return undefined;
  let end: number | undefined;
  let digits = 0;
  let depth = 0;
  let closed: number | undefined;
  for (let at = start; at < Math.min(source.length, start + longestRun); at++) {
    const character = source[at] ?? '';
    if (character === ' ') {
      if (source[at + 1] === '-' || isDateAt(source, at + 1)) break;
      continue;
    }
    if (!isRunCharacter(character) || (character === ')' && depth === 0)) break;
    if (character === '(') depth++;
    else if (character === ')') {
      depth--;
      if (depth === 0) closed ??= at + 1;
    } else if (/\d/.test(character)) digits++;
    const next = source[at + 1] ?? ' ';
    if (digits >= fewestDigits && depth === 0 && (next === ' ' || next === ')')) end = at + 1;
  }
  return source[start] === '(' && end === closed ? undefined : end;
};
