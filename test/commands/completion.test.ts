import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/program.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['label', 'add', 'VIP']);
  await workspace.ok(['label', 'add', 'Trade Fair']);
  await workspace.ok(['field', 'add', 'Shoe Size', '--kind', 'number']);
  await workspace.ok(['add', '--first-name', 'María', '--last-name', 'García', '--company', 'Acme']);
  await workspace.ok(['add', '--first-name', '小明', '--last-name', '王', '--work-email', 'marco@example.com']);
});
afterAll(() => workspace.remove());

const suggested = async (words: readonly string[]): Promise<readonly string[]> =>
  (await workspace.ok(['completion', 'suggest', '--', ...words])).split('\n').slice(0, -1);

describe('completion suggest', () => {
  it.each([
    [['sh'], ['show\tshow everything about a contact', 'share\tprint the vCard of a contact, or its QR code']],
    [['note', 'e'], ['edit\tChange a note; without a text, in the editor.']],
    [['show', '--fi'], ['--fields\tthese fields alone']],
    [['show', '--st'], ['--store\tthe store (else CONTACTS_STORE, else your own)']],
    [['--sto'], ['--store\tthe store (else CONTACTS_STORE, else your own)']],
    [
      ['list', '--format', ''],
      ['table', 'json', 'ndjson', 'csv', 'mutt'],
    ],
    [['add', '--type', 'p'], ['Prospect']],
    [['--quiet', 'add', '--language', 'ja'], ['ja\tJapanese']],
    [
      ['add', '--label', ''],
      ['VIP', 'Trade Fair'],
    ],
    [['add', '--label', 'VIP', '--label', 't'], ['Trade Fair']],
    [['label', 'rm', 'v'], ['VIP']],
    [['label', 'add', ''], []],
    [['add', '--set', 's'], ['shoeSize=\tShoe Size']],
    [['edit', 'x', '--unset', ''], ['shoeSize\tShoe Size']],
    [['completion', 'z'], ['zsh']],
    [
      ['show', 'ma'],
      ['María García\tAcme', 'marco@example.com\t王小明'],
    ],
    [['show', 'GARCIA'], ['García María\tAcme']],
    [['show', '王小'], ['王小明\tmarco@example.com']],
    [['show', 'María García', 'marco'], ['marco@example.com\t王小明']],
    [['show', 'aría'], []],
    [['show', 'm'], []],
    [
      ['note', 'add', 'mar'],
      ['María García\tAcme', 'marco@example.com\t王小明'],
    ],
    [['note', 'add', 'mar', 'mar'], []],
    [['--store', '/nowhere/contacts.json', 'show', 'ma'], []],
    [['import', 'ma'], []],
    [
      ['list', '--where', 'birt'],
      ['birthday:\tBirthday', 'birth-date:\tBirth Date'],
    ],
    [
      ['list', '--where', 'type:lead O'],
      ['type:lead other-phone:\tOther Phone', 'type:lead other-email:\tOther Email', 'type:lead OR'],
    ],
    [
      ['rm', '--where', '-label:'],
      ['-label:VIP', '-label:"Trade Fair"'],
    ],
    [['rm', '--where', 'label:tr'], ['label:"Trade Fair"']],
    [['list', '--where', '(type:lead OR type:p'], ['(type:lead OR type:Prospect']],
    [['list', '--where', 'created:y'], ['created:yesterday']],
    [['list', '--where', 'noted:>'], ['noted:>-7d\tin the last seven days']],
    [
      ['list', '--where', 'birthday:t'],
      ['birthday:today', 'birthday:today..+7d\ttoday or in the next seven days'],
    ],
    [['list', '--where', 'has:sho'], ['has:shoeSize\tShoe Size']],
    [['list', '--where', 'lang:j'], ['lang:ja\tJapanese']],
    [['list', '--where', 'nosuch:'], []],
    [
      ['search', 'missing:bi'],
      ['missing:birthday\tBirthday', 'missing:birth-date\tBirth Date'],
    ],
    [['search', 'gar'], ['García María\tAcme']],
    [['nosuch', 'x'], []],
  ])('%j', async (words, lines) => {
    expect(await suggested(words)).toEqual(lines);
  });

  it('begins with every command', async () => {
    const lines = await suggested(['']);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(Object.keys(commands));
  });
});

describe('completion', () => {
  it('is for three shells', async () => {
    expect(await workspace.run(['completion', 'tcsh'])).toMatchObject({ code: 2, stdout: '' });
    for (const shell of ['bash', 'zsh', 'fish']) expect(await workspace.ok(['completion', shell])).toMatch(/suggest/);
  });

  /** A program whose suggestions are known stands in for the real one. */
  const program = `contacts() { printf '%s\\n' 'María García' 'maria@acme.example'; printf '%s|' "$@" >&3; }`;
  it.each([
    ['contacts show Mar', ['María\\ García', 'maria@acme.example'], 'completion|suggest|--|show|Mar|'],
    ['contacts show ', ['María\\ García', 'maria@acme.example'], 'completion|suggest|--|show||'],
    ['contacts show María\\ G', ['María\\ García', 'maria@acme.example'], 'completion|suggest|--|show|María G|'],
    ['contacts show María\\ ', ['María\\ García', 'maria@acme.example'], 'completion|suggest|--|show|María |'],
  ])('completes %j in bash', async (line, replies, asked) => {
    const script = await workspace.ok(['completion', 'bash']);
    const steps = [
      program,
      script,
      `COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}`,
      'exec 3>&2 2>/dev/null; _contacts; exec 3>&-',
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ];
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', steps.join('\n')]);
    expect([stdout.trimEnd().split('\n'), stderr]).toEqual([replies, asked]);
  });
});
