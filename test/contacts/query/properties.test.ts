import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, haystack, needles } from '../../../src/contacts/query/match.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import { plainText } from '../../../src/contacts/query/plain-text.js';
import { queryFieldNamed } from '../../../src/contacts/query/query-field.js';
import { rankOf } from '../../../src/contacts/query/rank.js';
import { UsageError } from '../../../src/errors.js';
import type { Contact } from '../../../src/fields/contact.js';
import { contactWith } from '../sample-contact.js';
import { forgiving, strict } from './fields.js';

/** What queries are made of. */
const pieces = fc.constantFrom(
  ...[
    'garcia',
    'MARÍA',
    'o’brien',
    '王',
    'lead',
    '"',
    '""',
    '"maria garcia"',
    '(',
    ')',
    '-',
    ' ',
    '  ',
    '\t',
    'OR',
    ' OR ',
    ' AND ',
    'NOT ',
    '*',
    '=',
    '!',
    "'",
    ' or ',
  ],
  ...[
    'type:',
    'company:',
    'created:',
    'size:',
    'has:',
    'missing:',
    'phone:',
    'label:',
    'x:',
    ':',
    '>',
    '<=',
    '..',
    '2026',
  ],
  ...[
    '2026-01-31',
    '01/31/2026',
    '9123',
    '4567',
    '+852',
    '(852)',
    '.',
    '0',
    '５',
    '　',
    '（',
    '\u202a',
    '\ud800',
    '💥',
  ],
);
const pieced = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), pieced);

const word = fc.oneof(
  fc.constantFrom(
    'Maria',
    'García',
    'Acme',
    "O'Brien",
    'Müller',
    '王小明',
    '9123 4567',
    'R&D',
    'ﬃ',
    'Straße',
    ' a  b ',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);
const contacts: fc.Arbitrary<Contact> = fc
  .record(
    {
      firstName: word,
      lastName: word,
      company: word,
      labels: fc.array(word, { maxLength: 2 }),
      notes: fc.array(word, { maxLength: 2 }),
      phones: fc.array(fc.constantFrom('+85291234567', '+493012345678;ext=12'), { maxLength: 2 }),
      emails: fc.array(fc.constantFrom('maria@acme.example', 'g@müller.example'), { maxLength: 2 }),
      address: fc.record({ city: word, country: fc.constantFrom('HK', 'DE', 'Atlantis') }),
      custom: fc.record({ size: fc.integer(), topics: fc.array(word, { maxLength: 2 }) }),
    },
    { requiredKeys: [] },
  )
  .map(contactWith);

const parsed = (text: string) => {
  try {
    return parseQuery(text, forgiving);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return undefined;
  }
};

describe('parseQuery', () => {
  it('reads every text, or says what is wrong and where', () => {
    fc.assert(
      fc.property(anyText, contacts, (text, contact) => {
        const query = parsed(text);
        if (query) expect([typeof fits(query, contact), rankOf(query, contact) >= 0]).toEqual(['boolean', true]);
      }),
      { numRuns: 5000 },
    );
  });

  it('makes of a text with anything in it a query that does not fit every contact', () => {
    const nothingAtAll = contactWith({ id: '~' });
    fc.assert(
      fc.property(anyText, (text) => {
        const query = parsed(text);
        if (query?.root.is === 'all' && query.root.of.length === 0) expect(text.replace(/[\s\p{DI}]/gu, '')).toBe('');
        if (query?.root.is === 'word') expect(fits(query, nothingAtAll)).toBe(query.root.forms.includes('~'));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['(', 5000],
    ['((1 ', 2500],
    ['(a OR (b ', 1100],
    ['-(a ', 2500],
    ['-(', 5000],
    ['company:(', 1100],
    ['"', 10_000],
    ['" ', 5000],
    ['-', 10_000],
    ['1 ', 5000],
    ['(1', 5000],
    ['a:', 5000],
    ['x:a ', 2500],
    [')', 10_000],
    ['OR ', 3333],
    ['NOT ', 2500],
    ['a AND ', 1700],
    ["'a ", 3333],
    ["a' 'b ", 1700],
    ['x:"', 3333],
    ['lable:VIP ', 1000],
    ['label:zzz ', 1000],
    ['type=lead ', 1000],
    ['a,', 5000],
    ['a.', 5000],
    ['*', 10_000],
    ['a@', 5000],
    ['.a@b', 2500],
    ['and ', 2500],
    ['!', 10_000],
    ['7d..', 2500],
  ])('takes %j many times over', (piece, times) => {
    const query = parsed(piece.repeat(times));
    if (query) expect(typeof fits(query, contactWith({}))).toBe('boolean');
    try {
      parseQuery(piece.repeat(times), strict);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
    }
  });

  it('reads the greatest nesting that it allows', () => {
    const nested = (depth: number) => `${'(a OR -'.repeat(depth)}b${')'.repeat(depth)}`;
    expect(fits(parseQuery(nested(500), forgiving), contactWith({ firstName: 'a' }))).toBe(true);
    expect(() => parseQuery(nested(501), forgiving)).toThrow(UsageError);
  });

  it('reads a query in full width as the same query', () => {
    const fullWidth = (text: string) =>
      text.replace(/[!-~ ]/g, (character) =>
        character === ' ' ? '\u3000' : String.fromCharCode(character.charCodeAt(0) + 0xfee0),
      );
    fc.assert(
      fc.property(pieced, (text) => {
        expect(parsed(fullWidth(text))?.root).toEqual(parsed(text)?.root);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Terms of a strict query, each right by itself. */
const terms = fc.constantFrom(
  ...[
    'maria',
    'acme',
    '"maria garcia"',
    '9123 4567',
    'company:acme',
    'company:(acme OR müller)',
    'label:VIP',
    'has:email',
  ],
  ...['missing:phone', 'created:>2026', 'created:-30d..today', 'birthday:12-24..01-06', 'noted:>-7d', 'type:lead'],
  ...['country:HK', '-garcia', '-label:"Do not call"', 'NOT has:note', '(acme OR garcia)', '-(has:email company:acme)'],
  ...['https://x.example/?a=b', 'g@müller.example', "o'brien"],
);
const joints = fc.constantFrom(' ', ' AND ', ' OR ', ' NOT ', ' OR NOT ');
const strictQueries = fc
  .array(fc.tuple(terms, joints), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([term, joint], index) => (index === 0 ? term : joint + term)).join(''));

describe('a strict query', () => {
  it('is read, or refused with what is wrong', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          expect(parseQuery(text, strict).asText).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('and its negation part all contacts between them', () => {
    fc.assert(
      fc.property(strictQueries, fc.array(contacts, { minLength: 1, maxLength: 5 }), (text, all) => {
        const query = parseQuery(text, strict);
        for (const negation of [`NOT (${text})`, `-(${text})`]) {
          const rest = parseQuery(negation, strict);
          for (const contact of all) expect(fits(rest, contact)).toBe(!fits(query, contact));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('with an unknown field selects nobody: it is refused wherever that stands', () => {
    const name = fc
      .oneof(
        fc.constantFrom(
          'lable',
          'tpye',
          'compnay',
          'lables',
          'emial',
          'x',
          'before',
          '–label',
          '!label',
          '+label',
          '.label',
          '@type',
        ),
        fc.string({ unit: fc.constantFrom(...'abelstypoÄß王_-'), minLength: 1, maxLength: 8 }),
      )
      .filter(
        (text) => /\p{L}/u.test(text) && !text.startsWith('-') && queryFieldNamed(text, strict.fields) === undefined,
      );
    const value = fc.constantFrom('VIP', 'lead', '"Do not call"', '>2026', '(a OR b)', '-7d', 'a@b.example');
    const negation = fc.constantFrom('', '-', 'NOT ', '(', '-(');
    fc.assert(
      fc.property(
        strictQueries,
        name,
        value,
        negation,
        joints,
        fc.boolean(),
        (text, field, given, not, joint, first) => {
          const unknown = `${not}${field}:${given}${not.endsWith('(') ? ')' : ''}`;
          const whole = first ? `${unknown}${joint}${text}` : `${text}${joint}${unknown}`;
          expect(() => parseQuery(whole, strict)).toThrow(UsageError);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('needles', () => {
  it('are all in the haystack of every contact that fits', () => {
    const values = fc.oneof(
      word,
      fc.constantFrom('030 12345678', '+852 9123-4567', '0049 (0)30 12345678', '"hong kong"', '"maria garcia"', 'x12'),
    );
    const fields = fc.constantFrom(
      '',
      '',
      'company:',
      'phone:',
      'name:',
      'label:',
      'country:',
      'address:',
      'email:',
      '-',
    );
    const queries = fc
      .array(fc.tuple(fields, values, fc.constantFrom(' ', ' OR ')), { minLength: 1, maxLength: 3 })
      .map((terms) => terms.map(([field, value, joint]) => `${field}${value}${joint}`).join(''));
    let fitting = 0;
    fc.assert(
      fc.property(queries, contacts, (text, contact) => {
        const query = parsed(text);
        if (!query || !fits(query, contact)) return;
        fitting++;
        const hay = haystack(contact);
        expect(needles(query).filter((needle) => !hay.includes(needle))).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
    expect(fitting).toBeGreaterThan(100);
  });
});

describe('matching', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüéñçøłßåθσςλдйё王小明カガ'),
    minLength: 1,
  });
  const changes: readonly ((text: string) => string)[] = [
    (text) => text.toUpperCase(),
    (text) => text.normalize('NFD'),
    (text) => text.replace(/[a-z]/g, (letter) => `${letter}\u0301`),
    (text) => text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    (text) => text.replace(/カ/g, 'ｶ').replace(/ガ/g, 'ｶﾞ'),
    (text) => `\u202a${text}\u202c`,
  ];

  it('does not mind case, accents and width, in the query or in the contact', () => {
    fc.assert(
      fc.property(letters, fc.nat(changes.length - 1), (text, index) => {
        const changed = changes[index]?.(text) ?? '';
        const [written, typed] = [contactWith({ company: text }), contactWith({ company: changed })];
        for (const quoted of [(value: string) => `"${value}"`, (value: string) => `company:"${value}"`]) {
          expect(fits(parseQuery(quoted(changed), forgiving), written)).toBe(true);
          expect(fits(parseQuery(quoted(text), forgiving), typed)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds a contact by each word of its own texts', () => {
    fc.assert(
      fc.property(contacts, (contact) => {
        const texts = [contact.firstName, contact.company, ...contact.labels, ...contact.notes.map(({ text }) => text)];
        for (const text of texts.flatMap((value) => value ?? [])) {
          const quoted = text.replace(/["“”„＂]/g, ' ').trim();
          // A text of nothing that can be seen, such as U+FFA0, is nothing to ask for.
          if (quoted !== text || plainText(text).trim() === '') continue;
          expect([text, fits(parseQuery(`"${text}"`, forgiving), contact)]).toEqual([text, true]);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
