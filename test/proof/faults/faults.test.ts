import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../scripts/fixtures/random.js';
import { scenarios } from './scenarios.js';
import { failures, sweep } from './sweep.js';

const named = scenarios.map((scenario) => [scenario.name, scenario] as const);

describe('whatever call fails, wherever the process dies, and whatever a loss of power takes along', () => {
  it.each(named.filter(([, { indexedFrom }]) => indexedFrom === undefined))(
    '%s is made whole or not at all',
    async (_, scenario) => {
      const { calls, findings, before, after } = await sweep(scenario, failures.slice(0, 2), 8, createRandom(1));
      expect(findings).toEqual([]);
      expect([calls > 20, before > 20, after > 0]).toEqual([true, true, true]);
    },
  );

  it.each(named.filter(([, { indexedFrom }]) => indexedFrom !== undefined))('%s, too', async (_, scenario) => {
    const { losses, findings } = await sweep(scenario, [], 2, createRandom(1));
    expect(findings).toEqual([]);
    expect(losses).toBeGreaterThan(100);
  });
});
