// Makes the contacts that the measurements work on: the same ones whenever they are made.
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers from 0 to 1, always the same ones after a seed (mulberry32). */
const randomFrom = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const syllables = 'ka ri mo ta ne lo sa vi be du pa zo mi ra he ju fo gi wen lin mar ton son berg'.split(' ');
const alphabet = '23456789bcdfghjkmnpqrstvwxyz';
const towns = ['Hong Kong', 'Berlin', 'Paris', 'London', 'Kowloon', 'Osaka', 'Hamburg', 'Lyon'];
const at = '2026-03-01T09:00:00.000Z';

/** What the searches look for: one contact bears the rare name, and each twentieth works for such a company. */
export const rareName = 'Quetzalcoatl';
export const commonWord = 'Consolidated';

/** The contacts, one after the other, as a store keeps them. */
export function* contacts(count) {
  const random = randomFrom(20_261_124);
  const upTo = (limit) => Math.floor(random() * limit);
  const pick = (items) => items[upTo(items.length)];
  const word = () => {
    const text = Array.from({ length: 2 + upTo(2) }, () => pick(syllables)).join('');
    return text[0].toUpperCase() + text.slice(1);
  };
  const several = (length, make) => Array.from({ length }, make);
  const id = () => several(12, () => pick(alphabet)).join('');
  const digits = (length) => several(length, () => upTo(10)).join('');
  const firstNames = several(800, word);
  const lastNames = several(5000, word);
  const companies = several(3000, () => `${word()} ${pick(['Ltd', 'Inc', 'GmbH', 'Group', 'Trading'])}`);
  const note = () => ({
    id: id(),
    text: `Met at the fair in ${pick(towns)}, wants a call about ${word()}`,
    author: 'ana',
    createdAt: at,
    updatedAt: at,
  });
  for (let number = 0; number < count; number++) {
    const firstName = pick(firstNames);
    const lastName = number === Math.floor(count * 0.77) ? rareName : pick(lastNames);
    const company = `${number % 20 === 7 ? `${commonWord} ` : ''}${pick(companies)}`;
    const host = `${company.toLowerCase().replace(/[^a-z]/g, '')}.example`;
    yield {
      id: id(),
      category: 'external',
      firstName,
      lastName,
      type: pick(['Lead', 'Prospect', 'Customer']),
      level: 'Primary',
      company,
      jobTitle: pick(['Engineer', 'Buyer', 'CEO', 'Sales Manager', 'Accountant']),
      labels: random() < 0.2 ? ['VIP'] : [],
      phones: [
        { kind: 'mobile', number: `+8529${digits(7)}` },
        ...(random() < 0.4 ? [{ kind: 'work', number: `+8522${digits(7)}` }] : []),
      ],
      emails: [{ kind: 'work', address: `${firstName}.${lastName}${number}@${host}`.toLowerCase() }],
      address: {
        zipCode: digits(5),
        street: `${word()} Road ${upTo(300)}`,
        city: pick(towns),
        country: pick(['HK', 'DE']),
      },
      notes: random() < 0.3 ? [note()] : [],
      createdAt: at,
      createdBy: 'ana',
      updatedAt: at,
      updatedBy: 'ana',
    };
  }
}

const columns = {
  ID: ({ id }) => id,
  Type: ({ type }) => type,
  'First Name': ({ firstName }) => firstName,
  'Last Name': ({ lastName }) => lastName,
  Company: ({ company }) => company,
  'Job Title': ({ jobTitle }) => jobTitle,
  'Contact Label': ({ labels }) => labels.join('; '),
  Mobile: ({ phones }) => phones[0].number,
  'Work Phone': ({ phones }) => phones[1]?.number ?? '',
  'Work Email': ({ emails }) => emails[0].address,
  'Zip Code': ({ address }) => address.zipCode,
  Street: ({ address }) => address.street,
  City: ({ address }) => address.city,
  Country: ({ address }) => address.country,
};

const header =
  '{"schema": 1, "revision": 1, "settings": {"labels":[{"name":"VIP","color":"red"}],"fields":[],"mappings":{},"apart":[]}, "contacts": [';

function* storePieces(count) {
  yield `${header.padEnd(255)}\n`;
  let number = 0;
  for (const contact of contacts(count)) yield `${JSON.stringify(contact)}${++number < count ? ',' : ''}\n`;
  yield ']}\n';
}

/** A cell as RFC 4180 quotes it. */
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function* csvPieces(count) {
  yield `${Object.keys(columns).join(',')}\r\n`;
  for (const contact of contacts(count)) {
    yield `${Object.values(columns)
      .map((text) => cell(text(contact)))
      .join(',')}\r\n`;
  }
}

function* linePieces(count) {
  for (const contact of contacts(count)) yield `${JSON.stringify(contact)}\n`;
}

/** An address book of abook; it has a place for five of the columns. */
function* abookPieces(count) {
  yield '# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n\n';
  let number = 0;
  for (const { firstName, lastName, emails, phones, company, address } of contacts(count)) {
    yield `\n[${number++}]\nname=${firstName} ${lastName}\nemail=${emails[0].address}\nmobile=${phones[0].number}\n`;
    yield `city=${address.city}\nnotes=${company}\n`;
  }
}

/** CSV as abook reads it: name, address, number, notes, and one that is empty. */
function* abookCsvPieces(count) {
  for (const { firstName, lastName, emails, phones, company } of contacts(count)) {
    const cells = [`${firstName} ${lastName}`, emails[0].address, phones[0].number, company, ''];
    yield `${cells.map((text) => `"${text}"`).join(',')}\n`;
  }
}

const card = ({ id, firstName, lastName, company, emails, phones }) =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `UID:${id}`,
    `FN:${firstName} ${lastName}`,
    `N:${lastName};${firstName};;;`,
    `ORG:${company}`,
    `EMAIL;TYPE=WORK:${emails[0].address}`,
    `TEL;TYPE=CELL:${phones[0].number}`,
    'END:VCARD',
    '',
  ].join('\r\n');

/** Writes the contacts as khard keeps them: a card in each file of a folder, which a configuration names. */
export const writeKhard = (count, folder, configuration) => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const contact of contacts(count)) writeFileSync(join(folder, `${contact.id}.vcf`), card(contact));
  writeFileSync(configuration, `[addressbooks]\n[[bench]]\npath = ${folder}\n[general]\ndefault_action = list\n`);
};

const write = (path, pieces) => {
  const file = openSync(path, 'w', 0o600);
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
};

/** Writes the contacts as a store, as CSV, as a JSON object a line, and as abook has them. */
export const writeData = (count, { store, csv, lines, abook, abookCsv }) => {
  if (store) write(store, storePieces(count));
  if (csv) write(csv, csvPieces(count));
  if (lines) write(lines, linePieces(count));
  if (abook) write(abook, abookPieces(count));
  if (abookCsv) write(abookCsv, abookCsvPieces(count));
};
