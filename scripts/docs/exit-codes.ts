import { type ErrorCode, exitCodeMeanings, exitCodes } from '../../src/errors.js';

/** Every exit code, the `error.code` that goes with it (none with success), and what it means. */
export const exitCodeRows: readonly { readonly exit: string; readonly code: string; readonly meaning: string }[] = [
  { exit: '0', code: '', meaning: 'done; a search that finds nothing too' },
  ...(Object.keys(exitCodes) as ErrorCode[]).map((code) => ({
    // Interrupted by HUP, INT and TERM: 128 and the signal's number.
    exit: code === 'interrupted' ? '129, 130, 143' : String(exitCodes[code]),
    code,
    meaning: exitCodeMeanings[code],
  })),
];
