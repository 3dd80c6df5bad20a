import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { matcherOf } from '../../../../src/contacts/query/matcher.js';
import { type Subject, subjectOf } from '../../../../src/contacts/query/rank.js';
import {
  encodeRank,
  encodeTextLine,
  IndexLine,
  indexLineOf,
} from '../../../../src/store/json/search-index/text-line.js';
import { contact } from '../../sample.js';

const ada = subjectOf(
  contact('d4p7k2m9x3wr', {
    firstName: 'Ada',
    lastName: 'Berg',
    company: 'Bergbau Consolidated Adamant (HK)',
    jobTitle: 'Ränger',
    emails: [{ kind: 'work', address: 'ada@berg.example' }],
    phones: [{ kind: 'mobile', number: '+85291234567;ext=12' }],
  }),
);

const lineOf = (subject: Subject, rank = 7): string =>
  encodeRank(rank) + encodeTextLine({ category: 'internal', subject });
const inLatin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('a line of the index', () => {
  it('says what it was made of', () => {
    const line = indexLineOf(lineOf(ada, 123_456));
    expect([line.rank, line.category, line.hay, line.subject]).toEqual([123_456, 'internal', ada.hay, ada]);
  });

  it('is found among others', () => {
    const before = `${lineOf(ada)}\n`;
    const text = lineOf(ada, 8);
    const bytes = Buffer.from(`${before}${text}\n`);
    const begin = Buffer.byteLength(before);
    const line = new IndexLine(bytes, begin, begin + Buffer.byteLength(text));
    expect([line.rank, line.subject]).toEqual([8, ada]);
  });

  test.each(['\x1e', '\x1f', '\ud800', '\n'])('cannot hold a name with %j', (sign) => {
    const names = [`a${sign}b`];
    expect(encodeTextLine({ category: 'external', subject: { ...ada, names } })).toBeUndefined();
  });

  test.each([
    ['consolidated', 'start'],
    ['onsolidated', 'middle'],
    ['hk', 'start'],
    ['damant', 'middle'],
    ['anger', undefined],
    ['ada', undefined],
    ['erg', undefined],
    ['ada@berg.example', undefined],
    ['ada@', 'start'],
    ['91234567', undefined],
    ['d4p7k2m9x3wr', undefined],
    ['nobody', undefined],
  ])('of %s it tells %s', (word, standing) => {
    expect(indexLineOf(lineOf(ada)).standingOf(inLatin1(word))).toBe(standing);
  });
});

describe('what it tells of a word', () => {
  it('leads to the rank that the texts lead to', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '-', 'é', '陳', '+', ';'), maxLength: 6 });
    const texts = fc.record({
      firstName: text,
      lastName: text,
      company: text,
      jobTitle: text,
      address: text,
      number: text,
      from: fc.nat(40),
      length: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(texts, ({ firstName, lastName, company, jobTitle, address, number, from, length }) => {
        const subject = subjectOf(
          contact('d4p7k2m9x3wr', {
            firstName,
            lastName,
            company,
            jobTitle,
            emails: [{ kind: 'work', address }],
            phones: [{ kind: 'mobile', number }],
          }),
        );
        const start = from % Math.max(1, subject.hay.length);
        const word = subject.hay.slice(start, start + length);
        const encoded = encodeTextLine({ category: 'external', subject });
        fc.pre(encoded !== undefined && !word.includes('\x1f') && word.isWellFormed());
        const bytes = Buffer.from(encoded ?? '');
        const hits = [bytes.indexOf(word), bytes.lastIndexOf(word)];
        const matcher = matcherOf({ text: word, root: { is: 'word', forms: [word] } });
        const onlyHit = hits[0] === hits[1] ? hits[0] : undefined;
        for (const line of [new IndexLine(bytes, 0, bytes.length), new IndexLine(bytes, 0, bytes.length, onlyHit)]) {
          const standing = line.standingOf(inLatin1(word));
          const rank = matcher.rankOfSubject(() => subject);
          if (standing !== undefined) expect(matcher.rankOutsideNames(standing === 'start')).toBe(rank);
        }
      }),
      { numRuns: 500 },
    );
  });
});
