import { expect, it } from 'vitest';
import { late } from '../../src/fields/late.js';

it.each([[['a value']], [[undefined]]])('a late value, of %j, is made once, when it is asked for', (values) => {
  let made = 0;
  const value = late(() => values[made++]);
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([values[0], values[0]]);
  expect(made).toBe(1);
});
