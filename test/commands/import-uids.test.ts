import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../src/fields/contact.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const card = (...lines: readonly string[]): string =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\n${lines.join('\r\n')}\r\nEND:VCARD\r\n`;

const importCards = async (text: string, flags: readonly string[] = []) => {
  const file = join(workspace.folder, 'cards.vcf');
  await writeFile(file, text);
  const { code, stdout, stderr } = await workspace.run(['import', file, '--json', ...flags], { country: 'GB' });
  if (stdout === '') throw new Error(stderr);
  return { code, ...JSON.parse(stdout) };
};

const contacts = () => workspace.json<readonly Contact[]>(['list', '--category', 'all']);

const ada = ['N:Bell;Ada;;;', 'EMAIL:ada@example.com'];

describe('the UID of another program', () => {
  test('finds its contact, and sets the kinds that the card has exactly', async () => {
    await importCards(card('UID:u1', ...ada, 'TEL;TYPE=CELL:+447400123456', 'TEL;TYPE=CELL:+447400123457'));
    await importCards(card('UID:u1', 'N:Bell;Ada;;;', 'TEL;TYPE=CELL:+447400123457'));
    expect(await contacts()).toMatchObject([
      {
        uids: ['u1'],
        phones: [{ kind: 'mobile', number: '+447400123457' }],
        emails: [{ address: 'ada@example.com' }],
      },
    ]);
  });

  test('is learnt where an address finds the contact, whose own numbers stay', async () => {
    await workspace.ok(['add', '--first-name', 'Ada', '--mobile', '+447400123456', '--other-email', 'ada@example.com']);
    const text = card('UID:u1', ...ada, 'TEL;TYPE=CELL:+447400123457');
    expect(await importCards(text)).toMatchObject({ created: 0, updated: 1 });
    expect(await importCards(text)).toMatchObject({ unchanged: 1, change: null });
    expect(await importCards(card('UID:u1', 'N:Bell;Ada;;;', 'EMAIL:new@example.com'))).toMatchObject({ updated: 1 });
    const [contact, another] = await contacts();
    expect(another).toBeUndefined();
    expect(contact).toMatchObject({ uids: ['u1'], uidsPartial: true });
    expect(contact?.phones.map(({ number }) => number)).toEqual(['+447400123456', '+447400123457']);
  });

  test('finds its contact under another name throughout, with a warning', async () => {
    await importCards(card('UID:u1', ...ada));
    const married = await importCards(card('UID:u1', 'N:Roe;Ada;;;', 'EMAIL:ada@example.com'));
    expect(married).toMatchObject({ updated: 1, warnings: [] });
    const other = card('UID:u1', 'N:Cole;Bob;;;', 'EMAIL:ada@example.com');
    const { updated, warnings } = await importCards(other);
    expect(updated).toBe(1);
    expect(warnings).toMatchObject([
      { message: expect.stringMatching(/^is Ada Roe, .* by its UID, though Bob Cole is another name$/) },
    ]);
    expect(await importCards(other)).toMatchObject({ unchanged: 1, warnings: [] });
  });

  test('goes before an address that says another, with a warning', async () => {
    await importCards(card('UID:u1', ...ada) + card('UID:u2', 'N:Cole;Bob;;;', 'EMAIL:bob@example.com'));
    const outcome = await importCards(card('UID:u2', 'N:Cole;Bob;;;', 'EMAIL:ada@example.com'), ['--any-name']);
    expect(outcome).toMatchObject({ created: 0, updated: 1, rejected: 0 });
    expect(outcome.warnings[0].message).toMatch(
      /^is Bob Cole, bob@example.com \(\w+\) by its UID, though it has an address or number of Ada Bell/,
    );
  });

  test('of a staff member is no external contact', async () => {
    await importCards(card('UID:u1', 'X-CONTACTS-CATEGORY:internal', ...ada));
    expect(await contacts()).toMatchObject([{ category: 'internal', uids: ['u1'] }]);
    expect(await importCards(card('UID:u1', ...ada))).toMatchObject({ code: 5, rejected: 1 });
  });

  test('stays through a merge, and is parted by undo', async () => {
    await importCards(card('UID:u1', ...ada) + card('UID:u2', 'N:Cole;Bob;;;', 'EMAIL:bob@example.com'));
    await workspace.ok(['merge', 'ada@example.com', 'bob@example.com', '--yes']);
    expect(await contacts()).toMatchObject([{ uids: ['u1', 'u2'] }]);
    expect(await importCards(card('UID:u2', 'N:Cole;Bob;;;', 'TITLE:Boss'))).toMatchObject({ created: 0, rejected: 0 });
    await workspace.ok(['undo', '--yes']);
    await workspace.ok(['undo', '--yes']);
    expect((await contacts()).map(({ uids }) => uids)).toEqual([['u1'], ['u2']]);
  });

  test('is one contact’s alone, also where every row is a new one', async () => {
    await importCards(card('UID:u1', ...ada));
    await importCards(card('UID:u1', ...ada), ['--on-match', 'create']);
    expect((await contacts()).map(({ uids }) => uids)).toEqual([['u1'], undefined]);
  });

  test('comes and goes as JSON, too', async () => {
    await importCards(card('UID:u1', ...ada));
    const file = join(workspace.folder, 'all.json');
    await workspace.ok(['export', file]);
    await workspace.ok(['rm', 'ada@example.com', '--yes']);
    await workspace.ok(['import', file]);
    expect(await contacts()).toMatchObject([{ uids: ['u1'] }]);
  });
});

describe('several inputs', () => {
  test('are one change, and what is wrong says in which file', async () => {
    const [csv, vcf] = [join(workspace.folder, 'a.csv'), join(workspace.folder, 'b.vcf')];
    await writeFile(csv, 'First Name,Mobile\r\nAda,+447400123456\r\n');
    await writeFile(vcf, card('FN:Bob Cole', 'TEL:12') + card('FN:Cy Dean', 'BDAY:--0102'));
    const { code, stdout } = await workspace.run(['import', csv, vcf, '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      5,
      { rows: 3, created: 2, rejected: 1, errors: [{ file: vcf, row: 1, line: 1 }], rest: { kept: 1, dropped: 0 } },
    ]);
    expect(await workspace.json(['log'])).toHaveLength(1);
    const { code: usage, stderr } = await workspace.run(['import', csv, vcf, '--rejects', join(workspace.folder, 'r')]);
    expect([usage, stderr]).toEqual([
      2,
      'error: --rejects is for one file, and these are several.\nhint: Import them one by one to keep rejected rows.\n',
    ]);
  });

  test('a group in one file labels its members in others', async () => {
    const [group, members] = [join(workspace.folder, 'a.vcf'), join(workspace.folder, 'b.vcf')];
    await writeFile(group, card('UID:g', 'FN:Family', 'KIND:group', 'MEMBER:urn:uuid:u1'));
    await writeFile(members, card('UID:u1', ...ada));
    await workspace.ok(['import', workspace.folder]);
    expect(await contacts()).toMatchObject([{ firstName: 'Ada', labels: ['Family'] }]);
  });
});
