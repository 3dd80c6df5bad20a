import { latePattern } from './late-pattern.js';

const ascii = /^[\0-\x7f]*$/;

/** Letters that Unicode does not decompose, and what people type for them. */
const plain: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  ø: 'o',
  þ: 'th',
  ß: 'ss',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  œ: 'oe',
  ŧ: 't',
  ς: 'σ',
};
const plainLetters = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');
const marksOfAlphabets = latePattern(
  String.raw`(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+`,
  'gu',
);
const invisible = latePattern(String.raw`\p{Default_Ignorable_Code_Point}+`, 'gu');

const foldWhole = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(invisible(), '')
    .toLowerCase()
    .replace(marksOfAlphabets(), '')
    .replace(plainLetters, (letter) => plain[letter] ?? letter)
    .normalize('NFKC');

const onlyLatin = /^[\0-\u017f]*$/;
const beyondAscii = /[\x80-\u017f]/g;
/** The letters of Latin-1 and Latin Extended-A fold one by one, since the marks are part of them; each is folded once. */
const latin: string[] = [];
const foldLatin = (letter: string): string => {
  const code = letter.charCodeAt(0);
  latin[code] ??= foldWhole(letter);
  return latin[code];
};

/**
 * A text as it is compared: without case, accents, width (full or half) and characters that cannot be seen, so that
 * `Ｍüller` is `muller`.
 *
 * This is NFKC_Casefold (Unicode Standard, 3.13), save that marks are dropped after Latin, Greek and Cyrillic letters;
 * elsewhere they make another letter (か, が).
 */
export const fold = (text: string): string => {
  if (ascii.test(text)) return text.toLowerCase();
  if (!onlyLatin.test(text)) return foldWhole(text);
  return text.replace(beyondAscii, foldLatin).toLowerCase();
};
