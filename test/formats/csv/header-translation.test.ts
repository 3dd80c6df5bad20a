import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../../../src/fields/field.js';
import { createHeaderReader, readHeader } from '../../../src/formats/csv/header.js';
import { headerSets } from '../../../src/formats/csv/header-sets.js';
import { createHeaderTranslator } from '../../../src/formats/csv/header-translation.js';

const read = createHeaderReader(fieldsOf('external', []));
const isKnown = (header: string): boolean => read(header).is !== 'unknown';
const translator = createHeaderTranslator(isKnown);

/** What the columns of a header hold, however good their names are. */
const held = (headers: readonly string[]): readonly string[] =>
  readHeader(headers, read).map((use) =>
    'path' in use ? use.path : 'part' in use ? `${'owner' in use ? use.owner : ''} ${use.part}` : use.is,
  );

/** Those whose sources name one header for two columns. */
const doubtful = new Set(['Outlook (nl)', 'Outlook (sv)']);

const sets = headerSets
  .trim()
  .split('\n')
  .map((line) => {
    const [, locale = '', program = '', entries = ''] = /^([^:]*):([^:]*):(.*)$/.exec(line) ?? [];
    const headers = entries.split('~').map((entry) => entry.split('='));
    return {
      title: `${program} (${locale})`,
      locale,
      headers: headers.map(([english = '', all = '']) => ({ english, all: all.split('|') })),
    };
  });

test('every English name is one that is known', () => {
  const names = new Set(sets.flatMap(({ headers }) => headers.map(({ english }) => english)));
  const uses = readHeader([...names], read);
  expect([...names].filter((_, index) => uses[index]?.is === 'unknown')).toEqual([]);
});

test.each(sets.map((set) => [set.title, set] as const))(
  'the headers of %s are all known, as their program means them',
  (title, { locale, headers }) => {
    // A program that has two headers for one thing writes one of them.
    const row = headers.map(({ english, all: [header = ''] }) => ({ english, header }));
    const translated = translator.translate(row.map(({ header }) => header));
    const [found, meant] = [held(translated), held(row.map(({ english }) => english))];
    expect(translated.filter((_, index) => found[index] === 'unknown')).toEqual([]);
    if (!locale.startsWith('en') && !doubtful.has(title)) expect(found).toEqual(meant);
  },
);

describe('a header that means several things', () => {
  test.each([
    ['Nome,Cognome,E-mail,Cellulare', 'First Name,Last Name,E-mail Address,Mobile Phone'],
    ['Nome,Apelido,Empresa,Telemóvel,Morada', 'First Name,Last Name,Company,Mobile Phone,Street'],
    [
      'Prénom;Nom;Société;Téléphone;Portable;Courriel;Code postal;Ville;Pays',
      'First Name;Last Name;Company;Business Phone;Mobile Phone;E-mail Address;Zip Code;City;Country',
    ],
    [
      'Nombre,Apellidos,Empresa,Cargo,Teléfono,Móvil,Correo electrónico',
      'First Name,Last Name,Company,Job Title,Business Phone,Mobile Phone,E-mail Address',
    ],
    [
      'Vorname;Nachname;Firma;Handy;E-Mail;PLZ;Ort',
      'First Name;Last Name;Company;Mobile Phone;E-mail Address;Zip Code;City',
    ],
    ['姓,名,会社名,携帯電話,メールアドレス', 'Last Name,First Name,Company,Mobile Phone,E-mail Address'],
    ['姓名,公司,职务,手机,邮箱', 'Name,Company,Job Title,Mobile Phone,E-mail Address'],
    ['姓名,公司名稱,職稱,手機,電子郵件', 'Name,Company,Job Title,Mobile Phone,E-mail Address'],
    ['이름,회사,휴대폰,이메일', 'First Name,Company,Mobile Phone,E-mail Address'],
    ['id,name,email,phone,function,title,parent_id', 'id,Name,Email,Phone,Job Title,Salutation,Company'],
    ['Contact Name,Mobile No.,Email ID,Company Name', 'Name,Mobile Phone,Email,Company'],
    [
      'First Name,Last Name,URL,Email Address,Company,Position,Connected On',
      'First Name,Last Name,Web Page,Email,Company,Job Title,Keywords',
    ],
  ])('%s', (headers, english) => {
    const delimiter = headers.includes(';') ? ';' : ',';
    expect(held(translator.translate(headers.split(delimiter)))).toEqual(held(english.split(delimiter)));
  });
});

test('English headers stay as they are, known and unknown ones', () => {
  for (const row of [
    'First Name,Last Name,Email,Title,Notes',
    'ID,First Name,Shoe Size,Email',
    'First Name,Foo',
    'Foo,Bar',
  ]) {
    expect(translator.translate(row.split(',')).join()).toBe(row);
  }
});
