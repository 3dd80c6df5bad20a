import { InvalidError } from '../errors.js';
import { candidatesOf, EncodingUnknown } from './encoding-candidates.js';
import { createDecoder, type Decoder, isUnicode, Undecodable } from './encoding-decoder.js';

/** A part of a file. */
export interface ByteRange {
  /** The first byte, from 0. */
  readonly from: number;
  /** The byte after the last one. */
  readonly to: number;
}

/** Bytes that can be read more than once: a file, or what came on standard input set aside. */
export interface Source {
  /** How people know it: a path, or `standard input`. */
  readonly name: string;
  /** @param range the whole where absent */
  open(range?: ByteRange): AsyncIterable<Uint8Array>;
}

const sampleSize = 4096;

/** The first bytes of a source, fewer where it is shorter. */
export const headOf = async (source: Pick<Source, 'open'>, size: number): Promise<Buffer> => {
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

/**
 * The Unicode encoding of a text without a byte order mark by its first bytes: UTF-16 shows by the zero bytes of its
 * ASCII characters, which all stand at even or all at odd places; else it can only be UTF-8.
 */
const unicodeEncoding = (bytes: Uint8Array): Unicode => {
  const zeros = (place: 0 | 1): number => bytes.filter((byte, index) => byte === 0 && index % 2 === place).length;
  const [even, odd] = [zeros(0), zeros(1)];
  const many = Math.max(1, bytes.length / 10);
  if (odd >= many && even * 10 <= odd) return 'utf-16le';
  return even >= many && odd * 10 <= even ? 'utf-16be' : 'utf-8';
};

/**
 * Whether a source is read in an encoding of old programs, not as Unicode.
 *
 * @param told as `textOf` takes it
 */
export const isInOldEncoding = async (source: Source, told?: string): Promise<boolean> =>
  told !== undefined && !isUnicode(told) && markedEncoding(await headOf(source, sampleSize)) === undefined;

/** What a decoder takes from each piece of a source, and from its end. */
async function* decoded<Taken>(
  source: Source,
  told: string | undefined,
  take: (decoder: Decoder, bytes: Uint8Array) => Taken,
): AsyncGenerator<Taken | string, void> {
  const first = await headOf(source, sampleSize);
  const encoding = markedEncoding(first) ?? told ?? unicodeEncoding(first);
  const decoder = await createDecoder(encoding);
  const decode = async <Read>(read: () => Read): Promise<Read> => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error;
      const isGuess = encoding === 'utf-8' && told === undefined && markedEncoding(first) === undefined;
      if (isGuess) throw new EncodingUnknown(source.name, await candidatesOf(source));
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
 * The text of a source, piece by piece: by its byte order mark, else as the user told, else as UTF-16 by its zero bytes,
 * else as strict UTF-8. A byte order mark and the end mark of old programs are no part of the text.
 *
 * @param told a label of the Encoding Standard, where the user knows the encoding; a byte order mark beats it
 * @throws EncodingUnknown where the text is none of these
 * @throws UsageError where there is no encoding of the name that was told
 * @throws InvalidError where the text is not in the encoding that was told, or is cut off
 */
export async function* textOf(source: Source, told?: string): AsyncGenerator<string, void> {
  let kept = '';
  for await (const piece of decoded(source, told, (decoder, bytes) => decoder.push(bytes))) {
    const text = kept + piece;
    const end = endOfText(text);
    if (end > 0) yield text.slice(0, end);
    kept = text.slice(end);
  }
}

/** The character by which programs of CP/M and DOS mark the end of a text. */
const endMark = '\x1a';

const endOfText = (text: string): number => {
  let end = text.length;
  while (text[end - 1] === endMark) end -= 1;
  return end;
};

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
