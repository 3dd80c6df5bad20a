import { expect, test } from 'vitest';
import { recurring } from '../../src/fields/recurring.js';

test('a text is read once, and however many there are each has its own result', () => {
  const read: string[] = [];
  const lengthOf = recurring((text) => {
    read.push(text);
    return { text };
  });
  expect(['a', 'b', 'a', 'a', 'b'].map((text) => lengthOf(text).text)).toEqual(['a', 'b', 'a', 'a', 'b']);
  expect(read).toEqual(['a', 'b']);
  const many = Array.from({ length: 2000 }, (_, number) => String(number));
  for (const text of [...many, ...many]) expect(lengthOf(text).text).toBe(text);
  expect(read.length).toBeLessThan(2 * many.length);
});

test('a result that is nothing is one too', () => {
  expect(recurring(() => undefined)('a')).toBeUndefined();
});
