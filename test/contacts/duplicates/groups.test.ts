import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelyScore } from '../../../src/contacts/duplicates/evidence.js';
import { createDuplicateSearch, type DuplicateGroup } from '../../../src/contacts/duplicates/groups.js';
import type { Contact } from '../../../src/fields/contact.js';
import { buildContact, mobile, numberedId, workEmail, workPhone } from '../../helpers/build-contact.js';

type Given = Partial<Contact>;

const groupsOf = (
  given: readonly Given[],
  apart: readonly (readonly [number, number])[] = [],
  score = likelyScore,
): readonly DuplicateGroup[] => {
  const search = createDuplicateSearch();
  for (const [number, data] of given.entries()) search.add(buildContact({ id: numberedId(number), ...data }));
  return search.groups(
    score,
    apart.map(([one, other]) => [numberedId(one), numberedId(other)]),
  );
};

/** The places in the list of each group's contacts. */
const placesOf = (groups: readonly DuplicateGroup[], count: number): readonly (readonly number[])[] => {
  const ids = Array.from({ length: count }, (_, number) => numberedId(number));
  return groups.map((group) => group.ids.map((id) => ids.indexOf(id)));
};

const person = (firstName: string, lastName: string, more: Given = {}): Given => ({ firstName, lastName, ...more });
const house = { street: '12 Mitchell Street', city: 'Rosebud', zipCode: '3939' };

describe('one person', () => {
  it.each<[string, Given, Given, readonly string[]]>([
    [
      'an email address and a name',
      person('Maria', 'García', { emails: [workEmail('maria@acme.example')] }),
      person('María', 'Garcia', { emails: [workEmail('MARIA@acme.example')] }),
      ['same email', 'same name'],
    ],
    [
      'an address without a name',
      { emails: [workEmail('m@x.example')] },
      person('Bob', 'Lee', { emails: [workEmail('m@x.example')] }),
      ['same email'],
    ],
    [
      'a mobile and a nickname',
      person('Robert', 'Miller', { phones: [mobile('+85291234567')] }),
      person('Bob', 'Miller', { phones: [mobile('+85291234567')] }),
      ['same mobile', 'names 0.98 alike'],
    ],
    [
      'swapped names, a typing error and a birth date',
      person('Benjamin', 'Campbell', { birthDate: '1980-05-27' }),
      person('Cambpell', 'Benjamin', { birthDate: '1980-05-27' }),
      ['names 0.99 alike', 'same birth date'],
    ],
    [
      'a name that is missing on one side, a birth date and an address',
      person('Emily', "O'Brien", { birthDate: '1937-06-27', address: house }),
      { lastName: 'OBrien', birthDate: '1937-06-27', address: { ...house, street: '12 Mitchel St' } },
      ['same birth date', 'same street', 'same name', 'same zip code'],
    ],
    [
      'one digit of a date, and a letter',
      person('Emily', 'Novak', { birthDate: '1937-06-27', address: house }),
      person('Emilly', 'Novak', { birthDate: '1937-06-28', address: house }),
      ['names 0.99 alike', 'same street', 'birth dates alike', 'same zip code'],
    ],
    [
      'a name in Han script, in any order',
      person('偉明', '陳', { birthDate: '1980-05-27' }),
      person('陳', '偉明', { birthDate: '1980-05-27' }),
      ['same name', 'same birth date'],
    ],
    [
      'a whole name in one field',
      { firstName: '陈伟明', birthDate: '1980-05-27' },
      person('伟明', '陈', { birthDate: '1980-05-27' }),
      ['same name', 'same birth date'],
    ],
    [
      'a name and a company in other words',
      person('Ana', 'Novak', { company: 'Acme Ltd.' }),
      person('Ana', 'Novak', { company: 'ACME' }),
      ['same name', 'same company'],
    ],
    [
      'the desk at a switchboard',
      person('Ana', 'Novak', { phones: [workPhone('+85228765432;ext=12')] }),
      person('A.', 'Novak', { phones: [workPhone('+85228765432;ext=12')] }),
      ['same phone and extension', 'names 0.94 alike'],
    ],
    [
      'the number of a passport',
      person('Ana', 'Novak', { custom: { passport: 'K 123-4567' } }),
      person('Anna', 'Novak', { custom: { passport: 'K1234567' } }),
      ['names 0.97 alike', 'same passport'],
    ],
  ])('%s', (_, one, other, reasons) => {
    const groups = groupsOf([one, other]);
    expect(groups).toEqual([{ score: expect.any(Number), reasons, ids: [numberedId(0), numberedId(1)] }]);
    expect(groups[0]?.score).toBeGreaterThanOrEqual(likelyScore);
  });
});

describe('two people', () => {
  const shared = { address: house, phones: [{ kind: 'home', number: '+85231234567' } as const] };
  it.each<[string, Given, Given]>([
    ['a name alone', person('Ana', 'Novak'), person('Ana', 'Novak')],
    [
      'namesakes',
      person('John', 'Smith', { birthDate: '1980-05-27' }),
      person('John', 'Smith', { birthDate: '1971-11-02' }),
    ],
    [
      'namesakes in one town',
      person('John', 'Smith', { address: { city: 'Rosebud', zipCode: '3939' } }),
      person('John', 'Smith', { address: { city: 'Rosebud', zipCode: '3939' } }),
    ],
    ['a couple in one house', person('Ana', 'Novak', shared), person('Peter', 'Novak', shared)],
    ['Mario and Maria', person('Mario', 'Rossi', shared), person('Maria', 'Rossi', shared)],
    [
      'twins',
      person('Ana', 'Novak', { ...shared, birthDate: '1980-05-27' }),
      person('Peter', 'Novak', { ...shared, birthDate: '1980-05-27' }),
    ],
    [
      'father and son',
      person('John', 'Smith', { ...shared, birthDate: '1950-05-27' }),
      person('John', 'Smith', { ...shared, birthDate: '1981-11-02' }),
    ],
    ['senior and junior', person('John', 'Smith Sr.', shared), person('John', 'Smith Jr.', shared)],
    [
      'a family with one address',
      person('Ana', 'Novak', { emails: [workEmail('novaks@x.example')] }),
      person('Peter', 'Novak', { emails: [workEmail('novaks@x.example')] }),
    ],
    [
      'colleagues on a switchboard',
      person('Ana', 'Novak', { company: 'Acme', phones: [workPhone('+85228765432')], address: house }),
      person('Bob', 'Lee', { company: 'Acme', phones: [workPhone('+85228765432')], address: house }),
    ],
    [
      'two desks',
      person('Ana', 'Novak', { phones: [workPhone('+85228765432;ext=1')] }),
      person('Ana', 'Novak', { phones: [workPhone('+85228765432;ext=2')] }),
    ],
    [
      'a company and one of its people',
      { company: 'Acme', phones: [workPhone('+85228765432')] },
      person('Bob', 'Lee', { company: 'Acme', phones: [workPhone('+85228765432')] }),
    ],
    [
      'colleagues in two scripts',
      person('偉明', '陳', { company: 'Acme', phones: [workPhone('+85228765432')] }),
      person('Bob', 'Lee', { company: 'Acme', phones: [workPhone('+85228765432')] }),
    ],
    ['brothers in Han script', person('偉明', '陳', shared), person('偉強', '陳', shared)],
    [
      'a shared mailbox',
      person('Bob', 'Lee', { emails: [workEmail('info@x.example')] }),
      { emails: [workEmail('info@x.example')] },
    ],
    ['nothing', {}, {}],
  ])('%s', (_, one, other) => {
    expect(groupsOf([one, other])).toEqual([]);
  });
});

describe('groups', () => {
  const entry = (more: Given): Given => person('Emily', 'Novak', { address: house, ...more });

  it('hold all of one person, the best group first', () => {
    const groups = groupsOf([
      entry({ birthDate: '1980-05-27' }),
      person('Bob', 'Lee', { emails: [workEmail('bob@x.example')], birthDate: '1971-01-02' }),
      entry({ birthDate: '1980-05-27', firstName: 'Emilie' }),
      person('Robert', 'Lee', { emails: [workEmail('bob@x.example')], birthDate: '1971-01-02' }),
      entry({}),
      person('Zoe', 'Lee'),
    ]);
    expect(placesOf(groups, 6)).toEqual([
      [1, 3],
      [0, 2, 4],
    ]);
    expect(groups[0]?.reasons).toEqual(['same email', 'names 0.98 alike', 'same birth date']);
  });

  it('hold no two that a third one links and that cannot be one', () => {
    const groups = groupsOf([entry({ birthDate: '1950-05-27' }), entry({}), entry({ birthDate: '1981-11-02' })]);
    expect(placesOf(groups, 3)).toEqual([[0, 1]]);
  });

  it('hold none that were told apart, also where one was merged since', () => {
    const three = [entry({}), entry({}), entry({})];
    expect(placesOf(groupsOf(three), 3)).toEqual([[0, 1, 2]]);
    expect(placesOf(groupsOf(three, [[0, 1]]), 3)).toEqual([[0, 2]]);
    const merged = [entry({}), entry({ mergedIds: [numberedId(9)] })];
    for (const pair of [
      [0, 9],
      [9, 0],
    ] as const) {
      expect(placesOf(groupsOf(merged, [pair]), 2)).toEqual([]);
    }
  });

  it('follow the least score', () => {
    const two = [person('Ana', 'Novak', { company: 'Acme' }), person('Ana', 'Novak', { company: 'Acme' })];
    const [group] = groupsOf(two);
    expect(groupsOf(two, [], (group?.score ?? 0) - 0.01)).toHaveLength(1);
    expect(groupsOf(two, [], (group?.score ?? 0) + 0.01)).toHaveLength(0);
    expect(groupsOf([person('Ana', 'Novak'), person('Ana', 'Novak')], [], 0.2)).toEqual([
      { score: 0.33, reasons: ['same name'], ids: [numberedId(0), numberedId(1)] },
    ]);
  });

  it('come out of hundreds that share all keys', () => {
    const copies = Array.from({ length: 300 }, () => entry({}));
    expect(placesOf(groupsOf(copies), 300)).toEqual([copies.map((_, place) => place)]);
  });
});

const someone: fc.Arbitrary<Given> = fc.record(
  {
    firstName: fc.constantFrom('Ana', 'Anna', 'Bob', 'Robert', '偉明', 'Novak'),
    lastName: fc.constantFrom('Novak', 'Lee', '陳', 'Nowak'),
    birthDate: fc.constantFrom('1980-05-27', '1980-05-28', '1971-11-02'),
    company: fc.constantFrom('Acme', 'Beta'),
    address: fc.constantFrom(house, { city: 'Rosebud' }),
    emails: fc.subarray(['a@x.example', 'b@x.example']).map((addresses) => addresses.map(workEmail)),
    phones: fc.subarray(['+85291234567', '+85291234568']).map((numbers) => numbers.map(mobile)),
  },
  { requiredKeys: [] },
);

it('puts nobody in two groups, and finds the same pairs whatever the order', () => {
  fc.assert(
    fc.property(fc.array(someone, { maxLength: 12 }), (people) => {
      const groups = groupsOf(people);
      const ids = groups.flatMap((group) => group.ids);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { score } of groups) expect(score).toBeGreaterThanOrEqual(likelyScore);
      expect(groups.map(({ score }) => score)).toEqual(groups.map(({ score }) => score).toSorted((a, b) => b - a));
    }),
  );
  fc.assert(
    fc.property(someone, someone, (one, other) => {
      const scoreOf = (pair: readonly Given[]) => groupsOf(pair, [], 0.001).map(({ score }) => score);
      expect(scoreOf([one, other])).toEqual(scoreOf([other, one]));
    }),
  );
});
