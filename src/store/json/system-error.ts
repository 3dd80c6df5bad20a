import { StoreError, systemCode } from '../../errors.js';

interface Cause {
  readonly reason: string;
  readonly hint: string;
}

const permission = { reason: 'permission denied', hint: 'Ask for access, or name another store with --store.' };
const full = { reason: 'the disk is full', hint: 'Free some space and run the command again.' };

/** A container is often given a file of its host so. */
const mounted = {
  reason: 'it is mounted by itself, so no other file can take its place',
  hint: 'Mount the folder that holds it instead of the file alone, or name another store with --store.',
};

const causes: ReadonlyMap<string, Cause> = new Map([
  ['EACCES', permission],
  ['EPERM', permission],
  ['EROFS', { reason: 'the file system is read-only', hint: 'Name another store with --store.' }],
  ['ENOSPC', full],
  ['EDQUOT', { reason: 'the disk quota is used up', hint: full.hint }],
  ['EFBIG', { reason: 'the file would be larger than the system allows', hint: 'Raise the limit (ulimit -f).' }],
  ['ENOENT', { reason: 'there is no such file or folder', hint: 'Check the path given by --store or CONTACTS_STORE.' }],
  [
    'ENOTDIR',
    { reason: 'a part of the path is not a folder', hint: 'Check the path given by --store or CONTACTS_STORE.' },
  ],
  ['ELOOP', { reason: 'its symbolic links go round in a circle', hint: 'Mend the link, or name another store.' }],
  ['EISDIR', { reason: 'it is a folder', hint: 'Name a file with --store or CONTACTS_STORE.' }],
  ['ENOTEMPTY', { reason: 'it is a folder', hint: 'Name a file with --store or CONTACTS_STORE.' }],
  ['EXDEV', mounted],
  ['EBUSY', mounted],
  ['EMFILE', { reason: 'too many files are open', hint: 'Raise the limit (ulimit -n).' }],
]);

const isSystemError = (error: unknown): error is Error => error instanceof Error && 'syscall' in error;

/** The error for a system error that the store met; any other error is given back as it is. */
const storeErrorOf = (error: unknown, action: string, path: string): unknown => {
  if (!isSystemError(error)) return error;
  const code = systemCode(error) ?? '';
  const cause = causes.get(code);
  return new StoreError(
    `${path} cannot be ${action}: ${cause?.reason ?? error.message}${cause ? ` (${code})` : ''}. Nothing was changed.`,
    cause?.hint ?? 'See whether the disk or the file server is well, and run the command again.',
    { cause: error },
  );
};

/**
 * Does a step on a file of the store.
 *
 * @throws StoreError where the system refuses it: says what could not be done (`action`: `read`, `written`), and why
 */
export const attempt = <Result>(action: 'read' | 'written', path: string, step: () => Result): Result => {
  try {
    return step();
  } catch (error) {
    throw storeErrorOf(error, action, path);
  }
};

/** What `attempt` does, of a step that takes time. */
export const attemptLong = async <Result>(
  action: 'read' | 'written',
  path: string,
  step: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await step();
  } catch (error) {
    throw storeErrorOf(error, action, path);
  }
};

/** The system's code for what went wrong, whether the error is the system's own or says so of the store. */
const codeOf = (error: unknown): string => {
  const cause = error instanceof StoreError ? error.cause : error;
  return (isSystemError(cause) && systemCode(cause)) || '';
};

/** What a step gives, or `undefined` where the system answers with one of these codes. */
export const unless = <Result>(codes: readonly string[], step: () => Result): Result | undefined => {
  try {
    return step();
  } catch (error) {
    if (codes.includes(codeOf(error))) return undefined;
    throw error;
  }
};

/** Does a step whose failure harms nobody; whether it was done. */
export const tryTo = (step: () => void): boolean => {
  try {
    step();
    return true;
  } catch (error) {
    if (!isSystemError(error) && !(error instanceof StoreError)) throw error;
    return false;
  }
};
