import { type ContactsError, StoreError } from '../../errors.js';

/**
 * The error for a damaged store, or for one that another program changes while it is read.
 *
 * @param problem in words that go on from the store's path
 * @param line the number of the line, counted from 1
 * @param hint what to do, where it is not to restore the last good copy
 */
export type Damage = (problem: string, line?: number, hint?: string) => ContactsError;

/** Makes the errors for damage to a file; `hintOf` says what to do about it, and is asked only when there is one. */
export const damageOf =
  (path: string, hintOf: () => string): Damage =>
  (problem, line, hint) =>
    new StoreError(
      `${path}${line === undefined ? '' : `, line ${line},`} ${problem}. Nothing was changed.`,
      hint ?? hintOf(),
    );

/** What a file says; `undefined` where it cannot be read. */
export const readable = <Value>(read: () => Value): Value | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
};
