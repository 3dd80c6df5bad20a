import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createContact, createdContactJson, createdEnd } from '../../src/contacts/record.js';
import { buildContact, buildNote, mobile, numberedId, workEmail } from '../helpers/build-contact.js';

const stamp = { by: 'José "b"', at: '2026-11-24T09:00:00.000Z' };
const jsonOf = createdContactJson('external', stamp);
const id = numberedId(7);

const awkward = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\u0000', '\u001f', '\u007f', '\u2028', '陈雨桐', '👩‍👧', '\ud800', 'plain'),
);

test('a new contact as JSON is what `JSON.stringify` makes of it, whatever its texts hold', () => {
  const texts = fc.record({ name: awkward, company: awkward, number: awkward, address: awkward, label: awkward });
  fc.assert(
    fc.property(texts, awkward, fc.nat({ max: 2 }), ({ name, company, number, address, label }, note, count) => {
      const { phones, emails, ...data } = buildContact({ id, firstName: name, company, labels: [label] });
      const said = {
        ...data,
        phones: Array.from({ length: count }, () => mobile(number)),
        emails: Array.from({ length: count }, () => workEmail(address)),
        notes: Array.from({ length: count }, () => buildNote('n1', note)),
        custom: { colour: name },
      };
      expect(jsonOf(said, id, {})).toBe(JSON.stringify(createContact(said, id, 'external', stamp)));
    }),
    { numRuns: 500 },
  );
});

test('presets stand where the data says nothing', () => {
  const { type: _, ...data } = buildContact({ id, firstName: 'Ann' });
  const preset = { type: 'Lead', firstName: 'Nobody' };
  expect(jsonOf(data, id, preset)).toBe(
    JSON.stringify(createContact({ ...data, type: 'Lead' }, id, 'external', stamp)),
  );
});

test('it ends with what the program keeps', () => {
  expect(jsonOf(buildContact({ id, firstName: 'Ann' }), id, {}).endsWith(createdEnd(stamp))).toBe(true);
});
