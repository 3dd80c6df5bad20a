const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing = Buffer.alloc(0);

/** So many CR before an LF are one line end with it: some mail programs write two. */
const mostReturns = 3;

const isEnd = (byte: number | undefined): boolean => byte === lineFeed || byte === carriageReturn;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** Where the line after a line end begins. */
const afterEnd = (bytes: Buffer, end: number): number => {
  if (bytes[end] === lineFeed) return end + 1;
  let at = end;
  while (at < end + mostReturns && bytes[at] === carriageReturn) at += 1;
  return bytes[at] === lineFeed ? at + 1 : end + 1;
};

/** A line of a file as it came, with the indented ones after it, between which the line ends still stand. */
export interface FoldedLine {
  readonly bytes: Buffer;
  /** The number of its first line, from 1. */
  readonly number: number;
  /** How many lines are indented. */
  readonly folds: number;
}

/** The lines of one that was folded. */
export const linesOf = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (!isEnd(bytes[at])) continue;
    lines.push(bytes.subarray(from, at));
    from = afterEnd(bytes, at);
    at = from - 1;
  }
  lines.push(bytes.subarray(from));
  return lines;
};

/**
 * Cuts the bytes of a file into lines, piece by piece, each with the indented lines after it. A line ends with LF, CR LF,
 * CR CR LF or CR. The time per byte does not grow with the length of a line, and a fold takes two searches for bytes.
 */
export class LineCutter {
  readonly #take: (line: FoldedLine) => void;
  #number = 1;
  #folds = 0;
  /** What came of the line that has not ended yet. */
  #pieces: Buffer[] = [];
  /** The line ends at the end of what came: what they are the next bytes tell. */
  #held: Buffer = nothing;

  constructor(take: (line: FoldedLine) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const whole = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    let length = whole.length;
    while (length > 0 && whole.length - length <= mostReturns && isEnd(whole[length - 1])) length -= 1;
    this.#held = whole.subarray(length);
    this.#cut(whole, length);
  }

  /** Gives the last line, whatever ends it. */
  end(): void {
    if (this.#pieces.length > 0) this.#give();
  }

  /** @param length of the bytes without the line ends after them */
  #cut(bytes: Buffer, length: number): void {
    let start = 0;
    let from = 0;
    let feed = bytes.indexOf(lineFeed);
    let back = bytes.indexOf(carriageReturn);
    for (;;) {
      if (feed >= 0 && feed < from) feed = bytes.indexOf(lineFeed, from);
      if (back >= 0 && back < from) back = bytes.indexOf(carriageReturn, from);
      const end = back < 0 || (feed >= 0 && feed < back) ? feed : back;
      if (end < 0 || end >= length) break;
      from = afterEnd(bytes, end);
      if (isSpace(bytes[from])) {
        this.#folds += 1;
        continue;
      }
      this.#pieces.push(bytes.subarray(start, end));
      this.#give();
      start = from;
    }
    if (start < length) this.#pieces.push(bytes.subarray(start, length));
  }

  #give(): void {
    const [only = nothing] = this.#pieces;
    const bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : only;
    const folds = this.#folds;
    this.#pieces = [];
    this.#folds = 0;
    this.#take({ bytes, number: this.#number, folds });
    this.#number += folds + 1;
  }
}
