/** What Windows-1252 has at 80–9F (the Encoding Standard's index); the places that it leaves free stand for themselves. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** A byte of UTF-8 that begins a character, and one that goes on with it, as they look in Windows-1252. */
const looksDecodedTwice = new RegExp(`[\\u00c2-\\u00f4][\\u0080-\\u00bf${windows1252}]`);

/** The same of characters in two bytes, and of typographic ones, as they look in Macintosh Roman: `M√ºller`, `it‚Äôs`. */
const looksReadAsMacintosh = /√[ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø]|‚Äô|‚Äì/;

const byteOf = (letter: string): number | undefined => {
  const code = letter.charCodeAt(0);
  const place = windows1252.indexOf(letter);
  if (place >= 0) return 0x80 + place;
  return code <= 0xff ? code : undefined;
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A text as it was before its bytes of UTF-8 were read as Windows-1252; nothing where that did not happen. */
const onceDecoded = (text: string): string | undefined => {
  const bytes = [...text].map(byteOf);
  if (!bytes.every((byte) => byte !== undefined)) return undefined;
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
};

const ascii = /^[\0-\x7f]*$/;
const lost = '\ufffd';

/** What is wrong with the characters of a text: that it was decoded twice, or has lost some. Nothing where all is well. */
export const faultOfCharacters = (text: string): string | undefined => {
  if (ascii.test(text)) return undefined;
  if (text.includes(lost)) return 'has lost a character (U+FFFD): look it up in the source';
  if (looksReadAsMacintosh.test(text)) return 'looks like text in UTF-8 that was read as Macintosh';
  if (!looksDecodedTwice.test(text)) return undefined;
  const meant = onceDecoded(text);
  return `looks like text in UTF-8 that was read in another encoding${meant === undefined ? '' : `: "${meant}" is meant`}`;
};
