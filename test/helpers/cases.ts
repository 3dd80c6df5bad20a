import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { createWorkspace, type Outcome, type Workspace } from './run.js';

/** What a contact has to be: fields by their JSON keys, and the words below for what a contact has many of. */
interface ContactCase {
  readonly name?: string;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly labels?: readonly string[];
  readonly notes?: readonly string[];
  readonly notesContain?: readonly string[];
  readonly notesLack?: readonly string[];
  /** Pieces of text that the contact's JSON has, wherever. */
  readonly anywhere?: readonly string[];
  readonly nowhere?: readonly string[];
  /** A field's text, `/…/` for a regular expression, `null` for nothing. */
  readonly [field: string]: unknown;
}

/** A file to import, and what that comes to. */
export interface ImportCase {
  /** One, several at once, or a folder. */
  readonly file: string | readonly string[];
  readonly name?: string;
  readonly why: string;
  readonly flags?: readonly string[];
  readonly before?: readonly (
    | { readonly file: string | readonly string[]; readonly flags?: readonly string[] }
    | { readonly run: string[] }
  )[];
  readonly exit?: number;
  readonly count?: number;
  readonly counts?: Readonly<Record<string, number>>;
  readonly contacts?: readonly ContactCase[];
  /** Regular expressions; each fits one warning of the result, or one error. */
  readonly warnings?: readonly string[];
  readonly errors?: readonly string[];
  /** Commands that come after, and regular expressions that their output matches. */
  readonly then?: readonly { readonly run: readonly string[]; readonly matches: readonly string[] }[];
  /** `false` where a second import is no part of the case. */
  readonly again?: boolean;
}

/** The cases of a folder, by their names. */
export const casesOf = async (folder: string): Promise<readonly (readonly [string, ImportCase])[]> => {
  const cases: readonly ImportCase[] = JSON.parse(await readFile(join(folder, 'cases.json'), 'utf8'));
  return cases.map((one) => [one.name ?? [one.file].flat().join(' '), one]);
};

const patternOf = (wanted: unknown): string | undefined =>
  typeof wanted === 'string' ? /^\/(.*)\/$/.exec(wanted)?.[1] : undefined;

const matchesText = (wanted: unknown, found: unknown): boolean => {
  if (wanted === null) return found === undefined;
  const pattern = patternOf(wanted);
  return pattern === undefined ? wanted === found : new RegExp(pattern).test(String(found ?? ''));
};

/** Whether a text has a piece, or what a regular expression between slashes matches. */
const hasPiece = (text: string, wanted: string): boolean => {
  const pattern = patternOf(wanted);
  return pattern === undefined ? text.includes(wanted) : new RegExp(pattern).test(text);
};

/** Whether lists agree whatever their order; an entry without a kind stands for any kind. */
const matchesList = (wanted: readonly string[], found: readonly (readonly string[])[]): boolean =>
  wanted.length === found.length && wanted.every((text) => found.some((forms) => forms.includes(text)));

const flat = (contact: Contact): Readonly<Record<string, unknown>> => {
  const { address, social, ...rest } = contact as Contact & Record<string, object | undefined>;
  return { ...rest, ...address, ...social };
};

const isAsWanted = (contact: Contact, wanted: ContactCase): boolean => {
  const fields = flat(contact);
  const entries = (key: 'phones' | 'emails', part: string): readonly (readonly string[])[] =>
    ((fields[key] as readonly Record<string, string>[] | undefined) ?? []).map((entry) => {
      const text = String(entry[part]).replace(';ext=', 'x');
      return [text, `${entry.kind}:${text}`];
    });
  const labels = (fields.labels as readonly string[] | undefined) ?? [];
  const notes = ((fields.notes as readonly { text: string }[] | undefined) ?? []).map(({ text }) => text);
  const json = JSON.stringify(contact);
  const names = [fields.firstName, fields.lastName].filter((name) => name !== undefined);
  return Object.entries(wanted).every(([key, value]) => {
    const texts = value as readonly string[];
    if (key === 'name') return [names.join(' '), [...names].reverse().join(' ')].includes(String(value));
    if (key === 'phones') return matchesList(texts, entries('phones', 'number'));
    if (key === 'emails') return matchesList(texts, entries('emails', 'address'));
    if (key === 'labels')
      return matchesList(
        texts,
        labels.map((label) => [label]),
      );
    if (key === 'notes')
      return texts.length === notes.length && texts.every((text) => notes.some((note) => matchesText(text, note)));
    if (key === 'notesContain') return texts.every((text) => notes.some((note) => hasPiece(note, text)));
    if (key === 'notesLack') return !texts.some((text) => notes.some((note) => hasPiece(note, text)));
    if (key === 'anywhere') return texts.every((text) => hasPiece(json, text));
    if (key === 'nowhere') return !texts.some((text) => hasPiece(json, text));
    return matchesText(value, fields[key]);
  });
};

/** Each wanted contact is another one of the store. */
const expectContacts = (contacts: readonly Contact[], wanted: readonly ContactCase[]): void => {
  const left = [...contacts];
  for (const one of wanted) {
    const place = left.findIndex((contact) => isAsWanted(contact, one));
    expect(
      place,
      `no contact is as wanted: ${JSON.stringify(one)} among ${JSON.stringify(left)}`,
    ).toBeGreaterThanOrEqual(0);
    left.splice(place, 1);
  }
};

const expectTold = (told: readonly string[], patterns: readonly string[], file: ImportCase['file']): void => {
  const blotted = told.map((text) => [file].flat().reduce((rest, name) => rest.replaceAll(name, 'FILE'), text));
  for (const pattern of patterns) {
    const { source, flags } = new RegExp(pattern.replace(/^\(\?i\)/, ''), 'i');
    expect(
      blotted.some((text) => new RegExp(source, flags).test(text)),
      `${pattern} in ${blotted.join('\n')}`,
    ).toBe(true);
  }
};

const resultOf = ({ stdout }: Outcome): { readonly [key: string]: unknown } =>
  stdout === '' ? {} : JSON.parse(stdout);

const written = (list: unknown): readonly string[] =>
  ((list as readonly unknown[] | undefined) ?? []).map((one) => JSON.stringify(one, null, 1).replace(/\n */g, ' '));

/** Imports a file of a folder into an empty store, and holds what came of it to the case. */
export const expectCase = async (folder: string, given: ImportCase): Promise<void> => {
  const workspace = await createWorkspace();
  const importFile = (file: ImportCase['file'], flags: readonly string[] = []): Promise<Outcome> =>
    workspace.run(['import', ...[file].flat().map((name) => join(folder, name)), ...flags, '--json', '--no-input']);
  try {
    for (const step of given.before ?? []) {
      if ('run' in step) await workspace.ok(step.run);
      else expect((await importFile(step.file, step.flags)).code).toBe(0);
    }
    const outcome = await importFile(given.file, given.flags);
    expect(outcome.code, outcome.stderr).toBe(given.exit ?? 0);
    const result = resultOf(outcome);
    expect(result).toMatchObject(given.counts ?? {});
    expectTold(written(result.warnings), given.warnings ?? [], given.file);
    expectTold(outcome.stdout === '' ? [outcome.stderr] : written(result.errors), given.errors ?? [], given.file);
    await expectStore(workspace, given);
    for (const { run, matches } of given.then ?? []) expectTold([await workspace.ok(run)], matches, []);
    if (outcome.code !== 0 || given.then !== undefined || given.again === false) return;
    const again = await importFile(given.file, given.flags);
    expect([again.code, resultOf(again).created, resultOf(again).updated]).toEqual([0, 0, 0]);
  } finally {
    await workspace.remove();
  }
};

const expectStore = async (workspace: Workspace, { count, contacts }: ImportCase): Promise<void> => {
  const found = await workspace.json<readonly Contact[]>(['list', '--category', 'all', '--json']);
  if (count !== undefined) expect(found).toHaveLength(count);
  expectContacts(found, contacts ?? []);
};
