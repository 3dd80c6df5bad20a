import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, '..', 'bin', 'contacts.js');

/** More than is kept in memory. */
const rowCount = 20_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-once-'));
  const rows = Array.from({ length: rowCount }, (_, n) => `Ann${n},ann${n}@example.com,${'–'.repeat(30)}\n`);
  await writeFile(join(folder, 'large.csv'), `First Name,Work Email,Company\n${rows.join('')}`);
  await writeFile(join(folder, 'small.csv'), 'First Name\nAda\n');
  await writeFile(join(folder, 'one.json'), '{"firstName":"Ada"}');
  await writeFile(join(folder, 'one.vcf'), 'BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEND:VCARD\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let stores = 0;

/** Runs a line of bash in the folder, with a store of its own, in which `contacts` is the program. */
const shell = (
  line: string,
  more: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    stores += 1;
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      CONTACTS_STORE: join(folder, `${stores}.json`),
      ...more,
    };
    const script = `contacts() { '${process.execPath}' '${program}' "$@"; }\n${line}`;
    const child = execFile('bash', ['-c', script], { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });

const outcome = (rows: number): string =>
  `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}: ${rows.toLocaleString('en-US')} created, 0 updated, 0 unchanged, 0 skipped, 0 rejected.\n`;

describe('an input that can be read once', () => {
  test.each([
    ['a FIFO', 'mkfifo fifo1; (cat small.csv > fifo1) & contacts import fifo1', 1],
    ['a large FIFO', 'mkfifo fifo2; (cat large.csv > fifo2) & contacts import fifo2', rowCount],
    ['process substitution', 'contacts import <(cat small.csv)', 1],
    ['large process substitution', 'contacts import <(cat large.csv)', rowCount],
    ['JSON by process substitution', 'contacts import <(cat one.json)', 1],
    ['a vCard by process substitution', 'contacts import <(cat one.vcf)', 1],
    ['/dev/stdin, a pipe', 'cat small.csv | contacts import /dev/stdin', 1],
    ['/dev/stdin, a file', 'contacts import /dev/stdin < large.csv', rowCount],
    ['-, a large pipe', 'cat large.csv | contacts import -', rowCount],
    ['-, a file', 'contacts import - < small.csv', 1],
  ])('is imported: %s', async (_what, line, rows) => {
    expect(await shell(line)).toEqual({ code: 0, stdout: outcome(rows), stderr: '' });
  });

  test('leaves nothing where it was kept', async () => {
    expect((await readdir(folder)).filter((name) => name.startsWith('contacts-input'))).toEqual([]);
  });

  test('that cannot be kept is told: exit 7, nothing imported', async () => {
    const { code, stderr } = await shell('cat large.csv | contacts import -', { TMPDIR: join(folder, 'gone') });
    expect(code).toBe(7);
    expect(stderr).toContain(`The input cannot be kept in ${join(folder, 'gone')}`);
  });
});
