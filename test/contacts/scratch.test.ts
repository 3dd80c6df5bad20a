import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryScratch, textIn } from '../../src/contacts/scratch.js';

test('gives back every text as it is, in any order', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', 'x'.repeat(2 ** 20), '李'.repeat(360_000)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const scratch = createMemoryScratch();
      const kept = texts.map((each) => scratch.add(each));
      for (const [index, each] of [...kept.entries()].reverse()) expect(textIn(scratch, each)).toBe(texts[index]);
    }),
    { numRuns: 30 },
  );
});

test('begins anew once it was closed', () => {
  const scratch = createMemoryScratch();
  scratch.add('one');
  scratch.close();
  expect(textIn(scratch, scratch.add('two'))).toBe('two');
});
