import { expect, it } from 'vitest';
import type { Edit } from '../../src/contacts/change.js';
import { followContact } from '../../src/contacts/contact-log.js';
import type { Contact } from '../../src/fields/contact.js';
import { contact } from '../store/sample.js';

const holding = (id: string, ...mergedIds: string[]): Contact => contact(id, { mergedIds });
const created = (after: Contact): Edit => ({ after });
const deleted = (before: Contact): Edit => ({ before });
const updated = (before: Contact, after = before): Edit => ({ before, after });

/** The ids that are picked from each change, the newest change first. */
const followed = (id: string, holder: string | undefined, changes: readonly (readonly Edit[])[]) => {
  const pick = followContact(id, holder);
  return changes.map((edits) => pick(edits).map(({ before, after }) => (before ?? after)?.id));
};

const [ann, bob, cid] = [contact('ann'), contact('bob'), contact('cid')];

it.each<[string, string | undefined, readonly (readonly Edit[])[], readonly (readonly string[])[]]>([
  ['a contact that is there', 'ann', [[updated(ann)], [], [created(ann)]], [['ann'], [], ['ann']]],
  ['a deleted one', undefined, [[deleted(ann)], [updated(ann)]], [['ann'], ['ann']]],
  [
    'one that was merged into another: that other after it, itself before',
    'bob',
    [
      [updated(holding('bob', 'ann'))],
      [updated(bob, holding('bob', 'ann')), deleted(ann)],
      [updated(ann), updated(bob)],
    ],
    [['bob'], ['bob', 'ann'], ['ann']],
  ],
  [
    'one whose holder was merged again',
    'cid',
    [
      [updated(cid, holding('cid', 'bob', 'ann')), deleted(holding('bob', 'ann'))],
      [updated(holding('bob', 'ann'))],
      [updated(bob, holding('bob', 'ann')), deleted(ann)],
      [updated(ann)],
    ],
    [['cid', 'bob'], ['bob'], ['bob', 'ann'], ['ann']],
  ],
  [
    'one whose merge was undone',
    'ann',
    [
      [updated(ann), updated(bob)],
      [updated(holding('bob', 'ann'), bob), created(ann)],
      [updated(holding('bob', 'ann'))],
      [updated(bob, holding('bob', 'ann')), deleted(ann)],
      [created(ann), created(bob)],
    ],
    [['ann'], ['bob', 'ann'], ['bob'], ['bob', 'ann'], ['ann']],
  ],
  [
    'one whose holder was deleted',
    undefined,
    [[deleted(holding('bob', 'ann'))], [updated(bob, holding('bob', 'ann')), deleted(ann)]],
    [['bob'], ['bob', 'ann']],
  ],
  [
    'one that was created anew under its id while another holds it',
    'ann',
    [
      [updated(holding('bob', 'ann'))],
      [created(ann)],
      [updated(bob, holding('bob', 'ann')), deleted(ann)],
      [created(ann)],
    ],
    [[], ['ann'], ['bob', 'ann'], ['ann']],
  ],
  ['one whose id stands in a text of others alone', 'ann', [[updated(bob)], [created(ann)]], [[], ['ann']]],
])('follows %s', (_, holder, changes, expected) => {
  expect(followed('ann', holder, changes)).toEqual(expected);
});
