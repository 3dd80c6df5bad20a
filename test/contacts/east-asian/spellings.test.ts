import { describe, expect, it } from 'vitest';
import { pinyinOf, simplify } from '../../../src/contacts/east-asian/han.js';
import { romajiOf, toHiragana } from '../../../src/contacts/east-asian/kana.js';
import { latinSpellings, otherSpellings, unifyScripts } from '../../../src/contacts/east-asian/spellings.js';

describe('simplify', () => {
  it.each([
    ['陳大文', '陈大文'],
    ['陈大文', '陈大文'],
    ['臺灣範例股份有限公司', '台湾范例股份有限公司'],
    ['渡邊', '渡边'],
    ['渡辺', '渡边'],
    ['澤沢', '泽泽'],
    ['王芸', '王芸'],
    ['丟', '丢'],
    ['龜龠', '龟龠'],
    ['Chen 김 カ 𠮷', 'Chen 김 カ 𠮷'],
    ['', ''],
  ])('%j is %j', (text, simple) => {
    expect(simplify(text)).toBe(simple);
  });
});

describe('pinyinOf', () => {
  it.each([
    ['一', ['yi']],
    ['曾', ['zeng', 'ceng']],
    ['单', ['shan', 'dan', 'chan']],
    ['吕', ['lv', 'lu', 'lyu']],
    ['龠', ['yue']],
    ['a', []],
    ['か', []],
    ['김', []],
    ['㐀', []],
    ['𠮷', []],
  ])('%j is %j', (character, readings) => {
    expect(pinyinOf(character)).toEqual(readings);
  });
});

describe('toHiragana', () => {
  it.each([
    ['タナカ', 'たなか'],
    ['ヴァヵヶ', 'ゔぁゕゖ'],
    ['ラーメン・ヽ', 'らーめん・ゝ'],
    ['たなか tanaka', 'たなか tanaka'],
  ])('%j is %j', (text, hiragana) => {
    expect(toHiragana(text)).toBe(hiragana);
  });
});

describe('romajiOf', () => {
  it.each([
    ['たなか', ['tanaka']],
    ['さとう', ['satou', 'sato']],
    ['しんじ', ['shinji', 'sinzi']],
    ['ちょうじゅつ', ['choujutsu', 'chojutsu', 'tyouzyutu', 'tyozyutu']],
    ['はっとり', ['hattori']],
    ['まっちゃ', ['matcha', 'mattya']],
    ['ふぁーすと', ['faasuto', 'fasuto']],
    ['うぃりあむ', ['wiriamu']],
    ['ぢぇいむず', ['jeimuzu', 'zyeimuzu']],
    ['きょうこ さん', ['kyouko san', 'kyoko san']],
    ['ゔぃくとりあ', ['vikutoria']],
    ['っ', ['っ']],
    ['abc', ['abc']],
  ])('%j is %j', (kana, romaji) => {
    expect(romajiOf(kana)).toEqual(romaji);
  });
});

describe('otherSpellings', () => {
  it.each([
    ['陈大文', ['chendawen', 'chendaiwen', 'cdw']],
    ['大文 陈', ['dawen chen', 'daiwen chen', 'dw c', '大文陈', 'dawenchen', 'daiwenchen', 'dwc']],
    ['王', ['wang']],
    ['at&t 香港', ['at&t xianggang', 'at&t xiangjiang', 'at&t xg', 'at&t xj']],
    ['たなか', ['tanaka']],
    ['김민준', []],
    ['maria garcia', []],
    ['', []],
  ])('%j: %j', (plain, spellings) => {
    expect(otherSpellings(plain)).toEqual(spellings);
  });

  it('has eight at most for each way of writing a long name of many readings', () => {
    const spellings = otherSpellings('单单单单单单单单');
    expect(spellings.length).toBeLessThanOrEqual(16);
    expect(spellings).toContain('shanshanshanshanshanshanshanshan');
  });
});

describe('latinSpellings', () => {
  it.each([
    ['さとう', ['satou', 'sato']],
    ['陈', []],
    ['sato', []],
  ])('%j: %j', (plain, spellings) => {
    expect(latinSpellings(plain)).toEqual(spellings);
  });
});

describe('unifyScripts', () => {
  it.each([
    ['陳タナカ', '陈たなか'],
    ['maria', 'maria'],
    ['김', '김'],
  ])('%j is %j', (folded, unified) => {
    expect(unifyScripts(folded)).toBe(unified);
  });
});
