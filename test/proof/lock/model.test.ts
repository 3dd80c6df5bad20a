import { describe, expect, it } from 'vitest';
import { explore } from './model.js';

describe('writers of which each may stand still or die anywhere, while others take the lock from it', () => {
  it.each([
    [2, 500],
    [3, 20_000],
  ])('lose nothing that was acknowledged, and keep a log that leads to the store: %i of them', (count, least) => {
    const { states, problem } = explore(count);
    expect(problem).toBeUndefined();
    expect(states).toBeGreaterThan(least);
  });

  it.each([
    ['the look at the lock before the store is replaced', ['assertBeforeStore']],
    ['the removal of what others have prepared', ['listPrepared', 'sweepPrepared']],
    ['the look at the lock before that removal of changes', ['assertBeforeHistorySweep']],
    ['the removal of changes that were not made', ['sweepUnreached']],
  ])('would lose something without %s', (_, leftOut) => {
    expect(explore(3, leftOut).problem).toBeDefined();
  });
});
