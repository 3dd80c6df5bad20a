import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Category } from '../../../src/fields/catalogue.js';
import { emptyData } from '../../../src/fields/contact.js';
import { readDraft } from '../../../src/fields/draft.js';
import { type CustomField, fieldsOf } from '../../../src/fields/field.js';
import { openCsv } from '../../../src/formats/csv/read.js';
import { writeCsv } from '../../../src/formats/csv/write.js';
import { anyContact } from '../contacts.js';
import { draftContext } from '../reading.js';
import { sourceOf } from '../sources.js';

const custom: readonly CustomField[] = [
  { key: 'budget', label: 'Budget', kind: 'number' },
  { key: 'plan', label: 'Plan', kind: 'text' },
  { key: 'since', label: 'Since', kind: 'date' },
  { key: 'vip', label: 'VIP', kind: 'checkbox' },
  { key: 'tier', label: 'Tier', kind: 'dropdown', choices: ['Gold', 'Silver, plated'] },
  { key: 'topics', label: 'Topics', kind: 'multi-select', choices: ['Sales', 'Support', '+Other'] },
];

for (const category of ['external', 'internal'] as const satisfies readonly Category[]) {
  const fields = fieldsOf(category, custom);
  for (const raw of [false, true]) {
    test(`what is exported as CSV is imported to the byte: ${category}${raw ? ', raw' : ''}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyContact(category, custom, raw), { minLength: 1, maxLength: 4 }),
          fc.integer({ min: 1, max: 64 }),
          fc.boolean(),
          async (contacts, chunk, bom) => {
            async function* all() {
              yield* contacts;
            }
            let text = '';
            for await (const piece of writeCsv(all, { category, custom, bom, raw })) text += piece;
            const file = await openCsv(sourceOf(text, chunk), { category, custom });
            expect(file.unknown).toEqual([]);
            const read = [];
            for await (const record of file.records()) {
              expect({ problems: record.problems, warnings: record.warnings }).toEqual({ problems: [], warnings: [] });
              const reading = readDraft(record.draft, emptyData, fields, draftContext());
              read.push(
                reading.ok
                  ? { id: record.id, ...reading.data, notes: reading.data.notes.map(({ text }) => text) }
                  : reading,
              );
            }
            const byKind = <Entry extends { readonly kind: string }>(path: string, entries: readonly Entry[]) =>
              fields.flatMap((field) => entries.filter(({ kind }) => field.path === `${path}.${kind}`));
            expect(read).toEqual(
              contacts.map(({ category: _, createdAt, createdBy, updatedAt, updatedBy, ...contact }) => ({
                ...contact,
                phones: byKind('phones', contact.phones),
                emails: byKind('emails', contact.emails),
                notes: contact.notes.map(({ text }) => text),
              })),
            );
          },
        ),
        { numRuns: 60 },
      );
    });
  }
}
