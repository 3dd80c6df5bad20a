import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftOf } from '../../src/contacts/import/row.js';
import { type Category, catalogue } from '../../src/fields/catalogue.js';
import { type Contact, type ContactData, emptyData } from '../../src/fields/contact.js';
import { readDraft } from '../../src/fields/draft.js';
import { fieldsOf } from '../../src/fields/field.js';
import { isPlaceholder } from '../../src/fields/placeholders.js';
import { writeCsv } from '../../src/formats/csv/write.js';
import { formats } from '../../src/formats/index.js';
import { type ImportFile, type ReadOptions, recordsOf } from '../../src/formats/record.js';
import { writeVcards } from '../../src/formats/vcard/write.js';
import { anyContact } from './contacts.js';
import { customFields as custom } from './custom-fields.js';
import { draftContext } from './reading.js';
import { collect, each, sourceOf, writtenBytes } from './sources.js';

/** The data as files can hold them: phones and emails kind by kind, notes as texts. */
const flat = (data: ContactData, category: Category): unknown => {
  const byKind = <Entry extends { readonly kind: string }>(group: string, entries: readonly Entry[]) =>
    fieldsOf(category, []).flatMap((field) => entries.filter(({ kind }) => field.path === `${group}.${kind}`));
  return {
    ...data,
    phones: byKind('phones', data.phones),
    emails: byKind('emails', data.emails),
    notes: data.notes.map(({ text }) => text),
  };
};

const dataOf = ({ id, category, createdAt, createdBy, updatedAt, updatedBy, ...data }: Contact): ContactData => data;

const readBack = async (file: ImportFile, category: Category): Promise<readonly unknown[]> => {
  expect(file.unknown).toEqual([]);
  expect(file.rest).toEqual(new Map());
  return (await collect(recordsOf(file))).map(({ draft, id, problems, warnings }) => {
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
    const reading = readDraft(draftOf(draft), emptyData, fieldsOf(category, custom), draftContext());
    return reading.ok ? { id, data: flat(reading.data, category) } : reading;
  });
};

const returns = (
  category: Category,
  contact: fc.Arbitrary<Contact>,
  write: (contacts: () => AsyncIterable<Contact>, bom: boolean) => AsyncIterable<string | Uint8Array>,
  open: (source: ReturnType<typeof sourceOf>, options: ReadOptions) => Promise<ImportFile>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      fc.array(contact, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 5, max: 500 }),
      fc.boolean(),
      async (contacts, chunk, bom) => {
        const bytes = await writtenBytes(write(() => each(contacts), bom));
        const read = await readBack(await open(sourceOf(bytes, chunk), { category, custom }), category);
        expect(read).toEqual(contacts.map((one) => ({ id: one.id, data: flat(dataOf(one), category) })));
      },
    ),
    { numRuns: 20 },
  );

const lineEndsOfVcard = (text: string): string => text.replace(/\r\n|\r/g, '\n');

for (const category of Object.keys(catalogue) as readonly Category[]) {
  test(`CSV gives back every byte: ${category}`, () =>
    returns(
      category,
      anyContact(category, custom),
      (contacts, bom) => writeCsv(contacts, { category, custom, bom }),
      formats.csv.open,
    ));

  test(`raw CSV gives back every byte but a quote before a formula and words for nothing: ${category}`, () =>
    returns(
      category,
      anyContact(category, custom, (text) =>
        isPlaceholder(text.replace(/^'+/, '').trim()) ? 'x' : text.replace(/^'+/, '') || 'x',
      ),
      (contacts, bom) => writeCsv(contacts, { category, custom, bom, raw: true }),
      formats.csv.open,
    ));

  test(`CSV with semicolons gives back every byte: ${category}`, () =>
    returns(
      category,
      anyContact(category, custom),
      (contacts, bom) => writeCsv(contacts, { category, custom, bom, delimiter: ';' }),
      (source, options) => formats.csv.open(source, { ...options, delimiter: ';' }),
    ));

  test(`a workbook gives back every byte: ${category}`, () =>
    returns(
      category,
      anyContact(category, custom),
      (contacts) => formats.xlsx.write(contacts, { category, custom }),
      formats.xlsx.open,
    ));

  for (const name of ['json', 'ndjson'] as const) {
    test(`${name} gives back every byte: ${category}`, () =>
      returns(category, anyContact(category, custom), (contacts) => formats[name].write(contacts), formats[name].open));
  }

  for (const version of ['3.0', '4.0'] as const) {
    test(`vCard ${version} gives back all but the kinds of line ends: ${category}`, () =>
      returns(
        category,
        anyContact(category, custom, lineEndsOfVcard),
        (contacts) => writeVcards(contacts(), { custom, version }),
        formats.vcard.open,
      ));
  }
}
