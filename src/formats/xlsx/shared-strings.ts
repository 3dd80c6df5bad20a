import { InvalidError } from '../../errors.js';
import { unescapeCell } from './cell-text.js';
import { readWholeXml } from './xml.js';
import type { Part } from './zip.js';

/** Bytes of all shared texts of a workbook, which are kept in memory. */
const mostBytes = 2 ** 30;
const pieceSize = 2 ** 20;

/** Texts by their numbers, kept as bytes: as strings they would take several times the memory. */
class Texts {
  readonly #pieces: Buffer[] = [];
  #filled = pieceSize;
  #all = 0;
  /** Where each text is: the piece, its first byte, its length. */
  readonly #places: number[] = [];

  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#filled + length > pieceSize) {
      this.#pieces.push(Buffer.allocUnsafe(Math.max(pieceSize, length)));
      this.#filled = 0;
    }
    this.#pieces.at(-1)?.write(text, this.#filled);
    this.#places.push(this.#pieces.length - 1, this.#filled, length);
    this.#filled += length;
    this.#all += length;
  }

  get bytes(): number {
    return this.#all;
  }

  at(number: number): string | undefined {
    const [piece = -1, from = 0, length = 0] = this.#places.slice(number * 3, number * 3 + 3);
    return this.#pieces[piece]?.toString('utf8', from, from + length);
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
        throw new InvalidError(`${workbook} has more than 1 GB of text.`, 'Nothing was imported. Save it as CSV.');
      }
    },
    text: gatherer.text,
  });
  return (number) => texts.at(number);
};
