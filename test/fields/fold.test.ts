import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/fields/fold.js';

describe('fold', () => {
  it.each([
    ['case', 'GARCIA', 'garcia'],
    ['accents', 'José Müller-Çelik', 'jose muller-celik'],
    ['accents as marks of their own', 'Jose\u0301 A\u030angstro\u0308m', 'jose angstrom'],
    ['several marks on a letter', 'Nguyễn Thị Ánh', 'nguyen thi anh'],
    [
      'letters that Unicode does not decompose',
      'Łukasz Sørensen Đỗ Æsir Œuvre Weiß',
      'lukasz sorensen do aesir oeuvre weiss',
    ],
    ['the capital sharp s', 'WEIẞ', 'weiss'],
    ['the Turkish dotted and dotless i', 'İZMİR ıspanak', 'izmir ispanak'],
    ['the Greek final sigma', 'ΟΔΥΣΣΕΥΣ Οδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['Cyrillic', 'Ёлка Йод', 'елка иод'],
    ['full width', 'Ｇａｒｃｉａ　１２３', 'garcia 123'],
    ['half-width kana', 'ｶﾞﾙｼｱ', 'ガルシア'],
    ['ligatures', 'oﬃce', 'office'],
    ['invisible characters', 'so\u00adft \u202aleft\u202c zero\u200bwidth', 'soft left zerowidth'],
    ['a signs of emphasis after an emoji', '❤\ufe0f', '❤'],
  ])('does away with %s', (_what, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it.each([
    ['か', 'が'],
    ['ハ', 'パ'],
    ['가', '각'],
    ['क', 'कि'],
    ['陈', '陳'],
  ])('keeps apart the letters %s and %s', (one, other) => {
    expect(fold(one)).toBe(one);
    expect(fold(other)).toBe(other);
  });

  it('keeps composed and decomposed kana and Hangul alike', () => {
    expect(fold('か\u3099')).toBe('が');
    expect(fold('\u1100\u1161\u11a8')).toBe('각');
  });

  it('folds a letter of Latin-1 and Latin Extended-A alike whether other scripts follow or not', () => {
    for (let code = 0x80; code < 0x180; code++) {
      const letter = String.fromCharCode(code);
      expect([code, fold(`${letter}.漢`)]).toEqual([code, `${fold(`${letter}.`)}漢`]);
    }
  });

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 3000 },
    );
  });
});
