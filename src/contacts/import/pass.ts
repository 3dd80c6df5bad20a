import type { Category, FieldSpec } from '../../fields/catalogue.js';
import { type Contact, type ContactData, emptyData } from '../../fields/contact.js';
import { isIdentified, withPresets } from '../../fields/draft.js';
import type { FieldPath } from '../../fields/field.js';
import { valuesAt, withValues } from '../../fields/values.js';
import { describeContact, fullNames } from '../contact.js';
import { emailKey, phoneKey } from '../keys.js';
import { createContact, dataOf, isSame, type Origin, type Stamp, updateContact, withOrigin } from '../record.js';
import { combine, createFolding, type Folding, keepNotes, unitedUids } from './combine.js';
import { type DoubtfulCell, type RestoreOptions, restore } from './evidence/restore.js';
import { createHolders, crowdedAddresses, type Match, type MatchBy, type SharedKey } from './holders.js';
import { agreementOf, agreements, comparedName } from './name-guard.js';
import type { RowIssue, RowReading } from './row.js';
import type { Step } from './row-log.js';
import { createUidHolders, isWholeCard, withPartialUids } from './uids.js';

/** What becomes of a contact that a row is found to be. */
export type OnMatch = 'update' | 'skip' | 'replace' | 'create';

/** What becomes of a row that is nobody in the store. */
export type OnNew = 'create' | 'skip' | 'reject';

export interface PassOptions {
  readonly category: Category;
  readonly fields: readonly FieldSpec[];
  readonly match: readonly MatchBy[];
  /** An address or a number alone decides who a row is, whatever the names are. */
  readonly anyName: boolean;
  readonly onMatch: OnMatch;
  readonly onNew: OnNew;
  readonly stamp: Stamp;
  /** The id for the contact that a row makes; the same one each time. */
  readonly newIdFor: (row: RowReading) => string;
  /** 1 to 12, for the name of a month. */
  readonly monthNamed: (name: string) => number | undefined;
  /** Whether it is to be told what each row changes. */
  readonly tellsSteps?: boolean;
}

export const restoreOptions = ({ fields, onMatch, monthNamed }: PassOptions): RestoreOptions => ({
  fields,
  replaces: onMatch === 'replace',
  monthNamed,
});

/** What a row's fault or peculiarity is, and where; see `RowIssue`. */
export interface Finding {
  readonly path: string;
  /** The header of the column, where it is not the field's first. */
  readonly column?: string;
  readonly value: string;
  readonly message: string;
}

/** A contact while the rows pass: as the store has it, and as it is to be. */
export interface Subject {
  readonly id: string;
  readonly before?: Contact;
  /** The row that comes to it first. */
  first?: RowReading;
  /** The rows that came to it, in their order. */
  readonly rows: ContactData[];
  /** The kinds of phones and emails that rows with its ID set exactly. */
  sets: readonly FieldPath[];
  /** How the contact began, where a row says that; its `mergedIds` are nobody else's. */
  origin?: Origin | undefined;
  /** What the contact says as the rows leave it. */
  said: Folding;
  /** The contact as the last row leaves it; the one that is there where they alter nothing. */
  after?: Contact;
}

export type RowOutcome =
  | {
      readonly kind: 'landed';
      readonly subject: Subject;
      readonly changed: boolean;
      /** What the row changed, where that is to be told. */
      readonly step?: Step | undefined;
      /** The row's own warnings that are still to be told. */
      readonly told: readonly RowIssue[];
      readonly warnings: readonly Finding[];
    }
  | { readonly kind: 'skipped' /** Absent where the row is nobody. */; readonly subject?: Subject }
  | { readonly kind: 'rejected'; readonly finding: Finding; readonly further?: readonly Finding[] };

/** What rows make of contacts. */
export interface Pass {
  readonly outcomes: ReadonlyMap<RowReading, RowOutcome>;
  /** The contacts that rows came to, in that order. */
  readonly subjects: readonly Subject[];
}

/** What a contact has to have, as a fault says it. */
export const unidentified = 'needs at least one of first name, last name, company, phone or email';

const wholeRow = (message: string): RowOutcome => ({ kind: 'rejected', finding: { path: '', value: '', message } });

/** What becomes of a row that is nobody in the store; `undefined` where it makes a new contact. */
export const outcomeOfNew = (onNew: OnNew): Exclude<RowOutcome, { kind: 'landed' }> | undefined => {
  if (onNew === 'create') return undefined;
  return onNew === 'skip'
    ? { kind: 'skipped' }
    : { kind: 'rejected', finding: { path: '', value: '', message: 'matches no contact in the store' } };
};

/** Rejects a row for cells that a spreadsheet changed and its contact does not explain. */
const unexplained = (bad: readonly DoubtfulCell[]): RowOutcome => {
  const [finding = { path: '', value: '', message: '' }, ...further] = bad.map(
    ({ column = '', text, problem = '' }): Finding => ({ path: '', column, value: text, message: problem }),
  );
  return { kind: 'rejected', finding, further };
};

const describeSubject = ({ before, first, said }: Subject): string => {
  if (before !== undefined) return describeContact(before);
  const [name] = fullNames(said.data());
  return name === undefined ? `the contact of row ${first?.row}` : `${name}, row ${first?.row}`;
};

const severalFit = (fitting: ReadonlySet<Subject>): RowOutcome => {
  const names = [...fitting].map(describeSubject);
  const [last, ...others] = names.length > 3 ? ['others', ...names.slice(0, 3)] : [names.at(-1), ...names.slice(0, -1)];
  const count = names.length === 2 ? 'two' : 'several';
  return wholeRow(`fits ${count} contacts, ${others.join(', ')} and ${last}: give it the ID of the right one`);
};

/** The field of a row that has a key which others have too. */
const pathOfKey = ({ emails, phones }: ContactData, { of, value }: SharedKey<Subject>): FieldPath => {
  if (of === 'email') return `emails.${emails.find(({ address }) => emailKey(address) === value)?.kind}`;
  const phone = phones.find(({ number }) => phoneKey(number) === value);
  return phone === undefined ? 'social.whatsapp' : `phones.${phone.kind}`;
};

/** Tells whose address or number a row has under another name. */
const otherNameWarnings = (
  { data }: RowReading,
  { others }: Match<Subject>,
  target: Subject | undefined,
): readonly Finding[] =>
  others.flatMap((key) => {
    const [first, second] = key.holders;
    const other = first === target ? second : first;
    if (other === undefined) return [];
    const what = key.of === 'email' ? 'address' : 'number';
    const name = fullNames(data)[0];
    const message = `is also the ${what} of ${describeSubject(other)}: kept apart, since ${name} is another name`;
    return [{ path: pathOfKey(data, key), value: key.value, message }];
  });

const contradiction = (found: Subject, other: Subject): Finding => ({
  path: '',
  value: '',
  message: `is ${describeSubject(found)} by its UID, though it has an address or number of ${describeSubject(other)}`,
});

/** Tells that a row is a contact by its UID, and calls it by another name throughout. */
const otherNameOfUid = ({ data }: RowReading, found: Subject): readonly Finding[] => {
  const [name, known] = [comparedName(data), comparedName(found.said.data())];
  if (name === undefined || known === undefined || agreementOf(name, known) !== agreements.none) return [];
  const message = `is ${describeSubject(found)} by its UID, though ${fullNames(data)[0]} is another name`;
  return [{ path: '', value: '', message }];
};

const otherUid = (holder: Contact): Finding => ({
  path: '',
  value: '',
  message: `has the UID of ${describeContact(holder)} and the ID of another contact: the ID counts`,
});

/** What a contact is to say once these rows came to it: by the options they update it, or stand in its place. */
const applied = (
  { before }: Subject,
  rows: readonly ContactData[],
  sets: readonly FieldPath[],
  { fields, onMatch }: PassOptions,
): ContactData => {
  const folding = createFolding(emptyData);
  for (const row of rows) folding.add(row);
  const folded = folding.data();
  if (before === undefined) return withPresets(folded, fields);
  if (onMatch === 'replace') {
    const replaced = { ...folded, notes: keepNotes(folded.notes, before.notes) };
    const uids = unitedUids([...(before.uids ?? []), ...(folded.uids ?? [])]);
    return withPresets(uids.length === 0 ? replaced : { ...replaced, uids }, fields);
  }
  const exact = fields
    .filter((field) => sets.includes(field.path))
    .reduce((data, field) => withValues(data, field, valuesAt(folded, field.path)), dataOf(before));
  return combine(exact, folded);
};

const contactOf = ({ id, before, said, origin }: Subject, { category, stamp, onMatch }: PassOptions): Contact => {
  const data = said.data();
  if (before === undefined) return withOrigin(createContact(data, id, category, stamp), origin ?? {});
  const notes = onMatch === 'replace' ? keepNotes(data.notes, before.notes) : data.notes;
  return updateContact(before, { ...data, notes }, stamp);
};

/**
 * Lets rows pass over contacts, one after the other. Each comes to the contact that it is, by its ID or by what the
 * options match; there it is folded on top of the rows that came before it. A row that is no contact's makes a new one,
 * which later rows can be.
 *
 * @param rows each with an ID, an address or a number that is matched
 * @param contacts every contact of the store that a key of these rows finds
 * @param refused rows that are to be rejected, with the reason
 */
export const passRows = (
  rows: readonly RowReading[],
  contacts: readonly Contact[],
  refused: ReadonlyMap<RowReading, Finding>,
  options: PassOptions,
): Pass => {
  const { category, match, anyName, onMatch, tellsSteps = false } = options;
  const ofNew = outcomeOfNew(options.onNew);
  const restoring = restoreOptions(options);
  const crowded = crowdedAddresses([...rows.map(({ data }) => data), ...contacts], match);
  const holders = createHolders<Subject>({ match, anyName, crowded });
  const outcomes = new Map<RowReading, RowOutcome>();
  const subjects = new Set<Subject>();
  const uids = createUidHolders<Subject>();
  const taken = new Map<string, Contact>();
  for (const before of contacts) {
    const ids = [before.id, ...(before.mergedIds ?? [])];
    for (const id of ids) taken.set(id, before);
    uids.take(before);
    if (onMatch === 'create' || before.category !== category) continue;
    const subject: Subject = { id: before.id, before, rows: [], sets: [], said: createFolding(dataOf(before)) };
    holders.add(subject, before);
    for (const id of ids) holders.addId(subject, id);
    uids.add(subject, before);
  }

  const newSubject = (row: RowReading): Subject => {
    const id = row.id === undefined || taken.has(row.id) ? options.newIdFor(row) : row.id;
    return { id, rows: [], sets: [], said: createFolding(emptyData) };
  };

  /** How a contact began, without ids that somebody else has by now. */
  const originOf = ({ origin }: RowReading, { id, before }: Subject): Origin | undefined => {
    if (origin === undefined || before !== undefined) return undefined;
    const mergedIds = origin.mergedIds?.filter((merged) => {
      const holder = holders.withId(merged);
      return !taken.has(merged) && (holder === undefined || holder.id === id);
    });
    return { ...origin, ...(mergedIds && { mergedIds }) };
  };

  /** Folds a row on top of those that came to the contact before it, or to a new one. */
  const land = (
    row: RowReading,
    found: Subject | undefined,
    warnings: readonly Finding[],
    { isExact = false, given = row.data }: { readonly isExact?: boolean; readonly given?: ContactData } = {},
  ): RowOutcome => {
    if (found === undefined && ofNew !== undefined) return ofNew;
    const { row: meant, bad } = restore({ ...row, data: given }, found?.said.data(), restoring);
    if (bad.length > 0) return unexplained(bad);
    const subject = found ?? newSubject(row);
    const rowData = uids.withoutOthers(meant.data, subject.id);
    const isSet = isExact && subject.before !== undefined && onMatch === 'update' && meant.sets.length > 0;
    const sets = isSet ? [...new Set([...subject.sets, ...meant.sets])] : subject.sets;
    // Anything else begins anew, since what stood there before counts no longer.
    const isAddition = sets.length === 0 && (subject.rows.length > 0 || (found !== undefined && onMatch !== 'replace'));
    const before =
      found !== undefined && tellsSteps && (!isAddition || subject.rows.length === 0) ? subject.said.data() : undefined;
    let changed: boolean;
    let step: Step | undefined;
    if (isAddition) {
      const known = onMatch === 'replace' ? (subject.before?.notes ?? []) : [];
      step = subject.said.add({ ...rowData, notes: keepNotes(rowData.notes, known) });
      changed = step !== undefined;
    } else {
      const data = applied(subject, [...subject.rows, rowData], sets, options);
      if (!isIdentified(data)) return wholeRow(unidentified);
      changed = found === undefined || !isSame(data, subject.said.data());
      subject.said = createFolding(data);
    }
    if (tellsSteps && (before !== undefined || found === undefined)) step = { before, after: subject.said.data() };
    subject.rows.push(rowData);
    subject.sets = sets;
    subject.first ??= row;
    subject.origin ??= originOf(row, subject);
    subjects.add(subject);
    holders.add(subject, rowData);
    uids.add(subject, rowData);
    for (const merged of subject.origin?.mergedIds ?? []) holders.addId(subject, merged);
    if (row.id !== undefined) holders.addId(subject, row.id);
    return { kind: 'landed', subject, changed, step, told: meant.warnings, warnings };
  };

  const landWithId = (row: RowReading, id: string): RowOutcome => {
    const known = taken.get(id);
    if (known !== undefined && known.category !== category && onMatch !== 'create') {
      return wholeRow(`has the ID of ${describeContact(known)}, who is ${known.category}, not ${category}`);
    }
    const found = holders.withId(id);
    if (onMatch === 'skip' && found?.before !== undefined) return { kind: 'skipped', subject: found };
    const holder = uids.withoutOthers(row.data, found?.id ?? id) === row.data ? undefined : uids.contactOf(row.data);
    const warnings = holder === undefined || onMatch === 'create' ? [] : [otherUid(holder)];
    return land(row, found, warnings, { isExact: true });
  };

  /** A UID goes before addresses and numbers, also where those are another's. */
  const landWithUid = (row: RowReading, found: Subject): RowOutcome => {
    if (onMatch === 'skip' && found.before !== undefined) return { kind: 'skipped', subject: found };
    const others = [...holders.find(row.data).fitting].filter((subject) => subject !== found);
    const contradictions = others.slice(0, 1).map((other) => contradiction(found, other));
    const warnings = [...contradictions, ...otherNameOfUid(row, found)];
    return land(row, found, warnings, { isExact: found.before !== undefined && isWholeCard(found.before) });
  };

  const landByMatch = (row: RowReading): RowOutcome => {
    const matches = holders.find(row.data);
    if (matches.fitting.size > 1) return severalFit(matches.fitting);
    const [found] = matches.fitting;
    if (onMatch === 'skip' && found?.before !== undefined) return { kind: 'skipped', subject: found };
    const given = found?.before === undefined ? row.data : withPartialUids(row, found.said.data());
    return land(row, found, otherNameWarnings(row, matches, found), { given });
  };

  const landRow = (row: RowReading): RowOutcome => {
    if (row.id !== undefined) return landWithId(row, row.id);
    const found = uids.subjectOf(row.data);
    if (found !== undefined) return landWithUid(row, found);
    const known = onMatch === 'create' ? undefined : uids.contactOf(row.data);
    if (known === undefined) return landByMatch(row);
    return wholeRow(`has the UID of ${describeContact(known)}, who is ${known.category}, not ${category}`);
  };

  for (const row of rows) {
    const finding = refused.get(row);
    if (finding !== undefined) outcomes.set(row, { kind: 'rejected', finding });
    else outcomes.set(row, landRow(row));
  }
  for (const subject of subjects) subject.after = contactOf(subject, options);
  return { outcomes, subjects: [...subjects] };
};
