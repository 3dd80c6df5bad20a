import { readFileSync } from 'node:fs';
import { draftOf } from '../../src/contacts/import/row.js';
import type { Category } from '../../src/fields/catalogue.js';
import { emptyData } from '../../src/fields/contact.js';
import { describeIssue, readDraft } from '../../src/fields/draft.js';
import { type CustomField, fieldsOf } from '../../src/fields/field.js';
import type { Source } from '../../src/formats/encoding.js';
import { type ImportFile, recordsOf } from '../../src/formats/record.js';
import { draftContext } from './reading.js';
import { collect, sourceOf } from './sources.js';

/** A file of `fixtures/sources`, in small pieces. */
export const fixture = (name: string): Source =>
  sourceOf(readFileSync(new URL(`../../fixtures/sources/${name}`, import.meta.url)), 100, name);

/** What the records of a file become: data without empty lists, notes as texts, or all that is wrong. */
export const landed = async (
  file: ImportFile,
  category: Category = 'external',
  custom: readonly CustomField[] = [],
  country = 'HK',
): Promise<readonly unknown[]> =>
  (await collect(recordsOf(file))).map(({ draft, id, problems, column }) => {
    const reading = readDraft(draftOf(draft), emptyData, fieldsOf(category, custom), { ...draftContext(), country });
    const issues = reading.ok ? [] : reading.issues;
    const faults = [
      ...problems.map(({ column: header, value, message }) =>
        describeIssue({ path: '', label: header, value, message }),
      ),
      ...issues.map((issue) => describeIssue({ ...issue, label: column(issue.path, issue.value) || issue.label })),
    ];
    if (faults.length > 0 || !reading.ok) return faults.map((fault) => fault.trim());
    const { phones, emails, labels, notes, ...data } = reading.data;
    return {
      ...(id !== undefined && { id }),
      ...data,
      ...(labels.length > 0 && { labels }),
      ...(phones.length > 0 && { phones: phones.map(({ kind, number }) => `${kind} ${number}`) }),
      ...(emails.length > 0 && { emails: emails.map(({ kind, address }) => `${kind} ${address}`) }),
      ...(notes.length > 0 && { notes: notes.map(({ text }) => text) }),
    };
  });
