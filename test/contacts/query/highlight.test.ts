import { describe, expect, it } from 'vitest';
import { highlighter } from '../../../src/contacts/query/highlight.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import { forgiving } from './fields.js';

describe('highlighter', () => {
  it.each([
    ['garcia', 'María García', 'María [García]'],
    ['a', 'Ana', '[A]n[a]'],
    ['maria aria', 'Maria', '[Maria]'],
    ['ar ia', 'maria', 'm[aria]'],
    ['strasse', 'Hauptstraße 5', 'Haupt[straße] 5'],
    ['office', 'oﬃce', '[oﬃce]'],
    ['f', 'oﬃce', 'o[ﬃ]ce'],
    ['ana', 'e\u0301a\u0301na', 'e\u0301[a\u0301na]'],
    ['9123 4567', '+85291234567', '+852[91234567]'],
    ['company:acme', 'Acme Ltd', '[Acme] Ltd'],
    ['maria OR ltd', 'Acme Ltd', 'Acme [Ltd]'],
    ['acme -ltd', 'Acme Ltd', '[Acme] Ltd'],
    ['has:company created:2026', '2026', '2026'],
    ['😀', 'a😀b', 'a[😀]b'],
    ['陈', '陳大文', '[陳]大文'],
    ['chen', '陳大文', '[陳大文]'],
    ['c', '陳大文', '陳大文'],
    ['ﾀﾅｶ', 'タナカ', '[タナカ]'],
    ['', 'Maria', 'Maria'],
    ['x', '', ''],
  ])('%j in %j', (text, shown, marked) => {
    const ranges = highlighter(parseQuery(text, forgiving))(shown);
    const written = [...ranges]
      .reverse()
      .reduce((rest, { start, end }) => `${rest.slice(0, start)}[${rest.slice(start, end)}]${rest.slice(end)}`, shown);
    expect(written).toBe(marked);
  });
});
