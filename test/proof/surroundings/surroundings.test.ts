import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shell } from './shell.js';

const contact = (name: string) => ({
  ...{ id: name, category: 'external', firstName: name, company: '王小明 GmbH' },
  ...{
    createdAt: '2026-11-24T09:00:00.000Z',
    createdBy: 'ada',
    updatedAt: '2026-11-24T09:00:00.000Z',
    updatedBy: 'ada',
  },
  ...{ labels: [], phones: [], emails: [], notes: [] },
});
const lines = Array.from({ length: 400 }, (_, index) => JSON.stringify(contact(`name${index}`)));
const storeText = `{"schema": 1, "revision": 0, "settings": {}, "contacts": [\n${lines.join(',\n')}\n]}\n`;
const rows = ['First Name,Company', ...Array.from({ length: 2000 }, (_, index) => `New${index},${'x'.repeat(100)}`)];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-surroundings-'));
  await writeFile(join(folder, 'contacts.json'), storeText, { mode: 0o600 });
  await writeFile(join(folder, 'new.csv'), rows.join('\n'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const storeNow = () => readFile(join(folder, 'contacts.json'), 'utf8');
/** The files that came to be, besides the store's own; of a copy that failed its empty history may stay. */
const newFiles = async () =>
  (await readdir(folder)).filter(
    (name) => !name.startsWith('contacts.json') && name !== 'new.csv' && !name.endsWith('.history'),
  );

describe('standard streams', () => {
  it.each([
    'list',
    'list --json',
    'show name5',
    'search name',
    'stats',
    'export',
    'schema',
    'completion bash',
    '--help',
  ])('of %s: a full one is told with 7', async (line) => {
    const { code, stderr } = await shell(folder, `contacts ${line} > /dev/full`);
    expect([code, stderr]).toEqual([7, expect.stringContaining('The output cannot be written: the disk is full.')]);
  });

  it.each([
    'add --first-name Eve',
    'edit name5 --company Acme',
    'rm name5',
    'undo',
    'merge name5 name6',
    'import new.csv',
    'note add name5 Wrote.',
    'label add VIP',
  ])('of %s: a full one is told with 8 and the change, which is there, and once', async (line) => {
    const log = async () => JSON.parse((await shell(folder, 'contacts log --json')).stdout);
    expect(await shell(folder, 'contacts edit name7 --company Beta')).toMatchObject({ code: 0 });
    const before = await log();
    const { code, stderr } = await shell(folder, `contacts ${line} --json > /dev/full`);
    const [landed, ...earlier] = await log();
    expect(earlier).toHaveLength(before.length);
    const { error } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
    expect([code, error.code]).toEqual([8, 'unreported']);
    expect(error.message).toContain(`The change ${landed.id} stands (${landed.summary})`);
    expect(error.hint).toContain(`\`contacts log --change ${landed.id}\``);
  });

  it.each([
    ['contacts add --first-name Eve | true', 0],
    ['contacts list >&-', 0],
    ['contacts list 2>&-', 0],
    ['contacts list <&- >/dev/null', 0],
    ['contacts show nobody 2>&-', 3],
    ['contacts show nobody 2>/dev/full', 3],
    ['contacts import - <&-', 5],
    ['contacts import new.csv --dry-run 2>/dev/full >/dev/null', 0],
    ['contacts export | head -c 100 > /dev/null; exit "${PIPESTATUS[0]}"', 0],
    ['contacts export - > out.csv <&-', 0],
  ])('%s ends with %i', async (line, code) => {
    expect(await shell(folder, line)).toMatchObject({ code });
  });
});

describe('the environment', () => {
  it.each([
    ['env -i "$NODE" "$PROGRAM" --store contacts.json list --limit 1', 'name0\tname0\t\t\t王小明 GmbH\t\t\n'],
    ['LC_ALL=C contacts list --limit 1', 'name0\tname0\t\t\t王小明 GmbH\t\t\n'],
    ['LANG=tr_TR LANGUAGE=xx contacts list --limit 1', 'name0\tname0\t\t\t王小明 GmbH\t\t\n'],
    ['TZ=Nowhere/Land contacts list --limit 1', 'name0\tname0\t\t\t王小明 GmbH\t\t\n'],
    ['TERM= COLUMNS=20 contacts list --limit 1', 'name0\tname0\t\t\t王小明 GmbH\t\t\n'],
    ['NO_COLOR=1 FORCE_COLOR=3 contacts list --limit 1', 'name0\tname0\t\t\t王小明 GmbH\t\t\n'],
  ])('%s gives the same', async (line, text) => {
    const named = `NODE='${process.execPath}'; PROGRAM='${join(import.meta.dirname, '../../../bin/contacts.js')}'\n`;
    expect(await shell(folder, named + line)).toEqual({ code: 0, stdout: text, stderr: '' });
  });

  it.each([
    ['a HOME that is no folder', 'unset CONTACTS_STORE; HOME=/dev/null/home contacts add --first-name Ann', 7],
    ['a HOME that is no folder, for readers', 'unset CONTACTS_STORE; HOME=/dev/null/home contacts list', 7],
    ['no HOME, for readers', 'unset CONTACTS_STORE HOME; XDG_DATA_HOME="$PWD/data" contacts list', 0],
    ['an empty HOME', 'unset CONTACTS_STORE; HOME= XDG_DATA_HOME= contacts store info', 0],
    ['a folder that is gone', 'mkdir gone; cd gone; rmdir ../gone; contacts list --limit 1', 0],
    ['a store in a folder where nobody may write', 'contacts --store /sys/contacts.json add --first-name Ann', 7],
    ['an export to a folder where nobody may write', 'contacts export /sys/contacts.csv', 7],
    ['an export to a folder that is not there', 'contacts export nowhere/contacts.csv', 7],
  ])('with %s', async (_, line, code) => {
    const ended = await shell(folder, line);
    expect([ended.code, ended.stderr]).toEqual([code, expect.not.stringMatching(/\bat .*:\d+:\d+|fault/)]);
  });

  it('a store behind a link is written where it lies', async () => {
    await mkdir(join(folder, 'elsewhere'));
    const ended = await shell(
      folder,
      'mv contacts.json elsewhere/real.json; ln -s elsewhere/real.json contacts.json; contacts add --first-name Zoe; test -L contacts.json && contacts store check',
    );
    expect([ended.code, ended.stdout.split('\n').at(-2)]).toEqual([0, 'The store is sound.']);
    expect((await readdir(join(folder, 'elsewhere'))).sort()).toEqual([
      'real.json',
      'real.json.bak',
      'real.json.history',
    ]);
  });
});

describe('a full disk', () => {
  it.each(['import new.csv', 'add --first-name Ann', 'export out.csv', 'store copy contacts.json copy.json'])(
    'under %s changes nothing, and leaves nothing',
    async (line) => {
      const { code, stderr } = await shell(folder, `ulimit -f 16; contacts ${line}`);
      expect([code, stderr]).toEqual([7, expect.stringMatching(/EFBIG|too large|larger than/)]);
      expect(await storeNow()).toBe(storeText);
      expect(await newFiles()).toEqual([]);
      const after = await shell(folder, 'contacts store check && contacts log --json');
      expect([after.code, after.stdout]).toEqual([0, 'The store is sound.\n[]\n']);
    },
  );

  it('for the rejected rows of an import lets nothing land', async () => {
    await writeFile(join(folder, 'new.csv'), 'First Name,Mobile\nAnn,\nBob,12\n');
    const { code } = await shell(folder, 'contacts import new.csv --rejects /dev/full');
    expect(code).toBe(7);
    expect(await storeNow()).toBe(storeText);
  });

  /** Root may mount a small file system; others have the limit above. */
  const mayMount = (() => {
    const place = '/tmp/contacts-mount-probe';
    const script = `mkdir -p ${place} && mount -t tmpfs -o size=64k none ${place} && umount ${place}; rmdir ${place}`;
    return process.getuid?.() === 0 && spawnSync('sh', ['-c', script]).status === 0;
  })();

  it.runIf(mayMount)('that is really full changes nothing', async () => {
    const script = `
      mkdir small && mount -t tmpfs -o size=512k none small && trap 'umount "$OLDPWD/small" 2>/dev/null || umount small' EXIT
      cp contacts.json small/ && export CONTACTS_STORE="$PWD/small/contacts.json"
      contacts add --first-name Ann; echo "add $?"
      head -c 2m /dev/zero > small/filler 2>/dev/null
      contacts add --first-name Bob; echo "add $?"
      contacts import new.csv >/dev/null; echo "import $?"
      contacts export small/out.csv; echo "export $?"
      rm small/filler; contacts store check; contacts list --limit 0 --where "name:Ann OR name:Bob" --json; ls small`;
    const { stdout, stderr } = await shell(folder, script);
    expect(stdout.split('\n').filter((line) => /^(add|import|export) /.test(line))).toEqual([
      'add 0',
      'add 7',
      'import 7',
      'export 7',
    ]);
    expect(stdout).toContain('The store is sound.');
    expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
      'contacts.json',
      'contacts.json.bak',
      'contacts.json.history',
    ]);
    expect(stderr.match(/the disk is full/g)).toHaveLength(3);
  });
});

describe('what an export is written to', () => {
  it('a link to a file stays a link, and a hard link to the store leaves the store alone', async () => {
    const { code } = await shell(
      folder,
      'echo old > real.csv; ln -s real.csv link.csv; ln contacts.json hard.csv; contacts export link.csv --force && contacts export hard.csv --force && test -L link.csv',
    );
    expect(code).toBe(0);
    expect(await storeNow()).toBe(storeText);
    expect(await readFile(join(folder, 'real.csv'), 'utf8')).toMatch(/^ID,Type,/);
  });

  it('a pipe is written as it is', async () => {
    const { code, stdout } = await shell(folder, 'mkfifo pipe; cat pipe & contacts export pipe && wait; test -p pipe');
    expect([code, stdout.split('\r\n').length]).toEqual([0, 402]);
  });
});
