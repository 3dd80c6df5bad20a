import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlighter } from '../../../src/contacts/query/highlight.js';
import { fits, needles } from '../../../src/contacts/query/match.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import type { Query } from '../../../src/contacts/query/query.js';
import { rankOf } from '../../../src/contacts/query/rank.js';
import { allowTypingErrors } from '../../../src/contacts/query/typing-errors.js';
import { contactWith } from '../sample-contact.js';
import { forgiving } from './fields.js';

const relaxed = (text: string): Query => {
  const query = allowTypingErrors(parseQuery(text, forgiving));
  if (query === undefined) throw new Error(`${text} has no room for errors.`);
  return query;
};

describe('allowTypingErrors', () => {
  it.each([
    ['gracia', 'García', true],
    ['grcia', 'García', true],
    ['garrcia', 'García', true],
    ['gaecia', 'García', true],
    ['garcai', 'García', true],
    ['ragcai', 'García', false],
    ['jonh', 'John', true],
    ['jonh', 'Joan', false],
    ['jonh', 'Jonas', false],
    ['hernadnes', 'Hernández', true],
    ['hernadnse', 'Hernández', false],
    ['gonzla', 'Gonzalez', true],
    ['obrein', 'O’Brien', false],
    ['o’brein', 'O’Brien', true],
    ['иванво', 'Иванов', true],
    ['gracia -garcia', 'García', false],
    ['gracia OR smith', 'García', true],
    ['gracia smith', 'García', false],
    ['gracia has:name', 'García', true],
    ['gracia has:phone', 'García', false],
  ])('%j and %j: %j', (text, lastName, expected) => {
    expect(fits(relaxed(text), contactWith({ lastName }))).toBe(expected);
  });

  it.each(['bob', '', '9123 4567', '"maria gracia"', 'company:amce', '-gracia'])(
    'has no room for errors in %j',
    (text) => {
      expect(allowTypingErrors(parseQuery(text, forgiving))).toBeUndefined();
    },
  );

  it('ranks what is right before few errors, and few before many', () => {
    const query = relaxed('gonzalez hernandez');
    const ranks = ['Gonzalez Hernandez', 'Gonzalez Hernadez', 'Gonzales Hernadez', 'Gonzales Hernadze'].map(
      (lastName) => {
        const contact = contactWith({ lastName });
        expect(fits(query, contact)).toBe(true);
        return rankOf(query, contact);
      },
    );
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
  });

  /** A word, and the same with one letter left out, put in, replaced, or swapped with the next. */
  const mistyped = fc
    .tuple(
      fc.stringMatching(/^[a-z]{4,7}$/),
      fc.nat(6),
      fc.stringMatching(/^[a-z]$/),
      fc.constantFrom('out', 'in', 'replaced', 'swapped'),
    )
    .map(([word, place, letter, how]) => {
      const at = place % word.length;
      const [before, it, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
      const rest = {
        out: after,
        in: letter + it + after,
        replaced: letter + after,
        swapped: after.charAt(0) + it + after.slice(1),
      };
      return { word, typed: before + rest[how] };
    })
    .filter(({ typed }) => typed.length >= 4);

  it('finds every word with one error in it', () => {
    fc.assert(
      fc.property(mistyped, ({ word, typed }) => {
        expect(fits(relaxed(typed), contactWith({ company: `The ${word}, Ltd` }))).toBe(true);
      }),
    );
  });

  it('promises nothing of what fits', () => {
    expect(needles(relaxed('gracia 204'))).toEqual(['204']);
  });

  it('marks the word that was meant', () => {
    expect(highlighter(relaxed('gracia'))('Ana García, Acme')).toEqual([{ start: 4, end: 10 }]);
  });
});
