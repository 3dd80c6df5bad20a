import { createRandom, type Random } from '../../scripts/fixtures/random.js';
import { mistype, mistypeDate } from './faults.js';
import { contactOf, type Labelled, shuffled } from './population.js';
import { familyNames, givenNames, properties, states, streetKinds, streetNames, suburbs } from './words.js';

/** A person as a public registry has them: no phone, no email. */
interface Entry {
  readonly given: string;
  readonly family: string;
  readonly number: string;
  readonly street: string;
  readonly property: string;
  readonly suburb: string;
  readonly postcode: string;
  readonly state: string;
  readonly born: string;
}

/** A word whose chance falls with its place in the list. */
const frequent = (words: readonly string[], random: Random): string =>
  words[Math.floor(words.length * (random.below(10_000) / 10_000) ** 2)] ?? '';

const two = (number: number): string => String(number).padStart(2, '0');

const personOf = (random: Random): Entry => {
  const suburb = random.below(suburbs.length);
  return {
    given: frequent(givenNames, random),
    family: random.chance(0.2)
      ? `${random.pick(streetNames)}${random.pick(['', 'son', 'man', 'ley', 'er'])}`
      : frequent(familyNames, random),
    number: String(1 + Math.floor(300 * (random.below(1000) / 1000) ** 2)),
    street: `${random.pick(streetNames)} ${random.pick(streetKinds)}`,
    property: random.chance(0.3) ? random.pick(properties) : '',
    suburb: suburbs[suburb] ?? '',
    postcode: String(2000 + suburb * 61 + random.below(4)),
    state: random.pick(states),
    born: random.chance(0.05)
      ? ''
      : `${1910 + random.below(95)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`,
  };
};

const fields = ['given', 'family', 'number', 'street', 'property', 'suburb', 'postcode', 'state', 'born'] as const;

/** An entry with so many faults: typing errors, mostly, missing values, and names the wrong way round. */
const faulty = (entry: Entry, faults: number, random: Random): Entry => {
  let wrong = entry;
  for (let left = faults; left > 0; left -= 1) {
    const field = random.pick(fields);
    const text = wrong[field];
    if (random.chance(0.08)) wrong = { ...wrong, given: wrong.family, family: wrong.given };
    else if (text === '') continue;
    else if (random.chance(0.15)) wrong = { ...wrong, [field]: '' };
    else wrong = { ...wrong, [field]: field === 'born' ? mistypeDate(text, random) : mistype(text, random) };
  }
  return wrong;
};

export interface RegistryOptions {
  readonly seed: number;
  readonly people: number;
  /** How many of them are there more than once. */
  readonly doubled: number;
  /** Further entries of a person, at most. */
  readonly copies: number;
  /** Faults in each of these, at most. */
  readonly faults: number;
}

/**
 * People of the kind that record linkage is tested on (after the data generator of FEBRL, Christen 2005): names by their
 * frequency, an address, a birth date; and for some of them further entries with faults.
 */
export const createRegistry = ({ seed, people, doubled, copies, faults }: RegistryOptions): readonly Labelled[] => {
  const random = createRandom(seed);
  const entries: { readonly entry: Entry; readonly person: number }[] = [];
  for (let person = 0; person < people; person += 1) {
    const entry = personOf(random);
    entries.push({ entry, person });
    if (person >= doubled) continue;
    for (let copy = 1 + random.below(copies); copy > 0; copy -= 1) {
      entries.push({ entry: faulty(entry, 1 + random.below(faults), random), person });
    }
  }
  return shuffled(entries, random.below).map(({ entry, person }, number) => ({
    person,
    contact: contactOf(number, {
      firstName: entry.given,
      lastName: entry.family,
      birthDate: entry.born,
      address: {
        street: [entry.number, entry.street, entry.property].filter((part) => part !== '').join(' '),
        city: entry.suburb,
        zipCode: entry.postcode,
        state: entry.state,
      },
    }),
  }));
};
