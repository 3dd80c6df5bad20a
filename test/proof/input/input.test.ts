import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdir, cwd } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLineTargets } from './command-lines.js';
import { fileTargets } from './files.js';
import { expectReadOrRefused, sampleStore, storeTargets } from './store-text.js';

const runs = 60;
const text = await sampleStore();
const targets = [...fileTargets, ...storeTargets(text), ...(await commandLineTargets())];

const start = cwd();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-input-'));
  // Command lines that are random may name files.
  chdir(folder);
});
afterAll(async () => {
  chdir(start);
  await rm(folder, { recursive: true });
});

describe('whatever comes in, the program ends in a documented way', () => {
  it.each(targets.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    expect(await target.check(runs, 1)).toBeUndefined();
  });

  it('a store that is cut at any byte', async () => {
    const bytes = Buffer.from(text);
    const outcomes = new Set<string>();
    for (let length = 0; length < bytes.length - 1; length += 1) {
      outcomes.add(await expectReadOrRefused(bytes.subarray(0, length)));
    }
    expect([...outcomes]).toEqual(['refused']);
  });
});
