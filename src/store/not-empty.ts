import { ConflictError } from '../errors.js';

/** Why a store that is to be filled is left alone. */
export const notEmpty = (location: string): ConflictError =>
  new ConflictError(
    `${location} is not empty; nothing was copied.`,
    'Name a file that is not there yet, or a database without contacts.',
  );
