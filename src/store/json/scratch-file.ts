import { createMemoryScratch, type Scratch, type ScratchText } from '../../contacts/scratch.js';
import { StoreError } from '../../errors.js';
import { mostBytesOfUnit } from '../../fields/utf8.js';
import type { Files } from './files.js';
import { attempt, tryTo } from './system-error.js';

/** Bytes that are written, and read again, at once. */
const bufferSize = 1 << 20;

/** Bytes that are read at once where texts are not read in turn; what begins no further on counts as in turn. */
const nearby = 1 << 14;

/**
 * Room in a file without a name, for what would take too much memory; the first mebibyte needs no file. Where none can
 * be made, as in a folder that may not be written, all stays in memory.
 *
 * The file is removed as soon as it is open, so nothing is left of it, however the process ends.
 */
export class ScratchFile implements Scratch {
  readonly #files: Files;
  readonly #path: string;
  readonly #buffer = Buffer.allocUnsafe(bufferSize);
  /** Bytes in the buffer, which come after those in the file. */
  #filled = 0;
  #written = 0;
  #open: number | undefined;
  /** What comes after the buffer, where there can be no file. */
  #memory: Scratch | undefined;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  /** @param path of the file while it is being made */
  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** @throws StoreError where the system refuses to write, as on a full disk */
  add(text: string): ScratchText {
    const most = text.length * mostBytesOfUnit;
    if (most > bufferSize - this.#filled && this.#memory === undefined) this.#flush();
    const start = this.#written + this.#filled;
    if (this.#memory !== undefined) {
      const kept = this.#memory.add(text);
      return { start: start + kept.start, length: kept.length };
    }
    if (most > bufferSize) {
      const bytes = Buffer.from(text);
      this.#write(bytes);
      return { start, length: bytes.length };
    }
    const length = this.#buffer.write(text, this.#filled);
    this.#filled += length;
    return { start, length };
  }

  /** @throws StoreError where the system refuses to read */
  read({ start, length }: ScratchText): Uint8Array {
    const end = this.#written + this.#filled;
    if (this.#memory !== undefined && start >= end) return this.#memory.read({ start: start - end, length });
    if (start >= this.#written) return this.#buffer.subarray(start - this.#written, start - this.#written + length);
    if (start < this.#windowStart || start + length > this.#windowStart + this.#window.length) {
      const distance = start - (this.#windowStart + this.#window.length);
      const wanted = distance >= 0 && distance < nearby ? bufferSize : nearby;
      this.#readWindow(start, Math.min(Math.max(length, wanted), this.#written - start));
    }
    return this.#window.subarray(start - this.#windowStart, start - this.#windowStart + length);
  }

  close(): void {
    const file = this.#open;
    this.#open = undefined;
    if (file !== undefined) tryTo(() => this.#files.close(file));
  }

  #flush(): void {
    if (this.#open === undefined && !this.#make()) {
      this.#memory = createMemoryScratch();
      return;
    }
    this.#write(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  /** Makes the file, and takes its name from it; whether that was possible. */
  #make(): boolean {
    return tryTo(() => {
      this.#open = this.#files.open(this.#path, 'wx+', 0o600);
      this.#files.remove(this.#path);
    });
  }

  #write(bytes: Buffer): void {
    const file = this.#open as number;
    attempt('written', this.#path, () => {
      for (let done = 0; done < bytes.length; ) done += this.#files.write(file, bytes, done, bytes.length - done);
    });
    this.#written += bytes.length;
  }

  #readWindow(start: number, length: number): void {
    const file = this.#open as number;
    if (this.#window.buffer.byteLength < length) this.#window = Buffer.from(new ArrayBuffer(length));
    const window = Buffer.from(this.#window.buffer, 0, length);
    for (let done = 0; done < length; ) {
      const read = attempt('read', this.#path, () => this.#files.read(file, window, done, length - done, start + done));
      if (read === 0) throw new StoreError(`${this.#path} was cut.`, 'Nothing was changed. Run the command again.');
      done += read;
    }
    this.#window = window;
    this.#windowStart = start;
  }
}
