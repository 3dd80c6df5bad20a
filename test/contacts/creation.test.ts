import { expect, test } from 'vitest';
import { Creation } from '../../src/contacts/creation.js';
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
