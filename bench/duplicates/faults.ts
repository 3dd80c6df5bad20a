import type { Random } from '../../scripts/fixtures/random.js';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** What sounds alike, and what a scanner takes for something else. */
const confusions: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ie', 'y'],
  ['ck', 'k'],
  ['ee', 'ea'],
  ['mm', 'm'],
  ['ll', 'l'],
  ['ss', 's'],
  ['c', 'k'],
  ['ei', 'ie'],
  ['rt', 'tt'],
  ['m', 'rn'],
  ['cl', 'd'],
  ['h', 'b'],
  ['u', 'v'],
  ['i', 'j'],
  ['1', 'l'],
  ['0', 'o'],
  ['5', 's'],
  ['8', 'b'],
];

const other = (sign: string, random: Random): string =>
  /\d/.test(sign) ? String((Number(sign) + 1 + random.below(9)) % 10) : (letters[random.below(26)] ?? 'a');

/** One typing error: a sign left out, put in, changed, or turned round with the next, or something that sounds or looks alike. */
export const mistype = (text: string, random: Random): string => {
  const at = random.below(text.length);
  const sign = text.charAt(at);
  switch (random.below(6)) {
    case 0:
      return text.length > 2 ? text.slice(0, at) + text.slice(at + 1) : text;
    case 1:
      return text.slice(0, at) + other(sign, random) + text.slice(at);
    case 2:
      return text.slice(0, at) + other(sign, random) + text.slice(at + 1);
    case 3:
      return text.slice(0, at) + text.charAt(at + 1) + sign + text.slice(at + 2);
    case 4: {
      const [from, to] = random.pick(confusions);
      return text.includes(from) ? text.replace(from, to) : mistype(text, random);
    }
    default:
      return text.includes(' ')
        ? text.replace(' ', '')
        : text.length > 5
          ? `${text.slice(0, at)} ${text.slice(at)}`.trim()
          : mistype(text, random);
  }
};

/** A date with one or two digits changed, or day and month turned round; always one that a calendar has. */
export const mistypeDate = (date: string, random: Random): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  if (random.chance(0.3) && Number(day) <= 12) return `${year}-${day}-${month}`;
  const digits = [...date];
  const at = random.pick([2, 3, 3, 6, 8, 9]);
  digits[at] = String(random.below(10));
  const wrong = digits.join('');
  const time = new Date(`${wrong}T00:00:00Z`);
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== wrong ? date : wrong;
};
