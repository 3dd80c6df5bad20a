import { describe, expect, test } from 'vitest';
import { draftOf } from '../../../src/contacts/import/row.js';
import { objectsOf } from '../../../src/formats/json/objects.js';
import { openJson } from '../../../src/formats/json/read.js';
import { writeJson, writeNdjson } from '../../../src/formats/json/write.js';
import { type ReadOptions, recordsOf } from '../../../src/formats/record.js';
import { customFields } from '../custom-fields.js';
import { landed } from '../landed.js';
import { collect, each, sourceOf, written } from '../sources.js';

const open = (text: string, options: Partial<ReadOptions> = {}) =>
  openJson(sourceOf(text, 5, 'contacts.json'), { category: 'external', custom: customFields, ...options });

const contacts = async (value: unknown, options: Partial<ReadOptions> = {}) =>
  landed(
    await open(typeof value === 'string' ? value : JSON.stringify(value), options),
    options.category,
    customFields,
  );

describe('the objects of a text', () => {
  const pieces = (text: string, size: number): readonly string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

  test.each([
    ['{"a":1}', ['1 {"a":1}']],
    ['\n [ {"a":1} ,\n\t{"b":[{}]}\r\n]\n', ['2 {"a":1}', '3 {"b":[{}]}']],
    ['[]', []],
    ['{"a":"}\\"{"}\n{"b":\n"\\\\"}\n\n{"c":1}', ['1 {"a":"}\\"{"}', '2 {"b":\n"\\\\"}', '5 {"c":1}']],
    ['{}{}', ['1 {}', '1 {}']],
  ])('%j', async (text, objects) => {
    for (const size of [1, 2, 100]) {
      const found = await collect(objectsOf(each(pieces(text, size))));
      expect(found.map((object) => `${object.line} ${object.text}`)).toEqual(objects);
    }
  });

  test.each([
    ['', 'The JSON text is empty.'],
    ['\n"x"', 'Line 2: "\\"" stands where a JSON object is expected.'],
    ['[1]', 'Line 1: "1" stands where a JSON object is expected.'],
    ['[{}\n{}]', 'Line 2: "{" stands where a JSON object is expected.'],
    ['[,{}]', 'Line 1: "," stands where a JSON object is expected.'],
    ['[{},]', 'Line 1: "]" stands where a JSON object is expected.'],
    ['[{}]\n{}', 'Line 2: "{" stands where a JSON object is expected.'],
    ['{},{}', 'Line 1: "," stands where a JSON object is expected.'],
    ['[{},\n', 'Line 2: the array ends without a closing bracket.'],
    ['[\n', 'Line 2: the array ends without a closing bracket.'],
    ['{}\n{"a":\n1', 'Line 2: the object that begins there does not end.'],
  ])('%j is not JSON', async (text, message) => {
    await expect(collect(objectsOf(each([text])))).rejects.toMatchObject({ code: 'invalid', message });
  });

  test.each([200, 1_000_000])('nested %i levels deep are refused', async (levels) => {
    const text = `{}\n{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const message = 'Line 2: the object that begins there is nested too deeply.';
    await expect(collect(objectsOf(each([text])))).rejects.toMatchObject({ code: 'invalid', message });
  });

  test('an object that only looks like one names its line', async () => {
    await expect(open('{}\n{"a": nope}\n')).rejects.toMatchObject({
      message: expect.stringMatching(/^Line 2: the object that begins there is not JSON: /),
    });
  });
});

describe('an object with fields as keys', () => {
  test('by their paths, flags, labels and synonyms', async () => {
    expect(
      await contacts({
        firstName: 'Ada',
        'Last Name': "'=Lovelace",
        mobile: ['+44 7700 900123', '+44 7700 900124'],
        'work-email': 'ada@example.com',
        'address.city': 'York',
        Organisation: 'Acme',
        labels: ['VIP'],
        notes: 'one\n---\ntwo',
        Budget: 12.5,
        vip: true,
        topics: ['Sales', 'Support'],
        WhatsApp: '+447700900123',
      }),
    ).toEqual([
      {
        firstName: 'Ada',
        lastName: "'=Lovelace",
        company: 'Acme',
        phones: ['mobile +447700900123', 'mobile +447700900124'],
        emails: ['work ada@example.com'],
        address: { city: 'York' },
        social: { whatsapp: '+447700900123' },
        labels: ['VIP'],
        custom: { budget: 12.5, vip: true, topics: ['Sales', 'Support'] },
        notes: ['one\n---\ntwo'],
      },
    ]);
  });

  test('a whole name serves where there is no other', async () => {
    expect(
      await contacts([
        { name: 'Ada Lovelace', company: 'Acme' },
        { name: 'x', lastName: 'Bell' },
        { name: 'ACME', company: 'Acme' },
        { name: 'a@example.com', 'work-email': 'a@example.com' },
      ]),
    ).toEqual([
      { firstName: 'Ada', lastName: 'Lovelace', company: 'Acme' },
      { lastName: 'Bell' },
      { company: 'Acme' },
      { emails: ['work a@example.com'] },
    ]);
  });

  test('null and an empty list clear', async () => {
    const [record] = await collect(
      recordsOf(await open('{"firstName":"Ada","company":null,"mobile":[],"phones":null}')),
    );
    expect([...draftOf(record?.draft ?? { paths: [], texts: [] })]).toEqual([
      ['firstName', ['Ada']],
      ['company', []],
      ['phones.mobile', []],
      ['phones.work', []],
      ['phones.home', []],
      ['phones.other', []],
    ]);
  });
});

describe('an object as the program prints it', () => {
  const at = '2026-01-02T03:04:05.678Z';
  const whole = { id: 'nnnnnnnnnnnn', text: 'one', author: 'grace', createdAt: at, updatedAt: at };

  test('its notes keep their author and time where they have them', async () => {
    const [record] = await collect(
      recordsOf(await open(JSON.stringify({ firstName: 'Ada', notes: [whole, 'two', { text: 'three' }] }))),
    );
    expect(draftOf(record?.draft ?? { paths: [], texts: [] }).get('notes')).toEqual(['one', 'two', 'three']);
    expect(record?.notes).toEqual([whole]);
  });

  test('faults are told by their keys', async () => {
    expect(
      await contacts([
        { id: '17', category: 'internal', firstName: ['Ada', 'Bea'] },
        { phones: [{ kind: 'fax', number: '+44' }, '+44', { kind: 'work', number: 5 }], firstName: 'Ada' },
        { phones: 'x', notes: [1], company: { name: 'x' } },
        { mobile: '12' },
      ]),
    ).toEqual([
      [
        'id "17" is no ID: 12 characters such as 23456789bcdf',
        'category "internal" is not "external": give the category with --category',
        'firstName "Ada, Bea" holds one value',
      ],
      [
        'phones "{"kind":"fax","number":"+44"}" has no kind of mobile, work, home, other',
        'phones "+44" lacks a kind or number',
        'phones "{"kind":"work","number":5}" lacks a kind or number',
      ],
      [
        'phones "x" is not a list',
        'notes "1" is no note: give a text, or an object with a text',
        'company "{"name":"x"}" is neither a text nor a list of texts',
        'The contact needs at least one of first name, last name, company, phone or email',
      ],
      ['mobile "12" is too short to be a phone number'],
    ]);
  });

  test('staff are read as staff', async () => {
    expect(
      await contacts(
        { firstName: 'Ada', category: 'internal', labels: [], extension: 12, phone: '+447700900123' },
        { category: 'internal' },
      ),
    ).toEqual([{ firstName: 'Ada', extension: '12', phones: ['work +447700900123'] }]);
  });
});

describe('unknown keys', () => {
  const text = '{"firstName":"Ada","shoeSize":39,"address":{"planet":"Mars"},"__proto__":{"x":1},"none":null}';

  test('are told', async () => {
    const file = await open(text);
    expect(file.unknown).toEqual([
      { header: 'shoeSize', values: ['39'] },
      { header: 'address.planet', values: ['Mars'] },
      { header: '__proto__', values: ['{"x":1}'] },
    ]);
    expect(await landed(file)).toEqual([{ firstName: 'Ada' }]);
  });

  test('are kept in a note where that is wanted', async () => {
    const file = await open(text, { keepRest: true });
    expect([file.unknown, [...file.rest.keys()]]).toEqual([[], ['shoeSize', 'address.planet', '__proto__']]);
    expect(await landed(file)).toEqual([
      { firstName: 'Ada', notes: ['shoeSize: 39\naddress.planet: Mars\n__proto__: {"x":1}'] },
    ]);
  });
});

test('rejected objects come as they came, with what is wrong, and can be read again', async () => {
  const file = await open('[{"mobile":"12","Error":"old"}]');
  const [record] = await collect(recordsOf(file));
  if (record === undefined) throw new Error('no record');
  const rejects = await written(file.rejects(each([{ record, error: 'too short' }])));
  expect(rejects).toBe('{"mobile":"12","Error":"too short"}\n');
  expect((await open(rejects)).unknown).toEqual([]);
});

test('JSON and NDJSON are written contact by contact', async () => {
  const all = [{ id: 'a' }, { id: 'b' }] as never[];
  expect(await written(writeJson(each(all)))).toBe('[\n{"id":"a"},\n{"id":"b"}\n]\n');
  expect(await written(writeJson(each([])))).toBe('[]\n');
  expect(await written(writeNdjson(each(all)))).toBe('{"id":"a"}\n{"id":"b"}\n');
  expect(await written(writeNdjson(each([])))).toBe('');
});
