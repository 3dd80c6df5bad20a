import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Files } from '../../../src/store/json/files.js';
import { systemProcesses } from '../../../src/store/json/process-identity.js';
import type { StoreFilling } from '../../../src/store/store.js';
import { all, contact, create, idsIn, why } from '../sample.js';
import { Death, faultyFiles, systemError } from './faulty-files.js';
import { newPath, openAt } from './place.js';

/** Fills a store by one change. */
const fill = (path: string, files?: Files) =>
  openAt(path, {
    ...(files && { files }),
    // A process that runs no more when the next one looks: its pid is larger than Linux gives any.
    processes: { ...systemProcesses, own: () => ({ ...systemProcesses.own(), pid: 4_194_305 }) },
  }).fill(async (store: StoreFilling) => {
    await store.change(why, async () => ({ edits: [{ after: contact('ann') }] }));
  });

const namesBeside = async (path: string) => (await readdir(dirname(path))).toSorted();

const { calls } = await (async () => {
  const faulty = faultyFiles(() => {});
  await fill(await newPath(), faulty.files);
  return faulty;
})();

describe('filling a store', () => {
  it('leaves its file and its history, and nothing else', async () => {
    const path = await newPath();
    await fill(path);
    expect(await namesBeside(path)).toEqual(['contacts.json', 'contacts.json.history']);
    expect((await openAt(path).history({ offset: 0 })).map(({ created }) => created)).toEqual([1]);
    expect(await openAt(path).check()).toEqual([]);
  });

  it('is seen by nobody before it has ended, and leaves nothing where the work fails', async () => {
    const path = await newPath();
    const failing = openAt(path).fill(async (store) => {
      await store.change(why, async () => ({ edits: [{ after: contact('ann') }] }));
      expect(await all(openAt(path))).toEqual([]);
      throw new Error('half-way');
    });
    await expect(failing).rejects.toThrow('half-way');
    expect(await namesBeside(path)).toEqual([]);
  });

  it('is refused where there is something already', async () => {
    const path = await newPath();
    await create(openAt(path), contact('old'));
    await expect(fill(path)).rejects.toThrow('is not empty; nothing was copied.');
    expect(await idsIn(openAt(path))).toEqual(['old']);
  });

  it.each([
    ['fails', (at: number, number: number, call: string) => at === number && systemError('EIO', call)],
    ['kills the process', (at: number, number: number) => at >= number && new Death()],
  ])('is there whole or not at all, whichever call %s', async (_, faultAt) => {
    const outcomes = new Set<string>();
    for (const number of calls.keys()) {
      const path = await newPath();
      const { files } = faultyFiles((call, at) => {
        const fault = faultAt(at, number + 1, call);
        if (fault) throw fault;
      });
      await (async () => fill(path, files))().catch(() => {});
      const ids = await idsIn(openAt(path));
      outcomes.add(ids.join(' '));
      await create(openAt(path), contact('later'));
      expect(await openAt(path).check()).toEqual([]);
      expect((await openAt(path).history({ offset: 0 })).length).toBe(ids.length + 1);
    }
    expect(outcomes).toEqual(new Set(['', 'ann']));
  });
});
