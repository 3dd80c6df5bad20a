import { AmbiguousError, NotFoundError } from '../errors.js';
import type { ChangeSummary } from './change.js';
import { withoutEllipsis } from './reference.js';

const shortestPrefix = 4;

/**
 * The change that a CHANGE means: an id, or a unique prefix of four characters or more; a trailing `…` is ignored.
 *
 * @param log the changes that are kept
 * @throws NotFoundError, AmbiguousError
 */
export const findChange = (reference: string, log: readonly ChangeSummary[]): ChangeSummary => {
  const text = withoutEllipsis(reference);
  const wanted = text.toLowerCase();
  const exact = log.find(({ id }) => id === text || id === wanted);
  if (exact !== undefined) return exact;
  const found = wanted.length < shortestPrefix ? [] : log.filter(({ id }) => id.startsWith(wanted));
  const [first] = found;
  if (first === undefined) {
    throw new NotFoundError(
      `There is no change "${text}".`,
      wanted.length < shortestPrefix
        ? 'Give the id, or its first four characters or more: see "contacts log".'
        : 'See "contacts log" for the changes that are kept.',
    );
  }
  if (found.length === 1) return first;
  throw new AmbiguousError(
    `Several changes begin with ${text}: ${found.map(({ id }) => id).join(', ')}.`,
    'Give more of the id.',
  );
};
