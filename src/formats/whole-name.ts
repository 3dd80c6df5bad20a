/** Words that belong to the family name after them. */
const particles = new Set(
  'af al am av ben bin da dal de dei del della den der des di dos du el ibn la las le los san st ten ter van vom von zu zum zur'.split(
    ' ',
  ),
);

const eastAsian = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s・ー]+$/u;

/**
 * The first and last name of a whole name, where a file has nothing better: `Last, First` by its comma; in Han, Kana and
 * Hangul script the family name first; else the last word, with the `van der` before it, is the last name. A name of one
 * word is a first name.
 */
export const splitName = (name: string): readonly [first: string, last: string] => {
  const text = name.trim();
  const comma = /^([^,]+),\s*([^,]+)$/.exec(text);
  if (comma) return [comma[2] ?? '', comma[1]?.trim() ?? ''];
  const words = text.split(/\s+/);
  if (words.length === 1) return [text, ''];
  if (eastAsian.test(text)) return [words.slice(1).join(' '), words[0] ?? ''];
  let from = words.length - 1;
  while (from > 1 && particles.has(words[from - 1]?.toLowerCase() ?? '')) from -= 1;
  return [words.slice(0, from).join(' '), words.slice(from).join(' ')];
};
