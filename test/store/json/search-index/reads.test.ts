import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src/contacts/query/parse.js';
import { type Files, systemFiles } from '../../../../src/store/json/files.js';
import type { StoreView } from '../../../../src/store/store.js';
import { withoutFields } from '../../../contacts/query/fields.js';
import { apply, contact, create } from '../../sample.js';
import { newPath, openAt } from '../place.js';

/** The file system, with a count of what is read of one file. */
const countingReads = (path: string) => {
  const counts = { calls: 0, bytes: 0 };
  const counted = new Set<number>();
  const files: Files = {
    ...systemFiles,
    open: (name, flags, mode) => {
      const file = systemFiles.open(name, flags, mode);
      if (name === path) counted.add(file);
      else counted.delete(file);
      return file;
    },
    read: (file, ...rest) => {
      const read = systemFiles.read(file, ...rest);
      if (counted.has(file)) {
        counts.calls += 1;
        counts.bytes += read;
      }
      return read;
    },
  };
  return { files, counts };
};

const size = 10_000;
/** Ids that begin in many ways, as those that are drawn do. */
const idOf = (number: number): string => `${String((number * 7919) % size).padStart(4, '0')}person`;

const people = Array.from({ length: size }, (_, number) =>
  contact(idOf(number), {
    firstName: `Anna${number % 97}`,
    lastName: number === 7700 ? 'Quetzalcoatl' : `Berg${number % 1009}`,
    company: number % 20 === 0 ? 'Consolidated Trading' : `Company ${number % 313}`,
    emails: [{ kind: 'work', address: `anna${number}@example.com` }],
    phones: [{ kind: 'mobile', number: `+8529${String(number).padStart(7, '0')}` }],
  }),
);
const path = await newPath();
await create(openAt(path), ...people);
await openAt(path).find({ category: 'all' }, 'stored', { offset: 0, limit: 1 });

const search = (text: string) => (view: StoreView) =>
  view.find({ category: 'all', query: parseQuery(text, withoutFields) }, 'rank', { offset: 0, limit: 20 });

/** Of 10,000 lines of about 400 bytes, a few dozen. */
const few = { calls: 40, bytes: 16_000 };

const questions: readonly (readonly [string, (view: StoreView) => Promise<unknown>, number])[] = [
  ['a rare name', async (view) => (await search('quetzalcoatl')(view)).total, 1],
  ['a common word, of which the first page is shown', async (view) => (await search('consolidated')(view)).total, 500],
  ['a phone number', async (view) => (await search('9000 7700')(view)).total, 1],
  ['what nobody has', async (view) => (await search('nobodyatall')(view)).total, 0],
  [
    'the first page by name',
    async (view) =>
      (await view.find({ category: 'external' }, { by: 'name', descending: false }, { offset: 0, limit: 20 })).total,
    size,
  ],
  ['an address', async (view) => (await view.lookup([{ of: 'email', value: 'anna7@example.com' }]))[0]?.length, 1],
  ['a number', async (view) => (await view.lookup([{ of: 'number', value: '90000007' }]))[0]?.length, 1],
  [
    'the beginning of an id',
    async (view) => (await view.lookup([{ of: 'idPrefix', value: idOf(9).slice(0, 5) }]))[0]?.length,
    1,
  ],
  ['an id', async (view) => (await view.get([idOf(7700)])).length, 1],
];

describe('of a store of 10,000 contacts', () => {
  it.each(questions)('a few lines are read to find %s', async (_, ask, answer) => {
    const { files, counts } = countingReads(path);
    expect(await openAt(path, { files }).snapshot(ask)).toBe(answer);
    expect(counts.calls).toBeLessThanOrEqual(few.calls);
    expect(counts.bytes).toBeLessThanOrEqual(few.bytes);
  });

  it('a few lines are read after changes too, and no line is read for its own sake to change one', async () => {
    const own = await newPath();
    await create(openAt(own), ...people);
    await openAt(own).settings();
    const [first, second] = people;
    if (first === undefined || second === undefined) throw new Error('There are 10,000.');
    await create(openAt(own), contact('newcomer', { lastName: 'Quetzalcoatl' }));
    const { files, counts } = countingReads(own);
    await apply(openAt(own, { files }), [
      { before: first, after: { ...first, lastName: 'Quetzalcoatl' } },
      { before: second },
    ]);
    const { bytes } = counts;
    const fileSize = Number(systemFiles.status(own).size);
    // All is copied once, and some lines are compared by name.
    expect(bytes).toBeLessThan(fileSize + 2 * few.bytes);
    expect(bytes).toBeGreaterThan(fileSize / 2);
    const after = countingReads(own);
    const found = await openAt(own, { files: after.files }).snapshot(search('quetzalcoatl'));
    expect(found.contacts.map(({ id }) => id)).toEqual([idOf(0), idOf(7700), 'newcomer']);
    expect(after.counts.calls).toBeLessThanOrEqual(few.calls);
  });
});
