import { late } from '../../fields/late.js';
import { readingNumbers, readings, simplified, variants } from './han-tables.js';

const firstCharacter = 0x4e00;
const base = 52;
const zero = '('.charCodeAt(0);

const listOfReadings = late(readings);

/** Where a character stands among `variants`, which are sorted; less than 0 where it does not. */
const placeOf = (unit: number): number => {
  const sorted = variants();
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted.charCodeAt(middle);
    if (found === unit) return middle;
    if (found < unit) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};

const ideographs = /[\u4e00-\u9fa5]/g;

/** A text in simplified characters, of which traditional and Japanese ones are variants: each is one character still. */
export const simplify = (text: string): string =>
  text.replace(ideographs, (character) => simplified()[placeOf(character.charCodeAt(0))] ?? character);

/** The readings of a character in pinyin without tones, the likeliest of a name first; none of what is no ideograph. */
export const pinyinOf = (character: string): readonly string[] => {
  const at = 2 * (character.charCodeAt(0) - firstCharacter);
  const numbers = readingNumbers();
  const number = base * (numbers.charCodeAt(at) - zero) + numbers.charCodeAt(at + 1) - zero;
  const found = at < 0 ? undefined : listOfReadings()[number];
  return found === undefined || found === '' ? [] : found.split('/');
};
