import { describe, expect, it } from 'vitest';
import { fits } from '../../../src/contacts/query/match.js';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import { rankOf } from '../../../src/contacts/query/rank.js';
import { contactWith } from '../sample-contact.js';
import { forgiving } from './fields.js';

type Given = Parameters<typeof contactWith>[0];

/** Contacts that all fit the query, best first; those in one list are of one rank. */
const orders: readonly (readonly [string, readonly (readonly Given[])[]])[] = [
  [
    'garcia',
    [
      [{ firstName: 'Ana', emails: ['garcia'] }, { id: 'garcia' }, { firstName: 'Ana', mergedIds: ['garcia'] }],
      [{ firstName: 'Maria', lastName: 'García' }, { lastName: 'Garcia' }, { company: 'Garcia' }],
      [{ lastName: 'Garcia Marquez' }, { firstName: 'Garciano' }],
      [{ lastName: 'de Garcia' }, { firstName: 'Ana Garciano' }],
      [
        { firstName: 'Ana', company: 'Garcia' },
        { firstName: 'Ana', notes: ['Met Garciano.'] },
      ],
      [{ firstName: 'Ana', lastName: 'Elgarcia' }],
      [{ firstName: 'Ana', emails: ['elgarcia@acme.example'] }],
    ],
  ],
  [
    'maria garcia',
    [
      [
        { firstName: 'Maria', lastName: 'Garcia' },
        { firstName: 'Garcia', lastName: 'Maria' },
        { company: 'Maria Garcia' },
      ],
      [{ firstName: 'Maria', lastName: 'Garciano' }],
      [{ firstName: 'Mariana', lastName: 'Garciano' }],
      [{ firstName: 'Maria', company: 'Garcia Ltd' }],
      [{ firstName: 'Ana', company: 'Maria Garcia' }],
      [{ firstName: 'Maria', emails: ['elgarcia@acme.example'] }],
    ],
  ],
  [
    '9123 4567',
    [
      [{ phones: ['+85291234567'] }, { phones: ['+85291234567;ext=1'] }, { social: { whatsapp: '+85291234567' } }],
      [{ notes: ['Call 9123 4567'] }],
      [{ phones: ['+852912345678'] }],
    ],
  ],
  [
    '204',
    [
      [{ category: 'internal', extension: '204' }, { phones: ['+85228765432;ext=204'] }],
      [{ address: { street: '204 Nathan Road' } }],
      [{ phones: ['+85291204567'] }],
    ],
  ],
  ['maria@acme.example', [[{ emails: ['Maria@Acme.example'] }], [{ notes: ['Write to maria@acme.example.'] }]]],
  ['王小明', [[{ firstName: '小明', lastName: '王' }], [{ company: '王小明行' }]]],
  ['nosuch OR maria', [[{ firstName: 'Maria' }], [{ firstName: 'Mariana' }]]],
  ['maria type:lead -smith', [[{ firstName: 'Maria', type: 'Lead' }], [{ firstName: 'Mariana', type: 'Lead' }]]],
];

describe('rankOf', () => {
  it.each(orders)('%s', (text, lists) => {
    const query = parseQuery(text, forgiving);
    for (const contact of lists.flat().map(contactWith))
      expect([contact, fits(query, contact)]).toEqual([contact, true]);
    const ranks = lists.map((list) => list.map((given) => rankOf(query, contactWith(given))));
    for (const alike of ranks) expect(new Set(alike).size).toBe(1);
    const firsts = ranks.map(([first = Number.NaN]) => first);
    expect(firsts).toEqual([...new Set(firsts)].sort((a, b) => a - b));
  });

  it.each(['', 'type:lead', '-smith', 'has:name'])('is 0 for %j, which has no words', (text) => {
    expect(rankOf(parseQuery(text, forgiving), contactWith({ firstName: 'Maria' }))).toBe(0);
  });
});
