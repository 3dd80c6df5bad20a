/** The codes that an error carries in its JSON form, with the exit code of each (contract.md, "Exit codes"). */
export const exitCodes = {
  internal: 1,
  usage: 2,
  not_found: 3,
  ambiguous: 4,
  invalid: 5,
  conflict: 6,
  store: 7,
  unreported: 8,
  interrupted: 130,
} as const;

export type ErrorCode = keyof typeof exitCodes;

/** What each of them tells whoever runs the program, as the documentation has it; 0 is success. */
export const exitCodeMeanings: Readonly<Record<ErrorCode, string>> = {
  internal: 'a fault of the program',
  usage: 'an unknown command or flag, a query that cannot be read, or a question that nobody is there to answer',
  not_found: 'no such contact, label, field, file or change',
  ambiguous: 'a reference fits several contacts',
  invalid: 'a value, row or file is not valid; after an import: some rows were rejected, the others landed',
  conflict: 'another writer was first, a unique value is taken, or a file exists',
  store: 'the store or a file cannot be read or written; nothing was changed',
  unreported:
    'the change stands, or may stand, but its result could not be written or is not known: look at `contacts log --change ID` before you run the command again (the id is in the message)',
  interrupted: 'interrupted by HUP, INT, or TERM; nothing is half-done, and the message says whether a change stands',
};

/** A name that does not exist, and those that may have been meant; which are near is found out when the error is told. */
export interface Suggestion {
  readonly given: string;
  readonly among: readonly string[];
  /** The hint where none is near. */
  readonly otherwise: string;
}

/** An error that a user is told about: what happened and where (`message`), and what to do next (`hint`). */
export abstract class ContactsError extends Error {
  abstract readonly code: ErrorCode;
  readonly hint: string | Suggestion | undefined;

  constructor(message: string, hint?: string | Suggestion, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** Unknown command or flag, unreadable query, or a question that must not be asked. */
export class UsageError extends ContactsError {
  readonly code = 'usage';
}

/** No such contact, label, field, file or change. */
export class NotFoundError extends ContactsError {
  readonly code = 'not_found';
}

/** A reference that fits several contacts. */
export class AmbiguousError extends ContactsError {
  readonly code = 'ambiguous';
}

/** A value, a row or a file that is not valid. */
export class InvalidError extends ContactsError {
  readonly code = 'invalid';
}

/** Another writer was there first, or a unique value is taken. */
export class ConflictError extends ContactsError {
  readonly code = 'conflict';
}

/** The store, a file or the standard output cannot be read or written; nothing was changed. */
export class StoreError extends ContactsError {
  readonly code = 'store';
}

/** The change stands, or may stand, and its result could not be told or is not known. The message names the change. */
export class UnreportedError extends ContactsError {
  readonly code = 'unreported';
}

/** The user pressed Ctrl-C, or a signal arrived; nothing is half-done. */
export class InterruptedError extends ContactsError {
  readonly code = 'interrupted';

  constructor(message = 'Interrupted; nothing was changed.') {
    super(message);
  }
}

/** A system error's code (`ENOENT`, `EACCES` …), where the value is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Ends a command whose outcome was told already: only its exit code is left to give. */
export class Reported extends Error {
  constructor(readonly exitCode: number) {
    super(`The outcome was told; exit code ${exitCode}.`);
  }
}
