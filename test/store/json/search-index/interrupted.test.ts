import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../../src/errors.js';
import type { Files } from '../../../../src/store/json/files.js';
import { systemProcesses } from '../../../../src/store/json/process-identity.js';
import { all, apply, contact, create } from '../../sample.js';
import { Death, faultyFiles, systemError } from '../faulty-files.js';
import { newPath, openAt } from '../place.js';

const ann = contact('ann', { lastName: 'Berg' });
const anna = { ...ann, lastName: 'Zwick' };
const before = [contact('zoe'), ann, contact('bob')];
const after = [contact('zoe'), anna, contact('bob'), contact('dan')];

/** A process that runs no more when the next one looks: its pid is larger than Linux gives any. */
const processes = { ...systemProcesses, own: () => ({ ...systemProcesses.own(), pid: 4_194_305 }) };

const prepare = async (): Promise<string> => {
  const path = await newPath();
  await create(openAt(path), ...before);
  return path;
};

const indexedAt = (path: string, files?: Files) => openAt(path, { indexedFrom: 1, processes, ...(files && { files }) });

/** A change of a store without an index, which builds it, and one that the index follows. */
const change = async (path: string, files: Files) => {
  await apply(indexedAt(path, files), [{ before: ann, after: anna }]);
  await create(indexedAt(path, files), contact('dan'));
};

const { calls } = await (async () => {
  const faulty = faultyFiles(() => {});
  await change(await prepare(), faulty.files);
  return faulty;
})();
const steps = calls.map((call, index) => [index + 1, call] as const);

const byName = async (path: string, indexedFrom: number) =>
  (await openAt(path, { indexedFrom }).find({ category: 'all' }, { by: 'name', descending: false }, { offset: 0 }))
    .contacts;

/** The store holds a state that it had, the index says the same, and nothing is left aside when the next has written. */
const expectSound = async (path: string): Promise<void> => {
  const contacts = await all(openAt(path));
  expect([before, [contact('zoe'), anna, contact('bob')], after]).toContainEqual(contacts);
  expect(await all(indexedAt(path))).toEqual(contacts);
  expect(await byName(path, 1)).toEqual(await byName(path, Number.POSITIVE_INFINITY));
  await create(indexedAt(path), contact('eve'));
  expect(await all(indexedAt(path))).toEqual([...contacts, contact('eve')]);
  expect((await readdir(dirname(path))).filter((name) => name.includes('.tmp-') || name.includes('.lock'))).toEqual([]);
};

describe('an index that is built and told of a change', () => {
  it.each(steps)('fits the store or is not used, where call %i (%s) fails', async (number, call) => {
    const path = await prepare();
    const { files } = faultyFiles((_, at) => {
      if (at === number) throw systemError('EIO', call);
    });
    const outcome: unknown = await (async () => change(path, files))().catch((error: unknown) => error);
    if (outcome !== undefined) expect(outcome).toBeInstanceOf(StoreError);
    await expectSound(path);
  });

  it.each(steps)('fits the store or is not used, where the process dies before call %i (%s)', async (number) => {
    const path = await prepare();
    const { files } = faultyFiles((_, at) => {
      if (at >= number) throw new Death();
    });
    await expect((async () => change(path, files))()).rejects.toThrow(Death);
    await expectSound(path);
  });
});
