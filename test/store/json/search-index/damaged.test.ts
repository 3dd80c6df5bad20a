import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactStore } from '../../../../src/store/store.js';
import { all, apply, create } from '../../sample.js';
import { newPath, openAt } from '../place.js';
import { answersOf, contactData, person } from './answers.js';

const people = fc
  .sample(contactData, { numRuns: 10, seed: 7 })
  .map((data, number) => person(number, { firstName: 'Anna', company: 'Acme', ...data }));

const indexedAt = (path: string): ContactStore => openAt(path, { indexedFrom: 1 });

/** A store with an index, and with a change since the index was built. */
const prepare = async (): Promise<string> => {
  const path = await newPath();
  await create(indexedAt(path), ...people.slice(0, -1));
  await all(indexedAt(path));
  await create(indexedAt(path), ...people.slice(-1));
  return path;
};

/** @param asked the turns of questions */
const expectSameAnswers = async (path: string, asked: readonly number[] = [0, 1, 2, 3]): Promise<void> => {
  const plain = openAt(path, { indexedFrom: Number.POSITIVE_INFINITY });
  const contacts = await all(plain);
  for (const turn of asked) {
    const [told, read] = await Promise.all(
      [indexedAt(path), plain].map((store) => store.snapshot((view) => answersOf(view, contacts, turn))),
    );
    expect(told).toEqual(read);
  }
};

/** A store whose index is of the state that it is in. */
const prepareFresh = async (contacts = people): Promise<string> => {
  const path = await newPath();
  await create(openAt(path), ...contacts);
  await all(indexedAt(path));
  return path;
};

const suffixes = ['.index', '.index-changes'] as const;

describe('an index that is not as it was written', () => {
  it('changes no answer, whichever of its bits is another', async () => {
    const path = await prepare();
    const sound = await Promise.all(suffixes.map((suffix) => readFile(path + suffix)));
    // Some of the places are in what is read, which stands at the beginning and the end of a part.
    const place = fc.oneof(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.constantFrom(0, 0.9999));
    await fc.assert(
      fc.asyncProperty(fc.nat(1), place, fc.nat(2000), fc.nat(7), async (which, at, offset, bit) => {
        for (const [index, suffix] of suffixes.entries()) {
          const bytes = Buffer.from(sound[index] ?? '');
          const byte = (Math.floor(at * bytes.length) + offset) % bytes.length;
          if (index === which) bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
          await writeFile(path + suffix, bytes);
        }
        await expectSameAnswers(path, [offset % 4]);
      }),
      { numRuns: 24 },
    );
  });

  it.each(suffixes.flatMap((suffix) => [0, 0.3, 0.99].map((part) => [suffix, part] as const)))(
    'changes no answer where %s is cut to %d of its length',
    async (suffix, part) => {
      const path = await prepare();
      const bytes = await readFile(path + suffix);
      await writeFile(path + suffix, bytes.subarray(0, Math.floor(bytes.length * part)));
      await expectSameAnswers(path);
    },
  );

  it('changes no answer where it is that of another store', async () => {
    const [path, other] = [await prepareFresh(), await prepareFresh(people.toReversed())];
    await copyFile(`${other}.index`, `${path}.index`);
    await expectSameAnswers(path);
  });

  it('changes no answer where it is that of an earlier state', async () => {
    const path = await prepare();
    const earlier = await Promise.all(suffixes.map((suffix) => readFile(path + suffix)));
    const [first] = people;
    if (first === undefined) throw new Error('There are people.');
    await apply(indexedAt(path), [{ before: first, after: { ...first, company: 'Zenith' } }]);
    for (const [index, suffix] of suffixes.entries()) await writeFile(path + suffix, earlier[index] ?? '');
    await expectSameAnswers(path);
  });

  it('changes no answer where another program wrote to the store', async () => {
    const path = await prepareFresh();
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/acme/gi, 'emca'));
    await expectSameAnswers(path);
    expect((await all(indexedAt(path))).some(({ company }) => company === 'emca')).toBe(true);
  });

  it('does not keep a change from being made', async () => {
    const path = await prepare();
    for (const [step, part] of [0.2, 0.5, 0.8, 0.999].entries()) {
      await all(indexedAt(path));
      const bytes = await readFile(`${path}.index`);
      bytes.fill(0xff, Math.floor(bytes.length * part) - 300, Math.floor(bytes.length * part));
      await writeFile(`${path}.index`, bytes);
      await create(indexedAt(path), person(100 + step, { firstName: 'Anna' }));
      expect((await all(openAt(path, { indexedFrom: Number.POSITIVE_INFINITY }))).length).toBe(
        people.length + step + 1,
      );
      await expectSameAnswers(path);
    }
  });

  it('is built again, and erased with the history', async () => {
    const path = await prepare();
    const present = () => Promise.all(suffixes.map((suffix) => readFile(path + suffix).then(Boolean, () => false)));
    for (const suffix of suffixes) await rm(path + suffix);
    await all(indexedAt(path));
    expect(await present()).toEqual([true, false]);
    await create(indexedAt(path), person(100, {}));
    expect(await present()).toEqual([true, true]);
    await indexedAt(path).purge();
    expect(await present()).toEqual([false, false]);
  });
});
