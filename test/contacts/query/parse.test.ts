import { describe, expect, it } from 'vitest';
import { allOf, parseQuery, type QueryLanguage } from '../../../src/contacts/query/parse.js';
import type { QueryNode, Test } from '../../../src/contacts/query/query.js';
import { UsageError } from '../../../src/errors.js';
import { forgiving, strict, withoutFields } from './fields.js';

const bounds = ({ low, high }: Test & { readonly by: 'range' }): string =>
  [low && `${low.excluded ? '>' : '>='}${low.value}`, high && `${high.excluded ? '<' : '<='}${high.value}`]
    .filter(Boolean)
    .join('&');

/** A tree in brief: `word`, `[one form|another]`, `path~part`, `path=whole`, `(all of these)`, `{any, of, these}`. */
const brief = (node: QueryNode): string => {
  switch (node.is) {
    case 'word':
      return node.forms.length === 1 && !/[ ,]/.test(node.forms[0] ?? '')
        ? (node.forms[0] ?? '')
        : `[${node.forms.join('|')}]`;
    case 'near':
      return `~${node.text}`;
    case 'all':
      return `(${node.of.map(brief).join(' ')})`;
    case 'any':
      return `{${node.of.map(brief).join(', ')}}`;
    case 'not':
      return `-${brief(node.node)}`;
    case 'present':
      return `${node.paths.join('+')}?`;
    case 'field': {
      const { test } = node;
      if (test.by === 'range') return `${node.paths.join('+')}${bounds(test)}`;
      if (test.by === 'monthDay') return `${node.paths.join('+')}@${test.first}..${test.last}`;
      return `${node.paths.join('+')}${test.by === 'part' ? '~' : '='}${test.texts.join('|')}`;
    }
  }
};
const read = (text: string): string => brief(parseQuery(text, forgiving).root);

describe('words and phrases', () => {
  it.each([
    ['', '()'],
    [' \n\t ', '()'],
    ['Garcia', 'garcia'],
    ['García  MÜLLER', '(garcia muller)'],
    ['"maria  garcia"', '[maria garcia]'],
    ['say "maria garcia" now', '(say [maria garcia] now)'],
    ['“maria garcia”', '[maria garcia]'],
    ["O'Brien", "o'brien"],
    ['R&D', 'r&d'],
    ['AT&T (HK)', '(at&t hk)'],
    ['5" pipe', '(5" pipe)'],
    ['http://x.y/z?a=b:c', 'http://x.y/z?a=b:c'],
    ['https://en.example/wiki/Foo_(bar)', 'https://en.example/wiki/foo_(bar)'],
    ['AT&T(HK office)', '(at&t(hk office)'],
    ['unknown:lead', 'unknown:lead'],
    ['x:', 'x:'],
    ['12:30', '12:30'],
    ['foo)', 'foo'],
    ['foo) bar', '(foo bar)'],
    ['(foo', 'foo'],
    ['a (b OR c', '(a {b, c})'],
    ['"open door', '(open door)'],
    ['say "', 'say'],
    ['ｇａｒｃｉａ　ｍａｒｉａ', '(garcia maria)'],
    ['王小明', '王小明'],
  ])('%j', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it.each([
    ['"', '"'],
    ['""', '""'],
    ['()', '()'],
    [' ( " ) ', '[( " )]'],
    ['OR', 'or'],
    ['-', '-'],
    ['-()', '-()'],
    ['OR OR', '[or or]'],
  ])('%j is nothing but marks, and so text', (text, forms) => {
    expect(read(text)).toBe(forms);
  });
});

describe('not, OR and parentheses', () => {
  it.each([
    ['-garcia', '-garcia'],
    ['maria -garcia', '(maria -garcia)'],
    ['maria - garcia', '(maria garcia)'],
    ['mary-jane', 'mary-jane'],
    ['--x', '--x'],
    ['-"maria garcia"', '-[maria garcia]'],
    ['-(a b) c', '(-(a b) c)'],
    ['-type:lead', '-type=lead'],
    ['-(-a)', '--a'],
    ['a OR b', '{a, b}'],
    ['a b OR c d', '{(a b), (c d)}'],
    ['a (b OR c) d', '(a {b, c} d)'],
    ['a or b', '(a or b)'],
    ['a "OR" b', '(a or b)'],
    ['a -OR b', '(a -or b)'],
    ['a OR', 'a'],
    ['OR a', 'a'],
    ['a OR OR b', '{a, b}'],
    ['a OR ()', 'a'],
    ['(((a)))', 'a'],
    ['(a OR b)(c OR d)', '({a, b} {c, d})'],
  ])('%j', (text, tree) => {
    expect(read(text)).toBe(tree);
  });
});

describe('phone numbers', () => {
  it.each([
    ['91234567', '91234567'],
    ['9123 4567', '[9123 4567|91234567]'],
    ['(852) 9123-4567', '[(852) 9123-4567|85291234567]'],
    ['+852 9123 4567 -garcia', '([+852 9123 4567|85291234567] -garcia)'],
    ['9123 4567 OR 9876 5432', '{[9123 4567|91234567], [9876 5432|98765432]}'],
    ['-9123 4567', '-[9123 4567|91234567]'],
    ['maria 9123.4567 garcia', '(maria [9123.4567|91234567] garcia)'],
    ['9123 - 4567', '(9123 4567)'],
    ['9123 4567abc', '(9123 4567abc)'],
    ['12345abc', '12345abc'],
    ['1234', '1234'],
    ['12 34', '(12 34)'],
    ['00 852', '[00 852|00852]'],
    ['\u200e9123 4567', '[9123 4567|91234567]'],
    ['12345', '12345'],
    ['(9123 4567)', '[9123 4567|91234567]'],
    ['((852) 9123-4567)', '[(852) 9123-4567|85291234567]'],
    ['-(9123 4567)', '-[9123 4567|91234567]'],
    ['(9123 4567 OR garcia)', '{[9123 4567|91234567], garcia}'],
    ['((852) 9123-4567 OR garcia)', '{[(852) 9123-4567|85291234567], garcia}'],
    ['(type:lead 9123 4567)', '(type=lead [9123 4567|91234567])'],
    ['9123 4567 (HK)', '([9123 4567|91234567] hk)'],
    ['００８５２　９１２３　４５６７', '[00852 9123 4567|0085291234567|85291234567|085291234567]'],
    ['030 1234567', '[030 1234567|0301234567|301234567]'],
    ['+49 (0)30 123456', '[+49 (0)30 123456|49030123456|4930123456]'],
    ['\u202a+852 9123\u20114567\u202c', '[+852 9123‐4567|85291234567]'],
    ['192.168.1.10', '[192.168.1.10|192168110]'],
    ['2026-01-01', '2026-01-01'],
    ['2026-01', '2026-01'],
    ['31.12.2026', '31.12.2026'],
    ['01/31/2026', '[01/31/2026|2026-01-31]'],
    ['2026-01-01 9123 4567', '(2026-01-01 [9123 4567|91234567])'],
    ['9123 4567 2026-01-01', '([9123 4567|91234567] 2026-01-01)'],
    ['2026-01-015', '[2026-01-015|202601015]'],
    ['9123-45-67', '[9123-45-67|91234567]'],
  ])('%j', (text, tree) => {
    expect(read(text)).toBe(tree);
  });
});

describe('fields', () => {
  it.each([
    ['type:lead', 'type=lead'],
    ['TYPE:Lead', 'type=lead'],
    ['ｔｙｐｅ：ｌｅａｄ', 'type=lead'],
    ['first-name:José', 'firstName~jose'],
    ['firstName:jose', 'firstName~jose'],
    ['given_name:jose', 'firstName~jose'],
    ['vorname:jose', 'firstName~jose'],
    ['company:"Acme  Ltd" x', '(company~acme ltd x)'],
    ['company:a..b', 'company~a..b'],
    ['company:">5"', 'company~>5'],
    ['company:-x', 'company~-x'],
    ['company:O"Neil', 'company~o"neil'],
    ['label:VIP', 'labels=vip'],
    ['tags:vip', 'labels=vip'],
    ['country:HK', 'address.country=hk'],
    ['country:germany', 'address.country=germany|de'],
    ['country:"hong kong"', 'address.country=hong kong|hk'],
    ['country:Atlantis', 'address.country=atlantis'],
    ['lang:ja', 'language=ja'],
    ['language:"Traditional Chinese"', 'language=zh-hant'],
    ['lang:日本語', 'language=ja'],
    ['role:agent', 'role=agent'],
    ['role:"Team Lead"', 'role=team lead'],
    ['ext:204', 'extension=204'],
    ['name:"maria garcia"', 'name~maria garcia'],
    ['id:k3v9', 'id~k3v9'],
    ['category:internal', 'category=internal'],
    ['full-name:maria', 'name~maria'],
    ['createdBy:ana', 'createdBy~ana'],
    ['email:@acme.example', 'emails~@acme.example'],
    ['work-email:maria', 'emails.work~maria'],
    ['note:quote', 'notes~quote'],
    ['address:germany', 'address+countryNames~germany'],
    ['social:maria', 'social~maria'],
    ['custom:large', 'custom~large'],
    ['zip:10117 20', '(address.zipCode~10117 20)'],
    ['company:OR x', '(company~or x)'],
    ['zip:10117', 'address.zipCode~10117'],
    ['phone:9123 4567 garcia', '(phones~9123 4567|91234567 garcia)'],
    ['phone:(852) 9123-4567', 'phones~(852) 9123-4567|85291234567'],
    ['phone:"9123 4567"', 'phones~9123 4567|91234567'],
    ['phone:9123', 'phones~9123'],
    ['mobile:+852 9123 4567', 'phones.mobile~+852 9123 4567|85291234567'],
    ['tel:+85291234567', 'phones~+85291234567|85291234567'],
    ['plan:basic', 'custom.plan=basic'],
    ['plan:"tres grand"', 'custom.plan=tres grand'],
    ['topics:press', 'custom.topics=press'],
    ['newsletter:YES', 'custom.newsletter=true'],
    ['newsletter:false', 'custom.newsletter=false'],
    ['shoe-size:42', 'custom.size>=42&<=42'],
    ['custom.size:>-1.5', 'custom.size>-1.5'],
    ['size:<=40', 'custom.size<=40'],
    ['size:9..10', 'custom.size>=9&<=10'],
    ['renewal:2026-02', 'custom.renewal>=2026-02-01&<=2026-02-28'],
    ['created:2026', 'createdAt>=2026-01-01&<=2026-12-31'],
    ['created:2026-1-5', 'createdAt>=2026-01-05&<=2026-01-05'],
    ['birth-date:05/12/1990', 'birthDate>=1990-05-12&<=1990-05-12'],
    ['created:>2026-01-01', 'createdAt>2026-01-01'],
    ['created:>2026', 'createdAt>2026-12-31'],
    ['created:>=2026', 'createdAt>=2026-01-01'],
    ['created:<2026', 'createdAt<2026-01-01'],
    ['created:<=2026', 'createdAt<=2026-12-31'],
    ['updated:2026-01-01..2026-02-01', 'updatedAt>=2026-01-01&<=2026-02-01'],
    ['updated:2026-01-01..', 'updatedAt>=2026-01-01'],
    ['updated:..2026-02', 'updatedAt<=2026-02-28'],
    ['created:2024-02', 'createdAt>=2024-02-01&<=2024-02-29'],
    ['has:email', 'emails?'],
    ['missing:phone', '-phones?'],
    ['has:birth-date -has:createdBy', '(birthDate? -createdBy?)'],
    ['has:(email phone)', '(emails? phones?)'],
    ['missing:"Shoe Size"', '-custom.size?'],
    ['company:(acme OR "globex corp")', '{company~acme, company~globex corp}'],
    ['-company:(acme -ltd)', '-(company~acme -company~ltd)'],
    ['company:(acme (a OR b)) c', '((company~acme {company~a, company~b}) c)'],
    ['phone:(9123 OR 9876 5432)', '{phones~9123, phones~9876 5432|98765432}'],
  ])('%j', (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it('knows those alone that it is given', () => {
    expect(brief(parseQuery('type:x email:x', withoutFields).root)).toBe('(type:x emails~x)');
  });
});

const thrownBy = (text: string, language: QueryLanguage): UsageError => {
  try {
    parseQuery(text, language);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
};

describe('what cannot be read', () => {
  it.each([
    [
      'maria company:"acme corp',
      ['The quotation mark after Company is not closed:', '  maria company:"acme corp', '                ^'],
      'Close it with another quotation mark.',
    ],
    [
      'company:(acme OR globex',
      ['The parenthesis after Company is not closed:', '  company:(acme OR globex', '          ^'],
      'Close it with ")".',
    ],
    [
      '公司:(王 x',
      ['The parenthesis after Company is not closed:', '  公司:(王 x', '  \u3000\u3000 ^'],
      'Close it with ")".',
    ],
    [
      'company: acme',
      ['Nothing stands after "company:":', '  company: acme', '          ^'],
      'Write the value after the colon without a space, or "company:" in quotation marks if it is text.',
    ],
    [
      '(has:)',
      ['Nothing stands after "has:":', '  (has:)', '       ^'],
      'Write the value after the colon without a space, or "has:" in quotation marks if it is text.',
    ],
    [
      'company:""',
      ['Nothing stands after "Company:":', '  company:""', '           ^'],
      'Write missing:NAME for contacts without a value.',
    ],
    [
      'has:wings',
      ['There is no field "wings":', '  has:wings', '      ^'],
      'Name a field by its label, flag or JSON key; "contacts schema" lists them.',
    ],
    [
      'has:missing',
      ['There is no field "missing":', '  has:missing', '      ^'],
      'Name a field by its label, flag or JSON key; "contacts schema" lists them.',
    ],
    [
      'type:leed',
      ['Type cannot be "leed":', '  type:leed', '       ^'],
      'Did you mean type:Lead? It is one of Lead, Prospect, Customer, Other.',
    ],
    [
      'category:staff',
      ['Category cannot be "staff":', '  category:staff', '           ^'],
      'It is one of external, internal.',
    ],
    ['plan:huge', ['Plan cannot be "huge":', '  plan:huge', '       ^'], 'It is one of Basic, Très Grand.'],
    ['topics:art', ['Topics cannot be "art":', '  topics:art', '         ^'], 'It is one of Sales, Press.'],
    [
      'lang:klingon',
      ['Language cannot be "klingon":', '  lang:klingon', '       ^'],
      'It is one of English (en), Japanese (ja), Simplified Chinese (zh-Hans), Traditional Chinese (zh-Hant).',
    ],
    ['newsletter:maybe', ['Newsletter cannot be "maybe":', '  newsletter:maybe', '             ^'], 'It is yes or no.'],
    [
      'size:large',
      ['Shoe Size cannot be compared with "large":', '  size:large', '       ^'],
      'Write a number such as 12 or -3.5, >12, or 12..20.',
    ],
    [
      'size:10..9',
      ['The range ends before it starts:', '  size:10..9', '       ^'],
      'Write the lower end first: 9..10.',
    ],
    [
      'created:2026-02-01..2026-01-01',
      ['The range ends before it starts:', '  created:2026-02-01..2026-01-01', '          ^'],
      'Write the lower end first: 2026-01-01..2026-02-01.',
    ],
    [
      'size:..',
      ['The range has neither a start nor an end:', '  size:..', '       ^'],
      'Write a number such as 12 or -3.5, >12, or 12..20.',
    ],
    [
      'created:2026-02-30',
      ['Created cannot be compared with "2026-02-30":', '  created:2026-02-30', '          ^'],
      'Write a day (2026-01-31, 01/31/2026, today, -7d), a month (2026-01), a year (2026), a time with its zone (2026-01-31T09:00Z), >2026-01-31, or 2026-01..2026-03.',
    ],
    [
      'created:2026-13',
      ['Created cannot be compared with "2026-13":', '  created:2026-13', '          ^'],
      'Write a day (2026-01-31, 01/31/2026, today, -7d), a month (2026-01), a year (2026), a time with its zone (2026-01-31T09:00Z), >2026-01-31, or 2026-01..2026-03.',
    ],
    [
      'created:>',
      ['Created cannot be compared with "":', '  created:>', '          ^'],
      'Write a day (2026-01-31, 01/31/2026, today, -7d), a month (2026-01), a year (2026), a time with its zone (2026-01-31T09:00Z), >2026-01-31, or 2026-01..2026-03.',
    ],
    [
      'company:>5',
      ['Company cannot be compared with > or <:', '  company:>5', '          ^'],
      'These are for dates and numbers. Put the value in quotation marks if it is text.',
    ],
    [
      `${'word '.repeat(20)}type:leed${' word'.repeat(20)}`,
      ['Type cannot be "leed":', `  …${'word '.repeat(7)}type:leed${' word'.repeat(5)} …`, `  ${' '.repeat(41)}^`],
      'Did you mean type:Lead? It is one of Lead, Prospect, Customer, Other.',
    ],
    [
      'a\ntype:leed',
      ['Type cannot be "leed":', '  a type:leed', '         ^'],
      'Did you mean type:Lead? It is one of Lead, Prospect, Customer, Other.',
    ],
  ])('%j', (text, message, hint) => {
    expect(thrownBy(text, strict)).toMatchObject({ message: message.join('\n'), hint });
    if (!/ cannot be "/.test(message[0] ?? '')) expect(thrownBy(text, forgiving)).toMatchObject({ hint });
  });
});

describe('allOf', () => {
  it('wants all queries', () => {
    const [one, other] = [parseQuery('a OR b', forgiving), parseQuery('c', forgiving)];
    expect(brief(allOf([one, other]).root)).toBe('({a, b} c)');
    expect(allOf([one, other]).text).toBe('a OR b c');
    expect(allOf([one]).root).toBe(one.root);
    expect(brief(allOf([]).root)).toBe('()');
  });
});
