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
const marksOfAlphabets = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/**
 * A text as it is compared: without case, accents, and width (full or half), so that `Ｍüller` is `muller`.
 *
 * Marks are dropped after Latin, Greek and Cyrillic letters alone: elsewhere they make another letter (か, が).
 */
export const fold = (text: string): string => {
  if (ascii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(marksOfAlphabets, '$1')
    .replace(plainLetters, (letter) => plain[letter] ?? letter)
    .normalize('NFKC');
};
