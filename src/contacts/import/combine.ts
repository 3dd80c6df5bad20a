import type { ContactData, CustomValue, Email, Note, Phone } from '../../fields/contact.js';
import { fold } from '../../fields/fold.js';
import { emailKey, uidKey } from '../keys.js';
import { isSame } from '../record.js';

/** A list that takes up values one by one, each key once. */
interface Gathering<Value> {
  readonly values: readonly Value[];
  /** Takes up the values whose keys the list does not have yet, and tells which these are. */
  add(values: readonly Value[]): readonly Value[];
}

const gather = <Value>(first: readonly Value[], keyOf: (value: Value) => string): Gathering<Value> => {
  const values = [...first];
  const keys = new Set(first.map(keyOf));
  return {
    values,
    add: (further) => {
      const added = further.filter((value) => !keys.has(keyOf(value)));
      for (const value of added) {
        keys.add(keyOf(value));
        values.push(value);
      }
      return added;
    },
  };
};

/** Notes are taken up as often as some data say their text. */
const gatherNotes = (first: readonly Note[]): Gathering<Note> => {
  const values = [...first];
  const counts = new Map<string, number>();
  for (const { text } of first) counts.set(text, (counts.get(text) ?? 0) + 1);
  return {
    values,
    add: (further) => {
      const seen = new Map<string, number>();
      const added = further.filter(({ text }) => {
        const count = (seen.get(text) ?? 0) + 1;
        seen.set(text, count);
        return count > (counts.get(text) ?? 0);
      });
      for (const [text, count] of seen) counts.set(text, Math.max(count, counts.get(text) ?? 0));
      values.push(...added);
      return added;
    },
  };
};

const isList = (value: CustomValue | undefined): value is readonly string[] => typeof value === 'object';

const combineCustom = (
  before: ContactData['custom'],
  further: NonNullable<ContactData['custom']>,
): NonNullable<ContactData['custom']> => {
  const combined = new Map(Object.entries(before ?? {}));
  for (const [key, value] of Object.entries(further)) {
    const there = combined.get(key);
    combined.set(key, isList(there) && isList(value) ? [...new Set([...there, ...value])] : value);
  }
  return Object.fromEntries(combined);
};

/** Values up to which a list that grew is told whole. */
const mostWhole = 100;

/** A list before some values were added, and after. */
const growth = <Value>(
  values: readonly Value[],
  added: readonly Value[],
): { readonly before: readonly Value[]; readonly after: readonly Value[] } =>
  added.length === 0 || values.length > mostWhole
    ? { before: [], after: added }
    : { before: values.slice(0, values.length - added.length), after: [...values] };

/** UIDs, each once. */
export const unitedUids = (uids: readonly string[]): readonly string[] =>
  [...new Map(uids.toReversed().map((uid) => [uidKey(uid), uid])).values()].toReversed();

/** Everything of some data that is no list. */
type Single = Omit<ContactData, 'labels' | 'phones' | 'emails' | 'notes'>;

const combineSingle = (data: Single, further: Single): Single => ({
  ...data,
  ...further,
  ...(further.address && { address: { ...data.address, ...further.address } }),
  ...(further.social && { social: { ...data.social, ...further.social } }),
  ...(further.custom && { custom: combineCustom(data.custom, further.custom) }),
  ...(further.uids && { uids: unitedUids([...(data.uids ?? []), ...further.uids]) }),
});

/** What changed where data was folded on top; of long lists what was added, so that many additions stay cheap. */
export interface Addition {
  readonly before: ContactData;
  readonly after: ContactData;
}

/** Data that further data is folded on top of, again and again. */
export interface Folding {
  /** Folds data on top, and tells what that changed, if anything. Takes no longer the more was folded before. */
  add(further: ContactData): Addition | undefined;
  data(): ContactData;
}

/**
 * Begins a folding with some data. New phones, emails, labels, notes and chosen options are added and none is removed; in
 * what holds one value the further one wins where there is one.
 *
 * A phone number or an address is new where no kind has it, so that a file that calls a mobile a phone doubles nothing.
 */
export const createFolding = (first: ContactData): Folding => {
  const { labels: firstLabels, phones: firstPhones, emails: firstEmails, notes: firstNotes, ...rest } = first;
  let single: Single = rest;
  const labels = gather(firstLabels, fold);
  const phones = gather<Phone>(firstPhones, (phone) => phone.number);
  const emails = gather<Email>(firstEmails, (email) => emailKey(email.address));
  const notes = gatherNotes(firstNotes);
  return {
    add: (further) => {
      const { labels: moreLabels, phones: morePhones, emails: moreEmails, notes: moreNotes, ...more } = further;
      const before = single;
      single = combineSingle(before, more);
      const added = [
        labels.add(moreLabels),
        phones.add(morePhones),
        emails.add(moreEmails),
        notes.add(moreNotes),
      ] as const;
      if (added.every(({ length }) => length === 0) && isSame(single, before)) return undefined;
      const grown = {
        labels: growth(labels.values, added[0]),
        phones: growth(phones.values, added[1]),
        emails: growth(emails.values, added[2]),
        notes: growth(notes.values, added[3]),
      };
      const side = (which: 'before' | 'after') => ({
        labels: grown.labels[which],
        phones: grown.phones[which],
        emails: grown.emails[which],
        notes: grown.notes[which],
      });
      return { before: { ...before, ...side('before') }, after: { ...single, ...side('after') } };
    },
    data: () => ({
      ...single,
      labels: [...labels.values],
      phones: [...phones.values],
      emails: [...emails.values],
      notes: [...notes.values],
    }),
  };
};

/** Data with further data folded on top. */
export const combine = (data: ContactData, further: ContactData): ContactData => {
  const folding = createFolding(data);
  folding.add(further);
  return folding.data();
};

/** Notes of which those whose text was there before keep their id, author and time. */
export const keepNotes = (notes: readonly Note[], before: readonly Note[]): readonly Note[] => {
  const left = [...before];
  return notes.map((note) => {
    const at = left.findIndex(({ text }) => text === note.text);
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    return kept ?? note;
  });
};
