import { InvalidError } from '../errors.js';
import type { Source } from './encoding.js';
import { createDecoder, type Decoder, decodeWhole, Undecodable } from './encoding-decoder.js';

/** The encodings that old programs write without saying so, by the names that `--encoding` takes. */
const oldEncodings = ['GB18030', 'Big5', 'Shift_JIS', 'EUC-KR', 'Windows-1252'] as const;

type OldEncoding = (typeof oldEncodings)[number];

/** What a file's values would be in one encoding. */
export interface EncodingCandidate {
  readonly encoding: OldEncoding;
  /** Up to three of the file's own values that are not ASCII. */
  readonly samples: readonly string[];
}

/** The text is not Unicode, and which encoding it is in is not for a program to guess. */
export class EncodingUnknown extends InvalidError {
  constructor(
    name: string,
    /** The encodings in which the whole file can be read, likeliest first. */
    readonly candidates: readonly EncodingCandidate[],
  ) {
    const list = candidates.map(({ encoding, samples }) => `${encoding}: ${samples.join(' | ')}`).join('; ');
    super(
      `${name} is not UTF-8, and its encoding cannot be told for sure.`,
      candidates.length > 0
        ? `Say which of these reads right with --encoding NAME: ${list}`
        : 'No known encoding reads it whole: it may be damaged, or no text. Save it again as UTF-8.',
    );
  }
}

/** The lead bytes of each encoding's everyday characters, and the least trail byte that goes with them. */
const everyday = {
  'EUC-KR': [[0xb0, 0xc8, 0xa1]],
  Big5: [[0xa4, 0xc6, 0x40]],
  GB18030: [[0xb0, 0xd7, 0xa1]],
  Shift_JIS: [
    [0x82, 0x83, 0x40],
    [0x88, 0x97, 0x40],
  ],
} as const satisfies Record<Exclude<OldEncoding, 'Windows-1252'>, readonly (readonly [number, number, number])[]>;

/** The share of a value's characters outside ASCII that are everyday ones in a double-byte encoding. */
const doubleByteScore = (bytes: Uint8Array, areas: readonly (readonly [number, number, number])[]): number => {
  let all = 0;
  let usual = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const lead = bytes[index] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[index + 1] ?? 0;
    all += 1;
    if (areas.some(([from, to, least]) => lead >= from && lead <= to && trail >= least)) usual += 1;
    index += 1;
  }
  return usual / all;
};

/** The share of a value's bytes outside ASCII that are accented letters standing alone among ASCII characters. */
const westernScore = (bytes: Uint8Array): number => {
  const high = [...bytes.keys()].filter((index) => (bytes[index] ?? 0) >= 0x80);
  const alone = high.filter((index) => {
    const neighbours = [bytes[index - 1] ?? 0, bytes[index + 1] ?? 0];
    return (bytes[index] ?? 0) >= 0xc0 && neighbours.every((neighbour) => neighbour < 0x80);
  });
  return alone.length / high.length;
};

/**
 * How likely a value is text of the encoding, from 0 to 1: the share of its characters that are everyday ones there.
 * Ties go to the encoding whose everyday area is the narrowest, which is the order of `everyday`.
 */
const score = (encoding: OldEncoding, values: readonly Uint8Array[]): number => {
  const scores = values.map((value) =>
    encoding === 'Windows-1252' ? westernScore(value) : doubleByteScore(value, everyday[encoding]),
  );
  return scores.reduce((sum, next) => sum + next, 0) / Math.max(1, scores.length);
};

const separators = new Set([0x0a, 0x0d, 0x09, 0x22, 0x2c, 0x3b]);

/** Cuts bytes at those that separate cells, none of which is part of a character; the last value may go on. */
const cutValues = (bytes: Uint8Array): readonly Uint8Array[] => {
  const values: Uint8Array[] = [];
  let from = 0;
  for (const [index, byte] of bytes.entries()) {
    if (!separators.has(byte)) continue;
    values.push(bytes.subarray(from, index));
    from = index + 1;
  }
  return [...values, bytes.subarray(from)];
};

const isNotAscii = (bytes: Uint8Array): boolean => bytes.some((byte) => byte >= 0x80);

const shown = 3;
const longest = 60;
const compared = 50;

/** Characters that an encoding gives to bytes which have none in it: controls (C1) and private use. */
const unassigned = /[\x80-\x9f\ue000-\uf8ff]/;

/** The decoders of those encodings that can read all that they were given so far. */
const createTrial = async (): Promise<{
  readonly decoders: ReadonlyMap<OldEncoding, Decoder>;
  readonly attempt: (decode: (decoder: Decoder) => string) => void;
}> => {
  const decoders = new Map<OldEncoding, Decoder>();
  for (const encoding of oldEncodings) decoders.set(encoding, await createDecoder(encoding));
  const attempt = (decode: (decoder: Decoder) => string): void => {
    for (const [encoding, decoder] of decoders) {
      try {
        if (unassigned.test(decode(decoder))) decoders.delete(encoding);
      } catch (error) {
        if (!(error instanceof Undecodable)) throw error;
        decoders.delete(encoding);
      }
    }
  };
  return { decoders, attempt };
};

/** What a source's values would be in each of the old encodings that can read it whole, likeliest first. */
export const candidatesOf = async (source: Source): Promise<readonly EncodingCandidate[]> => {
  const values: Uint8Array[] = [];
  let unfinished: Uint8Array = new Uint8Array();
  const { decoders, attempt } = await createTrial();
  for await (const chunk of source.open()) {
    attempt((decoder) => decoder.push(chunk));
    if (values.length < compared) {
      const cut = cutValues(Buffer.concat([unfinished, chunk]));
      values.push(...cut.slice(0, -1).filter(isNotAscii));
      unfinished = cut.at(-1) ?? unfinished;
    }
  }
  if (isNotAscii(unfinished)) values.push(unfinished);
  values.splice(compared);
  attempt((decoder) => decoder.end());
  const order = [...Object.keys(everyday), 'Windows-1252'];
  const likeliest = [...decoders.keys()]
    .map((encoding) => ({ encoding, score: score(encoding, values), place: order.indexOf(encoding) }))
    .sort((one, other) => other.score - one.score || one.place - other.place);
  return Promise.all(likeliest.map(async ({ encoding }) => ({ encoding, samples: await samplesOf(values, encoding) })));
};

const samplesOf = async (values: readonly Uint8Array[], encoding: OldEncoding): Promise<readonly string[]> => {
  const texts = await Promise.all(values.map((value) => decodeWhole(value, encoding)));
  const told = texts.map((text = '') => text.trim().slice(0, longest)).filter((text) => text !== '');
  return [...new Set(told)].slice(0, shown);
};
