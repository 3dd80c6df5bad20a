import { describe, expect, test } from 'vitest';
import { draftOf } from '../../../src/contacts/import/row.js';
import type { CustomField } from '../../../src/fields/field.js';
import { openCsv } from '../../../src/formats/csv/read.js';
import { type ReadOptions, recordsOf } from '../../../src/formats/record.js';
import { landed } from '../landed.js';
import { collect, each, sourceOf, written } from '../sources.js';

const open = (text: string, options: Partial<ReadOptions> = {}) =>
  openCsv(sourceOf(text, 7), { category: 'external', custom: [], ...options });

const contacts = async (text: string, options: Partial<ReadOptions> = {}, custom: readonly CustomField[] = []) =>
  landed(await open(text, { custom, ...options }), options.category, custom, 'GB');

describe('the header is found', () => {
  test.each([
    ['at once', 'First Name,Email\nAda,a@example.com\n'],
    ['after prose', 'Contacts of the fair, May 2026\n\n"Made by\nOla"\n,,\nFirst Name,Email\nAda,a@example.com\n'],
    ['after a line that is a known name itself', 'Notes\nFirst Name,Email\nAda,a@example.com\n'],
    ['after a sep= line', 'sep=;\r\nFirst Name;Email\r\nAda;a@example.com\r\n'],
    ['with white space', ' First Name , Email \n Ada , a@example.com \n'],
    ['in quotes after spaces', '"First Name", "Email"\n"Ada", "a@example.com"\n'],
    ['with columns of no name and no values', 'First Name,Email,,\nAda,a@example.com,,\n'],
    ['among unknown names', 'Ref,First Name,Grade,Email,Shoe\n,Ada,,a@example.com,\n'],
  ])('%s', async (_, text) => {
    expect(await contacts(text)).toEqual([{ firstName: 'Ada', emails: ['work a@example.com'] }]);
  });

  test('a single column will do', async () => {
    expect(await contacts('Email\na@example.com\n\nb@example.com\n')).toEqual([
      { emails: ['work a@example.com'] },
      { emails: ['work b@example.com'] },
    ]);
  });

  test('a chosen column is a known one', async () => {
    expect(await contacts('Wer,Wo\nAda,London\n', { map: { Wer: 'first-name', Wo: 'city' } })).toEqual([
      { firstName: 'Ada', address: { city: 'London' } },
    ]);
  });

  test.each([
    [
      'Ada,Lovelace,a@example.com\nBob,Home,b@example.com\n',
      'contacts.csv has no header: no row among the first names any field.',
    ],
    ['1,2\n3,4\n', 'contacts.csv has no header: no row among the first names any field.'],
    ['', 'contacts.csv is empty.'],
    ['\n\r\n,,\n', 'contacts.csv is empty.'],
  ])('%j has none', async (text, message) => {
    await expect(open(text)).rejects.toMatchObject({ code: 'invalid', message, hint: expect.stringMatching(/--map/) });
  });
});

describe('rows', () => {
  test.each([
    ['First Name\nAda\nBob\n', 2],
    ['First Name,Notes\nAda,"a\nb"\nBob,c', 2],
    ['prose\n\nFirst Name\r\nAda\r\nBob\r\n', 2],
    ['First Name\n', 0],
    ['First Name', 0],
  ])('of %j are counted beforehand', async (text, count) => {
    expect((await open(text)).rows).toBe(count);
  });

  test('keep their number and their line', async () => {
    const file = await open('prose\nFirst Name,Notes\n\nAda,"a\r\nb"\n,\nBob,c\n');
    expect((await collect(recordsOf(file))).map(({ row, line, raw }) => ({ row, line, raw }))).toEqual([
      { row: 1, line: 4, raw: ['Ada', 'a\r\nb'] },
      { row: 2, line: 7, raw: ['Bob', 'c'] },
    ]);
  });

  test('that lack cells have them empty, with a warning; too many cells are a fault unless they are empty', async () => {
    const file = await open('First Name,Last Name,Email\nAda\nBob,B,b@example.com,,\nCyd,C,c@example.com,x,y\n');
    const found = (await collect(recordsOf(file))).map(({ problems, warnings }) => [...problems, ...warnings]);
    expect(found).toEqual([
      [{ column: '', value: '', message: 'has 1 of 3 cells; those that it lacks count as empty' }],
      [],
      [
        {
          column: '',
          value: 'x, y',
          message: 'has 5 cells where the header has 3: one with a delimiter in it wants quotes',
        },
      ],
    ]);
  });

  test('need no cells for columns without a name', async () => {
    const file = await open('First Name,Email,,\nAda,a@example.com\n');
    expect((await collect(recordsOf(file))).map(({ warnings }) => warnings)).toEqual([[]]);
  });

  test('name the column of a value', async () => {
    const file = await open(
      'Mobile,Cell 2,Phone 1 - Label,Phone 1 - Value,Home City\n12,+44 7700 900123,Work,34,York\n',
    );
    const [record] = await collect(recordsOf(file));
    expect([
      record?.column('phones.mobile', '12'),
      record?.column('phones.mobile', '+44 7700 900123'),
      record?.column('phones.work', '34'),
      record?.column('address.city', 'York'),
      record?.column('company'),
    ]).toEqual(['Mobile', 'Cell 2', 'Phone 1 - Value', 'Home City', 'company']);
  });

  test('fields with a column and no value are empty, not absent', async () => {
    const [record] = await collect(recordsOf(await open('First Name,Mobile,Mobile 2,Email\nAda,,,\n')));
    expect([...draftOf(record?.draft ?? { paths: [], texts: [] })]).toEqual([
      ['firstName', ['Ada']],
      ['phones.mobile', []],
      ['emails.work', []],
    ]);
  });
});

describe('columns', () => {
  test('come in the order of their numbers', async () => {
    expect(await contacts('Email 3,Email,Email 2\nc@example.com,a@example.com,b@example.com\n')).toEqual([
      { emails: ['work a@example.com', 'work b@example.com', 'work c@example.com'] },
    ]);
  });

  test('of one single-valued field: the best that holds something, and a note for another value', async () => {
    expect(await contacts('Organization,Company\nOld Ltd,New Ltd\nOld Ltd,\nSame,Same\n')).toEqual([
      { company: 'New Ltd', notes: ['Organization: Old Ltd'] },
      { company: 'Old Ltd' },
      { company: 'Same' },
    ]);
  });

  test('of a street are its lines', async () => {
    expect(await contacts('First Name,Address 1,Address 2,City\nAda,1 High St,Flat 2,York\n')).toEqual([
      { firstName: 'Ada', address: { street: '1 High St\nFlat 2', city: 'York' } },
    ]);
  });

  test('with a whole name serve where there is no other name', async () => {
    expect(
      await contacts(
        'Name,First Name,Last Name,Company,Email\nAda Lovelace,,,,\nAda L.,Ada,Lovelace,,\nAcme,,,Acme,\na@b.example,,,,a@b.example\n',
      ),
    ).toEqual([
      { firstName: 'Ada', lastName: 'Lovelace' },
      { firstName: 'Ada', lastName: 'Lovelace', notes: ['Name: Ada L.'] },
      { company: 'Acme' },
      { emails: ['work a@b.example'] },
    ]);
  });

  test('an ID is one of ours, or else kept in a note', async () => {
    expect(await contacts('ID,First Name\n23456789bcdf,Ada\n17,Bob\n2.34568E+11,Cyd\n')).toEqual([
      { id: '23456789bcdf', firstName: 'Ada' },
      { firstName: 'Bob', notes: ['ID: 17'] },
      ['ID "2.34568E+11" was shortened by a spreadsheet: make the column text there and save it again'],
    ]);
  });

  test('several labels and notes stand in one cell', async () => {
    expect(await contacts('First Name,Contact Label,Notes\nAda,VIP; Key,"one\n---\n two\n----\n"\n')).toEqual([
      { firstName: 'Ada', labels: ['VIP', 'Key'], notes: ['one', ' two\n---\n'] },
    ]);
  });

  test('what a spreadsheet guarded is itself again', async () => {
    expect(await contacts("First Name,Company,Notes\n'=Ada,''+x,'- one\n't,a'=b,\"'\tx\"\n")).toEqual([
      { firstName: '=Ada', company: "'+x", notes: ['- one'] },
      { firstName: "'t", company: "a'=b", notes: ['\tx'] },
    ]);
  });

  test('named like parts of objects do no harm', async () => {
    const file = await open('First Name,__proto__,constructor\nAda,x,y\n');
    expect(file.unknown).toEqual([
      { header: '__proto__', values: ['x'] },
      { header: 'constructor', values: ['y'] },
    ]);
    expect(await landed(file)).toEqual([{ firstName: 'Ada' }]);
  });
});

describe('unknown columns', () => {
  const text = 'First Name,Shoe Size,Empty,Shoe Size\nAda,39,,40\nBob,44,, \nCyd,39,,\nDee,41,,\nEve,42,,\n';

  test('are told with some of their values; those without a value do not count', async () => {
    const file = await open(text);
    expect(file.unknown).toEqual([{ header: 'Shoe Size', values: ['39', '40', '44'] }]);
    expect(await landed(file)).toContainEqual({ firstName: 'Ada' });
  });

  test('are kept in a note where that is wanted', async () => {
    const file = await open(text, { keepRest: true });
    expect(file.unknown).toEqual([]);
    expect([...file.rest]).toEqual([['Shoe Size', 6]]);
    expect(await landed(file)).toContainEqual({ firstName: 'Ada', notes: ['Shoe Size: 39\nShoe Size: 40'] });
  });

  test('fit a custom field that bears their name', async () => {
    const custom: readonly CustomField[] = [{ key: 'shoeSize', label: 'Shoe Size', kind: 'text' }];
    expect(await contacts('First Name,Shoe Size\nAda,39\n', {}, custom)).toEqual([
      { firstName: 'Ada', custom: { shoeSize: '39' } },
    ]);
  });

  test('without a name are known by their place', async () => {
    expect((await open('First Name,\nAda,x\n')).unknown).toEqual([{ header: 'column 2', values: ['x'] }]);
  });
});

describe('the order of dates', () => {
  test.each([
    ['12/31/1990\n01/02/1990\n', undefined],
    ['1990-12-31\n31 Dec 1990\n', undefined],
    ['31/12/1990\n01/02/1990\n', 'Column Birthday has dates such as 31/12/1990, which have the day first.'],
    ['01.02.1990\n31.12.1990\n', 'Column Birthday has dates such as 31.12.1990, which have the day first.'],
    [
      '12/31/1990\n31/12/1990\n',
      'Column Birthday has dates with the day first (31/12/1990) and with the month first (12/31/1990).',
    ],
    ['99/99/1990\n', undefined],
  ])('%j', async (dates, message) => {
    const file = open(`First Name,Birthday\nAda,${dates.trim().replaceAll('\n', '\nBob,')}\n`);
    if (message === undefined) expect((await file).unknown).toEqual([]);
    else
      await expect(file).rejects.toMatchObject({
        code: 'invalid',
        message,
        hint: expect.stringContaining('--date-order'),
      });
  });

  test('may be told, and the others are faults of their rows', async () => {
    const file = await open('First Name,Birthday\nAda,31/12/1990\n', { dateOrder: 'mdy' });
    expect(await landed(file)).toEqual([['Birthday "31/12/1990" is not a day of the calendar']]);
  });

  test('of custom fields counts too', async () => {
    const custom: readonly CustomField[] = [{ key: 'since', label: 'Since', kind: 'date' }];
    await expect(open('First Name,Since\nAda,31/12/1990\n', { custom })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('parts that make no date, and dates without a year, are kept in a note', async () => {
    expect(await contacts('First Name,Birthday\nAda,--12-31\nBob,0/0/00\n')).toEqual([
      { firstName: 'Ada', notes: ['Birthday: --12-31'] },
      { firstName: 'Bob' },
    ]);
  });
});

describe('rejected rows', () => {
  const rejectsOf = async (text: string, errors: readonly string[]): Promise<string> => {
    const file = await open(text);
    const records = await collect(recordsOf(file));
    return written(file.rejects(each(records.map((record, index) => ({ record, error: errors[index] ?? '' })))));
  };

  test('come as they came, with what is wrong at the end', async () => {
    const text = 'prose\nFirst Name;Mobile;Notes\n \'Ada ;12;"a;\nb"\nBob\nCyd;1;2;3\n';
    const rejects = await rejectsOf(text, ['Mobile "12" is too short', '=bad', 'more; "cells"']);
    expect(rejects).toBe(
      '\ufeffFirst Name;Mobile;Notes;Error\r\n" \'Ada ";12;"a;\nb";"Mobile ""12"" is too short"\r\nBob;;;\'=bad\r\nCyd;1;2;3;"more; ""cells"""\r\n',
    );
  });

  test('are read as UTF-8 although the file was in another encoding, with the same flags', async () => {
    const encoding = 'Windows-1252';
    const file = await openCsv(sourceOf(Buffer.from('First Name\nJ\xfcrgen\n', 'latin1')), {
      category: 'external',
      custom: [],
      encoding,
    });
    const records = await collect(recordsOf(file));
    const rejects = await written(file.rejects(each(records.map((record) => ({ record, error: 'x' })))));
    expect(await contacts(rejects, { encoding })).toEqual([{ firstName: 'Jürgen' }]);
  });

  test('tell characters of private use that come out of an old encoding', async () => {
    const source = sourceOf(Buffer.from('First Name,Company\nAda,\xaa\xa1\n', 'latin1'));
    const file = await openCsv(source, { category: 'external', custom: [], encoding: 'gbk' });
    const [record] = await collect(recordsOf(file));
    expect(record?.warnings).toEqual([
      {
        column: 'Company',
        value: '\ue000',
        message: 'has characters of private use, which other programs cannot show: check it, and the --encoding',
      },
    ]);
  });

  test('can be imported once they are mended, and rejected again with one fault each', async () => {
    const rejects = await rejectsOf('First Name,Mobile\nAda,12\n', ['too short']);
    expect(rejects).toBe('\ufeffFirst Name,Mobile,Error\r\nAda,12,too short\r\n');
    const file = await open(rejects);
    expect(file.unknown).toEqual([]);
    expect(await rejectsOf(rejects, ['still too short'])).toBe(
      '\ufeffFirst Name,Mobile,Error\r\nAda,12,still too short\r\n',
    );
    expect(await contacts(rejects.replace('12', '+44 7700 900123'))).toEqual([
      { firstName: 'Ada', phones: ['mobile +447700900123'] },
    ]);
  });
});

test('a fault anywhere in the file stops it before it starts', async () => {
  const rows = Array.from({ length: 2000 }, (_, index) => `Ada ${index},x\n`).join('');
  await expect(open(`First Name,Notes\n${rows}Bob,5" pipe\n`)).rejects.toMatchObject({
    message: 'Line 2002: there is a quote inside an unquoted cell.',
  });
});
