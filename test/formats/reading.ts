import type { DraftContext } from '../../src/fields/draft.js';
import { createParsers } from '../../src/fields/parsers.js';

const parsers = createParsers();

/** What drafts are read with in tests: Hong Kong's numbers, and ids that count up. */
export const draftContext = (): DraftContext => {
  let count = 0;
  return {
    parsers,
    country: 'HK',
    today: '2026-11-24',
    by: 'tester',
    at: '2026-11-24T08:00:00.000Z',
    newId: () => `note${String((count += 1)).padStart(8, '2')}`,
  };
};
