import type { Writer } from './io.js';
import { jsonEscaped, visibleData } from './visible.js';

/** What data are written as: JSON (NDJSON too), whose strings have escapes of their own, or any other text. */
export type DataForm = 'json' | 'text';

/**
 * Standard output for data that are meant for a program and shown at a terminal: nothing in them can steer the terminal.
 * JSON says the same value by an escape; other text (CSV, vCard) shows the escape.
 *
 * @param output takes what a terminal may see
 */
export const createTerminalDataOutput = (output: Writer, form: DataForm): Writer => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const safe = form === 'json' ? jsonEscaped : visibleData;
  return {
    write: (piece) => output.write(safe(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }))),
  };
};
