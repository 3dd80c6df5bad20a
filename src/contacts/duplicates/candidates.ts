import type { Features } from './features.js';

/** A block with more members than this is not compared whole. */
const largestBlock = 40;
/** With how many of those that follow it each member of a larger block is compared. */
const neighbours = 8;

const soundCodes: Readonly<Record<string, string>> = {
  ...{ b: '1', f: '1', p: '1', v: '1', c: '2', g: '2', j: '2', k: '2', q: '2', s: '2', x: '2', z: '2' },
  ...{ d: '3', t: '3', l: '4', m: '5', n: '5', r: '6' },
};

/** What a word sounds like: American Soundex (US patent 1,261,167) for Latin letters, other words as they are. */
export const soundOf = (word: string): string => {
  if (!/^[a-z]+$/.test(word)) return word;
  let code = word.charAt(0);
  let last = soundCodes[code];
  for (const letter of word.slice(1)) {
    const next = soundCodes[letter];
    if (next !== undefined && next !== last) code += next;
    if (letter !== 'h' && letter !== 'w') last = next;
    if (code.length === 4) break;
  }
  return code;
};

/** Two or more values in one key, whatever their order; nothing where one is missing. */
const inAnyOrder = (...values: readonly string[]): string => (values.includes('') ? '' : values.toSorted().join(' '));

/**
 * The keys under which a contact meets those that it is compared with. Each is made of what survives another kind of
 * fault: names without dates, dates without names, addresses without either; the two names count in any order.
 */
export const blockingKeys = (features: Features): readonly string[] => {
  const { given, family, eastAsian, birthDate, street, houseNumber, zipCode, city, company } = features;
  const parts = eastAsian === '' ? [given, family].filter((part) => part !== '') : [[...eastAsian].sort().join('')];
  const sounds = parts.map((part) => soundOf(part.replaceAll(' ', '')));
  const beginnings = parts.map((part) => part.slice(0, 3));
  const house = street === '' ? '' : `${houseNumber} ${street.slice(0, 5)}`;
  const [year = '', ...monthAndDay] = birthDate.split('-');
  const withEach = (kind: string, values: readonly string[], other: string): readonly string[] =>
    other === '' ? [] : values.map((value) => `${kind} ${value} ${other}`);
  const withAll = (kind: string, ...values: readonly string[]): readonly string[] =>
    values.includes('') ? [] : [`${kind} ${values.join(' ')}`];

  return [
    ...features.accounts,
    ...features.phones.map(({ key }) => key),
    ...features.identifiers,
    ...withAll('name', inAnyOrder(...parts)),
    ...(parts.length === 2 ? withAll('sound', inAnyOrder(...sounds), year || city.slice(0, 4)) : []),
    ...(parts.length === 2 ? withAll('beginnings', inAnyOrder(...beginnings), zipCode) : []),
    ...withEach('born', sounds, birthDate),
    ...withEach('birthday', sounds, monthAndDay.join('-')),
    ...withEach('zip', sounds, zipCode),
    ...withEach('city', sounds, city.slice(0, 4)),
    ...(parts.length === 2 ? withAll('sounds', inAnyOrder(...sounds)) : []),
    ...withEach('year', sounds, year && `${year} ${city.slice(0, 2)}`),
    ...withEach('house', beginnings, house),
    ...withEach('company', sounds, company),
    ...withAll('born zip', birthDate, zipCode),
    ...withAll('born house', birthDate, house),
    ...withAll('birthday zip', monthAndDay.join('-'), zipCode),
    ...withAll('year house', year, house),
    ...withAll('born in', birthDate, city.slice(0, 4)),
    ...withAll('place', house, zipCode),
    ...withAll('company place', company, zipCode || city),
  ];
};

/** FNV-1a, 32 bits (Fowler, Noll, Vo). Two keys with one hash only bring a pair more to compare. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
};

/** Numbers in a growing typed array: a list of millions of them takes eight bytes for each. */
const createNumbers = (): { readonly add: (number: number) => void; readonly sorted: () => Float64Array } => {
  let numbers = new Float64Array(1024);
  let length = 0;
  return {
    add: (number) => {
      if (length === numbers.length) {
        const larger = new Float64Array(length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length] = number;
      length += 1;
    },
    sorted: () => numbers.subarray(0, length).sort(),
  };
};

/** More contacts than a store can hold; their numbers fit beside a hash of 32 bits in a number's 53. */
const mostContacts = 2 ** 21;

/** What many have in common lies side by side in this order. */
const sortText = ({ given, family, eastAsian, birthDate, zipCode }: Features): string =>
  [family, given, eastAsian, birthDate, zipCode].join(' ');

/**
 * Visits the pairs that are worth comparing, by their places in the list, each once and the lower place first. Their
 * number grows with that of the contacts, since each is compared with few others in each of its blocks.
 */
export const eachCandidatePair = (all: readonly Features[], visit: (one: number, other: number) => void): void => {
  if (all.length >= mostContacts)
    throw new RangeError(`Duplicates are looked for among ${mostContacts} contacts at most.`);
  const entries = createNumbers();
  for (const [place, features] of all.entries()) {
    for (const key of blockingKeys(features)) entries.add(hashOf(key) * mostContacts + place);
  }
  const sorted = entries.sorted();
  const pairs = createNumbers();
  const addPair = (one: number, other: number): void => {
    if (one !== other) pairs.add(Math.min(one, other) * mostContacts + Math.max(one, other));
  };
  for (let start = 0; start < sorted.length; ) {
    const hash = Math.floor((sorted[start] ?? 0) / mostContacts);
    let end = start;
    while (end < sorted.length && Math.floor((sorted[end] ?? 0) / mostContacts) === hash) end += 1;
    if (end - start > 1) {
      const members = Array.from(sorted.subarray(start, end), (entry) => entry % mostContacts);
      addPairsOf(members, all, addPair);
    }
    start = end;
  }
  let last = -1;
  for (const pair of pairs.sorted()) {
    if (pair !== last) visit(Math.floor(pair / mostContacts), pair % mostContacts);
    last = pair;
  }
};

const addPairsOf = (
  members: readonly number[],
  all: readonly Features[],
  addPair: (one: number, other: number) => void,
): void => {
  const isLarge = members.length > largestBlock;
  const textAt = new Map(isLarge ? members.map((place) => [place, sortText(all[place] as Features)]) : []);
  const compareTexts = (one: number, other: number): number => {
    const [text = '', otherText = ''] = [textAt.get(one), textAt.get(other)];
    return text < otherText ? -1 : text > otherText ? 1 : one - other;
  };
  const ordered = isLarge ? members.toSorted(compareTexts) : members;
  const reach = isLarge ? neighbours : ordered.length;
  for (const [index, one] of ordered.entries()) {
    for (const other of ordered.slice(index + 1, index + 1 + reach)) addPair(one, other);
  }
};
