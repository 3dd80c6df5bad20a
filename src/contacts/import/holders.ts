import type { ContactData } from '../../fields/contact.js';
import { fullNames } from '../contact.js';
import { emailKey, type Key, nameKey, phoneKey } from '../keys.js';
import type { RowReading } from './row.js';

/** By what else than their ID rows find their contacts. */
export type MatchBy = 'email' | 'phone';

/** The addresses of some data that are matched, as they are compared. */
const emailKeys = ({ emails }: ContactData, match: readonly MatchBy[]): readonly string[] =>
  match.includes('email') ? emails.map(({ address }) => emailKey(address)) : [];

/** The numbers of some data that are matched, as they are compared; a WhatsApp number is one of them. */
const phoneKeys = ({ phones, social }: ContactData, match: readonly MatchBy[]): readonly string[] => {
  if (!match.includes('phone')) return [];
  const keys = phones.map(({ number }) => phoneKey(number));
  return social?.whatsapp === undefined ? keys : [...keys, phoneKey(social.whatsapp)];
};

/** The keys of a row that can be found. */
export interface RowKeys {
  /** Those by which other rows can find its contact. */
  readonly holds: readonly Key[];
  /** Those by which it looks for a contact, or for others that have what has to be its own. */
  readonly asks: readonly Key[];
}

/**
 * The keys of a row, unless nothing can find it again: it has no ID, and no address or number that is matched.
 *
 * @param unique the keys of what no other contact may have
 */
export const keysOfRow = (
  { id, data }: RowReading,
  match: readonly MatchBy[],
  unique: readonly Key[],
): RowKeys | undefined => {
  const matched = [
    ...emailKeys(data, match).map((value): Key => ({ of: 'email', value })),
    ...phoneKeys(data, match).map((value): Key => ({ of: 'phone', value })),
  ];
  if (id !== undefined) {
    const own: Key = { of: 'id', value: id };
    return { holds: [own, ...matched, ...unique], asks: [own, ...unique] };
  }
  const keys = [...matched, ...unique];
  return matched.length === 0 ? undefined : { holds: keys, asks: keys };
};

/** A full name in every order, as names are compared; none where there is neither a first nor a last name. */
const comparedNames = (data: ContactData): readonly string[] => fullNames(data).map(nameKey);

/** Who holds a number: all in their order, and by the names that they bear or bore. */
interface PhoneHolders<Subject> {
  readonly all: Set<Subject>;
  readonly named: Map<string, Set<Subject>>;
  readonly nameless: Set<Subject>;
}

/** Contacts that a row fits, after which the search ends: two are one too many, the others are for the message. */
const enough = 4;

/** Whom a row fits, and who else has its numbers under another name. */
export interface Match<Subject> {
  /** None, the one, or the first few of several. */
  readonly fitting: ReadonlySet<Subject>;
  readonly colleagues: ReadonlyMap<string, ReadonlySet<Subject>>;
}

/** Finds contacts by what rows say. A key that a contact once had finds it for as long as the import lasts. */
export interface Holders<Subject> {
  /** Takes up keys and names of a contact. */
  add(subject: Subject, data: ContactData): void;
  addId(subject: Subject, id: string): void;
  withId(id: string): Subject | undefined;
  find(data: ContactData): Match<Subject>;
}

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

/**
 * An empty index of contacts.
 *
 * An email address finds who has it. A phone number finds who has it where the folded names agree or one side has none.
 * However many share a number, looking up takes no longer.
 */
export const createHolders = <Subject>(match: readonly MatchBy[]): Holders<Subject> => {
  const byId = new Map<string, Subject>();
  const byEmail = new Map<string, Set<Subject>>();
  const byPhone = new Map<string, PhoneHolders<Subject>>();
  const phonesOf = new Map<Subject, Set<string>>();
  const namesOf = new Map<Subject, Set<string>>();

  const holdersOf = (phone: string): PhoneHolders<Subject> => {
    const found = byPhone.get(phone) ?? { all: new Set(), named: new Map(), nameless: new Set() };
    byPhone.set(phone, found);
    return found;
  };

  const add = (subject: Subject, data: ContactData): void => {
    const phones = phonesOf.get(subject) ?? new Set();
    const names = namesOf.get(subject) ?? new Set();
    phonesOf.set(subject, phones);
    namesOf.set(subject, names);
    for (const name of comparedNames(data)) names.add(name);
    for (const key of emailKeys(data, match)) added(byEmail, key, subject);
    for (const key of phoneKeys(data, match)) phones.add(key);
    for (const phone of phones) {
      const holders = holdersOf(phone);
      holders.all.add(subject);
      for (const name of names) added(holders.named, name, subject);
      if (names.size === 0) holders.nameless.add(subject);
      else holders.nameless.delete(subject);
    }
  };

  const find = (data: ContactData): Match<Subject> => {
    const fitting = new Set<Subject>();
    const colleagues = new Map<string, ReadonlySet<Subject>>();
    const names = comparedNames(data);
    for (const key of emailKeys(data, match)) {
      for (const subject of firstOf(byEmail.get(key), enough)) fitting.add(subject);
    }
    for (const key of phoneKeys(data, match)) {
      const holders = byPhone.get(key);
      if (holders === undefined) continue;
      const agreeing =
        names.length === 0
          ? [holders.all]
          : [...names.flatMap((name) => holders.named.get(name) ?? []), holders.nameless];
      for (const subject of agreeing.flatMap((subjects) => firstOf(subjects, enough))) fitting.add(subject);
      if (agreeing.every((subjects) => subjects.size === 0)) colleagues.set(key, holders.all);
    }
    return { fitting, colleagues };
  };

  return { add, addId: (subject, id) => byId.set(id, subject), withId: (id) => byId.get(id), find };
};
