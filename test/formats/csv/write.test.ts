import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, valueCounter } from '../../../src/fields/columns.js';
import type { Contact } from '../../../src/fields/contact.js';
import type { CustomField } from '../../../src/fields/field.js';
import { guard } from '../../../src/formats/csv/formula-guard.js';
import { csvRows, writeCsv } from '../../../src/formats/csv/write.js';
import { anyContact, anyText } from '../contacts.js';
import { customFields } from '../custom-fields.js';
import { each, written } from '../sources.js';

const at = '2026-01-02T03:04:05.678Z';
const kept = { createdAt: at, createdBy: 'grace', updatedAt: at, updatedBy: 'grace' };
const note = (text: string) => ({ id: 'nnnnnnnnnnnn', text, author: 'grace', createdAt: at, updatedAt: at });

const ada: Contact = {
  ...kept,
  id: '23456789bcdf',
  category: 'external',
  type: 'Lead',
  firstName: 'Ada',
  lastName: '=Lovelace',
  birthDate: '1990-12-31',
  language: 'zh-Hant',
  labels: ['VIP', 'Key'],
  phones: [
    { kind: 'mobile', number: '+447700900123' },
    { kind: 'work', number: '+442079460123;ext=12' },
    { kind: 'mobile', number: '+447700900124' },
  ],
  emails: [{ kind: 'work', address: 'ada@example.com' }],
  address: { street: '1 High St\nFlat 2', country: 'GB' },
  notes: [note('one'), note('two\n---')],
};

const bob: Contact = {
  ...kept,
  id: '3456789bcdfg',
  category: 'external',
  company: 'Bolt, Inc',
  labels: [],
  phones: [],
  emails: [],
  notes: [],
};

const csv = (options: Partial<Parameters<typeof writeCsv>[1]>, contacts: readonly Contact[] = [ada, bob]) =>
  written(writeCsv(() => each(contacts), { category: 'external', custom: [], ...options }));

test('the whole header, with as many columns as the phones need', async () => {
  expect(await csv({})).toBe(
    [
      'ID,Type,First Name,Last Name,Level,Company,Job Title,Department,Birth Date,Language,Group,Contact Label,Mobile,' +
        'Mobile 2,Work Phone,Home Phone,Other Phone,Work Email,Personal Email,Other Email,Zip Code,Street,City,State,' +
        'Country,Messenger,LINE,WOZTELL (WhatsApp Cloud),WOZTELL (Facebook),WOZTELL (Instagram),Notes',
      "23456789bcdf,Lead,Ada,'=Lovelace,,,,,12/31/1990,Traditional Chinese,,VIP; Key,+447700900123,+447700900124," +
        `'+442079460123;ext=12,,,ada@example.com,,,,"1 High St\nFlat 2",,,GB,,,,,,"one\n---\ntwo\n----"`,
      '3456789bcdfg,,,,,"Bolt, Inc",,,,,,,,,,,,,,,,,,,,,,,,,',
      '',
    ].join('\r\n'),
  );
});

test('the template is the header alone, with the custom fields before the notes', async () => {
  expect(await csv({ custom: customFields }, [])).toMatch(
    /^ID,Type,.*,WOZTELL \(Instagram\),Budget,Plan,Since,VIP,Tier,Topics,Title,"'=Sum; ""all""",Employer,Nickname,Notes\r\n$/,
  );
  expect(await csv({ category: 'internal' }, [])).toBe(
    'ID,First Name,Last Name,Email,Phone Number,Role,Department,Job Title,Time Zone,Extension Number,' +
      'Availability Status,Avatar,Notes\r\n',
  );
});

test('chosen columns stand in the order in which they were chosen', async () => {
  const size = { header: 'Size', path: 'size', text: (contact: Contact) => String(contact.phones.length) };
  expect(await csv({ fields: ['phones.mobile', size, 'id'] })).toBe(
    'Mobile,Mobile 2,Size,ID\r\n+447700900123,+447700900124,3,23456789bcdf\r\n,,0,3456789bcdfg\r\n',
  );
});

test('a byte order mark and raw formulas where they are wanted', async () => {
  expect(await csv({ fields: ['lastName'], bom: true, raw: true }, [ada])).toBe('\ufeffLast Name\r\n=Lovelace\r\n');
});

test('texts with white space at an end, quotes and any line end are quoted', async () => {
  const texts = ['\tx', ' x', 'x ', 'a\nb', 'a\rb', 'a"b', 'a;b', '\u00a0x'];
  const contacts = texts.map((company) => ({ ...bob, company }));
  expect(await csv({ fields: ['company'], raw: true }, contacts)).toBe(
    'Company\r\n"\tx"\r\n" x"\r\n"x "\r\n"a\nb"\r\n"a\rb"\r\n"a""b"\r\na;b\r\n"\u00a0x"\r\n',
  );
});

/** How often a contact was taken, and the pieces that were written of them. */
const taken = async (contacts: readonly Contact[]) => {
  let count = 0;
  async function* source(): AsyncGenerator<Contact, void> {
    for (const contact of contacts) {
      count += 1;
      yield contact;
    }
  }
  const pieces = [];
  for await (const piece of writeCsv(source, { category: 'external', custom: [] })) pieces.push(piece);
  return { count, pieces: pieces.map((piece) => Buffer.from(piece).toString()) };
};

const withMobiles = (...counts: readonly number[]): readonly Contact[] =>
  counts.map((length) => ({
    ...bob,
    phones: Array.from({ length }, () => ({ kind: 'mobile', number: '+447700900123' })),
  }));

/** What is written without any haste: the columns of all contacts, and then their rows. */
const plainly = (contacts: readonly Contact[], custom: readonly CustomField[], raw: boolean): string => {
  const counter = valueCounter('external');
  for (const contact of contacts) counter.add(contact);
  const columns = columnsOf('external', custom, counter.counts);
  const cell = raw ? (text: string) => text : guard;
  return csvRows([
    columns.map(({ header }) => cell(header)),
    ...contacts.map((contact) => columns.map((column) => cell(column.text(contact)))),
  ]);
};

const withEmails = (...counts: readonly number[]): readonly Contact[] =>
  counts.map((length) => ({
    ...bob,
    emails: Array.from({ length }, () => ({ kind: 'work', address: 'bob@example.com' })),
  }));

test.each([
  { name: 'none', contacts: [], count: 0 },
  { name: 'one column of a kind is enough', contacts: withMobiles(0, 1, 1, 0), count: 4 },
  { name: 'emails count as phones do', contacts: withEmails(0, 0, 2, 1), count: 4 + 2 },
  { name: 'the first contact needs most columns', contacts: withMobiles(3, 1, 2), count: 3 },
  {
    name: 'those before a contact that needs more are taken again',
    contacts: withMobiles(1, 2, 1, 3, 0),
    count: 5 + 3,
  },
])('contacts are taken once where that is enough: $name', async ({ contacts, count }) => {
  const { count: found, pieces } = await taken(contacts);
  expect([found, pieces.join('')]).toEqual([count, plainly(contacts, [], false)]);
});

test('rows that are too many to be kept are made again, a piece of them at a time', async () => {
  const large = { ...bob, company: 'x'.repeat(1 << 20) };
  const { count, pieces } = await taken(Array.from({ length: 34 }, () => large));
  const [header, ...rows] = pieces;
  expect(count).toBe(34 + 34);
  expect(rows.length).toBe(34);
  expect(new Set(rows).size).toBe(1);
  expect(`${header}${rows[0]}` === plainly([large], [], false)).toBe(true);
});

test('what is written in haste is what the package writes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(anyContact('external', customFields), { maxLength: 4 }),
      fc.boolean(),
      async (contacts, raw) => {
        expect(await csv({ custom: customFields, raw }, contacts)).toBe(plainly(contacts, customFields, raw));
      },
    ),
    { numRuns: 60 },
  ));

test('any cell is quoted as the package quotes it', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyText, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 2 }),
      fc.boolean(),
      async (rows, width, raw) => {
        const contacts = rows.map(([firstName = '', lastName = '']) => ({ ...bob, firstName, lastName }));
        const fields = ['firstName', 'lastName'].slice(0, width);
        const cells = rows.map((row) => row.slice(0, width).map((text) => (raw ? text : guard(text))));
        const header = ['First Name', 'Last Name'].slice(0, width);
        expect(await csv({ fields, raw }, contacts)).toBe(csvRows([header, ...cells]));
      },
    ),
    { numRuns: 300 },
  ));
