import { expect, test } from 'vitest';
import type { Contact } from '../../../src/fields/contact.js';
import { writeCsv } from '../../../src/formats/csv/write.js';
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

test('contacts are gone through twice, piece by piece', async () => {
  let passes = 0;
  const contacts = () => {
    passes += 1;
    return each(Array.from({ length: 450 }, () => bob));
  };
  const pieces = [];
  for await (const piece of writeCsv(contacts, { category: 'external', custom: [] })) pieces.push(piece);
  expect([passes, pieces.length, pieces.join('').split('\r\n').length]).toEqual([2, 3, 452]);
});
