import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, fit, graphemes, pad, wrap } from '../../src/terminal/width.js';

const family = '👩‍👩‍👧‍👦';

describe('displayWidth', () => {
  test.each([
    ['Anna', 4],
    ['陳大文', 6],
    ['ｱﾝﾅ', 3],
    ['김민준', 6],
    ['محمد', 4],
    ['Zoe\u0308', 3],
    ['สวัสดี', 4],
    [family, 2],
    ['🇭🇰', 2],
    ['می\u200cخواهم', 7],
    ['\x1b[31mred\x1b[39m', 3],
    ['\x1b]8;;tel:+1\x1b\\+1\x1b]8;;\x1b\\', 2],
  ])('measures %s', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('fit', () => {
  test.each([
    ['Anna', 4, 'Anna'],
    ['Annabel', 4, 'Ann…'],
    ['陳大文', 6, '陳大文'],
    ['陳大文', 5, '陳大…'],
    ['陳大文', 4, '陳…'],
    ['Zoe\u0308y', 3, 'Zo…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    [`${family}abc`, 3, `${family}…`],
    [`${family}abc`, 2, '…'],
    ['محمد علي', 5, 'محمد…'],
    ['Anna', 1, '…'],
    ['Anna', 0, ''],
  ])('fits %s into %i cells', (text, width, fitted) => {
    expect(fit(text, width)).toBe(fitted);
  });

  test('never takes more cells than there are, and only cuts off the end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, width) => {
        const fitted = fit(text, width);
        expect(displayWidth(fitted)).toBeLessThanOrEqual(width);
        expect(text.startsWith(fitted.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});

describe('graphemes', () => {
  test('keeps letters with their marks, and tells their places', () => {
    expect([...graphemes(`ae\u0301${family}!`)]).toEqual([
      { text: 'a', start: 0 },
      { text: 'e\u0301', start: 1 },
      { text: family, start: 3 },
      { text: '!', start: 3 + family.length },
    ]);
  });
});

test('a long text is taken apart as it is in whole', () => {
  const part = `日e\u0301${family}🇭🇰🇯🇵x`;
  const text = part.repeat(300);
  const expected = Array.from({ length: 300 }, () => ['日', 'e\u0301', family, '🇭🇰', '🇯🇵', 'x']).flat();
  expect(Array.from(graphemes(text), (grapheme) => grapheme.text)).toEqual(expected);
  expect(fit(text, 20)).toBe(`${part}日e\u0301${family}🇭🇰🇯🇵…`);
});

describe('pad', () => {
  test.each([
    ['Anna', 6, 'left', 'Anna  '],
    ['Anna', 6, 'right', '  Anna'],
    ['陳', 4, 'left', '陳  '],
    ['Annabel', 4, 'left', 'Annabel'],
  ] as const)('pads %s to %i cells, %s', (text, width, align, padded) => {
    expect(pad(text, width, align)).toBe(padded);
  });
});

describe('wrap', () => {
  test.each([
    ['short', 10, ['short']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three', 7, ['one two', 'three']],
    ['a averylongword b', 6, ['a', 'averyl', 'ongwor', 'd b']],
    ['日本語のメモ', 5, ['日本', '語の', 'メモ']],
    ['two\n\nparagraphs here', 10, ['two', '', 'paragraphs', 'here']],
    ['  kept indent', 20, ['  kept indent']],
    ['', 5, ['']],
  ])('wraps %j to %i cells', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('puts a grapheme that is wider than the line on a line of its own', () => {
    const wide = '\u1100\u1100\u1100';
    expect(displayWidth(wide)).toBe(6);
    expect(wrap(`a${wide}b`, 4)).toEqual(['a', wide, 'b']);
  });

  test('loses nothing but spaces, and no line is wider', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const line of lines) {
          expect(displayWidth(line) <= width || [...graphemes(line)].length === 1).toBe(true);
        }
      }),
    );
  });
});
