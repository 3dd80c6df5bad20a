const alphabet = '23456789bcdfghjkmnpqrstvwxyz';
const length = 12;
/** The largest multiple of the alphabet's size that a byte can count to: bytes from here on would favour some letters. */
const fair = 256 - (256 % alphabet.length);

/** An id, as a regular expression has it. */
export const idPattern = `[${alphabet}]{${length}}`;

const wholeId = new RegExp(`^${idPattern}$`);

/** Whether a text has the form of an id: 12 characters that cannot be mistaken for each other and spell no words. */
export const isId = (text: string): boolean => wholeId.test(text);

/** Random bytes that are asked for at once: each request takes longer than the making of many ids. */
const pool = 4096;

/**
 * Makes ids out of random bytes.
 *
 * @param randomBytes gives that many bytes, each as likely as any other
 */
export const createIdSource = (randomBytes: (count: number) => Uint8Array): (() => string) => {
  let bytes: Uint8Array = new Uint8Array();
  let next = 0;
  return () => {
    let id = '';
    while (id.length < length) {
      if (next === bytes.length) {
        bytes = randomBytes(pool);
        next = 0;
      }
      const byte = bytes[next] ?? fair;
      next += 1;
      if (byte < fair) id += alphabet[byte % alphabet.length];
    }
    return id;
  };
};
