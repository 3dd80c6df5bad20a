import { Readable, Transform } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { InvalidError } from '../../errors.js';
import type { Source } from '../encoding.js';

/** Bytes that one file of an archive may unpack to, and all of them together. */
const mostInPart = 3 * 2 ** 30;
const mostInAll = 4 * 2 ** 30;
const mostParts = 65_535;

/** A file of an archive; its bytes are unpacked as they are read. */
export interface Part {
  /** Its path, without a slash at the beginning. */
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** An archive that cannot be read; its message tells why. */
export class BadArchive extends Error {}

/** yauzl reads an archive by ranges of bytes. */
class SourceReader extends yauzl.RandomAccessReader {
  constructor(private readonly source: Source) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.source.open({ from: start, to: end }), { objectMode: false });
  }
}

const sizeOf = async (source: Source): Promise<number> => {
  let size = 0;
  for await (const piece of source.open()) size += piece.length;
  return size;
};

/** What yauzl says of an archive is told in its words, as one kind of error; those of the source pass as they are. */
const reading = async <Read>(read: () => Promise<Read>): Promise<Read> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InvalidError || !(error instanceof Error)) throw error;
    const isCut = error.message.startsWith('End of central directory record signature not found');
    throw new BadArchive(isCut ? 'its end is missing' : error.message, { cause: error });
  }
};

/** Passes bytes on and throws at the end where they are not those that were packed. */
const checked = (sum: number): Transform => {
  let found = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      found = crc32(piece, found);
      done(null, piece);
    },
    flush(done) {
      done(found === sum ? null : new BadArchive('a checksum is wrong'));
    },
  });
};

async function* unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Uint8Array, void> {
  const packed = await reading(() => zip.openReadStreamPromise(entry));
  const whole = checked(entry.crc32);
  packed.on('error', (error) => whole.destroy(error));
  packed.pipe(whole);
  try {
    yield* whole as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof Error && !(error instanceof BadArchive) ? new BadArchive(error.message) : error;
  } finally {
    packed.destroy();
    whole.destroy();
  }
}

/**
 * The files of a ZIP archive, by their paths in small letters, as relationships name them whatever their case. An entry
 * that would unpack to more than it says is an error where it is read.
 *
 * @throws BadArchive where it is cut short or damaged
 * @throws InvalidError where it would unpack to more than 4 GiB
 */
export const partsOf = async (source: Source): Promise<ReadonlyMap<string, Part>> => {
  const size = await sizeOf(source);
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
  const zip = await reading(() => yauzl.fromRandomAccessReaderPromise(new SourceReader(source), size, options));
  const parts = new Map<string, Part>();
  let all = 0;
  const tooLarge = new InvalidError(
    `${source.name} unpacks to more than 4 GB.`,
    'Nothing was imported. Save only the sheet that you need, or save it as CSV.',
  );
  const take = (entry: yauzl.Entry): void => {
    all += entry.uncompressedSize;
    if (entry.uncompressedSize > mostInPart || all > mostInAll || parts.size >= mostParts) throw tooLarge;
    const name = entry.fileName.replace(/^\//, '');
    parts.set(name.toLowerCase(), { name, open: () => unpacked(zip, entry) });
  };
  await reading(async () => {
    for await (const entry of zip.eachEntry()) take(entry);
  });
  return parts;
};
