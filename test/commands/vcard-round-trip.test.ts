import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { anyContact } from '../formats/contacts.js';
import { customFields } from '../formats/custom-fields.js';
import { countingIds, createWorkspace, type Workspace } from '../helpers/run.js';

/** The only line end that vCard has. */
const lineEndsOfVcard = (text: string): string => text.replace(/\r\n|\r/g, '\n');

const anyAuthor = fc.constantFrom('grace', 'Ada "the first"', 'a;b:c,d^e', '陳大文');
const anyTime = fc.constantFrom('2019-02-03T04:05:06.789Z', '2024-12-31T23:59:59.000Z');

const hex = (number: number): string => number.toString().padStart(11, '2').replaceAll('0', 'b').replaceAll('1', 'c');

/** Contacts of a store, with all that the program keeps of them, and no value twice that has to be one contact's. */
const anyContacts: fc.Arbitrary<readonly Contact[]> = fc
  .tuple(
    fc.array(anyContact('external', customFields, lineEndsOfVcard), { minLength: 1, maxLength: 3 }),
    fc.array(anyContact('internal', [], lineEndsOfVcard), { maxLength: 1 }),
    fc.infiniteStream(fc.record({ author: anyAuthor, at: anyTime, has: fc.boolean() })),
  )
  .map(([external, internal, stream]) =>
    [...external, ...internal].map((contact, index): Contact => {
      const next = () => stream.next().value;
      const { author, at, has } = next();
      return {
        // An import gives new contacts these, as the form does.
        ...(contact.category === 'external' && { type: 'Lead', level: 'Primary' }),
        ...contact,
        id: `d${hex(index)}`,
        notes: contact.notes.map((note) => ({
          ...note,
          author: next().author,
          createdAt: next().at,
          updatedAt: next().at,
        })),
        ...(has && { uids: [`urn:uuid:${index}; "x"`, `b-${index}`] }),
        ...(has && index === 0 && { uidsPartial: true as const }),
        createdAt: at,
        createdBy: author,
        ...(has && { mergedIds: [`f${hex(index)}`, `g${hex(index)}`] }),
      };
    }),
  );

const fill = ({ store }: Workspace, contacts: readonly Contact[]): Promise<void> => {
  const labels = [...new Set(contacts.flatMap((contact) => contact.labels))].map((name) => ({ name, color: 'red' }));
  const settings = { labels, fields: customFields, mappings: {}, apart: [] };
  const lines = contacts.map((contact) => JSON.stringify(contact)).join(',\n');
  const text = `{"schema": 1, "revision": 1, "settings": ${JSON.stringify(settings)}, "contacts": [\n${lines}\n]}\n`;
  return writeFile(store, text, { mode: 0o600 });
};

const contactsIn = async (workspace: Workspace): Promise<readonly unknown[]> => {
  const all = await workspace.json<readonly Contact[]>(['list', '--category', 'all', '--sort', 'id']);
  return all.map(({ updatedAt, updatedBy, ...contact }) => contact);
};

describe.each(['3.0', '4.0'])('vCard %s from one store to another', (version) => {
  test('brings every contact whole, and again nothing', () =>
    fc.assert(
      fc.asyncProperty(anyContacts, async (contacts) => {
        const [from, to] = [await createWorkspace(), await createWorkspace(countingIds(5000))];
        try {
          await fill(from, contacts);
          const file = join(from.folder, 'all.vcf');
          await from.ok(['export', file, '--category', 'all', '--vcard-version', version]);
          const first = await to.run(['import', file, '--json']);
          expect(JSON.parse(first.stdout)).toMatchObject({ created: contacts.length, errors: [], rest: { kept: 0 } });
          expect(await contactsIn(to)).toEqual(await contactsIn(from));
          for (const workspace of [to, from]) {
            const again = await workspace.json(['import', file, '--category', 'internal']);
            expect(again).toMatchObject({ unchanged: contacts.length, change: null });
          }
        } finally {
          await from.remove();
          await to.remove();
        }
      }),
      { numRuns: 12 },
    ));
});
