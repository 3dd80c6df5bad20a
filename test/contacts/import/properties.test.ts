import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFieldComparison } from '../../../src/contacts/edit-details.js';
import { rowActions } from '../../../src/contacts/import/row-log.js';
import { emailKey } from '../../../src/contacts/keys.js';
import type { Contact } from '../../../src/fields/contact.js';
import { fieldsOf } from '../../../src/fields/field.js';
import { buildContact, buildNote, numberedId } from '../../helpers/build-contact.js';
import { type Cells, type Imported, importRows, type Options } from './import-rows.js';

const addresses = ['a@example.com', 'b@example.com', 'c@example.com'];
const numbers = ['+85291234567', '+85291234568', '+85291234569'];
const firstNames = ['Anna', 'Bob', 'Robert'];
const lastNames = ['Berg', 'Lee'];
const companies = ['Acme', 'Bolt'];
const labels = ['VIP', 'Newsletter'];
const texts = ['Called.', 'Wrote.'];
const storedIds = [0, 1, 2, 3].map(numberedId);
const mergedIds = [10, 11].map(numberedId);
const newIds = [20, 21].map(numberedId);

const some = <Value>(values: readonly Value[]): fc.Arbitrary<Value[]> =>
  fc.subarray([...values], { maxLength: 2 }).map((list) => [...list]);

const maybe = <Value>(values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined });

type Given<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

const given = <Value extends object>(record: Value): Given<Value> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given<Value>;

const storedContact = (id: string): fc.Arbitrary<Contact> =>
  fc
    .record({
      firstName: maybe(firstNames),
      lastName: maybe(lastNames),
      company: maybe(companies),
      mobiles: some(numbers),
      workPhones: some(numbers),
      emails: some(addresses),
      labels: some(labels),
      notes: some(texts),
      mergedIds: id === storedIds[0] ? some(mergedIds) : fc.constant(undefined),
    })
    .map(({ firstName, lastName, company, mobiles, workPhones, emails, labels: own, notes, mergedIds: merged }) =>
      buildContact({
        id,
        ...given({ firstName: firstName ?? (company ? undefined : 'Cid'), lastName, company, mergedIds: merged }),
        phones: [
          ...mobiles.map((number) => ({ kind: 'mobile', number }) as const),
          ...workPhones.map((number) => ({ kind: 'work', number }) as const),
        ],
        emails: emails.map((address) => ({ kind: 'work', address })),
        labels: own,
        notes: notes.map((text, index) => buildNote(`n${index}`, text)),
      }),
    );

const stores = fc.subarray(storedIds).chain((ids) => fc.tuple(...ids.map(storedContact)));

const row: fc.Arbitrary<Cells> = fc
  .record({
    id: fc.option(fc.constantFrom(...storedIds, ...mergedIds, ...newIds), { nil: undefined, freq: 2 }),
    firstName: maybe(firstNames),
    lastName: maybe(lastNames),
    company: maybe(companies),
    'phones.mobile': some([...numbers, '12']),
    'phones.work': some(numbers),
    'emails.work': some([...addresses, 'A@example.com']),
    labels: some(labels),
    notes: some(texts),
  })
  .map((cells) => given(cells) as Cells);

const options: fc.Arbitrary<Options> = fc.record({
  match: fc.constantFrom(['email', 'phone'] as const, ['email'] as const, ['phone'] as const, [] as const),
  anyName: fc.boolean(),
  onMatch: fc.constantFrom('update', 'skip', 'replace'),
  onNew: fc.constantFrom('create', 'skip', 'reject'),
  onInvalid: fc.constantFrom('reject', 'note'),
  knownLabels: fc.boolean(),
  strict: fc.boolean(),
  batch: fc.constantFrom(1, 3, 100),
});

const rowLists = fc.array(row, { maxLength: 7 });
const runs = { numRuns: 300 };

const sum = ({ counts }: Imported): number =>
  counts.created + counts.updated + counts.unchanged + counts.skipped + counts.rejected;

const staffMember = (id: string, index: number): fc.Arbitrary<Contact> =>
  fc.record({ firstName: fc.constantFrom(...firstNames), hasEmail: fc.boolean() }).map(({ firstName, hasEmail }) =>
    buildContact({
      id,
      category: 'internal',
      firstName,
      extension: String(11 + index),
      emails: hasEmail ? [{ kind: 'work', address: addresses[index] ?? '' }] : [],
    }),
  );

const staff = fc.subarray(storedIds.slice(0, 3)).chain((ids) => fc.tuple(...ids.map(staffMember)));

const staffRow: fc.Arbitrary<Cells> = fc
  .record({
    id: fc.option(fc.constantFrom(...storedIds, ...newIds), { nil: undefined, freq: 2 }),
    firstName: maybe(firstNames),
    extension: maybe(['11', '12', '13', '14']),
    'emails.work': some(addresses),
  })
  .map((cells) => given(cells) as Cells);

describe('an import of any rows into any store', () => {
  it('counts each row once, and as many contacts as it makes', () => {
    fc.assert(
      fc.property(stores, rowLists, options, fc.boolean(), (stored, rows, chosen, create) => {
        const done = importRows(stored, rows, create ? { ...chosen, onMatch: 'create' } : chosen);
        expect(done.counts.rows).toBe(rows.length);
        expect(sum(done)).toBe(rows.length);
        expect(done.edits.filter((edit) => edit.before === undefined)).toHaveLength(done.counts.created);
        expect(new Set(done.errors.map((error) => error.row)).size).toBe(done.counts.rejected);
        expect(new Set(done.contacts.map((contact) => contact.id)).size).toBe(stored.length + done.counts.created);
      }),
      runs,
    );
  });

  it('leaves nothing for a second import to do, and rejects the same rows again', () => {
    fc.assert(
      fc.property(stores, rowLists, options, (stored, rows, chosen) => {
        const first = importRows(stored, rows, chosen);
        const second = importRows(first.contacts, rows, chosen);
        expect(second.edits).toEqual([]);
        expect(second.settings === undefined || first.settings !== undefined).toBe(true);
        expect(second.errors.map((error) => error.row)).toEqual(first.errors.map((error) => error.row));
        const left = rows.length - first.counts.rejected;
        expect(second.counts.unchanged + second.counts.skipped).toBe(left);
        if (chosen.onMatch !== 'skip' && chosen.onNew !== 'skip' && !chosen.strict)
          expect(second.counts.unchanged).toBe(left);
      }),
      runs,
    );
  });

  it('leaves nothing for a second import of staff to do, who share no address and no extension', () => {
    fc.assert(
      fc.property(staff, fc.array(staffRow, { maxLength: 6 }), options, (stored, rows, chosen) => {
        const first = importRows(stored, rows, { ...chosen, category: 'internal' });
        const second = importRows(first.contacts, rows, { ...chosen, category: 'internal' });
        expect(second.edits).toEqual([]);
        expect(second.errors.map((error) => error.row)).toEqual(first.errors.map((error) => error.row));
        const extensions = first.contacts.flatMap(({ extension }) => extension ?? []);
        const emails = first.contacts.flatMap((contact) => contact.emails.map(({ address }) => address));
        expect(new Set(extensions).size).toBe(extensions.length);
        expect(new Set(emails).size).toBe(emails.length);
      }),
      runs,
    );
  });

  it('tells of each row, in their order, what became of it and what it changed', () => {
    fc.assert(
      fc.property(stores, rowLists, options, fc.boolean(), (stored, rows, chosen, create) => {
        const by: Options = create ? { ...chosen, onMatch: 'create', onNew: 'create' } : chosen;
        const done = importRows(stored, rows, { ...by, tellsRows: true });
        const { results, counts } = done;
        expect({ ...done, results: [] }).toEqual(importRows(stored, rows, by));
        expect(results.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1));
        for (const action of rowActions) {
          expect(results.filter((result) => result.action === action)).toHaveLength(counts[action]);
        }
        expect(results.flatMap(({ errors }) => errors)).toEqual(done.errors);
        expect(results.flatMap(({ warnings }) => warnings)).toEqual(done.warnings);
        const compare = createFieldComparison(fieldsOf('external', []));
        for (const after of done.contacts) {
          const { id } = after;
          const its = results.filter((result) => result.id === id);
          const before = stored.find((contact) => contact.id === id);
          const changed = its.filter(({ action }) => action === 'created' || action === 'updated');
          const [first, ...others] = changed;
          for (const { fields } of its.filter((one) => !changed.includes(one))) expect(fields).toEqual({});
          if (first === undefined)
            expect(after === before || !done.edits.some((edit) => edit.after?.id === id)).toBe(true);
          else {
            expect(first.action).toBe(before === undefined ? 'created' : 'updated');
            for (const { action } of others) expect(action).toBe('updated');
            const whole = compare(before, after);
            for (const [name, { before: was, after: is }] of Object.entries(whole)) {
              const steps = changed.flatMap(({ fields }) => fields[name] ?? []);
              if (its.length === 1) expect(steps).toEqual([{ before: was, after: is }]);
              expect(steps.at(0)?.before).toEqual(was);
              expect(steps.at(-1)?.after).toEqual(is);
            }
          }
        }
      }),
      runs,
    );
  });

  it('takes nothing from a contact with `update` where no row names its ID', () => {
    fc.assert(
      fc.property(stores, rowLists, options, (stored, rows, chosen) => {
        const nameless = rows.map(({ id, ...cells }) => cells as Cells);
        const { contacts } = importRows(stored, nameless, { ...chosen, onMatch: 'update' });
        stored.forEach((before, index) => {
          const after = contacts[index];
          expect(after?.id).toBe(before.id);
          expect(after?.phones).toEqual(expect.arrayContaining([...before.phones]));
          expect(after?.labels).toEqual(expect.arrayContaining([...before.labels]));
          expect(after?.notes).toEqual(expect.arrayContaining([...before.notes]));
          const keys = after?.emails.map(({ address }) => emailKey(address));
          expect(keys).toEqual(expect.arrayContaining(before.emails.map(({ address }) => emailKey(address))));
          if (before.firstName !== undefined) expect(after?.firstName).toBeDefined();
          if (before.company !== undefined) expect(after?.company).toBeDefined();
        });
      }),
      runs,
    );
  });

  it('comes to the same whether or not the store gives its contacts as JSON', () => {
    fc.assert(
      fc.property(stores, rowLists, rowLists, options, (stored, before, rows, chosen) => {
        const { contacts } = importRows(stored, before, { ...chosen, onMatch: 'update' });
        const imported = (asJson: boolean) => importRows(contacts, [...rows, ...before], { ...chosen, asJson });
        expect(imported(true)).toEqual(imported(false));
      }),
      runs,
    );
  });

  it('comes to the same whatever the size of the batches', () => {
    fc.assert(
      fc.property(stores, rowLists, options, (stored, rows, chosen) => {
        const whole = importRows(stored, rows, { ...chosen, batch: 100 });
        expect(importRows(stored, rows, { ...chosen, batch: 1 })).toEqual(whole);
      }),
      runs,
    );
  });
});
