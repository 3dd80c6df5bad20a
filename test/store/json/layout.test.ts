import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../../src/contacts/settings.js';
import type { Contact } from '../../../src/fields/contact.js';
import { all, apply, contact, create, idsIn, settings } from '../sample.js';
import { newPath, openAt } from './place.js';

const header = (revision: number, settings: unknown = emptySettings) =>
  `{"schema": 1, "revision": ${revision}, "settings": ${JSON.stringify(settings)}, "contacts": [`;
const line = (value: Contact) => JSON.stringify(value);
const stored = (revision: number, ...contacts: readonly Contact[]) => ({
  schema: 1,
  revision,
  settings: emptySettings,
  contacts,
});

describe('the file', () => {
  it('has a padded header and then one contact on a line', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'), contact('bob'));
    expect(await readFile(path, 'utf8')).toBe(
      `${header(1).padEnd(255)}\n${line(contact('ann'))},\n${line(contact('bob'))}\n]}\n`,
    );
    await apply(store, [{ before: contact('ann') }, { before: contact('bob') }]);
    expect(await readFile(path, 'utf8')).toBe(`${header(2).padEnd(255)}\n]}\n`);
  });

  it('has a header of a multiple of 256 bytes, whatever the settings hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), async (name) => {
        const path = await newPath();
        const wanted = settings({ labels: [{ name, color: 'red' }] });
        await apply(openAt(path), [{ after: contact('ann') }], { settings: wanted });
        const bytes = await readFile(path);
        expect((bytes.indexOf('\n') + 1) % 256).toBe(0);
        expect(JSON.parse(bytes.toString())).toMatchObject({ settings: wanted });
      }),
      { numRuns: 10 },
    );
  });

  it('keeps the bytes of lines that nobody changed, where they were', async () => {
    const path = await newPath();
    const strange = `{"id":"ann", "category": "external",  "later":{"x":[1]},${line(contact('x')).slice(10)}`.replace(
      '"category":"external",',
      '',
    );
    await writeFile(path, `${header(7).padEnd(255)}\n${strange},\n${line(contact('bob'))}\n]}\n`);
    const before = await readFile(path, 'utf8');
    await create(openAt(path), contact('cid'));
    const after = await readFile(path, 'utf8');
    expect(after).toBe(
      before.replace('"revision": 7', '"revision": 8').replace(/\}\n\]\}\n$/, `},\n${line(contact('cid'))}\n]}\n`),
    );
  });

  it('has the id first, however the contact came', async () => {
    const path = await newPath();
    const { id, ...rest } = contact('ann');
    await create(openAt(path), { ...rest, id });
    expect(await readFile(path, 'utf8')).toContain('\n{"id":"ann",');
  });

  it.each([
    ['written by jq', (value: unknown) => JSON.stringify(value, undefined, 2)],
    ['on one line', (value: unknown) => JSON.stringify(value)],
    ['on one line, with spaces', (value: unknown) => `${JSON.stringify(value).replace('"schema":', '"schema": ')}\n`],
    ['with a byte order mark', (value: unknown) => `\ufeff${JSON.stringify(value)}`],
    [
      'ours, with a byte order mark',
      () => `\ufeff${header(3)}\n${line(contact('ann'))},\n${line(contact('bob'))}\n]}\n`,
    ],
    ['ours, without the padding', () => `${header(3)}\n${line(contact('ann'))},\n${line(contact('bob'))}\n]}\n`],
    ['ours, without the last line end', () => `${header(3)}\n${line(contact('ann'))},\n${line(contact('bob'))}\n]}`],
    ['ours, with blank lines', () => `${header(3)}\n\n${line(contact('ann'))},\n${line(contact('bob'))}\n]}\n\n`],
    ['ours, with CRLF', () => `${header(3)}\r\n${line(contact('ann'))},\r\n${line(contact('bob'))}\r\n]}\r\n`],
    ['with two on a line', () => `${header(3)}\n${line(contact('ann'))}, ${line(contact('bob'))}\n]}\n`],
    [
      'with keys in another order',
      () =>
        `${header(3)}\n${line(contact('ann')).replace('"id":"ann",', '').replace(/\}$/, ',"id":"ann"}')},\n${line(contact('bob'))}\n]}\n`,
    ],
    [
      'with an id in escapes',
      () => `${header(3)}\n${line(contact('ann')).replace('"ann"', '"\\u0061nn"')},\n${line(contact('bob'))}\n]}\n`,
    ],
    [
      'with the header on two lines',
      () =>
        `${header(3).replace(' "contacts"', '\n"contacts"')}\n${line(contact('ann'))},\n${line(contact('bob'))}]}\n`,
    ],
  ])('is read right %s, and laid out by the next write', async (_, text) => {
    const path = await newPath();
    await writeFile(path, text(stored(3, contact('ann'), contact('bob'))));
    const store = openAt(path);
    expect(await all(store)).toEqual([contact('ann'), contact('bob')]);
    expect(await store.get(['bob', 'ann'])).toEqual([contact('bob'), contact('ann')]);
    expect(await store.check()).toEqual([]);
    await create(store, contact('cid'));
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(header(4).padEnd(255));
    expect(lines[3]).toBe(line(contact('cid')));
    expect(await idsIn(store)).toEqual(['ann', 'bob', 'cid']);
  });

  it('is read right where lines and characters lie across the pieces in which it is read', async () => {
    const path = await newPath();
    const store = openAt(path);
    const text = (index: number) => '漢é😀'.repeat(index % 7 === 3 ? 120_000 : 997 + index);
    const contacts = Array.from({ length: 60 }, (_, index) => contact(`id${index}`, { company: text(index) }));
    await create(store, ...contacts);
    expect(await all(store)).toEqual(contacts);
    const reversed = contacts.map(({ id }) => id).toReversed();
    expect((await store.get(reversed)).map(({ id }) => id)).toEqual(reversed);
    const [first, last] = [contacts[0], contacts[59]];
    if (!first || !last) throw new Error('There are 60 contacts.');
    await apply(store, [{ before: first }, { before: last, after: contact('id59') }]);
    expect(await all(store)).toEqual([...contacts.slice(1, -1), contact('id59')]);
    expect(JSON.parse(await readFile(path, 'utf8')).contacts).toEqual(await all(store));
  });
});
