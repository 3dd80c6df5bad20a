import { isAscii, isUtf8 } from 'node:buffer';

/** Whether bytes outside ASCII that name no charset are UTF-8; `undefined` where there are none. */
export const isUnicode = (bytes: Buffer): boolean | undefined => (isAscii(bytes) ? undefined : isUtf8(bytes));

/**
 * The text of bytes, or nothing where they are no text of the charset, or there is no such charset.
 *
 * @param charset a label of the Encoding Standard; UTF-8 where absent
 */
export const textIn = (bytes: Buffer, charset: string | undefined): string | undefined => {
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    if (isAscii(bytes)) return bytes.toString('latin1');
    return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  }
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    // With `stream`, since without it Node 20 reads Windows-1252 as Latin-1.
    return decoder.decode(bytes, { stream: true }) + decoder.decode();
  } catch {
    return undefined;
  }
};
