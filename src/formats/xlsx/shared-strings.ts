import { InvalidError } from '../../errors.js';
import { unescapeCell } from './cell-text.js';
import { readWholeXml } from './xml.js';
import type { Part } from './zip.js';

/** Bytes that all shared texts of a workbook may take in memory. */
const mostBytes = 2 ** 29;
const pieceSize = 2 ** 20;
/** The length of a text stands before it. */
const lengthSize = 4;
const placeSize = Float64Array.BYTES_PER_ELEMENT;

/** Texts by their numbers, kept as bytes outside the heap: as strings they would take several times the memory. */
class Texts {
  readonly #pieces: Buffer[] = [];
  #filled = pieceSize;
  #all = 0;
  #count = 0;
  /** Where each text is: its piece times `pieceSize`, and its first byte there. */
  #places = new Float64Array(1024);

  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#filled + lengthSize + length > pieceSize) {
      this.#pieces.push(Buffer.allocUnsafe(Math.max(pieceSize, lengthSize + length)));
      this.#filled = 0;
    }
    const piece = this.#pieces.length - 1;
    this.#pieces[piece]?.writeUInt32LE(length, this.#filled);
    this.#pieces[piece]?.write(text, this.#filled + lengthSize);
    this.#setPlace(piece * pieceSize + this.#filled);
    this.#filled += lengthSize + length;
    this.#all += lengthSize + length;
  }

  #setPlace(place: number): void {
    if (this.#count === this.#places.length) {
      const grown = new Float64Array(2 * this.#count);
      grown.set(this.#places);
      this.#places = grown;
    }
    this.#places[this.#count] = place;
    this.#count += 1;
  }

  get bytes(): number {
    return this.#all + this.#count * placeSize;
  }

  at(number: number): string | undefined {
    if (!(number < this.#count)) return undefined;
    const place = this.#places[number] ?? 0;
    const from = (place % pieceSize) + lengthSize;
    const piece = this.#pieces[Math.floor(place / pieceSize)];
    return piece?.toString('utf8', from, from + piece.readUInt32LE(from - lengthSize));
  }
}

/**
 * Gathers the text of a string item (ECMA-376 part 1, section 18.4.8): the texts of its runs joined, without those that
 * say how it is pronounced.
 */
export const createTextGatherer = () => {
  let text = '';
  let depth = 0;
  let inText = false;
  return {
    begin: (): void => {
      text = '';
      depth = 0;
    },
    open: (name: string): void => {
      if (name === 'rPh') depth += 1;
      inText = name === 't' && depth === 0;
    },
    close: (name: string): void => {
      if (name === 'rPh') depth -= 1;
      inText = false;
    },
    text: (piece: string): void => {
      if (inText) text += piece;
    },
    end: (): string => unescapeCell(text),
  };
};

/**
 * The texts that cells share.
 *
 * @returns the text of a number; nothing where there is none
 * @throws InvalidError where they are too many to be kept
 */
export const readSharedStrings = async (
  part: Part | undefined,
  workbook: string,
): Promise<(number: number) => string | undefined> => {
  const texts = new Texts();
  const gatherer = createTextGatherer();
  await readWholeXml(part, {
    open: (name) => (name === 'si' ? gatherer.begin() : gatherer.open(name)),
    close: (name) => {
      if (name !== 'si') return gatherer.close(name);
      texts.add(gatherer.end());
      if (texts.bytes > mostBytes) {
        throw new InvalidError(
          `${workbook} has more text than fits into memory (512 MB).`,
          'Nothing was imported. Save it as CSV.',
        );
      }
    },
    text: gatherer.text,
  });
  return (number) => texts.at(number);
};
