import { latePattern } from './late-pattern.js';

const ascii = /^[\x20-\x7e]*$/;

/**
 * Characters without a shape that come along when text is copied: soft hyphens, spaces of no width, marks of direction,
 * byte order marks. The joiners (U+200C, U+200D) are not among them: Persian words and emoji are spelt with them.
 */
const invisible = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/g;

/** Spaces that only look like one (Unicode category Zs), save the wide one of East Asian text. */
const otherSpaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;

/** A text without characters that nobody sees, and with plain spaces. What people read stays as it is. */
export const withoutInvisible = (text: string): string =>
  ascii.test(text) ? text : text.replace(invisible, '').replace(otherSpaces, ' ');

const ignorable = latePattern(String.raw`\p{Default_Ignorable_Code_Point}+`, 'gu');
const doubleQuotes = /[\u201c-\u201f\u00ab\u00bb\u2033\u301d-\u301f]/g;
const singleQuotes = /[\u2018-\u201b\u2039\u203a\u2032\u00b4]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const wide = /[\uff01-\uff5e\u3000]/g;

/**
 * A text of which only plain characters count, such as a number or an address, as a keyboard would have typed it: without
 * what cannot be seen, and without the quotes, dashes and wide forms that word processors and input methods write.
 */
export const asTyped = (text: string): string =>
  ascii.test(text)
    ? text
    : withoutInvisible(text)
        .replace(ignorable(), '')
        .replace(doubleQuotes, '"')
        .replace(singleQuotes, "'")
        .replace(dashes, '-')
        .replace(wide, (letter) => letter.normalize('NFKC'));
