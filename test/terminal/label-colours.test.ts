import { expect, test } from 'vitest';
import { isLabelColour, labelColours } from '../../src/terminal/label-colours.js';

test.each([
  ...labelColours.map((name) => [name, true] as const),
  ['#12ab9F', true],
  ['#12ab9', false],
  ['12ab9f', false],
  ['Red', false],
  ['mauve', false],
  ['', false],
] as const)('%j as the colour of a label: %s', (text, good) => {
  expect(isLabelColour(text)).toBe(good);
});
