import { isAscii } from 'node:buffer';
import { InvalidError, UsageError } from '../errors.js';

/** Bytes that can be read from their beginning more than once: a file, or what came on standard input set aside. */
export interface Source {
  /** How people know it: a path, or `standard input`. */
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

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

const sampleSize = 4096;

const head = async (source: Source, size: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.open()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= size) break;
  }
  return Buffer.concat(chunks).subarray(0, size);
};

const marks = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] } as const;

type Unicode = keyof typeof marks;

/** The encoding that a byte order mark at the beginning tells. */
const markedEncoding = (bytes: Uint8Array): Unicode | undefined =>
  (Object.keys(marks) as Unicode[]).find((encoding) => marks[encoding].every((byte, index) => bytes[index] === byte));

/** Whether a source begins with a byte order mark. */
export const hasByteOrderMark = async (source: Source): Promise<boolean> =>
  markedEncoding(await head(source, 3)) !== undefined;

/**
 * The Unicode encoding of a text by its first bytes: a byte order mark decides; else UTF-16 shows by the zero bytes of
 * its ASCII characters, which all stand at even or all at odd places; else it can only be UTF-8.
 */
const unicodeEncoding = (bytes: Uint8Array): Unicode => {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return marked;
  const zeros = (place: 0 | 1): number => bytes.filter((byte, index) => byte === 0 && index % 2 === place).length;
  const [even, odd] = [zeros(0), zeros(1)];
  const many = Math.max(1, bytes.length / 10);
  if (odd >= many && even * 10 <= odd) return 'utf-16le';
  return even >= many && odd * 10 <= even ? 'utf-16be' : 'utf-8';
};

/** Whether an error says that bytes are not text of the encoding. */
const isUndecodable = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** Bytes from here on are part of a character of several bytes in UTF-8. */
const highBit = 0x80;

interface Decoder {
  readonly push: (bytes: Uint8Array) => string;
  /** Throws what `push` throws. */
  readonly pass: (bytes: Uint8Array) => void;
  readonly end: () => string;
}

/**
 * Decodes in one go or piece by piece. Every piece is given with `stream`: without it Node 20 reads Windows-1252 as
 * Latin-1.
 */
const createDecoder = (encoding: string): Decoder => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  // The first piece goes through the decoder, which looks there for a byte order mark.
  let isBetween = false;
  // What is ASCII, as most pieces are, needs no decoder, unless a character began before it.
  const isPlain = (bytes: Uint8Array): boolean => isBetween && isAscii(bytes);
  const push = (bytes: Uint8Array): string => {
    if (isPlain(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const text = decoder.decode(bytes, { stream: true });
    isBetween = decoder.encoding === 'utf-8' && (bytes.at(-1) ?? highBit) < highBit;
    return text;
  };
  const pass = (bytes: Uint8Array): void => {
    if (!isPlain(bytes)) push(bytes);
  };
  return { push, pass, end: () => decoder.decode() };
};

/** The text, or nothing where the bytes are not text of the encoding. */
const decodedWhole = (bytes: Uint8Array, encoding: string): string | undefined => {
  const decoder = createDecoder(encoding);
  try {
    return decoder.push(bytes) + decoder.end();
  } catch (error) {
    if (isUndecodable(error)) return undefined;
    throw error;
  }
};

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

/** Reads the whole source in each of the encodings at once, and keeps the first values that are not ASCII. */
const candidatesOf = async (source: Source): Promise<readonly EncodingCandidate[]> => {
  const values: Uint8Array[] = [];
  let unfinished: Uint8Array = new Uint8Array();
  const decoders = new Map(oldEncodings.map((encoding) => [encoding, createDecoder(encoding)] as const));
  const attempt = (decode: (decoder: ReturnType<typeof createDecoder>) => string): void => {
    for (const [encoding, decoder] of decoders) {
      try {
        // Bytes to which an encoding gives no character come out as controls (C1) or as private use.
        if (/[\x80-\x9f\ue000-\uf8ff]/.test(decode(decoder))) decoders.delete(encoding);
      } catch (error) {
        if (!isUndecodable(error)) throw error;
        decoders.delete(encoding);
      }
    }
  };
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
  return [...decoders.keys()]
    .map((encoding) => ({ encoding, score: score(encoding, values), place: order.indexOf(encoding) }))
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .map(({ encoding }) => {
      const texts = values.map((value) => decodedWhole(value, encoding)?.trim().slice(0, longest) ?? '');
      return { encoding, samples: [...new Set(texts)].filter((text) => text !== '').slice(0, shown) };
    });
};

/** What a decoder takes from each piece of a source, and from its end. */
async function* decoded<Taken>(
  source: Source,
  told: string | undefined,
  take: (decoder: Decoder, bytes: Uint8Array) => Taken,
): AsyncGenerator<Taken | string, void> {
  const encoding = told ?? unicodeEncoding(await head(source, sampleSize));
  let decoder: ReturnType<typeof createDecoder>;
  try {
    decoder = createDecoder(encoding);
  } catch {
    throw new UsageError(`There is no encoding "${encoding}".`, `Name one such as utf-8, ${oldEncodings.join(', ')}.`);
  }
  const decode = async <Read>(read: () => Read): Promise<Read> => {
    try {
      return read();
    } catch (error) {
      if (!isUndecodable(error)) throw error;
      if (encoding === 'utf-8' && told === undefined)
        throw new EncodingUnknown(source.name, await candidatesOf(source));
      throw new InvalidError(
        `${source.name} is not text in ${encoding}.`,
        'Name its encoding with --encoding, or save it again as UTF-8.',
      );
    }
  };
  for await (const chunk of source.open()) yield await decode(() => take(decoder, chunk));
  yield await decode(() => decoder.end());
}

/**
 * The text of a source, piece by piece: by its byte order mark, as UTF-16 by its zero bytes, else as strict UTF-8. A
 * byte order mark is no part of the text.
 *
 * @param told a label of the Encoding Standard, where the user knows the encoding
 * @throws EncodingUnknown where the text is none of these
 * @throws UsageError where there is no encoding of the name that was told
 * @throws InvalidError where the text is not in the encoding that was told, or is cut off
 */
export async function* textOf(source: Source, told?: string): AsyncGenerator<string, void> {
  for await (const text of decoded(source, told, (decoder, bytes) => decoder.push(bytes))) if (text !== '') yield text;
}

const lineFeed = 0x0a;
const quote = 0x22;

/** What the bytes of a text tell at a glance. */
export interface Glance {
  readonly lineFeeds: number;
  /** In bytes, where line feeds end lines. */
  readonly longestLine: number;
  readonly mayHaveQuotes: boolean;
}

/** Looks at the bytes of a source; goes through it and throws as `textOf` does, in a fraction of its time. */
export const glanceAt = async (source: Source, told?: string): Promise<Glance> => {
  let lineFeeds = 0;
  let longestLine = 0;
  let mayHaveQuotes = false;
  let length = 0;
  let lineStart = 0;
  const take = (decoder: Decoder, bytes: Uint8Array): void => {
    decoder.pass(bytes);
    mayHaveQuotes ||= bytes.includes(quote);
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
      lineFeeds += 1;
      longestLine = Math.max(longestLine, length + at - lineStart);
      lineStart = length + at + 1;
    }
    length += bytes.length;
  };
  for await (const _ of decoded(source, told, take));
  return { lineFeeds, longestLine: Math.max(longestLine, length - lineStart), mayHaveQuotes };
};
