import { expect, test } from 'vitest';
import { editDetails, fieldChanges } from '../../src/contacts/edit-details.js';
import type { CustomField } from '../../src/fields/field.js';
import { buildContact, buildNote, mobile, numberedId, workEmail, workPhone } from '../helpers/build-contact.js';

const id = numberedId(7);
const custom: readonly CustomField[] = [{ key: 'tier', label: 'Tier', kind: 'text' }];
const ada = buildContact({
  id,
  firstName: 'Ada',
  birthDate: '1990-03-04',
  phones: [mobile('+85291234567'), workPhone('+85228765432')],
  emails: [workEmail('ada@example.com')],
  address: { city: 'Hong Kong' },
  custom: { tier: 'gold', old: 3 },
});

test('an update is told field by field, as users name the fields', () => {
  const note = buildNote('n1', 'Called');
  const after = {
    ...ada,
    phones: [mobile('+85291234567'), mobile('+85291234568')],
    birthDate: '1990-03-05',
    address: {},
    labels: ['VIP'],
    custom: { tier: 'silver' },
    notes: [note],
    updatedAt: '2026-11-24T09:00:00.000Z',
    mergedIds: [numberedId(8)],
  };
  expect(editDetails({ before: ada, after }, custom)).toEqual({
    id,
    name: 'Ada',
    action: 'updated',
    fields: {
      birthDate: { before: '1990-03-04', after: '1990-03-05' },
      labels: { before: [], after: ['VIP'] },
      mobile: { before: ['+85291234567'], after: ['+85291234567', '+85291234568'] },
      'work-phone': { before: ['+85228765432'], after: [] },
      city: { before: 'Hong Kong', after: null },
      tier: { before: 'gold', after: 'silver' },
      old: { before: 3, after: null },
      notes: { before: [], after: [note] },
      mergedIds: { before: [], after: [numberedId(8)] },
    },
  });
  expect(fieldChanges({ before: ada, after }, custom)[0]).toMatchObject({
    name: 'birthDate',
    label: 'Birth Date',
    shownBefore: '03/04/1990',
    shownAfter: '03/05/1990',
  });
});

test('a creation tells all that the contact has, a deletion all that it had', () => {
  const created = editDetails({ after: ada }, custom);
  const deleted = editDetails({ before: ada }, custom);
  expect(created).toMatchObject({ action: 'created', fields: { firstName: { before: null, after: 'Ada' } } });
  expect(deleted).toMatchObject({ action: 'deleted', fields: { firstName: { before: 'Ada', after: null } } });
  expect(Object.keys(created?.fields ?? {})).toEqual(Object.keys(deleted?.fields ?? {}));
});

test('an edit that leaves the fields alone tells none', () => {
  expect(editDetails({ before: ada, after: { ...ada, updatedBy: 'ben' } }, custom)?.fields).toEqual({});
  expect(fieldChanges({}, custom)).toEqual([]);
});
