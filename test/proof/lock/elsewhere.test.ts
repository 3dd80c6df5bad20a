import { expect, it } from 'vitest';
import { playRounds } from './rounds.js';

it('a holder elsewhere that is stopped and continued, or killed, costs nothing that was acknowledged', async () => {
  const { findings, stopped, killed, acknowledged } = await playRounds(20);
  expect(findings).toEqual([]);
  expect([stopped, killed, acknowledged]).toEqual([18, 2, 20]);
});
