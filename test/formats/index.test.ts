import { expect, test } from 'vitest';
import { exportFormatOf, importFormatOf, openImport } from '../../src/formats/index.js';
import { landed } from './landed.js';
import { sourceOf } from './sources.js';

test.each([
  ['a.csv', 'csv'],
  ['a.TSV', 'csv'],
  ['dir.vcf/a.VCF', 'vcard'],
  ['a.json', 'json'],
  ['a.ndjson', 'ndjson'],
  ['a.jsonl', 'ndjson'],
  ['a.txt', undefined],
  ['json', undefined],
])('%s is written as %s', (path, format) => {
  expect(exportFormatOf(path)).toBe(format);
});

const vcard = 'BEGIN:VCARD\nFN:Ada\nEND:VCARD\n';

test.each([
  ['a.csv', 'First Name\nAda\n', 'csv'],
  ['a.csv', `\n${vcard}`, 'vcard'],
  ['-', vcard, 'vcard'],
  ['-', ' [{"firstName":"Ada"}]', 'json'],
  ['-', '{"firstName":"Ada"}', 'json'],
  ['a.csv', '[First Name]\nAda\n', 'csv'],
  ['a.jsonl', '{"firstName":"Ada"}', 'ndjson'],
  ['contacts.txt', 'First Name\nAda\n', 'csv'],
])('%s with %j is read as %s', async (name, text, format) => {
  expect(await importFormatOf(sourceOf(text, 3, name))).toBe(format);
  const file = await openImport(sourceOf(text, 3, name), { category: 'external', custom: [] });
  expect(await landed(file)).toEqual([{ firstName: 'Ada' }]);
});

test('a format that was told is tried and no other', async () => {
  await expect(
    openImport(sourceOf('First Name\nAda\n'), { category: 'external', custom: [] }, 'json'),
  ).rejects.toMatchObject({ message: 'Line 1: "F" stands where a JSON object is expected.' });
});

test('JSON and vCards out of Windows programs are read, too', async () => {
  const utf16 = Buffer.from('\ufeff{"firstName":"Zoë"}', 'utf16le');
  expect(await landed(await openImport(sourceOf(utf16, 3, 'a.json'), { category: 'external', custom: [] }))).toEqual([
    { firstName: 'Zoë' },
  ]);
});

test('an empty file is no file of contacts', async () => {
  await expect(importFormatOf(sourceOf(' \n'))).rejects.toMatchObject({
    code: 'invalid',
    message: 'contacts.csv is empty.',
  });
});
