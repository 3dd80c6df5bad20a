import { describe, expect, test } from 'vitest';
import { Creation, saysSame } from '../../src/contacts/creation.js';
import { createdEnd } from '../../src/contacts/record.js';
import { buildContact, mobile, numberedId } from '../helpers/build-contact.js';

const contact = buildContact({ id: numberedId(1), firstName: '李', phones: [mobile('+85291234567')] });

test('a creation is an edit without a contact before', () => {
  const edit = Creation.of(contact);
  expect(edit).not.toHaveProperty('before');
  expect(edit.after).toEqual(contact);
  expect(edit.id).toBe(contact.id);
  expect(edit.category).toBe(contact.category);
});

test('as JSON it is what the plain edit is', () => {
  expect(JSON.parse(JSON.stringify(Creation.of(contact)))).toEqual({ after: contact });
  expect(JSON.parse(Buffer.from(Creation.of(contact).bytes).toString())).toEqual(contact);
});

describe('what two contacts as JSON say', () => {
  const kept = createdEnd({ by: 'ana', at: '2026-11-24T09:00:00.000Z' });
  const json = (data: string, id = numberedId(1), end = kept): Uint8Array =>
    new TextEncoder().encode(`{"id":"${id}","category":"external",${data}${end}`);
  const ann = '"firstName":"Ann","labels":[]';
  const other = createdEnd({ by: 'José', at: '2025-01-01T00:00:00.000Z' });
  const cases: readonly (readonly [string, Uint8Array, boolean, boolean])[] = [
    ['is the same', json(ann), true, true],
    ['is the same, written by somebody else at another time', json(ann, numberedId(1), other), true, true],
    ['is the same, with other ids', json(ann, numberedId(2)), false, true],
    ['is the same, and the ids count', json(ann, numberedId(2)), true, false],
    ['is the same, with an id of another length', json(ann, 'x'), false, true],
    ['differs in a value', json('"firstName":"Ama","labels":[]'), false, false],
    ['differs in what stands at the end', json(`${ann},"notes":[]`), false, false],
    ['differs in what is missing', json('"firstName":"Ann"'), false, false],
    ['is cut off', json(ann).subarray(0, 40), false, false],
    ['is nothing', new Uint8Array(), false, false],
  ];
  test.each(cases)('%s', (_, stored, hasId, expected) => {
    expect(saysSame(json(ann), new TextEncoder().encode(kept).length, stored, hasId)).toBe(expected);
  });

  test('the category counts', () => {
    const staff = new TextEncoder().encode(`{"id":"${numberedId(1)}","category":"internal",${ann}${kept}`);
    expect(saysSame(json(ann), new TextEncoder().encode(kept).length, staff, true)).toBe(false);
  });
});
