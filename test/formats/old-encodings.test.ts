import { TextDecoder as StandardDecoder } from '@kayahr/text-encoding';
import { describe, expect, test } from 'vitest';
import { createDecoder, Undecodable } from '../../src/formats/encoding-decoder.js';

/**
 * The encodings of the Encoding Standard that are not Unicode, with how many bytes their characters have. The second
 * opinion is a decoder that another author made of the standard's index tables.
 */
const encodings: Readonly<Record<string, 1 | 2>> = {
  Big5: 2,
  'EUC-JP': 2,
  'EUC-KR': 2,
  GB18030: 2,
  GBK: 2,
  Shift_JIS: 2,
  IBM866: 1,
  'ISO-8859-2': 1,
  'ISO-8859-5': 1,
  'ISO-8859-7': 1,
  'ISO-8859-15': 1,
  'KOI8-R': 1,
  Macintosh: 1,
  'Windows-1250': 1,
  'Windows-1251': 1,
  'Windows-1252': 1,
  'Windows-1253': 1,
  'Windows-1254': 1,
  'Windows-1256': 1,
  'Windows-1257': 1,
};

const bytes = Array.from({ length: 256 }, (_, byte) => byte);

const sequences = (length: 1 | 2): readonly Uint8Array[] =>
  length === 1
    ? bytes.map((byte) => Uint8Array.of(byte))
    : bytes.flatMap((lead) => bytes.map((trail) => Uint8Array.of(lead, trail)));

/** The standard's text of a sequence, `undefined` where it is not valid. */
const standardText = (decoder: StandardDecoder, sequence: Uint8Array): string | undefined => {
  try {
    return decoder.decode(sequence);
  } catch {
    return undefined;
  }
};

// Most sequences of two bytes are not valid, and to tell for each where that was found takes most of the time.
Error.stackTraceLimit = 0;

describe('every byte and every pair of bytes is what the Encoding Standard says', () => {
  test.each(Object.entries(encodings))('%s', async (encoding, length) => {
    const standard = new StandardDecoder(encoding, { fatal: true });
    const differences: string[] = [];
    let valid = 0;
    let decoder = await createDecoder(encoding);
    for (const sequence of sequences(length)) {
      let text: string | undefined;
      try {
        text = decoder.push(sequence) + decoder.end();
      } catch (error) {
        if (!(error instanceof Undecodable)) throw error;
        decoder = await createDecoder(encoding);
      }
      if (text !== undefined) valid += 1;
      if (text !== standardText(standard, sequence)) differences.push(Buffer.from(sequence).toString('hex'));
    }
    expect(differences).toEqual([]);
    expect(valid).toBeGreaterThan(length === 1 ? 200 : 15_000);
  });
});

describe('the names by which users know encodings', () => {
  test.each([
    ['cp949', 'bcba', '성'],
    ['CP950', 'b3af', '陳'],
    ['cp936', 'd5c5', '张'],
    ['cp932', '938c', '東'],
    ['macroman', '9f', 'ü'],
    ['x-mac-roman', '8a', 'ä'],
    ['latin1', '80', '€'],
  ])('%s', async (label, hex, text) => {
    const decoder = await createDecoder(label);
    expect(decoder.push(Buffer.from(hex, 'hex')) + decoder.end()).toBe(text);
  });
});

test('a character that is cut into pieces is whole', async () => {
  const hex = 'b3afa46aa4e50a';
  const decoder = await createDecoder('Big5');
  const text = [...Buffer.from(hex, 'hex')].map((byte) => decoder.push(Uint8Array.of(byte))).join('');
  expect(text + decoder.end()).toBe(new StandardDecoder('Big5').decode(Buffer.from(hex, 'hex')));
});

test('a character that is cut off is told', async () => {
  const decoder = await createDecoder('Big5');
  decoder.push(Uint8Array.of(0xb3));
  expect(() => decoder.end()).toThrow(Undecodable);
});
