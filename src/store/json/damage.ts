import { StoreError } from '../../errors.js';

/**
 * The error for a damaged store.
 *
 * @param problem in words that go on from the store's path
 * @param line the number of the line, counted from 1
 * @param hint what to do, where it is not to restore the last good copy
 */
export type Damage = (problem: string, line?: number, hint?: string) => StoreError;

/** Makes the errors for damage to a file; `hintOf` says what to do about it, and is asked only when there is one. */
export const damageOf =
  (path: string, hintOf: () => string): Damage =>
  (problem, line, hint) =>
    new StoreError(
      `${path}${line === undefined ? '' : `, line ${line},`} ${problem}. Nothing was changed.`,
      hint ?? hintOf(),
    );
