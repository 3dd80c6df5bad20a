import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, apply, create } from '../../sample.js';
import { newPath, openAt } from '../place.js';
import { answersOf, contactData, person } from './answers.js';

/** Stores on one file: one that keeps an index of it however small it is, and one that knows of none. */
const bothAt = (path: string) => ({
  indexed: openAt(path, { indexedFrom: 1 }),
  plain: openAt(path, { indexedFrom: Number.POSITIVE_INFINITY }),
});

describe('a store with an index', () => {
  it('answers as without it, whatever it holds and after each change', async () => {
    const step = fc.record({
      created: fc.array(contactData, { maxLength: 4 }),
      updated: fc.array(fc.tuple(fc.nat(), contactData), { maxLength: 2 }),
      deleted: fc.array(fc.nat(), { maxLength: 1 }),
      position: fc.option(fc.nat(9), { nil: undefined }),
    });
    let turn = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(contactData, { minLength: 1, maxLength: 12 }),
        fc.array(step, { maxLength: 3 }),
        async (first, steps) => {
          const path = await newPath();
          const { indexed, plain } = bothAt(path);
          let next = 0;
          const made = (data: (typeof first)[number]) => person(next++, data);
          await create(indexed, ...first.map(made));
          for (const each of [undefined, ...steps]) {
            if (each !== undefined) {
              const present = await all(plain);
              const pick = (number: number) => present[number % Math.max(present.length, 1)];
              const gone = new Set(each.deleted.flatMap((number) => pick(number) ?? []));
              const updates = new Map(
                each.updated.flatMap(([number, data]) => {
                  const before = pick(number);
                  return before === undefined || gone.has(before) ? [] : [[before, data] as const];
                }),
              );
              await apply(indexed, [
                ...each.created.map((data) => ({
                  after: made(data),
                  ...(each.position !== undefined && { position: each.position }),
                })),
                ...[...updates].map(([before, data]) => ({ before, after: { ...before, ...data } })),
                ...[...gone].map((before) => ({ before })),
              ]);
            }
            const contacts = await all(plain);
            turn += 1;
            const [told, read] = await Promise.all(
              [indexed, plain].map((store) => store.snapshot((view) => answersOf(view, contacts, turn))),
            );
            expect(told).toEqual(read);
            expect(existsSync(`${path}.index`)).toBe(true);
          }
        },
      ),
      { numRuns: 16 },
    );
  });
});
