import { constants } from 'node:buffer';
import type { Files } from './files.js';

const pieceSize = 1 << 20;

/** Part of a file; its bytes are valid until the next part is asked for. */
export interface Piece {
  readonly bytes: Buffer;
  /** Where in the file the bytes stand. */
  readonly position: number;
}

/**
 * An open file in pieces that each end where a line ends, the last one where the file ends. Files of any size are read
 * in a small buffer, which grows only for a longer line.
 *
 * @param size of the buffer at first, in bytes
 */
export function* wholeLines(files: Files, file: number, from = 0, size = pieceSize): Generator<Piece, void> {
  let buffer = Buffer.allocUnsafe(size);
  let filled = 0;
  let position = from;
  for (;;) {
    if (filled === buffer.length) {
      const larger = Buffer.allocUnsafe(buffer.length * 2);
      buffer.copy(larger);
      buffer = larger;
    }
    const read = files.read(file, buffer, filled, buffer.length - filled, position + filled);
    const newLine = buffer.subarray(filled, filled + read).lastIndexOf('\n');
    let end = newLine < 0 ? 0 : filled + newLine + 1;
    filled += read;
    // A line that no string can hold is no line of ours: it is handed on in parts, to be refused.
    if (read === 0 || filled > constants.MAX_STRING_LENGTH) end = filled;
    if (end > 0) yield { bytes: buffer.subarray(0, end), position };
    if (read === 0) return;
    buffer.copyWithin(0, end, filled);
    filled -= end;
    position += end;
  }
}

/**
 * The texts of an open file's lines, without their ends.
 *
 * @param from the byte at which the first line begins
 * @param mentioning only lines in which this text stands are made; others are passed over as bytes
 */
export function* linesOf(files: Files, file: number, from = 0, mentioning = ''): Generator<string, void> {
  const wanted = Buffer.from(mentioning);
  for (const { bytes } of wholeLines(files, file, from)) {
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(wanted, start);
      if (found < 0) break;
      const lineStart = wanted.length === 0 ? start : bytes.lastIndexOf('\n', found) + 1;
      const newLine = bytes.indexOf('\n', found);
      const end = newLine < 0 ? bytes.length : newLine;
      yield bytes.toString('utf8', lineStart, end);
      start = end + 1;
    }
  }
}
