/** How many rows the table of grams has; a gram's row is found by a hash. */
export const gramRows = 1 << 15;
const bitsOfRow = 15;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const beyondThreeBytes = 1 << 24;

const rowOf = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> (32 - bitsOfRow);

/**
 * The rows of the grams in a text's bytes: each three bytes that follow one another, and of digits each four, since
 * most groups of three digits are in every few phone numbers. A text has all grams of every part of it.
 *
 * @param take is told each row, perhaps several times
 */
export const eachGram = (bytes: Uint8Array, take: (row: number) => void): void => {
  let [one, two] = [bytes[0] ?? 0, bytes[1] ?? 0];
  for (let at = 2; at < bytes.length; at++) {
    const three = bytes[at] as number;
    if (!isDigit(one) || !isDigit(two) || !isDigit(three)) take(rowOf((one << 16) | (two << 8) | three));
    else {
      const four = bytes[at + 1] ?? 0;
      if (isDigit(four)) take(rowOf(((one * 10 + two) * 10 + three) * 10 + four + beyondThreeBytes));
    }
    one = two;
    two = three;
  }
};

/** With so many rows set by each identifier, hardly a block looks as though it had one that it has not. */
const rowsOfIdentifier = 3;

/**
 * The rows that stand for an identifier as a whole.
 *
 * @param hash the identifier's (`hashOfText`)
 * @param take is told each row
 */
export const eachRowOfIdentifier = (hash: number, take: (row: number) => void): void => {
  for (let turn = 0; turn < rowsOfIdentifier; turn++) take(rowOf(hash ^ (hash >>> (turn + 11))));
};

/** Which rows a block has: gathered in a table of a few kilobytes before the large one is touched. */
export class BlockGrams {
  readonly #isIn = new Uint8Array(gramRows);
  #rows: number[] = [];
  readonly #add = (row: number): void => {
    if (this.#isIn[row] === 1) return;
    this.#isIn[row] = 1;
    this.#rows.push(row);
  };

  addGrams(bytes: Uint8Array): void {
    eachGram(bytes, this.#add);
  }

  addIdentifier(hash: number): void {
    eachRowOfIdentifier(hash, this.#add);
  }

  /** All rows since the last time, each once. */
  take(): readonly number[] {
    const rows = this.#rows;
    for (const row of rows) this.#isIn[row] = 0;
    this.#rows = [];
    return rows;
  }
}
