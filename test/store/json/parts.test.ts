import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineRun, lengthOf, type Part, PartReader } from '../../../src/store/json/parts.js';
import { contact } from '../sample.js';

/** The contacts one by one: the numbers of lines, and contacts themselves. */
const flat = (parts: readonly Part[]) =>
  parts.flatMap((part): readonly unknown[] =>
    part instanceof LineRun ? Array.from({ length: part.count }, (_, index) => part.first + index) : [part],
  );

const anyParts = fc.array(
  fc.oneof(
    fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 9 })).map(([first, count]): Part => new LineRun(first, count)),
    fc.stringMatching(/^[a-z]{3}$/).map((id): Part => contact(id)),
  ),
);

describe('parts', () => {
  it('are passed in steps of any length, and taken up where they are wanted', () => {
    const steps = fc.array(fc.record({ count: fc.integer({ min: -1, max: 12 }), isWanted: fc.boolean() }));
    fc.assert(
      fc.property(anyParts, steps, (parts, taken) => {
        const reader = new PartReader(parts);
        const wanted: Part[] = [];
        const expected: unknown[] = [];
        let position = 0;
        for (const { count, isWanted } of taken) {
          const passed = flat(parts).slice(position, position + Math.max(0, count));
          if (isWanted) expected.push(...passed);
          expect(reader.pass(count, isWanted ? wanted : undefined)).toBe(passed.length);
          position += passed.length;
        }
        reader.pass(Number.POSITIVE_INFINITY, wanted);
        expect(flat(wanted)).toEqual([...expected, ...flat(parts).slice(position)]);
      }),
    );
  });

  it('keep runs whole that nothing parts', () => {
    const parts = [new LineRun(0, 5), contact('ann'), new LineRun(7, 2)];
    const wanted: Part[] = [];
    const reader = new PartReader(parts);
    reader.pass(3, wanted);
    reader.pass(1);
    reader.pass(Number.POSITIVE_INFINITY, wanted);
    expect(wanted).toEqual([new LineRun(0, 3), new LineRun(4, 1), contact('ann'), new LineRun(7, 2)]);
    expect(wanted.map(lengthOf)).toEqual([3, 1, 1, 2]);
  });
});
