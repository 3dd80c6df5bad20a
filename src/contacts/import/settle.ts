import type { Contact } from '../../fields/contact.js';
import { type Finding, type Pass, type PassOptions, passRows, type RowOutcome } from './pass.js';
import type { RowReading } from './row.js';
import { isTaken, type UniqueValue, uniqueValues } from './unique-values.js';

type Refused = ReadonlyMap<RowReading, Finding>;

/** A pass after which no two staff members share a unique value, and what it leads to. */
interface Run extends Pass {
  readonly contacts: readonly Contact[];
  /** Whether any contact is created or altered. */
  readonly writes: boolean;
}

/** A group of rows that share keys with each other, and the contacts that these keys find. */
export interface RowGroup {
  readonly rows: readonly RowReading[];
  readonly contacts: readonly Contact[];
}

const notRepeatable: Finding = {
  path: '',
  value: '',
  message: 'contradicts other rows on whose number, address or name this is: mend them, or give them their IDs',
};

/** A row that gives a contact a unique value that another one has. */
interface Clash {
  readonly row: RowReading;
  readonly finding: Finding;
}

/** A unique value that a row gives to a contact, which has it in the end. */
interface Gift {
  readonly row: RowReading;
  readonly unique: UniqueValue;
  readonly id: string;
}

/**
 * The first clash of a pass. Of the rows that give several contacts one value it is the last one's: whoever has the value
 * already, or is given it first, keeps it.
 */
const findClash = (pass: Pass, contacts: readonly Contact[], options: PassOptions): Clash | undefined => {
  if (!options.fields.some((field) => field.unique)) return undefined;
  const gifts = new Map<string, Gift>();
  for (const [row, outcome] of pass.outcomes) {
    if (outcome.kind !== 'landed') continue;
    const { id, said } = outcome.subject;
    const kept = new Set(uniqueValues(said.data(), options.fields).map(({ name }) => name));
    for (const unique of uniqueValues(row.data, options.fields)) {
      if (kept.has(unique.name)) gifts.set(unique.name, { row, unique, id });
    }
  }
  const clashes = contacts
    .filter(({ category }) => category === options.category)
    .flatMap((contact) => uniqueValues(contact, options.fields).map(({ name }) => ({ contact, gift: gifts.get(name) })))
    .flatMap(({ contact, gift }): readonly Clash[] =>
      gift === undefined || gift.id === contact.id ? [] : [{ row: gift.row, finding: isTaken(gift.unique, contact) }],
    );
  return clashes.toSorted((one, other) => one.row.row - other.row.row)[0];
};

const landedOn = (outcome: RowOutcome | undefined): string | undefined =>
  outcome === undefined || outcome.kind === 'rejected' ? undefined : outcome.subject?.id;

const sameRejections = (one: Pass, other: Pass): boolean =>
  [...one.outcomes].every(
    ([row, { kind }]) => (kind === 'rejected') === (other.outcomes.get(row)?.kind === 'rejected'),
  );

/**
 * What a group of rows makes of its contacts, such that the same rows, imported again, make nothing of the outcome.
 *
 * Passing the rows is nearly always enough. It is not where rows contradict each other: where one gives Anna's number
 * a second bearer and an earlier one, without a name, was taken for Anna; where one finds Anna by her number and a later
 * one, by her address, calls her Bob. A second import would read the earlier row otherwise. So the outcome is tried out:
 * where it does not hold, the rows that would be read otherwise are rejected; then those of the same contacts too; then
 * the whole group.
 *
 * Each step is taken only where the outcome, imported again with the same steps, stays as it is with the same rows
 * rejected; rejecting the whole group always does.
 */
export const settle = ({ rows, contacts }: RowGroup, options: PassOptions): Pass => {
  const run = (before: readonly Contact[], refused: Refused): Run => {
    const rejected = new Map(refused);
    for (;;) {
      const pass = passRows(rows, before, rejected, options);
      const made = new Map(pass.subjects.flatMap(({ id, after }) => (after === undefined ? [] : [[id, after]])));
      const kept = before.map((contact) => made.get(contact.id) ?? contact);
      const ids = new Set(before.map((contact) => contact.id));
      const after = [...kept, ...[...made.values()].filter((contact) => !ids.has(contact.id))];
      const clash = findClash(pass, after, options);
      if (clash === undefined) {
        const writes = after.length > before.length || kept.some((contact, index) => contact !== before[index]);
        return { ...pass, contacts: after, writes };
      }
      rejected.set(clash.row, clash.finding);
    }
  };

  const lastStep = 3;
  const nothing: Refused = new Map();
  const refuse = (some: readonly RowReading[]): Refused => new Map(some.map((row) => [row, notRepeatable]));

  const refusedAt = (step: number, before: readonly Contact[]): Refused => {
    if (step === 0) return nothing;
    if (step === lastStep) return refuse(rows);
    const once = run(before, nothing);
    const twice = run(once.contacts, nothing);
    const targets = (row: RowReading): readonly (string | undefined)[] =>
      [once, twice].map((each) => landedOn(each.outcomes.get(row)));
    const unsteady = rows.filter((row) => {
      const [first, second] = targets(row);
      return first !== second;
    });
    if (step === 1) return refuse(unsteady);
    const theirs = new Set(unsteady.flatMap(targets));
    return refuse(rows.filter((row) => targets(row).some((target) => target !== undefined && theirs.has(target))));
  };

  const runAt = (step: number, before: readonly Contact[]): Run => run(before, refusedAt(step, before));

  /** What a step leads to, where that holds. */
  const tried = (step: number, before: readonly Contact[]): Run | undefined => {
    const outcome = runAt(step, before);
    if (!outcome.writes) return outcome;
    let next = 0;
    while (next < step && tried(next, outcome.contacts) === undefined) next += 1;
    const again = runAt(next, outcome.contacts);
    return !again.writes && sameRejections(outcome, again) ? outcome : undefined;
  };

  if (rows.length === 1 && contacts.length === 0) return passRows(rows, contacts, nothing, options);
  if (options.onMatch === 'create' || (rows.length === 1 && contacts.length < 2)) return run(contacts, nothing);
  for (let step = 0; step < lastStep; step += 1) {
    const outcome = tried(step, contacts);
    if (outcome !== undefined) return outcome;
  }
  return runAt(lastStep, contacts);
};
