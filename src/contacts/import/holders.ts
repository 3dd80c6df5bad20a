import type { ContactData, Kept } from '../../fields/contact.js';
import { fullNames } from '../contact.js';
import { type Key, keysOf, nameKey } from '../keys.js';
import type { RowReading } from './row.js';

/** By what else than their ID rows find their contacts. */
export type MatchBy = 'email' | 'phone';

const nobody: Kept = { id: '', category: 'external', createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' };

/** Every key that data alone gives, as `keysOf` gives those of a contact. */
export const keysOfData = (data: ContactData): readonly Key[] => keysOf({ ...data, ...nobody });

/** A row can be found to be a contact: it has an ID, or an address or number that is matched. */
export const isFindable = ({ id, data }: RowReading, match: readonly MatchBy[]): boolean =>
  id !== undefined ||
  (match.includes('email') && data.emails.length > 0) ||
  (match.includes('phone') && keysOfData(data).some(({ of }) => of === 'phone'));

/**
 * The keys of a row that can be found.
 *
 * @param unique the keys of what no other contact may have
 * @returns `holds`: those by which other rows can find its contact; `asks`: those by which it looks for a contact, or for
 * others that have what has to be its own
 */
export const keysOfRow = (
  { id, data }: RowReading,
  match: readonly MatchBy[],
  unique: readonly Key[],
): { readonly holds: readonly Key[]; readonly asks: readonly Key[] } => {
  const own: readonly Key[] = id === undefined ? [] : [{ of: 'id', value: id }];
  const matched = keysOfData(data).filter(({ of }) => (of === 'email' || of === 'phone') && match.includes(of));
  return { holds: [...own, ...matched, ...unique], asks: [...own, ...(id === undefined ? matched : []), ...unique] };
};

/** A full name in every order, as names are compared; none where there is neither a first nor a last name. */
export const comparedNames = (data: ContactData): readonly string[] => fullNames(data).map(nameKey);

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

const firstOf = <Value>(values: ReadonlySet<Value>, count: number): readonly Value[] => {
  const first: Value[] = [];
  for (const value of values) {
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
    for (const { of, value } of keysOfData(data)) {
      if (of === 'email' && match.includes('email')) added(byEmail, value, subject);
      if (of === 'phone' && match.includes('phone')) phones.add(value);
    }
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
    for (const { of, value } of keysOfData(data)) {
      if (of === 'email') for (const subject of firstOf(byEmail.get(value) ?? new Set(), enough)) fitting.add(subject);
      const holders = of === 'phone' ? byPhone.get(value) : undefined;
      if (holders === undefined) continue;
      const agreeing =
        names.length === 0
          ? [holders.all]
          : [...names.flatMap((name) => holders.named.get(name) ?? []), holders.nameless];
      for (const subject of agreeing.flatMap((subjects) => firstOf(subjects, enough))) fitting.add(subject);
      if (agreeing.every((subjects) => subjects.size === 0)) colleagues.set(value, holders.all);
    }
    return { fitting, colleagues };
  };

  return { add, addId: (subject, id) => byId.set(id, subject), withId: (id) => byId.get(id), find };
};
