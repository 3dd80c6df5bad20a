const alphabet = '23456789bcdfghjkmnpqrstvwxyz';
const length = 12;
/** The largest multiple of the alphabet's size that a byte can count to: bytes from here on would favour some letters. */
const fair = 256 - (256 % alphabet.length);

/** Whether a text has the form of an id: 12 characters that cannot be mistaken for each other and spell no words. */
export const isId = (text: string): boolean => /^[23456789bcdfghjkmnpqrstvwxyz]{12}$/.test(text);

/**
 * Makes ids out of random bytes.
 *
 * @param randomBytes gives that many bytes, each as likely as any other
 */
export const createIdSource = (randomBytes: (count: number) => Uint8Array) => (): string => {
  let id = '';
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && id.length < length) id += alphabet[byte % alphabet.length];
    }
  }
  return id;
};
