import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/contacts/query/parse.js';
import { beginnings } from '../../../src/store/postgres/connection.js';
import { gramsOf, gramsOfParts } from '../../../src/store/postgres/grams.js';
import { candidates } from '../../../src/store/postgres/view.js';
import { withoutFields } from '../../contacts/query/fields.js';
import { contact, create } from '../sample.js';
import { closeStores, newPlace, openAt } from './place.js';

describe('the plan of a search', () => {
  const client: { current?: pg.Client } = {};
  beforeAll(async () => {
    const url = await newPlace();
    const store = openAt(url);
    const people = Array.from({ length: 3000 }, (_, index) =>
      contact(`id${index}`, {
        firstName: `Person${index}`,
        company: `Company ${index % 40}`,
        phones: [{ kind: 'mobile', number: `+8529${String(index).padStart(7, '0')}` }],
      }),
    );
    await create(store, contact('ming', { firstName: '小明', lastName: '王' }), ...people);
    client.current = new pg.Client({ connectionString: url });
    await client.current.connect();
    await client.current.query('ANALYZE contacts_contact');
    await client.current.query(beginnings.read);
  });
  afterAll(() => client.current?.end());
  afterEach(closeStores);

  const planOf = async (text: string, values: readonly unknown[]): Promise<string> => {
    const result = await client.current?.query(`EXPLAIN (COSTS OFF) ${text}`, [...values]);
    return (result?.rows ?? []).map((row) => row['QUERY PLAN']).join('\n');
  };

  it.each(['王', '小明', '王小明', 'wang', 'person1234', '91234567', 'company:"company 17"'])(
    'for %s goes by the index of n-grams',
    async (text) => {
      const { text: statement, values } = candidates({ category: 'all', query: parseQuery(text, withoutFields) });
      const plan = await planOf(statement, values);
      expect(plan).toContain('Bitmap Index Scan on contacts_contact_grams');
      expect(plan).not.toContain('Seq Scan');
    },
  );

  it.each([
    [
      'keys',
      'SELECT contact FROM contacts_contact WHERE keys @> ARRAY[$1]',
      'email a@b.example',
      'contacts_contact_keys',
    ],
    ['an id', 'SELECT contact FROM contacts_contact WHERE id = $1', 'ming', 'contacts_contact_pkey'],
  ])('for %s goes by an index', async (_, statement, value, index) => {
    const plan = await planOf(statement, [value]);
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  });

  it('for the first page by name reads no more than that', async () => {
    const plan = await planOf('SELECT contact FROM contacts_contact ORDER BY name, id LIMIT 20', []);
    expect(plan).toContain('Index Scan using contacts_contact_name');
  });
});

describe('n-grams', () => {
  it.each([
    ['ab', []],
    ['abc', ['abc']],
    ['abcd', ['abc', 'bcd']],
    ['王', ['王']],
    ['王明', ['王', '明', '王明']],
    ['a\x1fbcd', ['bcd']],
    ['abc de fgh', ['abc', 'fgh']],
    ['王 明', ['王', '明']],
    ['ann@abc', ['ann', 'abc']],
  ])('of %j are those of its parts', (text, parts) => {
    const expected = new Set(parts.flatMap(gramsOf));
    expect(new Set(gramsOf(text))).toEqual(expected);
    expect(expected.size).toBe(parts.length);
  });

  it('are not asked of half a surrogate pair, which a whole one has in it', () => {
    expect(gramsOfParts(['\ud83d'])).toEqual([]);
    expect(gramsOfParts(['💥'])).toEqual(gramsOf('💥'));
  });
});
