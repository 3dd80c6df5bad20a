import type { ContactData } from '../../fields/contact.js';
import { fullNames } from '../contact.js';
import { emailKey, nameKey, phoneKey } from '../keys.js';
import { agreementOf, agreements, type ComparedName, comparedName } from './name-guard.js';

/** By what else than their ID rows find their contacts. */
export type MatchBy = 'email' | 'phone';

/** The addresses of some data that are matched, as they are compared. */
export const emailKeys = ({ emails }: ContactData, match: readonly MatchBy[]): readonly string[] =>
  match.includes('email') ? emails.map(({ address }) => emailKey(address)) : [];

/** The numbers of some data that are matched, as they are compared; a WhatsApp number is one of them. */
export const phoneKeys = ({ phones, social }: ContactData, match: readonly MatchBy[]): readonly string[] => {
  if (!match.includes('phone')) return [];
  const keys = phones.map(({ number }) => phoneKey(number));
  return social?.whatsapp === undefined ? keys : [...keys, phoneKey(social.whatsapp)];
};

/** A full name in every order, as names are compared; none where there is neither a first nor a last name. */
const wholeNames = (data: ContactData): readonly string[] => fullNames(data).map(nameKey);

/** Contacts that a row fits, after which the search ends: two are one too many, the others are for the message. */
const enough = 4;

/** A key of a row that others have under other names, and they. */
export interface SharedKey<Subject> {
  readonly of: 'email' | 'phone';
  readonly value: string;
  readonly holders: ReadonlySet<Subject>;
}

/** Whom a row fits, and who else has its addresses and numbers under another name. */
export interface Match<Subject> {
  /** None, the one, or the first few of several. */
  readonly fitting: ReadonlySet<Subject>;
  readonly others: readonly SharedKey<Subject>[];
}

/** Finds contacts by what rows say. A key that a contact once had finds it for as long as the import lasts. */
export interface Holders<Subject> {
  /** Takes up keys and names of a contact. */
  add(subject: Subject, data: ContactData): void;
  addId(subject: Subject, id: string): void;
  withId(id: string): Subject | undefined;
  find(data: ContactData): Match<Subject>;
}

export interface HoldersOptions {
  readonly match: readonly MatchBy[];
  /** An address or a number alone decides, whatever the names are. */
  readonly anyName: boolean;
  /** Addresses that so many people share that their names are compared to the letter. */
  readonly crowded: ReadonlySet<string>;
}

/** So many people may share an address before each of their names is compared with each. */
const mostCompared = 50;

/** The addresses that more people have than can be compared one by one. */
export const crowdedAddresses = (people: readonly ContactData[], match: readonly MatchBy[]): ReadonlySet<string> => {
  if (people.length <= mostCompared) return new Set();
  const names = new Map<string, Set<string>>();
  for (const data of people) {
    for (const key of emailKeys(data, match)) added(names, key, wholeNames(data)[0] ?? '');
  }
  return new Set([...names].flatMap(([key, some]) => (some.size > mostCompared ? [key] : [])));
};

const added = <Value>(map: Map<string, Set<Value>>, key: string, value: Value): void => {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
};

const firstOf = <Value>(values: ReadonlySet<Value> | undefined, count: number): readonly Value[] => {
  const first: Value[] = [];
  for (const value of values ?? []) {
    if (first.length === count) break;
    first.push(value);
  }
  return first;
};

/** The values that two sets share, by way of the smaller one. */
const shared = <Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): readonly Value[] => {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  return [...few].filter((value) => many.has(value));
};

/** The keys of a name's parts, of which either is enough at a crowded address. */
const partKeys = ({ given, family }: ComparedName): readonly string[] => [
  ...(given === '' ? [] : [`given ${given}`]),
  ...(family === '' ? [] : [`family ${family}`]),
];

/** A contact's keys and names: those that it has, and those that it had. */
interface Held {
  readonly keys: Set<string>;
  readonly names: Map<string, ComparedName>;
}

/**
 * An empty index of contacts.
 *
 * An email address finds who has it where the given or the family name agrees or one side has none; of several it finds
 * those whose names agree best. A phone number finds who has it where the folded whole names agree or one side has none.
 * Neither takes longer where many contacts share a key, or one contact gathers many numbers and names.
 */
export const createHolders = <Subject>({ match, anyName, crowded }: HoldersOptions): Holders<Subject> => {
  const byId = new Map<string, Subject>();
  const byKey = new Map<string, Set<Subject>>();
  const byName = new Map<string, Set<Subject>>();
  const byPart = new Map<string, Set<Subject>>();
  /** Of those with a key, who has no name. */
  const nameless = new Map<string, Set<Subject>>();
  const held = new Map<Subject, Held>();

  const keysOf = (data: ContactData): readonly string[] => [...emailKeys(data, match), ...phoneKeys(data, match)];

  const add = (subject: Subject, data: ContactData): void => {
    const { keys, names } = held.get(subject) ?? { keys: new Set<string>(), names: new Map<string, ComparedName>() };
    held.set(subject, { keys, names });
    const wasNameless = names.size === 0;
    const name = comparedName(data);
    if (name !== undefined) {
      names.set(`${name.given}|${name.family}`, name);
      for (const part of partKeys(name)) added(byPart, part, subject);
      for (const whole of wholeNames(data)) added(byName, whole, subject);
    }
    for (const key of keysOf(data)) {
      keys.add(key);
      added(byKey, key, subject);
      if (names.size === 0) added(nameless, key, subject);
    }
    if (wasNameless && names.size > 0) for (const key of keys) nameless.get(key)?.delete(subject);
  };

  const namesakes = (data: ContactData, bearers: ReadonlySet<Subject>): readonly Subject[] =>
    wholeNames(data).flatMap((whole) => shared(byName.get(whole) ?? new Set<Subject>(), bearers));

  const agreeingByPhone = (data: ContactData, key: string, bearers: ReadonlySet<Subject>): readonly Subject[] => [
    ...namesakes(data, bearers),
    ...firstOf(nameless.get(key), enough),
  ];

  const bestAgreement = (name: ComparedName, subject: Subject): number => {
    const names = held.get(subject)?.names;
    if (names === undefined || names.size === 0) return agreements.onePart;
    return Math.max(...[...names.values()].map((its) => agreementOf(name, its)));
  };

  const agreeingByEmail = (
    name: ComparedName,
    data: ContactData,
    key: string,
    bearers: ReadonlySet<Subject>,
  ): readonly Subject[] => {
    const same = firstOf(new Set(namesakes(data, bearers)), enough);
    if (same.length > 0) return same;
    if (crowded.has(key)) {
      const alike = partKeys(name).flatMap((part) => shared(byPart.get(part) ?? new Set<Subject>(), bearers));
      return [...alike, ...firstOf(nameless.get(key), enough)];
    }
    const compared = [...bearers].map((subject) => ({ subject, agreement: bestAgreement(name, subject) }));
    const best = Math.max(...compared.map(({ agreement }) => agreement));
    if (best === agreements.none) return [];
    return compared.flatMap(({ subject, agreement }) => (agreement === best ? [subject] : []));
  };

  const find = (data: ContactData): Match<Subject> => {
    const fitting = new Set<Subject>();
    const others: SharedKey<Subject>[] = [];
    const name = anyName ? undefined : comparedName(data);
    const look = (of: 'email' | 'phone', key: string): void => {
      const bearers = byKey.get(key);
      if (bearers === undefined) return;
      const agreeing =
        name === undefined
          ? firstOf(bearers, enough)
          : of === 'email'
            ? agreeingByEmail(name, data, key, bearers)
            : agreeingByPhone(data, key, bearers);
      for (const subject of agreeing) fitting.add(subject);
      if (agreeing.length === 0) others.push({ of, value: key, holders: bearers });
    };
    for (const key of emailKeys(data, match)) look('email', key);
    for (const key of phoneKeys(data, match)) look('phone', key);
    return { fitting, others };
  };

  return { add, addId: (subject, id) => byId.set(id, subject), withId: (id) => byId.get(id), find };
};
