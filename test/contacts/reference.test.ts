import { describe, expect, it } from 'vitest';
import { ambiguousReference, findIdentified, findReference } from '../../src/contacts/reference.js';
import type { Contact } from '../../src/fields/contact.js';
import { contactWith, lookupIn } from './sample-contact.js';

const people: readonly Contact[] = [
  contactWith({
    id: 'k3v9x2m4p7qr',
    firstName: 'Maria',
    lastName: 'García',
    emails: ['maria@acme.example'],
    phones: ['+85291234567'],
    mergedIds: ['zzzz22223333'],
  }),
  contactWith({ id: 'k3v9yyyyyyyy', firstName: 'Seán', lastName: 'O’Brien', phones: ['+353861234567'] }),
  contactWith({ id: 'bbbb22223333', firstName: 'Ana', phones: ['+85228765432;ext=12'], company: 'Acme' }),
  contactWith({ id: 'cccc22223333', firstName: 'Ben', phones: ['+85228765432;ext=13'], company: 'Acme' }),
  contactWith({ id: 'dddd22223333', company: 'Acme', phones: ['+85228765432'], emails: ['info@acme.example'] }),
  contactWith({ id: 'ffff22223333', firstName: '小明', lastName: '王', phones: ['+886912345678'] }),
  contactWith({ id: 'gggg22223333', firstName: 'Uwe', phones: ['+493012345678'] }),
  contactWith({ id: 'hhhh22223333', firstName: 'Eve', phones: ['+14155552671'] }),
  contactWith({ id: 'jjjj22223333', firstName: 'Bo', category: 'internal', extension: '204' }),
  contactWith({ id: 'mmmm22223333', firstName: 'Ivan', phones: ['+79123456789'] }),
];
const idsFor = async (reference: string, parsePhone?: (text: string) => string | undefined) =>
  (await findReference(reference, lookupIn(people), parsePhone)).map(({ id }) => id.slice(0, 4)).join(' ');

describe('findReference', () => {
  it.each([
    ['an id', 'k3v9x2m4p7qr', 'k3v9'],
    ['an id in capitals and full width', 'Ｋ3V9X2M4P7QR', 'k3v9'],
    ['an id that was merged into another', 'zzzz22223333', 'k3v9'],
    ['a prefix', 'k3v9x', 'k3v9'],
    ['a prefix that a table cut', 'k3v9x…', 'k3v9'],
    ['a name that a table cut', 'maria garcia …', 'k3v9'],
    ['nothing but the sign of a cut', '…', ''],
    ['a prefix that several have', 'k3v9', 'k3v9 k3v9'],
    ['a prefix of three', 'k3v', ''],
    ['an email address', 'MARIA@acme.example', 'k3v9'],
    ['E.164', '+85291234567', 'k3v9'],
    ['E.164 in groups', ' +852 9123-4567 ', 'k3v9'],
    ['the prefix 00', '00 852 9123 4567', 'k3v9'],
    ['the prefix 011', '011 852 9123 4567', 'k3v9'],
    ['a country code without a plus', '852 9123 4567', 'k3v9'],
    ['a national number', '9123 4567', 'k3v9'],
    ['a national number in full width', '９１２３　４５６７', 'k3v9'],
    ['a number with non-breaking hyphens', '9123\u20114567', 'k3v9'],
    ['a trunk prefix', '0912 345 678', 'ffff'],
    ['a trunk prefix in parentheses', '+49 (0)30 12345678', 'gggg'],
    ['an area code in parentheses', '(415) 555-2671', 'hhhh'],
    ['dots', '415.555.2671', 'hhhh'],
    ['a tel: address', 'tel:+85291234567', 'k3v9'],
    ['another country code', '+1 9123 4567', ''],
    ['a plus before a national number', '+9123 4567', ''],
    ['a part of a number', '1234567', ''],
    ['a number that several have', '2876 5432', 'bbbb cccc dddd'],
    ['an extension', '2876 5432 ext. 12', 'bbbb'],
    ['an extension as x', '+852 2876 5432 x13', 'cccc'],
    ['an extension as RFC 3966 writes it', 'tel:+85228765432;ext=12', 'bbbb'],
    ['an extension that nobody has', '2876 5432 #99', 'dddd'],
    ['a full name', 'maria garcia', 'k3v9'],
    ['a full name, family name first', 'GARCIA, Maria', 'k3v9'],
    ['a name with an apostrophe', "sean o'brien", 'k3v9'],
    ['a Han name', '王小明', 'ffff'],
    ['a Han name with a space', '王 小明', 'ffff'],
    ['a part of a name', 'maria', ''],
    ['a company that has no other name', 'ACME', 'dddd'],
    ['an extension number of staff', '204', 'jjjj'],
    ['nothing', '  ', ''],
    ['an unknown text', 'nobody', ''],
  ])('%s: %j finds %j', async (_what, reference, ids) => {
    expect(await idsFor(reference)).toBe(ids);
  });

  it('asks the phone parser only where plain digits find nothing, without the extension', async () => {
    const asked: string[] = [];
    const parse = (text: string) => {
      asked.push(text);
      return text === '8 (912) 345-67-89' ? '+79123456789' : undefined;
    };
    expect(await idsFor('9123 4567', parse)).toBe('k3v9');
    expect(asked).toEqual([]);
    expect(await idsFor('8 (912) 345-67-89', parse)).toBe('mmmm');
    expect(await idsFor('8 (912) 345-67-89 ext 5', parse)).toBe('mmmm');
    expect(asked).toEqual(['8 (912) 345-67-89', '8 (912) 345-67-89']);
  });

  it('gives a contact once, whatever it is found by', async () => {
    const both = contactWith({ firstName: '91234567', phones: ['+85291234567'] });
    expect(await findReference('91234567', lookupIn([both]))).toEqual([both]);
  });
});

describe('ambiguousReference', () => {
  it('lists the contacts', async () => {
    const found = await findReference('2876 5432', lookupIn(people));
    expect(ambiguousReference('2876 5432', found)).toMatchObject({
      message: [
        '"2876 5432" matches 3 contacts:',
        '  Ana, Acme, +85228765432;ext=12 (bbbb22223333)',
        '  Ben, Acme, +85228765432;ext=13 (cccc22223333)',
        '  Acme, info@acme.example (dddd22223333)',
      ].join('\n'),
      hint: 'Use the id in parentheses.',
    });
  });

  it('lists ten at most', () => {
    const many = Array.from({ length: 12 }, (_, index) => contactWith({ id: `id${index}`, firstName: 'Ana' }));
    const lines = ambiguousReference('ana', many).message.split('\n');
    expect(lines).toHaveLength(12);
    expect(lines.slice(-2)).toEqual(['  Ana (id9)', '  and 2 more']);
  });
});

describe('findIdentified', () => {
  const parsePhone = (text: string): string | undefined => (text === '8 (912) 345-67-89' ? '+79123456789' : undefined);
  const idsOf = async (texts: readonly string[]): Promise<readonly string[]> => {
    let lookups = 0;
    const lookup = lookupIn(people);
    const counting: typeof lookup = (keys) => {
      lookups += 1;
      return lookup(keys);
    };
    const found = await findIdentified(texts, counting, parsePhone);
    expect(lookups).toBeLessThanOrEqual(2);
    return found.map((contacts) => contacts.map(({ id }) => id.slice(0, 4)).join(' '));
  };

  it('finds ids, addresses and numbers, many at once', async () => {
    const wanted: readonly (readonly [string, string])[] = [
      ['K3V9X2M4P7QR', 'k3v9'],
      ['zzzz22223333', 'k3v9'],
      ['k3v9x', ''],
      ['MARIA@acme.example', 'k3v9'],
      ['nobody@acme.example', ''],
      ['9123 4567', 'k3v9'],
      ['2876 5432', 'bbbb cccc dddd'],
      ['2876 5432 ext. 12', 'bbbb'],
      ['8 (912) 345-67-89', 'mmmm'],
      ['maria garcia', ''],
      ['', ''],
    ];
    expect(await idsOf(wanted.map(([text]) => text))).toEqual(wanted.map(([, ids]) => ids));
  });

  it('asks for nothing where nothing is wanted', async () => {
    expect(await findIdentified([], () => Promise.reject(new Error('It asked.')), parsePhone)).toEqual([]);
  });
});
