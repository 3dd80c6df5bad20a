import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openImport } from '../../src/formats/index.js';
import type { ReadOptions } from '../../src/formats/record.js';
import { fixture, landed } from './landed.js';

const folder = new URL('../../fixtures/sources/', import.meta.url);

/** What a user has to say about a file, where it does not say everything itself. */
const told: Readonly<Record<string, Partial<ReadOptions>>> = {
  'outlook-desktop.csv': { encoding: 'windows-1252' },
};

const files = readdirSync(folder).filter((name) => !name.endsWith('.json'));

test('there is an export of every program that is known', () => {
  expect(files).toEqual([
    'android-2.1.vcf',
    'apple-contacts.csv',
    'apple-contacts.vcf',
    'google-contacts-old.csv',
    'google-contacts.csv',
    'google-contacts.vcf',
    'google-for-outlook.csv',
    'hubspot.csv',
    'nextcloud-4.0.vcf',
    'outlook-2.1.vcf',
    'outlook-desktop.csv',
    'outlook-web.csv',
    'salesforce.csv',
    'thunderbird.csv',
  ]);
});

test.each(files)('%s lands whole', async (name) => {
  const file = await openImport(fixture(name), { category: 'external', custom: [], keepRest: true, ...told[name] });
  expect(file.unknown).toEqual([]);
  const contacts = await landed(file, 'external', [], 'US');
  expect(file.rows).toBe(contacts.length);
  expect(contacts).toEqual(JSON.parse(readFileSync(new URL(`${name}.landed.json`, folder), 'utf8')));
});

test('what no field holds is counted, and left out of vCards where that is wanted', async () => {
  const file = await openImport(fixture('google-contacts.vcf'), {
    category: 'external',
    custom: [],
    ignoreUnknown: true,
  });
  expect([...file.rest]).toEqual([
    ['Middle Name', 1],
    ['Website', 1],
    ['Website (Blog)', 1],
  ]);
  expect(file.keepsRest).toBe(false);
  expect((await openImport(fixture('hubspot.csv'), { category: 'external', custom: [] })).keepsRest).toBe(true);
  expect(await landed(file)).toMatchObject([{ notes: ['Met at the fair.\nWrites soon.'] }]);
});
