import { mostBytesOfUnit } from '../fields/utf8.js';
/** Room for texts that wait until they are written, outside of the memory that the collection of garbage goes through. */
export interface Scratch {
  /** Keeps a text, in UTF-8. */
  add(text: string): ScratchText;
  /** The bytes of a text, which are good until the next call. */
  read(text: ScratchText): Uint8Array;
  /** Gives the room back; what is in it is gone. */
  close(): void;
}

/** Where a text is kept. */
export interface ScratchText {
  readonly start: number;
  /** In bytes. */
  readonly length: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A text that is kept. */
export const textIn = (scratch: Scratch, text: ScratchText): string => decoder.decode(scratch.read(text));

/** Bytes of memory that are taken at once. */
const pieceSize = 1 << 20;

/** Room in memory, in pieces of 1 MiB. */
export const createMemoryScratch = (): Scratch => {
  const pieces: Uint8Array[] = [];
  let filled = pieceSize;
  return {
    add: (text) => {
      if (text === '') return { start: 0, length: 0 };
      const most = text.length * mostBytesOfUnit;
      if (most > pieceSize - filled) {
        // A text of several pieces takes up as many places in the list, and nothing follows it there.
        const taken = Math.max(1, Math.ceil(most / pieceSize));
        const piece = new Uint8Array(taken * pieceSize);
        for (let count = 0; count < taken; count += 1) pieces.push(piece);
        filled = 0;
      }
      const last = pieces.length - 1;
      const piece = pieces[last] as Uint8Array;
      const { written } = encoder.encodeInto(text, piece.subarray(filled));
      const start = (piece.length > pieceSize ? pieces.indexOf(piece) : last) * pieceSize + filled;
      filled = piece.length > pieceSize ? pieceSize : filled + written;
      return { start, length: written };
    },
    read: ({ start, length }) => {
      if (length === 0) return new Uint8Array(0);
      const piece = pieces[Math.floor(start / pieceSize)] as Uint8Array;
      const within = start % pieceSize;
      return piece.subarray(within, within + length);
    },
    close: () => {
      pieces.length = 0;
      filled = pieceSize;
    },
  };
};
