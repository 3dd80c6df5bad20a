import { describe, expect, test } from 'vitest';
import type { Contact } from '../../../src/fields/contact.js';
import { type ReadOptions, recordsOf } from '../../../src/formats/record.js';
import { escapeText, foldLine, readProperty, splitValue, unescapeText } from '../../../src/formats/vcard/property.js';
import { openVcards } from '../../../src/formats/vcard/read.js';
import { createVcardWriter } from '../../../src/formats/vcard/write.js';
import { customFields } from '../custom-fields.js';
import { landed } from '../landed.js';
import { collect, each, sourceOf, written } from '../sources.js';

const open = (text: string, options: Partial<ReadOptions> = {}) =>
  openVcards(sourceOf(text, 9, 'contacts.vcf'), { category: 'external', custom: customFields, ...options });

const card = (...lines: readonly string[]): string => `BEGIN:VCARD\r\n${lines.join('\r\n')}\r\nEND:VCARD\r\n`;

const contacts = async (text: string, options: Partial<ReadOptions> = {}) =>
  landed(await open(text, options), options.category, customFields, 'GB');

/** What fields hold of cards, without what is kept in notes. */
const inFields = (text: string) => contacts(text, { ignoreUnknown: true });

describe('properties', () => {
  test.each([
    ['FN:Ada', { group: '', name: 'FN', parameters: {}, value: 'Ada' }],
    [
      'item1.tel;Type="cell,voice";PREF=1:x',
      { group: 'ITEM1', name: 'TEL', parameters: { TYPE: ['cell,voice'], PREF: ['1'] }, value: 'x' },
    ],
    ['TEL;TYPE=a,b;TYPE=c:1:2', { group: '', name: 'TEL', parameters: { TYPE: ['a', 'b', 'c'] }, value: '1:2' }],
    [
      'TEL;CELL;QUOTED-PRINTABLE:1',
      { group: '', name: 'TEL', parameters: { TYPE: ['CELL'], ENCODING: ['QUOTED-PRINTABLE'] }, value: '1' },
    ],
    [
      'ADR;LABEL="a;b:c";TYPE=home:;;x',
      { group: '', name: 'ADR', parameters: { LABEL: ['a;b:c'], TYPE: ['home'] }, value: ';;x' },
    ],
    ['NOTE;X=:', { group: '', name: 'NOTE', parameters: { X: [] }, value: '' }],
    ['FN Ada', undefined],
    ['FN;X="a:b', undefined],
    [':x', undefined],
    ['', undefined],
  ])('%j', (line, expected) => {
    const property = readProperty(line);
    expect(property && { ...property, parameters: Object.fromEntries(property.parameters) }).toEqual(expected);
  });

  test('texts are escaped and come back', () => {
    const text = 'a\\n, b; c:\nd\\\\';
    expect(escapeText(text)).toBe('a\\\\n\\, b\\; c:\\nd\\\\\\\\');
    expect(unescapeText(escapeText(text))).toBe(text);
    expect(unescapeText('x\\N\\:\\q')).toBe('x\n:\\q');
    expect(splitValue('a\\;b;c\\\\;;d', ';')).toEqual(['a\\;b', 'c\\\\', '', 'd']);
  });

  test('no line is longer than 75 bytes, and no character is cut', () => {
    const line = `NOTE:${'陳é👩x'.repeat(20)}`;
    const lines = foldLine(line).split('\r\n');
    expect(Math.max(...lines.map((one) => Buffer.byteLength(one)))).toBeLessThanOrEqual(75);
    expect(lines.map((one, index) => (index === 0 ? one : one.slice(1))).join('')).toBe(line);
    expect(foldLine('x'.repeat(75))).toBe(`${'x'.repeat(75)}\r\n`);
    expect(foldLine('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x\r\n`);
  });
});

describe('a contact as a vCard', () => {
  const at = '2026-01-02T03:04:05.678Z';
  const ada: Contact = {
    id: '23456789bcdf',
    category: 'external',
    type: 'Lead',
    firstName: 'Ada',
    lastName: 'Lovelace',
    company: 'Acme, Inc',
    department: 'R;D',
    birthDate: '1990-12-31',
    language: 'ja',
    group: 'G',
    labels: ['VIP', 'a,b'],
    phones: [
      { kind: 'mobile', number: '+447700900123' },
      { kind: 'other', number: '+442079460123;ext=12' },
    ],
    emails: [{ kind: 'personal', address: 'ada@example.com' }],
    address: { street: '1 High St\nFlat 2', country: 'GB' },
    social: { line: 'ada l', whatsapp: '+447700900123' },
    custom: { budget: 12, topics: ['Sales', 'Support'] },
    notes: [{ id: 'nnnnnnnnnnnn', text: 'one\ntwo', author: 'grace', createdAt: at, updatedAt: at }],
    createdAt: at,
    createdBy: 'grace',
    updatedAt: at,
    updatedBy: 'grace',
  };

  test('4.0', () => {
    expect(createVcardWriter({ custom: customFields })(ada)).toBe(
      card(
        'VERSION:4.0',
        'UID;VALUE=text:23456789bcdf',
        'FN:Ada Lovelace',
        'N:Lovelace;Ada;;;',
        'ORG:Acme\\, Inc;R\\;D',
        'ADR:;;1 High St\\nFlat 2;;;;GB',
        'X-CONTACTS-TYPE:Lead',
        'BDAY:19901231',
        'LANG:ja',
        'X-CONTACTS-GROUP:G',
        'CATEGORIES:VIP,a\\,b',
        'TEL;VALUE=uri;TYPE=cell:tel:+447700900123',
        'TEL;VALUE=uri:tel:+442079460123;ext=12',
        'EMAIL;TYPE=home:ada@example.com',
        'IMPP;X-SERVICE-TYPE=line:line:ada%20l',
        'IMPP;X-SERVICE-TYPE=whatsapp:whatsapp:+447700900123',
        'X-CONTACTS-CUSTOM;X-KEY=budget;X-LABEL=Budget;X-KIND=number:12',
        'X-CONTACTS-CUSTOM;X-KEY=topics;X-LABEL=Topics;X-KIND=multi-select;X-CHOICES\r\n =Sales,Support,+Other:Sales',
        'X-CONTACTS-CUSTOM;X-KEY=topics;X-LABEL=Topics;X-KIND=multi-select;X-CHOICES\r\n =Sales,Support,+Other:Support',
        'NOTE;X-ID=nnnnnnnnnnnn;X-AUTHOR=grace;X-CREATED="2026-01-02T03:04:05.678Z";\r\n X-UPDATED="2026-01-02T03:04:05.678Z":one\\ntwo',
        'X-CONTACTS-CATEGORY:external',
        'X-CONTACTS-CREATED;X-BY=grace:2026-01-02T03:04:05.678Z',
        'REV:20260102T030405Z',
      ),
    );
  });

  test('has the UID of another program, and then its own id', () => {
    const known = { ...ada, uids: ['abc-1', 'urn:uuid:2'], uidsPartial: true as const, mergedIds: ['bbbbbbbbbbbb'] };
    const lines = createVcardWriter({ custom: [] })(known).split('\r\n');
    expect(lines.filter((line) => /^(UID|X-CONTACTS-(ID|UID|MERGED))/.test(line))).toEqual([
      'UID;VALUE=text:abc-1',
      'X-CONTACTS-ID:23456789bcdf',
      'X-CONTACTS-UID:urn:uuid:2',
      'X-CONTACTS-UIDS-PARTIAL:true',
      'X-CONTACTS-MERGED-ID:bbbbbbbbbbbb',
    ]);
  });

  test('3.0 differs where it must', () => {
    const lines = createVcardWriter({ custom: [], version: '3.0' })(ada).split('\r\n');
    expect(lines.filter((line) => /^(VERSION|UID|BDAY|TEL|X-CONTACTS-LANGUAGE)/.test(line))).toEqual([
      'VERSION:3.0',
      'UID:23456789bcdf',
      'BDAY:1990-12-31',
      'X-CONTACTS-LANGUAGE:ja',
      'TEL;TYPE=cell:+447700900123',
      'TEL:+442079460123 x12',
    ]);
  });
});

describe('cards of other programs', () => {
  test('a name out of FN where N has none, and only where it is one', async () => {
    expect(
      await contacts(
        card('VERSION:3.0', 'FN:Ada van der Berg') +
          card('VERSION:3.0', 'N:;;;;', 'FN:Acme', 'ORG:Acme') +
          card('VERSION:3.0', 'FN:a@example.com', 'EMAIL:a@example.com') +
          card('VERSION:3.0', 'FN:+44 7700 900123', 'TEL;TYPE=CELL:+447700900123'),
      ),
    ).toEqual([
      { firstName: 'Ada', lastName: 'van der Berg' },
      { company: 'Acme' },
      { emails: ['other a@example.com'] },
      { phones: ['mobile +447700900123'] },
    ]);
  });

  test.each([
    ['TEL;TYPE=CELL;TYPE=WORK:+447700900123', ['mobile +447700900123'], undefined],
    ['TEL;TYPE=work,voice:+447700900123', ['work +447700900123'], undefined],
    ['TEL;HOME;PREF:+447700900123', ['home +447700900123'], undefined],
    ['TEL:+447700900123', ['other +447700900123'], undefined],
    ['TEL;VALUE=uri:tel:+44-7700-900123;ext=5', ['other +447700900123;ext=5'], undefined],
    ['TEL;TYPE=WORK,FAX:+442079460123', ['other +442079460123'], ['Fax: +442079460123']],
    ['a.TEL;TYPE=HOME:+442079460123\r\na.X-ABLabel:Cabin', ['home +442079460123'], ['Cabin: +442079460123']],
    ['a.TEL:+442079460123\r\na.X-ABLabel:_$!<Work>!$_', ['work +442079460123'], undefined],
  ])('%j', async (lines, phones, notes) => {
    const [contact] = await contacts(card('VERSION:3.0', 'N:Bell;Ada', lines));
    expect(contact).toEqual({ firstName: 'Ada', lastName: 'Bell', phones, ...(notes && { notes }) });
  });

  test('the work address wins, and the other is kept unless that is not wanted', async () => {
    const text = card('VERSION:3.0', 'N:Bell;Ada', 'ADR;TYPE=home:;;1 Home;York;;;', 'ADR;TYPE=work:;;2 Work;Leeds;;;');
    expect(await inFields(text)).toEqual([
      { firstName: 'Ada', lastName: 'Bell', address: { street: '2 Work', city: 'Leeds' } },
    ]);
    expect(await contacts(text)).toMatchObject([{ notes: ['Home Address: 1 Home, York'] }]);
  });

  test.each([
    ['BDAY:19901231', '1990-12-31'],
    ['BDAY:1990-12-31T00:00:00Z', '1990-12-31'],
    ['BDAY;VALUE=date:1990-12-31', '1990-12-31'],
    ['BDAY:--1231', undefined],
    ['BDAY;VALUE=text:circa 1800', undefined],
  ])('%s', async (line, birthDate) => {
    expect(await inFields(card('VERSION:4.0', 'FN:Ada', line))).toEqual([
      { firstName: 'Ada', ...(birthDate && { birthDate }) },
    ]);
  });

  test('staff get what staff have', async () => {
    const text = card(
      'VERSION:4.0',
      'FN:Ada',
      'TEL;TYPE=cell:+447700900123',
      'EMAIL:a@example.com',
      'ROLE:Agent',
      'TZ:Asia/Tokyo',
      'ORG:Acme;Sales',
    );
    expect(await contacts(text, { category: 'internal' })).toEqual([
      {
        firstName: 'Ada',
        phones: ['work +447700900123'],
        emails: ['work a@example.com'],
        role: 'Agent',
        timeZone: 'Asia/Tokyo',
        department: 'Sales',
        notes: ['Company: Acme'],
      },
    ]);
  });

  test('languages and offsets that no field holds are the rest', async () => {
    const text = card('VERSION:4.0', 'FN:Ada', 'LANG:fr', 'LANG:ja', 'TZ:-0500', 'X-CONTACTS-CUSTOM;X-KEY=gone:x');
    expect(await contacts(text)).toEqual([
      { firstName: 'Ada', language: 'ja', notes: ['Language: fr\nTime Zone: -0500\ngone: x'] },
    ]);
  });

  test('a second value of a field that holds one is the rest', async () => {
    const text = card('VERSION:3.0', 'N:Bell;Ada', 'TITLE:Boss', 'TITLE:Owner', 'TITLE:Boss');
    expect(await contacts(text)).toEqual([
      { firstName: 'Ada', lastName: 'Bell', jobTitle: 'Boss', notes: ['Job Title: Owner'] },
    ]);
  });

  test.each([
    ['2.1', ['AGENT:', card('VERSION:2.1', 'N:Grey;Eve', 'TEL:123').trimEnd()]],
    ['3.0', ['AGENT:BEGIN:VCARD\\nFN:Eve Grey\\nTEL:123\\nEND:VCARD\\n']],
  ])('a card within a card of %s says who the agent is', async (version, agent) => {
    expect(await contacts(card(`VERSION:${version}`, 'N:Bell;Ada', ...agent, 'TITLE:Boss'))).toEqual([
      { firstName: 'Ada', lastName: 'Bell', jobTitle: 'Boss', notes: ['Agent: Eve Grey, 123'] },
    ]);
  });

  test('quoted-printable in an old encoding, over several lines', async () => {
    const text = card(
      'VERSION:2.1',
      'N;CHARSET=BIG5;ENCODING=QUOTED-PRINTABLE:=B3=AF;=A4=6A=A4=',
      '=E5;;;',
      'TEL;CELL:+447700900123',
    );
    expect(await contacts(text)).toEqual([{ firstName: '大文', lastName: '陳', phones: ['mobile +447700900123'] }]);
  });
});

describe('what no field holds', () => {
  const kept = async (version: string, ...lines: readonly string[]) => {
    const [contact] = await contacts(card(`VERSION:${version}`, 'N:Bell;Ada', ...lines));
    return contact;
  };

  test.each([
    ['another name', '3.0', 'FN:Countess Lovelace', ['Full Name: Countess Lovelace']],
    ['a second name', '4.0', 'FN:Ada Bell\r\nFN:Ada Lovelace', ['Full Name: Ada Lovelace']],
    ['a name that is said', '3.0', 'FN:Bell\\, Ada', undefined],
    ['a name without accents', '3.0', 'FN:Âda BELL', undefined],
    ['the address of a key', '4.0', 'KEY:ftp://example.com/ada', ['Key: ftp://example.com/ada']],
    ['a key', '4.0', 'KEY:data:application/pgp-keys;base64,AAAA', undefined],
    ['a key in base64', '3.0', 'KEY;ENCODING=b:AAAA', undefined],
    ['how a name sounds', '2.1', 'SOUND;VALUE=text:AY-da', ['Sound: AY-da']],
    ['how a name is read', '2.1', 'SOUND;X-IRMC-N;CHARSET=UTF-8:ﾍﾞﾙ;ｴｲﾀﾞ;;;', ['Phonetic Name: ﾍﾞﾙ ｴｲﾀﾞ']],
    ['a reading of nothing', '2.1', 'SOUND;X-IRMC-N:;;;;', undefined],
    ['an address of Exchange', '2.1', 'EMAIL;EX:/o=Acme/cn=ada', ['Email: /o=Acme/cn=ada']],
    ['an address of Notes', '3.0', 'EMAIL;TYPE=X-LOTUS:CN=Ada/O=Acme', ['Email: CN=Ada/O=Acme']],
    ['a time of birth', '4.0', 'BDAY:T102200', ['Birthday: T102200']],
    ['a year of birth', '4.0', 'BDAY:1985-00-00', ['Birthday: 1985-00-00']],
    ['a month of birth', '4.0', 'BDAY:19850200', ['Birthday: 19850200']],
  ])('%s', async (_, version, lines, notes) => {
    expect(await kept(version, lines)).toEqual({ firstName: 'Ada', lastName: 'Bell', ...(notes && { notes }) });
  });

  test.each([
    ['a.IMPP:ada\r\na.X-ABLabel:LINE', { line: 'ada' }],
    ['IMPP;X-SERVICE-TYPE=WhatsApp:x-apple:%2B447700900123', { whatsapp: '+447700900123' }],
    ['X-SOCIALPROFILE;TYPE=line:x-apple:100%', { line: '100%' }],
  ])('%j is an account of a service', async (lines, social) => {
    expect(await kept('3.0', lines)).toEqual({ firstName: 'Ada', lastName: 'Bell', social });
  });

  test('texts in ASCII are read whatever charset they name', async () => {
    expect(await contacts(card('VERSION:2.1', 'N;CHARSET=x-none:Bell;Ada'))).toEqual([
      { firstName: 'Ada', lastName: 'Bell' },
    ]);
  });

  test.each(['KIND:org', 'X-ABShowAs:COMPANY'])('the name of what is a company (%s) is its', async (line) => {
    expect(await contacts(card('VERSION:4.0', 'N:;;;;', 'FN:Acme Trading Ltd', line))).toEqual([
      { company: 'Acme Trading Ltd' },
    ]);
  });

  test('no custom field is made that is named as a field of all contacts', async () => {
    const text = card('VERSION:3.0', 'N:Bell;Ada', 'TITLE:Boss', 'TITLE:Owner', 'HOBBY:rowing');
    const { unknown } = await open(text, { createFields: true });
    expect(unknown.map(({ header }) => header)).toEqual(['Hobby']);
  });
});

describe('faults', () => {
  test('of a property are faults of its card, with the line', async () => {
    const file = await open(
      card('VERSION:3.0', 'FN:Ada', 'NONSENSE 1', 'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=klingon:=FF') +
        card('FN:Bob', 'NONSENSE 1'),
    );
    expect(await landed(file)).toEqual([
      ['NOTE "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=klingon:=FF" is not text in klingon (line 5)'],
      { firstName: 'Bob', notes: ['Other: NONSENSE 1'] },
    ]);
  });

  test('a card that does not end takes no other with it', async () => {
    const file = await open(`BEGIN:VCARD\r\nFN:Ada\r\n${card('FN:Bob')}BEGIN:VCARD\r\nFN:Cy\r\n`);
    expect(await landed(file)).toEqual([['has no END:VCARD'], { firstName: 'Bob' }, ['has no END:VCARD']]);
  });

  test('what stands between cards is told, once for each place', async () => {
    const list = 'BEGIN:VLIST\r\nN:Berlin;;;;\r\nEND:VLIST\r\n';
    const file = await open(`prose\r\n\r\nmore of it\r\n${card('FN:Ada')}${list}${card('FN:Bob')}END:VCARD\r\n\0`);
    expect(await landed(file)).toEqual([{ firstName: 'Ada' }, { firstName: 'Bob' }]);
    expect(file.warnings?.map(({ row, line, value, message }) => [row, line, value, message])).toEqual([
      [1, 1, 'prose', 'is outside of any card, and was skipped'],
      [2, 8, 'N:Berlin;;;;', 'is in a VLIST, which is not a card, and was skipped'],
      [2, 13, 'END:VCARD', 'is outside of any card, and was skipped'],
    ]);
  });

  test('a file without a card is none of vCards', async () => {
    await expect(open('FN:Ada\r\n')).rejects.toMatchObject({ code: 'invalid', message: 'contacts.vcf has no vCard.' });
  });

  test('rejected cards come as they came, with what is wrong, and can be read again', async () => {
    const text = card('VERSION:3.0', 'FN:Ada', 'TEL:1', 'NOTE:a', ' b');
    const file = await open(text);
    const [record] = await collect(recordsOf(file));
    if (record === undefined) throw new Error('no record');
    const reject = (raw: Uint8Array | undefined, error: string) =>
      written(file.rejects(each([{ record: { raw: raw ?? '' }, error }])));
    const rejected = await reject(record.raw as Uint8Array, 'TEL "1" is too short; mend it');
    expect(rejected).toBe(text.replace('END:', 'X-CONTACTS-ERROR:TEL "1" is too short\\; mend it\r\nEND:'));
    const again = await open(rejected);
    expect([...again.rest]).toEqual([]);
    const [second] = await collect(recordsOf(again));
    expect(await reject(second?.raw as Uint8Array, 'x')).toBe(text.replace('END:', 'X-CONTACTS-ERROR:x\r\nEND:'));
  });

  test('cards keep their number and line', async () => {
    const file = await open(`\r\n${card('FN:Ada')}\r\n\ufeff${card('FN:Bob')}`);
    expect(file.rows).toBe(2);
    const records = await collect(recordsOf(file));
    expect(records.map(({ row, line, column }) => [row, line, column('firstName'), column('company')])).toEqual([
      [1, 2, 'FN', 'company'],
      [2, 6, 'FN', 'company'],
    ]);
  });
});
