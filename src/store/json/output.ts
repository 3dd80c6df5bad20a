import { mostBytesOfUnit } from '../../fields/utf8.js';
import type { Files } from './files.js';

const bufferSize = 1 << 20;

/** Writes an open file from its beginning, gathering what is written in a buffer. */
export class Output {
  readonly #files: Files;
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(bufferSize);
  readonly #onFlush: (flushed: number) => void;
  #filled = 0;
  #flushed = 0;

  /** @param onFlush is told how many bytes the system has taken, each time that it has taken some */
  constructor(files: Files, file: number, onFlush: (flushed: number) => void = () => {}) {
    this.#files = files;
    this.#file = file;
    this.#onFlush = onFlush;
  }

  text(text: string): void {
    const most = text.length * mostBytesOfUnit;
    if (most > bufferSize - this.#filled) this.flush();
    // Straight into the buffer: fresh memory for each text would cost far more than the text.
    if (most <= bufferSize) this.#filled += this.#buffer.write(text, this.#filled);
    else this.bytes(Buffer.from(text));
  }

  bytes(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      if (this.#filled === bufferSize) this.flush();
      const part = bytes.subarray(done, done + bufferSize - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      done += part.length;
    }
  }

  /** Copies a range of another open file; whether the file was long enough. */
  copy(source: number, start: number, end: number): boolean {
    for (let done = start; done < end; ) {
      if (this.#filled === bufferSize) this.flush();
      const wanted = Math.min(bufferSize - this.#filled, end - done);
      const read = this.#files.read(source, this.#buffer, this.#filled, wanted, done);
      if (read === 0) return false;
      this.#filled += read;
      done += read;
    }
    return true;
  }

  /** Writes what is gathered. A short write is followed by another until the system takes all or says why not. */
  flush(): void {
    for (let done = 0; done < this.#filled; ) {
      done += this.#files.write(this.#file, this.#buffer, done, this.#filled - done);
    }
    this.#flushed += this.#filled;
    this.#filled = 0;
    this.#onFlush(this.#flushed);
  }

  /** How many bytes were written in all. */
  get length(): number {
    return this.#flushed + this.#filled;
  }
}
