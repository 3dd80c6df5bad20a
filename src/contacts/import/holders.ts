import type { ContactData } from '../../fields/contact.js';
import { fullNames } from '../contact.js';
import { emailKey, nameKey, phoneKey } from '../keys.js';

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
const comparedNames = (data: ContactData): readonly string[] => fullNames(data).map(nameKey);

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

/** The values that two sets share, by way of the smaller one. */
const shared = <Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): readonly Value[] => {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  return [...few].filter((value) => many.has(value));
};

/** A contact's numbers and names: those that it has, and those that it had. */
interface Held {
  readonly phones: Set<string>;
  readonly names: Set<string>;
}

/**
 * An empty index of contacts.
 *
 * An email address finds who has it. A phone number finds who has it where the folded names agree or one side has none.
 * Neither takes longer where many contacts share a number, or one contact gathers many numbers and names.
 */
export const createHolders = <Subject>(match: readonly MatchBy[]): Holders<Subject> => {
  const byId = new Map<string, Subject>();
  const byEmail = new Map<string, Set<Subject>>();
  const byPhone = new Map<string, Set<Subject>>();
  const byName = new Map<string, Set<Subject>>();
  /** Of those with a number, who has no name. */
  const namelessByPhone = new Map<string, Set<Subject>>();
  const held = new Map<Subject, Held>();

  const add = (subject: Subject, data: ContactData): void => {
    const { phones, names } = held.get(subject) ?? { phones: new Set<string>(), names: new Set<string>() };
    held.set(subject, { phones, names });
    const wasNameless = names.size === 0;
    for (const name of comparedNames(data)) {
      names.add(name);
      added(byName, name, subject);
    }
    for (const key of emailKeys(data, match)) added(byEmail, key, subject);
    for (const key of phoneKeys(data, match)) {
      phones.add(key);
      added(byPhone, key, subject);
      if (names.size === 0) added(namelessByPhone, key, subject);
    }
    if (wasNameless && names.size > 0) for (const phone of phones) namelessByPhone.get(phone)?.delete(subject);
  };

  const find = (data: ContactData): Match<Subject> => {
    const fitting = new Set<Subject>();
    const colleagues = new Map<string, ReadonlySet<Subject>>();
    const names = comparedNames(data);
    for (const key of emailKeys(data, match)) {
      for (const subject of firstOf(byEmail.get(key), enough)) fitting.add(subject);
    }
    for (const key of phoneKeys(data, match)) {
      const bearers = byPhone.get(key);
      if (bearers === undefined) continue;
      const agreeing =
        names.length === 0
          ? firstOf(bearers, enough)
          : [
              ...names.flatMap((name) => shared(byName.get(name) ?? new Set<Subject>(), bearers)),
              ...firstOf(namelessByPhone.get(key), enough),
            ];
      for (const subject of agreeing) fitting.add(subject);
      if (agreeing.length === 0) colleagues.set(key, bearers);
    }
    return { fitting, colleagues };
  };

  return { add, addId: (subject, id) => byId.set(id, subject), withId: (id) => byId.get(id), find };
};
