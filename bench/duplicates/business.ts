import { createRandom, type Random } from '../../scripts/fixtures/random.js';
import type { Contact, Email, Phone } from '../../src/fields/contact.js';
import { mistype } from './faults.js';
import { contactOf, type Labelled, shuffled } from './population.js';
import {
  chineseFamilies,
  chineseGiven,
  companyTrades,
  companyWords,
  familyNames,
  givenNames,
  shortForms,
  streetKinds,
  streetNames,
  suburbs,
} from './words.js';

interface Company {
  readonly name: string;
  readonly domain: string;
  readonly switchboard: string;
  readonly address: NonNullable<Contact['address']>;
}

interface Person {
  readonly given: string;
  readonly family: string;
  readonly company: Company | undefined;
  readonly mobile: string;
  readonly homePhone: string;
  readonly workEmail: string;
  readonly personalEmail: string;
  readonly born: string;
  readonly home: NonNullable<Contact['address']>;
  /** Somebody of the same name lives in the same house: only a birth date tells the two apart. */
  readonly sharesName?: boolean;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const two = (number: number): string => String(number).padStart(2, '0');

const addressOf = (random: Random): NonNullable<Contact['address']> => {
  const suburb = random.below(suburbs.length);
  return {
    street: `${1 + random.below(200)} ${capital(random.pick(streetNames))} ${capital(random.pick(streetKinds))}`,
    city: capital(suburbs[suburb] ?? ''),
    zipCode: String(2000 + suburb * 61),
  };
};

const companyOf = (number: number, random: Random): Company => {
  const [word, trade] = [random.pick(companyWords), random.pick(companyTrades)];
  const name = `${capital(word)} ${capital(trade)} ${random.pick(['Ltd.', 'Inc.', 'GmbH', ''])}`.trim();
  return {
    name: `${name}`,
    domain: `${word}${trade}${number}.example`,
    switchboard: `+8522${random.digits('#######')}`,
    address: addressOf(random),
  };
};

const personOf = (number: number, companies: readonly Company[], random: Random): Person => {
  const isChinese = random.chance(0.15);
  const given = isChinese ? random.pick(chineseGiven) : capital(random.pick(givenNames));
  const family = isChinese ? random.pick(chineseFamilies) : capital(random.pick(familyNames));
  const company = random.chance(0.75) ? random.pick(companies) : undefined;
  const local = isChinese ? `user${number}` : `${given}.${family}`.toLowerCase().replace("'", '');
  return {
    given,
    family,
    company,
    mobile: `+8529${random.digits('#######')}`,
    homePhone: `+8523${random.digits('#######')}`,
    workEmail: company ? `${local}@${company.domain}` : '',
    personalEmail: `${local}${random.below(10_000)}@mail.example`,
    born: `${1945 + random.below(60)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`,
    home: addressOf(random),
  };
};

/** A contact that somebody made of a person: with what was known that day, and the faults of whoever typed. */
const entryOf = (number: number, person: Person, random: Random, isCopy: boolean): Contact => {
  const known = (share: number): boolean => random.chance(share);
  const typed = (text: string): string =>
    isCopy && text !== '' && random.chance(0.12) ? mistype(text.toLowerCase(), random) : text;
  const { given, family, company } = person;
  const short = shortForms[given.toLowerCase()];
  const called = isCopy && short !== undefined && known(0.4) ? capital(short) : typed(given);
  const isTurned = isCopy && known(0.06);
  const names = isTurned ? { firstName: family, lastName: called } : { firstName: called, lastName: typed(family) };
  const phones: Phone[] = [];
  const emails: Email[] = [];
  if (known(0.6)) phones.push({ kind: 'mobile', number: person.mobile });
  if (company && known(0.6)) phones.push({ kind: 'work', number: company.switchboard });
  if (known(0.2)) phones.push({ kind: 'home', number: person.homePhone });
  if (person.workEmail !== '' && known(0.6)) emails.push({ kind: 'work', address: person.workEmail });
  if (known(0.35)) emails.push({ kind: 'personal', address: person.personalEmail });
  if (company && known(0.04)) emails.push({ kind: 'other', address: `info@${company.domain}` });
  const hasHome = known(0.4);
  return contactOf(number, {
    ...names,
    phones,
    emails,
    ...(company && known(0.8) && { company: typed(company.name) }),
    ...((person.sharesName || known(0.4)) && { birthDate: person.born }),
    ...(hasHome && { address: { ...person.home, street: typed(person.home.street ?? '') } }),
    ...(!hasHome && company && known(0.3) && { address: company.address }),
  });
};

/** Whether two contacts of a person have anything in common that tells more than a name: else nobody could know. */
const canBeKnown = (one: Contact, other: Contact): boolean => {
  const share = (values: readonly string[], others: readonly string[]): boolean =>
    values.some((value) => others.includes(value));
  const mobiles = ({ phones }: Contact): readonly string[] => phones.map(({ number }) => number);
  const emails = (contact: Contact): readonly string[] => contact.emails.map(({ address }) => address);
  return (
    share(mobiles(one), mobiles(other)) ||
    share(emails(one), emails(other)) ||
    (one.birthDate !== undefined && one.birthDate === other.birthDate) ||
    (one.address?.street !== undefined && one.address.street === other.address?.street) ||
    (one.company !== undefined && one.company === other.company && one.firstName === other.firstName)
  );
};

export interface BusinessOptions {
  readonly seed: number;
  readonly people: number;
  /** How many of them are there twice. */
  readonly doubled: number;
}

/**
 * Contacts of a company: colleagues on one switchboard, families in one house with one telephone, fathers and sons,
 * namesakes; and for some of them a second entry with nicknames, typing errors, other addresses, missing values.
 */
export const createBusiness = ({ seed, people, doubled }: BusinessOptions): readonly Labelled[] => {
  const random = createRandom(seed);
  const companies = Array.from({ length: Math.ceil(people / 8) }, (_, number) => companyOf(number, random));
  const persons: Person[] = [];
  const addresses = new Set<string>();
  while (persons.length < people) {
    const person = personOf(persons.length, companies, random);
    // No company gives one address to two people.
    if (addresses.has(person.workEmail)) continue;
    if (person.workEmail !== '') addresses.add(person.workEmail);
    persons.push(person);
    const another = personOf(persons.length, companies, random);
    const household = { family: person.family, home: person.home, homePhone: person.homePhone };
    if (random.chance(0.08)) persons.push({ ...another, ...household });
    else if (random.chance(0.02)) {
      persons[persons.length - 1] = { ...person, sharesName: true };
      persons.push({ ...another, ...household, given: person.given, sharesName: true });
    } else if (random.chance(0.05)) persons.push({ ...another, given: person.given, family: person.family });
  }
  const entries: Labelled[] = [];
  for (const [number, person] of persons.entries()) {
    let first = entryOf(entries.length, person, random, false);
    let second = entryOf(entries.length + 1, person, random, true);
    while (number < doubled && !canBeKnown(first, second)) {
      first = entryOf(entries.length, person, random, false);
      second = entryOf(entries.length + 1, person, random, true);
    }
    entries.push({ contact: first, person: number });
    if (number < doubled) entries.push({ contact: second, person: number });
  }
  return shuffled(entries, random.below);
};
