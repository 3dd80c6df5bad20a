import type { FieldSpec } from '../../fields/catalogue.js';
import { fold } from '../../fields/fold.js';
import type { Query } from './query.js';

/** Reads a query. */
export const parseQuery = (text: string, _fields: readonly FieldSpec[]): Query => ({
  text,
  root: {
    is: 'all',
    of: fold(text)
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => ({ is: 'word', text: word })),
  },
});
