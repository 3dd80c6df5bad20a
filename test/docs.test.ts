import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCommandTree } from '../scripts/docs/command-tree.js';
import { type Documentation, makeDocumentation } from '../scripts/docs/documentation.js';
import { environmentFaults } from '../scripts/docs/environment.js';
import { exampleLine } from '../scripts/docs/examples.js';
import { pageFaults } from '../scripts/docs/faults.js';
import { manPage, roff } from '../scripts/docs/man-page.js';
import { fillParts } from '../scripts/docs/readme.js';
import { runSession, wordsOfLine } from '../scripts/docs/session.js';

describe('the documentation', () => {
  let made: Documentation;
  beforeAll(async () => {
    made = await makeDocumentation();
  });

  it.each(['README.md', 'docs/commands.md', 'docs/fields.md', 'docs/contact.schema.json', 'man/contacts.1'])(
    'has %s as the program says it (npm run docs makes it anew)',
    async (path) => {
      expect(await readFile(path, 'utf8')).toBe(made.files.get(path));
    },
  );

  it('names no file, function, command, flag or variable that there is not', () => {
    expect(made.faults).toEqual([]);
  });
});

describe('a session', () => {
  it('shows the lines with what they print', async () => {
    const lines = [
      "contacts add --first-name 'Ada' # a comment",
      'contacts show ID --fields first-name',
      'contacts show zoe',
      'echo $?',
    ];
    expect(await runSession(lines)).toBe(`$ contacts add --first-name 'Ada' # a comment
Added Ada (qznx2sk9637v).

$ contacts show qznx2sk9637v --fields first-name
Ada

$ contacts show zoe
error: There is no contact "zoe".
hint: Give an id, an email address, a phone number or a full name. To search: contacts search zoe

$ echo $?
3
`);
  });

  it('begins with its files and what was run before', async () => {
    const options = { files: { 'a.csv': 'First Name\nAda\n' }, before: ['contacts import a.csv'] };
    expect(await runSession(['contacts list --fields first-name --format csv'], options)).toBe(
      '$ contacts list --fields first-name --format csv\nFirst Name\nAda\n',
    );
  });

  it('fails where a command does, and nobody asks for its exit code', async () => {
    await expect(runSession(['contacts show x'])).rejects.toThrow('ends with 3');
  });

  it('runs no other program', async () => {
    await expect(runSession(['rm -rf contacts'])).rejects.toThrow('and not: rm -rf contacts');
  });

  it.each([
    ['contacts search \'9123 4567\' "a b"', ['contacts', 'search', '9123 4567', 'a b']],
    ["contacts edit --set group='Spring fair' # note", ['contacts', 'edit', '--set', 'group=Spring fair']],
  ])('splits %s as a shell does', (line, words) => {
    expect(wordsOfLine(line)).toEqual(words);
  });
});

describe('an example', () => {
  it('is there of every command', () => {
    const program = new Command('contacts');
    expect(exampleLine(program.command('undo'))).toBe('contacts undo');
    expect(() => exampleLine(program.command('frobnicate'))).toThrow('"contacts frobnicate" has no example');
  });
});

describe('the man page', async () => {
  const page = manPage(await readCommandTree('1.2.3'), '1.2.3');

  it.each([
    ['.cshrc\n.x', '\\&.cshrc\n\\&.x'],
    ['\'a-b\' "c" \\d ~ ^ `e`', '\\(aqa\\-b\\(aq \\(dqc\\(dq \\ed \\(ti \\(ha e'],
    ['…大𠮷', '\\[u2026]\\[u5927]\\[u20BB7]'],
  ])('writes %j so that roff shows it', (text, written) => {
    expect(roff(text)).toBe(written);
  });

  it('is of the version, in ASCII, and makes no request but those of man(7)', () => {
    expect(page).toContain('.TH CONTACTS 1 "" "contacts 1.2.3"');
    expect(page).toMatch(/^[\n\x20-\x7e]*$/);
    const requests = page.match(/^['.]\S*/gm) ?? [];
    expect([...new Set(requests)].sort()).toEqual([
      '.B',
      '.I',
      '.PP',
      '.RI',
      '.SH',
      '.SS',
      '.TH',
      '.TP',
      '.\\"',
      '.fi',
      '.nf',
    ]);
  });
});

describe('what a page says', async () => {
  const tree = await readCommandTree('1.2.3');
  const faultsOf = (text: string) =>
    pageFaults([{ path: 'docs/page.md', text }], new Set(['docs/made.md']), 'export const readDraft = () => {};', tree);

  it.each([
    ['`src/main.ts` and `src/no-such.ts`', ['docs/page.md: there is no src/no-such.ts']],
    ['[a](teams.md), [b](../README.md), [c](made.md), [d](none.md)', ['docs/page.md: there is no docs/none.md']],
    [
      '`readDraft`, `readDraught` and `write()`',
      ['docs/page.md: no source has readDraught', 'docs/page.md: no source has write'],
    ],
    ['```\n$ contacts lst\n```', ['docs/page.md: there is no command: contacts lst']],
    ['```\n$ contacts list --jsn --quiet\n```', ['docs/page.md: list has no --jsn: contacts list --jsn --quiet']],
    [
      '```\n$ cat x | contacts note add a --fil=x\n```',
      ['docs/page.md: note add has no --fil: contacts note add a --fil=x'],
    ],
  ])('is looked up: %j', async (text, faults) => {
    expect(await faultsOf(text)).toEqual(faults);
  });

  it('is filled in between markers, and left alone elsewhere', async () => {
    const page = 'a\n<!-- docs: session -->\n```\n$ contacts list --json\nold\n```\n<!-- docs: end -->\nb\n';
    expect(await fillParts(page, tree)).toBe(
      'a\n<!-- docs: session -->\n\n```\n$ contacts list --json\n[]\n```\n\n<!-- docs: end -->\nb\n',
    );
    await expect(fillParts('<!-- docs: x -->\n<!-- docs: end -->', tree)).rejects.toThrow('no part "x"');
  });
});

describe('the environment', () => {
  it('has to be told of where it is read, and read where it is told of', async () => {
    const source = await readFile('src/app.ts', 'utf8');
    expect(environmentFaults(source.replace('env.NO_COLOR', 'env.NO_COLOUR'))).toEqual([
      'NO_COLOUR is read, and not told of',
      'NO_COLOR is told of, and not read',
    ]);
  });
});
