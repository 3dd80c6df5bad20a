import fc from 'fast-check';
import { keysOf } from '../../../../src/contacts/keys.js';
import { parseQuery } from '../../../../src/contacts/query/parse.js';
import { allowTypingErrors } from '../../../../src/contacts/query/typing-errors.js';
import type { Contact } from '../../../../src/fields/contact.js';
import { fieldsOf } from '../../../../src/fields/field.js';
import type { Order, Page, Selection, StoreView } from '../../../../src/store/store.js';
import { withoutFields } from '../../../contacts/query/fields.js';
import { contact } from '../../sample.js';

const word = fc.oneof(
  fc.constantFrom(
    ...['Anna', 'anna', 'ANNA-MARIA', 'Ána', 'Garcia', 'García', '王', '小明', 'カガ', "O'Brien", 'Acme', '', ' a  b '],
    ...['line\nend', 'unit\x1fend', 'record\x1eend', '\ud800', '💥', '12345', '9123 4567', '2026-01-31', 'x12'],
  ),
  fc.string({ maxLength: 4 }),
);
const number = fc.constantFrom('+85291234567', '+85291234567;ext=12', '+493012345678', '+14155550100', '+1', 'text');
const address = fc.constantFrom('anna@acme.example', 'Anna@Acme.Example', 'g@müller.example', 'no address');

/** What a contact may hold besides its id. */
export const contactData: fc.Arbitrary<Partial<Contact>> = fc.record(
  {
    category: fc.constantFrom('external', 'external', 'internal'),
    firstName: word,
    lastName: word,
    company: word,
    extension: fc.constantFrom('12', '7'),
    labels: fc.array(word, { maxLength: 2 }),
    phones: fc.array(fc.record({ kind: fc.constantFrom('mobile', 'work'), number }), { maxLength: 2 }),
    emails: fc.array(fc.record({ kind: fc.constantFrom('work'), address }), { maxLength: 2 }),
    custom: fc.record({ size: fc.integer(), topic: word }),
    mergedIds: fc.array(fc.constantFrom('oldid1', 'oldid2'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const fields = [...fieldsOf('external', []), ...fieldsOf('internal', [])];
const query = (text: string) => parseQuery(text, { ...withoutFields, fields });
const near = allowTypingErrors(query('garzia')) ?? query('garzia');
const queries = [
  ...[
    'anna',
    'an',
    'a',
    'garcia',
    'anna garcia',
    '王',
    '小明',
    'カガ',
    'acme',
    'anna -garcia',
    'anna OR acme',
    '"a b"',
  ],
  ...['91234567', '9123 4567', '+852 9123', 'company:acme', 'has:email', 'missing:phone', 'acme company:acme', '12'],
  ...['created:>2020-01-01', 'nobody at all', 'email:acme', '(anna OR 王) -acme', 'x12', 'text'],
].map(query);
const orders: readonly Order[] = [
  'rank',
  'stored',
  { by: 'name', descending: false },
  { by: 'name', descending: true },
  { by: 'company', descending: true },
];
const pages: readonly Page[] = [{ offset: 0 }, { offset: 0, limit: 2 }, { offset: 1, limit: 3 }, { offset: 4 }];

const selections: readonly Selection[] = (['all', 'external', 'internal'] as const).flatMap((category) => [
  { category },
  ...[...queries, near].map((wanted) => ({ category, query: wanted })),
]);

/** The selections are asked about in so many turns, to save time. */
const turns = 4;

/**
 * What is asked of a view in a turn, answered: for comparison with another view's answers.
 *
 * @param turn tells which of the selections are asked about
 */
export const answersOf = async (view: StoreView, contacts: readonly Contact[], turn: number): Promise<unknown> => {
  const found = [];
  for (const [index, selection] of selections.entries()) {
    if (index % turns !== turn % turns) continue;
    for (const order of orders) {
      const page = pages[(index + turn + found.length) % pages.length] ?? { offset: 0 };
      const { contacts: on, total } = await view.find(selection, order, page);
      const alone = await view.findPage(selection, order, page);
      found.push([selection.query?.text, order, on.map(({ id }) => id), total, alone.map(({ id }) => id)]);
    }
    const each = [];
    for await (const { id } of view.each(selection, orders[index % orders.length] ?? 'rank')) each.push(id);
    found.push(each, await view.findsAny(selection));
  }
  const keys = [
    ...contacts.flatMap(keysOf),
    ...['id', 'idPrefix', 'email', 'phone', 'number', 'name', 'extension'].map(
      (of) => ({ of, value: 'person' }) as ReturnType<typeof keysOf>[number],
    ),
    { of: 'idPrefix', value: 'p' } as const,
    { of: 'idPrefix', value: 'oldid' } as const,
  ];
  return {
    found,
    lookup: await view.lookup(keys),
    get: await view.get([...contacts.map(({ id }) => id), 'none'].toReversed()),
    settings: await view.settings(),
  };
};

export const person = (number: number, data: Partial<Contact>): Contact => {
  const { firstName: _, ...rest } = contact(`person${number}`);
  return { ...rest, ...data };
};
