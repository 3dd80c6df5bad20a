import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { torture } from './torture.js';

const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'contacts.js');

it('several processes, some of them killed, keep what they acknowledged, and a history that leads to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-torture-'));
  const result = await torture({ program, folder, writers: 4, commands: 6, killed: 0.3, seed: 1 });
  await rm(folder, { recursive: true });
  expect(result.findings).toEqual([]);
  expect(result.commands).toBe(24);
  expect([result.acknowledged > 5, result.kills > 1]).toEqual([true, true]);
});
