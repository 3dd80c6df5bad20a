import { isAscii } from 'node:buffer';
import { UsageError } from '../errors.js';

/** Bytes are not text of the encoding in which they were read. */
export class Undecodable extends Error {}

/** Decodes a text piece by piece. A byte order mark at its beginning is no part of the text. */
export interface Decoder {
  /** @throws Undecodable */
  readonly push: (bytes: Uint8Array) => string;
  /** Checks the bytes without making text of them. Throws what `push` throws. */
  readonly pass: (bytes: Uint8Array) => void;
  /** @throws Undecodable where a character was cut off */
  readonly end: () => string;
}

interface NativeOrOld {
  readonly encoding: string;
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string;
}

const unicode = new Set(['utf-8', 'utf-16le', 'utf-16be']);

/** Windows' numbers of encodings, which users know and the Encoding Standard has no labels for. */
const codePages: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  macroman: 'macintosh',
};

const nativeDecoder = (label: string): NativeOrOld | undefined => {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return undefined;
  }
};

/** Whether a label is one of an encoding of Unicode. */
export const isUnicode = (label: string): boolean => unicode.has(nativeDecoder(label)?.encoding ?? '');

/**
 * Node's own decoder for Unicode; for all else one that agrees with the Encoding Standard to the byte pair: those of ICU,
 * which Node has, differ in thousands of pairs of Big5 and EUC-KR.
 */
const decoderOf = async (given: string): Promise<NativeOrOld> => {
  const label = codePages[given.toLowerCase()] ?? given;
  const native = nativeDecoder(label);
  if (native !== undefined && unicode.has(native.encoding)) return native;
  const { TextDecoder: OldDecoder } = await import('@exodus/bytes/encoding.js');
  try {
    return new OldDecoder(label, { fatal: true });
  } catch {
    throw new UsageError(
      `There is no encoding "${given}".`,
      'Name one such as utf-8, GB18030, Big5, Shift_JIS, EUC-KR, Windows-1252, Macintosh.',
    );
  }
};

/** Turns the errors of both decoders, which say with a TypeError that bytes are no text, into one of our own. */
const decoding = <Read>(read: () => Read): Read => {
  try {
    return read();
  } catch (error) {
    throw error instanceof TypeError ? new Undecodable(error.message, { cause: error }) : error;
  }
};

/** Bytes from here on are part of a character of several bytes in UTF-8. */
const highBit = 0x80;

/**
 * Makes a decoder of an encoding.
 *
 * @param label one of the labels of the Encoding Standard
 * @throws UsageError where there is no such encoding
 */
export const createDecoder = async (label: string): Promise<Decoder> => {
  const decoder = await decoderOf(label);
  // The first piece goes through the decoder, which looks there for a byte order mark.
  let isBetween = false;
  // What is ASCII, as most pieces are, needs no decoder, unless a character began before it.
  const isPlain = (bytes: Uint8Array): boolean => isBetween && isAscii(bytes);
  const push = (bytes: Uint8Array): string => {
    if (isPlain(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const text = decoding(() => decoder.decode(bytes, { stream: true }));
    isBetween = decoder.encoding === 'utf-8' && (bytes.at(-1) ?? highBit) < highBit;
    return text;
  };
  const pass = (bytes: Uint8Array): void => {
    if (!isPlain(bytes)) push(bytes);
  };
  return { push, pass, end: () => decoding(() => decoder.decode()) };
};

/**
 * Decodes bytes that are all there.
 *
 * @returns nothing where the bytes are not text of the encoding
 * @throws UsageError where there is no such encoding
 */
export const decodeWhole = async (bytes: Uint8Array, label: string): Promise<string | undefined> => {
  const decoder = await createDecoder(label);
  try {
    return decoder.push(bytes) + decoder.end();
  } catch (error) {
    if (error instanceof Undecodable) return undefined;
    throw error;
  }
};
