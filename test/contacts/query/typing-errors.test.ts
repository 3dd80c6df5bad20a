import { describe, expect, it } from 'vitest';
import { highlighter } from '../../../src/contacts/query/highlight.js';
import { fits, needles } from '../../../src/contacts/query/match.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import type { Query } from '../../../src/contacts/query/query.js';
import { rankOf } from '../../../src/contacts/query/rank.js';
import { allowTypingErrors } from '../../../src/contacts/query/typing-errors.js';
import { contactWith } from '../sample-contact.js';
import { queryFields } from './fields.js';

const relaxed = (text: string): Query => {
  const query = allowTypingErrors(parseQuery(text, queryFields));
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
      expect(allowTypingErrors(parseQuery(text, queryFields))).toBeUndefined();
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

  it('promises nothing of what fits', () => {
    expect(needles(relaxed('gracia 204'))).toEqual(['204']);
  });

  it('marks the word that was meant', () => {
    expect(highlighter(relaxed('gracia'))('Ana García, Acme')).toEqual([{ start: 4, end: 10 }]);
  });
});
