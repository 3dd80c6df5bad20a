import { isEastAsian } from '../contact.js';
import { pinyinOf, simplify } from './han.js';
import { hasHiragana, romajiOf, toHiragana } from './kana.js';

const hanOrKana = /[\u3041-\u30fe\u4e00-\u9fa5]/;
const ideograph = /[\u4e00-\u9fa5]/;

/**
 * A folded text in which one script stands for its variants: simplified for traditional and Japanese characters (陳 is
 * 陈), hiragana for katakana (タナカ is たなか). Each character stays one.
 */
export const unifyScripts = (folded: string): string =>
  hanOrKana.test(folded) ? toHiragana(simplify(folded)) : folded;

/** As many readings of one name, where its characters have several. */
const mostReadings = 8;

/**
 * A text with each of its ideographs read, in every combination of their readings up to a number; then the first
 * readings alone go on.
 */
const readAloud = (text: string, readingsOf: (character: string) => readonly string[]): readonly string[] =>
  [...text].reduce<readonly string[]>(
    (read, character) => {
      const [first = character, ...others] = readingsOf(character);
      const readings = read.length * (1 + others.length) > mostReadings ? [first] : [first, ...others];
      return read.flatMap((start) => readings.map((reading) => start + reading));
    },
    [''],
  );

const initialsOf = (character: string): readonly string[] => [
  ...new Set(pinyinOf(character).map((reading) => reading.charAt(0))),
];

const pinyinSpellings = (text: string): readonly string[] => {
  if (!ideograph.test(text)) return [];
  const whole = readAloud(text, pinyinOf);
  return text.length > 1 ? [...whole, ...readAloud(text, initialsOf)] : whole;
};

/**
 * In what other ways people type a name that is written in Han characters or kana: without its spaces, in pinyin, whole
 * (`chendawen`) or its initials (`cdw`), and in romaji (`tanaka`). None for a name in other scripts.
 *
 * @param plain the name as queries compare it (`plainText`)
 */
export const otherSpellings = (plain: string): readonly string[] => {
  if (!hanOrKana.test(plain)) return [];
  const unspaced = isEastAsian(plain) ? plain.replaceAll(' ', '') : plain;
  const written = [...new Set([plain, unspaced])];
  const spellings = written.flatMap((text) => [
    text,
    ...pinyinSpellings(text),
    ...(hasHiragana(text) ? romajiOf(text) : []),
  ]);
  return [...new Set(spellings)].filter((spelling) => spelling !== plain);
};

/** What a word in kana may be written as in Latin letters, where a name is; none for other words. */
export const latinSpellings = (plain: string): readonly string[] => (hasHiragana(plain) ? romajiOf(plain) : []);
