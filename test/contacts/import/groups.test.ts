import { expect, test } from 'vitest';
import { createGrouping, type Group } from '../../../src/contacts/import/groups.js';
import { hashOfKey } from '../../../src/contacts/key-hash.js';
import { createMemoryScratch } from '../../../src/contacts/scratch.js';
import { buildContact, numberedId } from '../../helpers/build-contact.js';

const [one, other] = [1, 2].map((number) => buildContact({ id: numberedId(number), firstName: `N${number}` }));
const idHash = (id = ''): number => hashOfKey('id', id);

const grouping = (rows: readonly (readonly number[])[]) => {
  const made = createGrouping(createMemoryScratch());
  for (const hashes of rows) made.add(Float64Array.from(hashes), 0, hashes.length);
  return made;
};

const told = (groups: Iterable<Group>) =>
  [...groups].map(({ rows, contacts }) => ({ rows, contacts: contacts.map((each) => each.contact() ?? each.id) }));

test('rows are of one group that share keys, by way of others too', () => {
  expect(told(grouping([[1], [2, 3], [4], [3, 4], []]).groups())).toEqual([
    { rows: [0], contacts: [] },
    { rows: [1, 2, 3], contacts: [] },
    { rows: [4], contacts: [] },
  ]);
});

test('a contact makes one group of the rows that find it', () => {
  const found = grouping([[1], [2], [3]]);
  found.found(one?.id ?? '', 0, undefined);
  found.found(one?.id ?? '', 2, one);
  expect(told(found.groups())).toEqual([
    { rows: [0, 2], contacts: [one] },
    { rows: [1], contacts: [] },
  ]);
});

test('a contact that a row finds by its ID alone is no part of its group unless it is kept', () => {
  const found = grouping([[idHash(one?.id)], [idHash(other?.id)], [3]]);
  for (const [row, contact] of [one, other].entries()) found.found(contact?.id ?? '', row, undefined);
  expect(told(found.groups()).map(({ contacts }) => contacts)).toEqual([[], [], []]);
  if (other) found.keep(other);
  expect(told(found.groups())[1]).toEqual({ rows: [1], contacts: [other] });
  found.found(one?.id ?? '', 2, one);
  expect(told(found.groups())).toEqual([
    { rows: [0, 2], contacts: [one] },
    { rows: [1], contacts: [other] },
  ]);
});
