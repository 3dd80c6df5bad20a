import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits, haystack, needles } from '../../../src/contacts/query/match.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import { plainText } from '../../../src/contacts/query/plain-text.js';
import { contactWith } from '../sample-contact.js';
import { forgiving } from './fields.js';

const maria = contactWith({
  firstName: 'María José',
  lastName: "O'Brien García",
  type: 'Prospect',
  level: 'Primary',
  company: 'Ácme Trading (HK) Ltd',
  jobTitle: 'Head of R&D',
  department: 'Research',
  birthDate: '1990-05-12',
  language: 'zh-Hant',
  group: 'Fair 2025',
  labels: ['VIP', 'Trade Press'],
  phones: [
    { kind: 'mobile', number: '+85291234567' },
    { kind: 'work', number: '+493012345678;ext=42' },
  ],
  emails: [{ kind: 'personal', address: 'Maria@Example.Org' }],
  address: { street: '1 Nathan Road', city: 'Kowloon', country: 'HK', zipCode: '999077' },
  social: { line: 'mariaob', whatsapp: '+14155552671' },
  custom: { size: 42, renewal: '2026-02-14', newsletter: true, plan: 'Très Grand', topics: ['Sales', 'Press'] },
  notes: ['Called on Monday,\nwants\ta  quote.', 'Ref 2024-ÄB/7 https://x.example/z?a=b:c at 12:30'],
  mergedIds: ['zzzz22223333'],
});
const wang = contactWith({ id: 'wwww22223333', firstName: '小明', lastName: '王', phones: ['+886933345678'] });
const bo = contactWith({
  id: 'bbbb22223333',
  category: 'internal',
  firstName: 'Bo',
  role: 'Night Porter',
  extension: '204',
  availability: 'Busy',
  timeZone: 'Asia/Tokyo',
});
const fitting = (text: string): string => {
  const query = parseQuery(text, forgiving);
  return [maria, wang, bo]
    .filter((contact) => fits(query, contact))
    .map((contact) => contact.firstName?.split(' ')[0])
    .join(' ');
};

describe('fits', () => {
  it.each([
    ['', 'María 小明 Bo'],
    ['jose', 'María'],
    ['JOSÉ garcia', 'María'],
    ['jose smith', ''],
    ['"maria jose o\'brien"', 'María'],
    ['"garcia maria"', 'María'],
    ['"jose trading"', ''],
    ["o'brien", 'María'],
    ['acme r&d', 'María'],
    ['"trading (hk)"', 'María'],
    ['trading (HK)', 'María'],
    ['research', 'María'],
    ['"fair 2025"', 'María'],
    ['"trade press"', 'María'],
    ['maria@example.org', 'María'],
    ['nathan kowloon', 'María'],
    ['"hong kong"', 'María'],
    ['mariaob', 'María'],
    ['"tres grand"', 'María'],
    ['"monday, wants a quote."', 'María'],
    ['https://x.example/z?a=b:c', 'María'],
    ['12:30', 'María'],
    ['2024-äb/7', 'María'],
    ['1990-05-12', 'María'],
    ['05/12/1990', 'María'],
    ['ext 42', 'María'],
    ['x42', 'María'],
    ['k3v9x2m4p7qr', 'María'],
    ['zzzz22223333', 'María'],
    ['prospect', ''],
    ['porter', 'Bo'],
    ['204', 'Bo'],
    ['tokyo', 'Bo'],
    ['busy', ''],
    ['王小明', '小明'],
    ['王 小明', '小明'],
    ['"小明 王"', '小明'],
  ])('the words %j: %s', (text, names) => {
    expect(fitting(text)).toBe(names);
  });

  it.each([
    ['9123 4567', 'María'],
    ['(852) 9123-4567', 'María'],
    ['+852 9123 4567', 'María'],
    ['00852 91234567', 'María'],
    ['011-852-9123-4567', 'María'],
    ['+853 9123 4567', ''],
    ['34567', 'María 小明'],
    ['030 12345678', 'María'],
    ['+49 (0)30 12345678', 'María'],
    ['0933-345-678', '小明'],
    ['+1 415 555 2671', 'María'],
    ['999077', 'María'],
    ['99 9077', 'María'],
    ['-9123 4567', '小明 Bo'],
    ['9123 4567 -garcia', ''],
    ['9123 4567 OR 0933 345 678', 'María 小明'],
  ])('the number %j: %s', (text, names) => {
    expect(fitting(text)).toBe(names);
  });

  it.each([
    ['type:prospect', 'María'],
    ['type:lead', ''],
    ['company:ácme', 'María'],
    ['company:trade', ''],
    ['label:vip', 'María'],
    ['label:trade', ''],
    ['label:"trade press"', 'María'],
    ['country:HK', 'María'],
    ['country:"Hong Kong"', 'María'],
    ['country:hong', ''],
    ['address:"hong kong"', 'María'],
    ['lang:zh-hant', 'María'],
    ['lang:"traditional chinese"', 'María'],
    ['lang:en', ''],
    ['name:"garcia maria"', 'María'],
    ['name:王小明', '小明'],
    ['name:acme', ''],
    ['phone:9123 4567', 'María'],
    ['phone:0933 345 678', '小明'],
    ['phone:14155552671', ''],
    ['whatsapp:(415) 555-2671', 'María'],
    ['work-phone:9123', ''],
    ['mobile:9123', 'María'],
    ['email:@example.org', 'María'],
    ['work-email:maria', ''],
    ['note:"wants a quote"', 'María'],
    ['social:415555', 'María'],
    ['custom:press', 'María'],
    ['plan:"très grand"', 'María'],
    ['topics:press', 'María'],
    ['newsletter:yes', 'María'],
    ['newsletter:no', ''],
    ['size:42', 'María'],
    ['size:>41.5', 'María'],
    ['size:>42', ''],
    ['size:<42', ''],
    ['size:9..100', 'María'],
    ['size:>100', ''],
    ['size:>9', 'María'],
    ['renewal:2026-02', 'María'],
    ['renewal:<2026-02-14', ''],
    ['renewal:<=02/14/2026', 'María'],
    ['birth-date:1990', 'María'],
    ['created:2026-03-01', 'María 小明 Bo'],
    ['created:>2026-03-01', ''],
    ['created:>=2026-03-01', 'María 小明 Bo'],
    ['updated:..2026-04-01', ''],
    ['updated:2026-04-02..2026-04-02', 'María 小明 Bo'],
    ['createdBy:ana', 'María 小明 Bo'],
    ['category:internal', 'Bo'],
    ['ext:204', 'Bo'],
    ['ext:20', ''],
    ['role:"night porter"', 'Bo'],
    ['role:porter', ''],
    ['availability:busy', 'Bo'],
    ['tz:tokyo', 'Bo'],
    ['has:email', 'María'],
    ['has:phone', 'María 小明'],
    ['missing:phone', 'Bo'],
    ['has:work-email', ''],
    ['has:name', 'María 小明 Bo'],
    ['has:note has:address has:social has:custom has:size', 'María'],
    ['missing:label', '小明 Bo'],
    ['company:(acme OR globex)', 'María'],
    ['-company:(acme OR globex)', '小明 Bo'],
    ['(role:agent OR type:prospect) maria', 'María'],
    ['-type:prospect', '小明 Bo'],
    ['ｔｙｐｅ：ｐｒｏｓｐｅｃｔ', 'María'],
  ])('%j: %s', (text, names) => {
    expect(fitting(text)).toBe(names);
  });
});

it('compares numbers by all of their digits', () => {
  const large = contactWith({ custom: { size: 12_345_678_901 } });
  expect(fits(parseQuery('size:12345678901', forgiving), large)).toBe(true);
  expect(fits(parseQuery('size:1234567890', forgiving), large)).toBe(false);
});

describe('haystack', () => {
  it('is one line of folded text with every value once or more', () => {
    const texts = haystack(bo).split('\x1f');
    expect(texts).toEqual(['bo', 'night porter', 'asia/tokyo', '204', 'bbbb22223333']);
    expect(haystack(maria)).not.toMatch(/[\r\n\t]/);
  });

  it('does not put two values together', () => {
    expect(haystack(contactWith({ company: 'Acme', jobTitle: 'Chef' }))).toBe('acme\x1fchef\x1fk3v9x2m4p7qr');
  });

  it('folds each text as if it stood alone', () => {
    const text = fc
      .array(fc.constantFrom('A', 'b', '7', '~', ' ', '  ', '\t', 'É', 'ß', '\u00a0', '\x1f'), { minLength: 1 })
      .map((signs) => signs.join(''));
    fc.assert(
      fc.property(text, text, (company, jobTitle) => {
        const folded = [company, jobTitle, 'k3v9x2m4p7qr'].map(plainText);
        expect(haystack(contactWith({ company, jobTitle }))).toBe(folded.join('\x1f'));
      }),
    );
  });
});

describe('needles', () => {
  it.each([
    ['', []],
    ['García "maria jose"', ['garcia', 'maria jose']],
    ['a a -b (c d) (e OR f)', ['a', 'c', 'd']],
    ['company:acme type:lead has:email created:2026', ['acme']],
    ['createdBy:ana', []],
    ['label:vip', ['vip']],
    ['country:germany', []],
    ['+852 9123-4567', ['852', '9123', '4567']],
    ['030 1234567', ['30', '1234567']],
    ['00852 9123 4567', ['852', '9123', '4567']],
    ['011 852 9123', ['852', '9123']],
    ['05/12/1990', ['5', '12', '1990']],
    ['phone:9123 4567', ['9123', '4567']],
  ])('of %j are %j', (text, expected) => {
    expect(needles(parseQuery(text, forgiving))).toEqual(expected);
  });
});
