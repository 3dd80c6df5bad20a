import { describe, expect, test } from 'vitest';
import { renderBars, widthOfLabels } from '../../src/terminal/bars.js';
import { createStyle } from '../../src/terminal/style.js';

const draw = (label: string, count: number, whole: number, width = 44): string =>
  renderBars([{ label, count }], { width, style: createStyle(0), whole, labelWidth: widthOfLabels([label]) });

describe('renderBars', () => {
  test.each([
    ['Lead', 4, 4, '  Lead  ████████████████████          4 100%\n'],
    ['Lead', 2, 4, '  Lead  ██████████                    2  50%\n'],
    ['Lead', 1, 160, '  Lead  ▏                             1   1%\n'],
    ['Lead', 3, 160, '  Lead  ▍                             3   2%\n'],
    ['Lead', 0, 4, '  Lead                                0   0%\n'],
    ['Lead', 0, 0, '  Lead                                0   0%\n'],
    ['遠東貿易', 1, 1, '  遠東貿易  ████████████████          1 100%\n'],
    ['A\x1b[31m', 1, 1, '  A\\x1b[31m  ███████████████          1 100%\n'],
    ['A name that is too long', 1, 1, '  A name that is too …  ████          1 100%\n'],
  ])('%j with %d of %d', (label, count, whole, drawn) => {
    expect(draw(label, count, whole)).toBe(drawn);
  });

  test('are of one length at most', () => {
    expect(draw('Lead', 1, 1, 200)).toBe(`  Lead  ${'█'.repeat(40)}          1 100%\n`);
  });
});
