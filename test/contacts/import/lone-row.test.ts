import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleAlone } from '../../../src/contacts/import/lone-row.js';
import type { PassOptions } from '../../../src/contacts/import/pass.js';
import type { RowReading } from '../../../src/contacts/import/row.js';
import { settle } from '../../../src/contacts/import/settle.js';
import { dataOf } from '../../../src/contacts/record.js';
import { type Contact, type ContactData, emptyData, type Note } from '../../../src/fields/contact.js';
import { fieldsOf } from '../../../src/fields/field.js';
import { buildContact, buildNote, mobile, numberedId } from '../../helpers/build-contact.js';
import { stamp } from './import-rows.js';

/** Objects as programs make them, with the usual prototype. */
const plain = { noNullPrototype: true } as const;

const ids = [0, 1].map(numberedId);

const data = (note: (text: string) => Note): fc.Arbitrary<ContactData> =>
  fc
    .record(
      {
        firstName: fc.constantFrom('Anna', 'Bob'),
        lastName: fc.constantFrom('Berg'),
        company: fc.constantFrom('Acme', 'Bolt'),
        address: fc.record({ city: fc.constantFrom('Hong Kong', 'Kowloon') }, plain),
        custom: fc.record({ tier: fc.subarray(['gold', 'new']) }, plain),
        labels: fc.subarray(['VIP', 'vip', 'New']),
        phones: fc.uniqueArray(
          fc.record({
            kind: fc.constantFrom('mobile' as const, 'work' as const),
            number: fc.constantFrom('+85291234567', '+85291234568', '+85291234567;ext=1'),
          }),
          { maxLength: 2, selector: ({ kind, number }) => `${kind} ${number}` },
        ),
        emails: fc
          .subarray(['a@example.com', 'A@example.com', 'b@example.com'])
          .map((list) => list.map((address) => ({ kind: 'work' as const, address }))),
        notes: fc.array(fc.constantFrom('Called.', 'Wrote.'), { maxLength: 2 }).map((texts) => texts.map(note)),
      },
      { requiredKeys: [] },
    )
    .map((given) => ({ ...emptyData, ...given }));

const storedData = data((text) => buildNote(`kept ${text}`, text));
const rowData = data((text) => buildNote(`new ${text}`, text));

const row: fc.Arbitrary<RowReading> = fc
  .record({
    id: fc.option(fc.constantFrom(...ids), { nil: undefined, freq: 1 }),
    data: rowData,
    sets: fc.subarray(['phones.mobile', 'phones.work', 'emails.work']),
  })
  .map(({ id, data: said, sets }) => ({
    row: 1,
    line: 2,
    ...(id !== undefined && { id }),
    data: said,
    sets: id === undefined ? [] : sets,
    errors: [],
    warnings: [],
  }));

const stored: fc.Arbitrary<Contact> = fc
  .record({
    data: storedData,
    category: fc.constantFrom('external' as const, 'external' as const, 'internal' as const),
    mergedIds: fc.constantFrom(undefined, [numberedId(1)]),
  })
  .map(({ data: said, category, mergedIds }) =>
    buildContact({ id: numberedId(0), ...said, category, ...(mergedIds && { mergedIds }) }),
  );

const options: fc.Arbitrary<PassOptions> = fc.record({
  category: fc.constant('external' as const),
  fields: fc.constant(fieldsOf('external', [])),
  match: fc.subarray(['email', 'phone'] as const),
  anyName: fc.boolean(),
  monthNamed: fc.constant(() => undefined),
  onNew: fc.constant('create' as const),
  onMatch: fc.constantFrom('update', 'update', 'skip', 'replace', 'create'),
  stamp: fc.constant(stamp),
  newIdFor: fc.constant(() => numberedId(9)),
});

/** What `settle` makes of the row, in the words of `settleAlone`. */
const settled = (given: RowReading, contacts: readonly Contact[], by: PassOptions) => {
  const { outcomes, subjects } = settle({ rows: [given], contacts }, by);
  const outcome = outcomes.get(given);
  if (outcome?.kind === 'rejected') return { kind: 'unidentified' };
  if (outcome?.kind !== 'landed' || outcome.warnings.length > 0) return outcome;
  const [{ before, after } = { before: undefined, after: undefined }] = subjects;
  if (before === undefined) return { kind: 'created', after };
  return { kind: after === before ? 'unchanged' : 'updated' };
};

describe('a row that is alone', () => {
  it('makes of nobody what the whole way makes of nobody', () => {
    fc.assert(
      fc.property(row, options, (given, by) => {
        expect(settleAlone(given, [], by)).toEqual(settled(given, [], by));
      }),
    );
  });

  it('is taken the short way only where the whole way leaves the contact as it is', () => {
    // Most of what a row says by chance is new; here it says what the contact says, save for one field.
    const repeated = fc
      .tuple(stored, row, fc.constantFrom(...Object.keys(emptyData), 'firstName', 'lastName', 'address', 'custom'))
      .map(([contact, given, field]): readonly [Contact, RowReading] => {
        const others = Object.entries(dataOf(contact)).filter(([name]) => name !== field);
        const own = Object.entries(given.data).filter(([name]) => name === field);
        return [contact, { ...given, data: { ...emptyData, ...Object.fromEntries([...others, ...own]) } }];
      });
    fc.assert(
      fc.property(fc.oneof(fc.tuple(stored, row), repeated), options, ([contact, given], by) => {
        const outcome = settleAlone(given, [contact], by);
        if (outcome !== undefined) expect(outcome).toEqual(settled(given, [contact], by));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes the short way where it says what the contact says', () => {
    fc.assert(
      fc.property(stored, options, (contact, by) => {
        const said = dataOf(contact);
        fc.pre(contact.category === 'external' && said.notes.length < 2 && said.phones.length + said.emails.length > 0);
        const given: RowReading = { row: 1, line: 2, id: contact.id, data: said, sets: [], errors: [], warnings: [] };
        const isShort = settleAlone(given, [contact], { ...by, onMatch: 'update' })?.kind === 'unchanged';
        expect(isShort).toBe(true);
      }),
    );
  });

  const anna = buildContact({
    id: numberedId(0),
    firstName: 'Anna',
    lastName: 'Berg',
    phones: [mobile('+85291234567')],
    mergedIds: [numberedId(1)],
  });
  const by: PassOptions = {
    category: 'external',
    fields: fieldsOf('external', []),
    match: ['email', 'phone'],
    anyName: false,
    monthNamed: () => undefined,
    onMatch: 'update',
    onNew: 'create',
    stamp,
    newIdFor: () => numberedId(9),
  };
  const { firstName, ...withoutFirstName } = dataOf(anna);

  it.each<[string, Partial<RowReading>, readonly Contact[], Partial<PassOptions>]>([
    ['another name with the number', { data: withoutFirstName }, [anna], {}],
    ['the ID of a merged contact', { id: numberedId(1) }, [anna], {}],
    ['a contact of the other category', {}, [{ ...anna, category: 'internal' }], {}],
    ['two contacts', {}, [anna, { ...anna, id: numberedId(2) }], {}],
    ['news', { data: { ...dataOf(anna), company: 'Acme' } }, [anna], {}],
    [
      'a kind that the row leaves empty',
      { id: anna.id, data: { ...dataOf(anna), phones: [] }, sets: ['phones.mobile'] },
      [anna],
      {},
    ],
    ['contacts that stay as they are', {}, [anna], { onMatch: 'skip' }],
  ])('goes the whole way with %s', (_, given, contacts, options) => {
    const whole: RowReading = { row: 1, line: 2, data: dataOf(anna), sets: [], errors: [], warnings: [] };
    expect(settleAlone(whole, [anna], by)).toEqual({ kind: 'unchanged' });
    expect(settleAlone({ ...whole, ...given }, contacts, { ...by, ...options })).toBeUndefined();
  });
});
