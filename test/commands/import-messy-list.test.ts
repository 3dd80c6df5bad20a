import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { createWorkspace } from '../helpers/run.js';

interface Meant {
  readonly row: number;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly company?: string | null;
  readonly jobTitle?: string | null;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly labels?: readonly string[];
  readonly birthDate?: string | null;
  readonly zipCode?: string | null;
  readonly language?: string | null;
  readonly rejected?: true;
}

interface Result {
  readonly created: number;
  readonly rejected: number;
  readonly errors: readonly { readonly row: number }[];
  readonly warnings: readonly { readonly row: number }[];
}

/** What a contact says of all that a row can mean. */
const saidBy = ({ phones, emails, address, ...contact }: Contact): Readonly<Record<string, unknown>> => ({
  ...contact,
  zipCode: address?.zipCode,
  phones: phones.map(({ number }) => number),
  emails: emails.map((email) => email.address),
});

const isAsMeant = (contact: Contact, { row: _, ...meant }: Meant): boolean =>
  Object.entries(meant).every(([field, value]) => {
    const said = saidBy(contact)[field];
    return JSON.stringify(said ?? null) === JSON.stringify(value);
  });

test('a list of 300 people with every fault of lists lands as it is meant, or is told', async () => {
  const meant: readonly Meant[] = JSON.parse(await readFile('fixtures/messy-list.json', 'utf8'));
  const workspace = await createWorkspace();
  try {
    const first = await workspace.run(['import', 'fixtures/messy-list.csv', '--json', '--no-input']);
    const { created, errors, warnings }: Result = JSON.parse(first.stdout);
    const contacts = (await workspace.json(['list', '--json', '--limit', '1000'])) as readonly Contact[];
    const told = new Set([...errors, ...warnings].map(({ row }) => row));
    const rejected = new Set(errors.map(({ row }) => row));
    const left = [...contacts];
    const differing = meant.filter((one) => {
      if (one.rejected) return !rejected.has(one.row);
      const place = left.findIndex((contact) => isAsMeant(contact, one));
      if (place >= 0) left.splice(place, 1);
      return place < 0;
    });
    const silent = differing.filter(({ row }) => !told.has(row));
    expect(silent).toEqual([]);
    // Text that was decoded twice lands as it came, with a warning.
    expect(differing.every(({ lastName }) => lastName === 'Müller')).toBe(true);
    expect(created).toBe(meant.filter((one) => !one.rejected).length);
    const again: Result = JSON.parse(
      (await workspace.run(['import', 'fixtures/messy-list.csv', '--json', '--no-input'])).stdout,
    );
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: created });
  } finally {
    await workspace.remove();
  }
});
