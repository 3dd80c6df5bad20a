const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing = Buffer.alloc(0);

/**
 * Cuts the bytes of a file into lines, piece by piece. A line ends with LF, CR LF, CR CR LF (which some mail programs
 * write) or CR. The time per byte does not grow with the length of a line.
 */
export class LineCutter {
  readonly #take: (bytes: Buffer, number: number) => void;
  #number = 1;
  /** What came of the line that has not ended yet. */
  #pieces: Buffer[] = [];
  /** How many CR followed it: the next byte tells whether they are one line end or several. */
  #returns = 0;

  /** @param take gets each line without its end, and its number, from 1; of several line ends one blank line is left */
  constructor(take: (bytes: Buffer, number: number) => void) {
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    let from = this.#returns > 0 ? this.#afterReturns(chunk, 0) : 0;
    let feed = chunk.indexOf(lineFeed, from);
    let back = chunk.indexOf(carriageReturn, from);
    while (this.#returns === 0 && (feed >= 0 || back >= 0)) {
      const end = back < 0 || (feed >= 0 && feed < back) ? feed : back;
      this.#keep(chunk, from, end);
      if (end === back) from = this.#afterReturns(chunk, back);
      else {
        this.#end(1);
        from = feed + 1;
      }
      if (feed >= 0 && feed < from) feed = chunk.indexOf(lineFeed, from);
      if (back >= 0 && back < from) back = chunk.indexOf(carriageReturn, from);
    }
    this.#keep(chunk, from, chunk.length);
  }

  /** Gives the line that no line end follows, if there is one. */
  end(): void {
    if (this.#returns > 0 || this.#pieces.length > 0) this.#end(Math.max(1, this.#returns));
    this.#returns = 0;
  }

  /** Ends the line at a run of CR, and tells where the next one begins; what ends a piece is left open. */
  #afterReturns(chunk: Buffer, from: number): number {
    let at = from;
    while (chunk[at] === carriageReturn) at += 1;
    const returns = this.#returns + at - from;
    if (at === chunk.length) {
      this.#returns = returns;
      return at;
    }
    this.#returns = 0;
    const isOne = chunk[at] === lineFeed;
    this.#end(isOne ? 1 : returns);
    return isOne ? at + 1 : at;
  }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (to > from) this.#pieces.push(chunk.subarray(from, to));
  }

  #end(ends: number): void {
    const [only = nothing] = this.#pieces;
    const bytes = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : only;
    this.#pieces = [];
    this.#take(bytes, this.#number);
    if (ends > 1) this.#take(nothing, this.#number + 1);
    this.#number += ends;
  }
}
