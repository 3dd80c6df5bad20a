import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/fields/contact.js';
import { createWorkspace, type Outcome, type Workspace } from '../../helpers/run.js';
import { hostileContacts, hostileStore, hostileTexts } from './hostile-store.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await writeFile(workspace.store, hostileStore);
});
afterEach(() => workspace.remove());

const [first, second] = hostileContacts;
const id = first?.id ?? '';
const other = second?.id ?? '';
const escape = '\x1b[2J\x1b]0;x\x07\u202e';

/** What no person must be shown: all that steers a terminal or turns the reading direction. */
const unseen = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;

/** How a progress bar takes itself away. */
const eraseLine = '\r\x1b[K';

const expectVisible = ({ code, stdout, stderr }: Outcome, terminal: boolean, isForShell = false): void => {
  expect(code).not.toBe(1);
  expect(unseen.exec(stdout + stderr.replaceAll(eraseLine, ''))).toBeNull();
  // Down a pipe, and for a shell, a tab stands between cells, and nowhere in them.
  if (terminal && !isForShell) expect(stdout).not.toContain('\t');
};

const everyField =
  'id,first-name,last-name,company,type,language,birth-date,label,mobile,work-email,notes,street,size,topics';

describe('hostile data is made visible', () => {
  const lines: readonly (readonly string[])[] = [
    ['list'],
    ['list', '--fields', everyField],
    ['search', 'red'],
    ['show', id, ...hostileContacts.map((contact) => contact.id)],
    ['log'],
    ['label', 'list'],
    ['field', 'list'],
    ['stats'],
    ['duplicates', '--min-score', '0'],
    ['note', 'list', id],
    ['call', id, '--print'],
    ['email', id, '--print'],
    ['sms', id, '--print'],
    ['chat', id, '--print'],
    ['store', 'info'],
    ['store', 'check'],
    ['completion', 'suggest', '--', 'contacts', 'show', ''],
    ['completion', 'suggest', '--', 'contacts', 'list', '--where', 'label:'],
    ['completion', 'suggest', '--', 'contacts', 'label', 'rm', ''],
    ['edit', id, '--company', escape, '--dry-run'],
    ['edit', id, '--add', `label=${escape}`],
    ['edit', id, '--mobile', escape],
    ['rm', id, '--dry-run'],
    ['rm', id],
    ['merge', id, other, '--dry-run'],
    ['merge', id, other],
    ['undo'],
    ['add', '--first-name', escape],
    ['add', '--first-name', 'Ann', '--birth-date', escape],
    ['add', '--category', 'internal', '--first-name', 'Ann', '--extension', escape],
    ['note', 'add', id, escape],
    ['label', 'add', escape, '--color', escape],
    ['label', 'rename', hostileTexts[0] ?? '', `${escape}2`],
    ['label', 'rm', hostileTexts[3] ?? '', '--yes'],
    ['field', 'add', escape, '--kind', 'text'],
    ['import', escape],
    ['import', '-', '--map', `${escape}=${escape}`],
    ['import', '-', '--mapping', escape],
    ['export', `/nowhere/${escape}`],
    ['list', '--where', `(${escape}`],
    ['list', '--sort', escape],
    ['list', '--fields', escape],
    ['show', escape],
    ['store', 'restore', escape, '--yes'],
    ['--store', `/dev/null/${escape}`, 'list'],
    ['--store', `${escape}:x`, 'list'],
    ['--country-code', escape, 'add', '--first-name', 'Ann', '--mobile', '1'],
    [escape],
    ['list', `--${escape}`],
    ['list', '--format', escape],
  ];

  for (const terminal of [false, true]) {
    it.each(lines.map((line) => [line]))(`${terminal ? 'at a terminal' : 'down a pipe'}: %j`, async (line) => {
      const stdin = terminal ? '' : `First Name,${escape}\n${escape},x\n`;
      const outcome = await workspace.run(terminal ? ['--no-input', ...line] : line, { terminal, stdin });
      expectVisible(outcome, terminal, line[0] === 'completion');
    });
  }

  it('in the messages of an import, and in what it says of its file', async () => {
    const file = join(workspace.folder, 'a\x1b[31m\u202eb.csv');
    await writeFile(file, `First Name,Mobile,Contact Label\n"${escape}",12,"${escape}"\n${escape}2,,${escape}3\n`);
    for (const argv of [['import', file, '--dry-run'], ['import', file], ['log'], ['undo']]) {
      expectVisible(await workspace.run(argv, { terminal: true }), true);
    }
  });

  it('in a window of 20 columns', async () => {
    for (const argv of [
      ['list'],
      ['show', id],
      ['stats'],
      ['log'],
      ['label', 'list'],
      ['--help'],
      ['list', '--help'],
    ]) {
      expectVisible(await workspace.run(argv, { terminal: true, columns: 20 }), true);
    }
  });
});

describe('hostile data is carried untouched', () => {
  it.each(['json', 'ndjson'])('by %s', async (format) => {
    const text = await workspace.ok(['export', '--format', format]);
    const contacts =
      format === 'json'
        ? JSON.parse(text)
        : text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line));
    expect(contacts.map(({ company }: Contact) => company)).toEqual(hostileTexts);
    expect(contacts.map(({ notes }: Contact) => notes[0]?.text)).toEqual(hostileTexts);
  });

  it('by CSV, in which no cell is a formula', async () => {
    const rows: readonly (readonly string[])[] = parse(await workspace.ok(['export']), { record_delimiter: '\r\n' });
    expect(rows).toHaveLength(hostileTexts.length + 1);
    const cells = rows.flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell) && !/^\+[0-9 ().-]{4,25}$/.test(cell))).toEqual(
      [],
    );
    const companies = rows
      .slice(1)
      .map((row) => row[rows[0]?.indexOf('Company') ?? 0]?.replace(/^'(?='*[=+\-@\t\r\n\0＝＋－＠])/, ''));
    expect(companies).toEqual(hostileTexts);
  });

  it('by vCard, in which no value begins a property or a card', async () => {
    for (const version of ['3.0', '4.0']) {
      const text = await workspace.ok(['export', '--format', 'vcard', '--vcard-version', version]);
      const lines = text
        .replaceAll(/\r\n[ \t]/g, '')
        .split('\r\n')
        .slice(0, -1);
      expect(lines.filter((line) => line === 'BEGIN:VCARD')).toHaveLength(hostileTexts.length);
      expect(lines.filter((line) => line === 'END:VCARD')).toHaveLength(hostileTexts.length);
      expect(lines.filter((line) => /[\r\n]/.test(line) || !/^[A-Z][A-Z0-9.-]*[;:]/i.test(line))).toEqual([]);
      expect(lines.filter((line) => /^(TEL:\+1$|FN:Eve)/.test(line))).toEqual([]);
    }
  });
});

describe('what is very large', () => {
  it('a name of a megabyte goes in, and out in every form', async () => {
    const name = 'x'.repeat(1 << 20);
    await workspace.ok(['import', '-', '--format', 'json'], { stdin: JSON.stringify([{ firstName: name }]) });
    const [known] = await workspace.json<Contact[]>(['list', '--where', 'xxxxxxxxxx']);
    expect(known?.firstName?.length).toBe(name.length);
    for (const argv of [
      ['list'],
      ['show', known?.id ?? ''],
      ['search', 'xxx'],
      ['log'],
      ['stats'],
      ['duplicates'],
      ['completion', 'suggest', '--', 'contacts', 'show', 'x'],
      ['export', '--format', 'vcard'],
    ]) {
      for (const terminal of [false, true]) {
        const { code, stderr } = await workspace.run(argv, { terminal, ...(terminal && { columns: 20 }) });
        expect([argv[0], code, stderr.slice(0, 200)]).toEqual([argv[0], 0, expect.anything()]);
      }
    }
    const { code, stderr } = await workspace.run(['share', known?.id ?? '', '--qr']);
    expect([code, stderr.length < 1000]).toEqual([5, true]);
  });

  it('a hundred thousand labels are listed, exported, completed and searched', async () => {
    const labels = Array.from({ length: 100_000 }, (_, index) => ({ name: `Label ${index}`, color: 'blue' }));
    const contact = { ...hostileContacts[0], custom: {}, labels: labels.slice(0, 1000).map(({ name }) => name) };
    const settings = { labels, fields: [], mappings: {}, apart: [] };
    await writeFile(workspace.store, JSON.stringify({ schema: 1, revision: 1, settings, contacts: [contact] }));
    for (const argv of [
      ['label', 'list'],
      ['list'],
      ['show', id],
      ['export'],
      ['stats'],
      ['list', '--where', 'label:"Label 999"'],
      ['edit', id, '--add', 'label=Label 99999'],
      ['label', 'rm', 'Label 5', '--yes'],
      ['undo'],
      ['completion', 'suggest', '--', 'contacts', 'label', 'rm', 'Label 77'],
    ]) {
      await workspace.ok(argv, { terminal: argv[0] === 'show' });
    }
    expect(await workspace.json(['list', '--where', 'label:"Label 999"'])).toHaveLength(1);
  });
});
