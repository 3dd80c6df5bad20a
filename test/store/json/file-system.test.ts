import { chmod, chown, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process, { getuid } from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreError, UsageError } from '../../../src/errors.js';
import { type Files, systemFiles } from '../../../src/store/json/files.js';
import { openStore } from '../../../src/store/open.js';
import type { ContactStore } from '../../../src/store/store.js';
import { contact, create, idsIn } from '../sample.js';
import { systemError } from './faulty-files.js';
import { newFolder, newPath, openAt } from './place.js';
import { bundleWriter, start } from './program.js';

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('the files', () => {
  it('are private, as are the folders that are made for them', async () => {
    const path = join(await newFolder(), 'data', 'contacts', 'contacts.json');
    const store = openAt(path);
    await create(store, contact('ann'));
    await create(store, contact('bob'));
    const [entry] = await readdir(`${path}.history`);
    const modes = [
      dirname(dirname(path)),
      dirname(path),
      path,
      `${path}.bak`,
      `${path}.history`,
      `${path}.history/${entry}`,
    ];
    expect(await Promise.all(modes.map(modeOf))).toEqual(['700', '700', '600', '600', '700', '600']);
  });

  it.each([
    ['600', []],
    ['620', []],
    ['640', ['can be read by other users (mode 640); `chmod 600` makes it private.']],
    ['644', ['can be read by other users (mode 644); `chmod 600` makes it private.']],
  ])('keep the mode %s that somebody gave them, with a warning once where others can read', async (mode, expected) => {
    const path = await newPath();
    const warnings: string[] = [];
    const store = openAt(path, { warn: (message) => warnings.push(message.replace(`${path} `, '')) });
    await create(store, contact('ann'));
    await chmod(path, mode);
    await create(store, contact('bob'));
    await idsIn(store);
    expect(await modeOf(path)).toBe(mode);
    expect(warnings).toEqual(expected);
  });

  it.each(['400', '440', '000'])('are not replaced where the mode %s lets nobody write', async (mode) => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await create(store, contact('bob'));
    const text = await readFile(path, 'utf8');
    await chmod(path, mode);
    const works = [
      () => create(store, contact('cid')),
      () => store.restore('backup', { by: 'ada', command: 'store restore', summary: 'Restored' }),
    ];
    for (const work of works) await expect(work()).rejects.toThrow(`${path} cannot be `);
    await chmod(path, '600');
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await readdir(dirname(path))).toEqual(['contacts.json', 'contacts.json.bak', 'contacts.json.history']);
  });

  it('are for all members of a group that shares the folder, whatever the umask', async () => {
    const path = await newPath();
    await chmod(dirname(path), 0o2770);
    const umask = process.umask(0o077);
    try {
      const warnings: string[] = [];
      const store = openAt(path, { warn: (message) => warnings.push(message), indexedFrom: 1 });
      await create(store, contact('ann'));
      await create(store, contact('bob'));
      await idsIn(store);
      await idsIn(store);
      let lock = '';
      await store.change({ by: 'ada', command: 'edit', summary: 'Edited' }, async () => {
        lock = await modeOf(`${path}.lock`);
        return { edits: [{ after: contact('cid') }] };
      });
      const names = await readdir(`${path}.history`);
      const files = [path, `${path}.bak`, `${path}.index`, ...names.map((name) => `${path}.history/${name}`)];
      expect([lock, ...(await Promise.all(files.map(modeOf)))]).toEqual(Array(files.length + 1).fill('660'));
      expect(((await stat(`${path}.history`)).mode & 0o7777).toString(8)).toBe('2770');
      expect(warnings).toEqual([]);
    } finally {
      process.umask(umask);
    }
  });

  it('keep a stricter mode in a folder that a group shares', async () => {
    const path = await newPath();
    await create(openAt(path), contact('ann'));
    await chmod(dirname(path), 0o2770);
    await create(openAt(path), contact('bob'));
    expect(await modeOf(path)).toBe('600');
  });

  it.each(['EXDEV', 'EBUSY'])('say what to do where the file is mounted by itself (%s)', async (code) => {
    const path = await newPath();
    await create(openAt(path), contact('ann'));
    const files: Files = {
      ...systemFiles,
      rename: (from, to) => {
        if (to === path) throw systemError(code, 'rename');
        systemFiles.rename(from, to);
      },
    };
    const error: unknown = await create(openAt(path, { files }), contact('bob')).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: `${path} cannot be written: it is mounted by itself, so no other file can take its place (${code}). Nothing was changed.`,
      hint: 'Mount the folder that holds it instead of the file alone, or name another store with --store.',
    });
    expect(await idsIn(openAt(path))).toEqual(['ann']);
    expect(await openAt(path).history({ offset: 0 })).toHaveLength(1);
  });

  it.each([
    [
      'to the file',
      async (path: string, link: string) => {
        await create(openAt(path), contact('ann'));
        await symlink(path, link);
      },
    ],
    ['to a file that is not there yet', async (path: string, link: string) => symlink(path, link)],
    [
      'to a link',
      async (path: string, link: string) => {
        await symlink(path, `${link}2`);
        await symlink(`${link}2`, link);
      },
    ],
    ['in words that are relative', async (_: string, link: string) => symlink('real/contacts.json', link)],
  ])('are those behind a symbolic link %s', async (_, prepare) => {
    const folder = await newFolder();
    const path = join(folder, 'real', 'contacts.json');
    const link = join(folder, 'link.json');
    await prepare(path, link);
    await create(openAt(link), contact('bob'));
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await idsIn(openAt(path))).toContain('bob');
    expect((await readdir(folder)).filter((name) => !name.startsWith('link'))).toEqual(['real']);
    expect((await openAt(link).info()).location).toBe(path);
  });

  it('are no store where links go round in a circle', async () => {
    const path = await newPath();
    await symlink(path, `${path}2`);
    await symlink(`${path}2`, path);
    expect(() => openAt(path)).toThrow(StoreError);
  });

  it('may be left open: a store is neither a pipe nor a folder', async () => {
    const path = await newPath();
    expect(await start('mkfifo', [path]).ended).toBe(0);
    await expect(idsIn(openAt(path))).rejects.toThrow(`${path} is no regular file, not a store.`);
    await rm(path);
    await mkdir(path);
    await expect(create(openAt(path), contact('ann'))).rejects.toThrow(`${path} is a folder, not a store.`);
  });

  it.each<[string, (store: ContactStore) => Promise<unknown>]>([
    ['read', idsIn],
    ['written', (store) => create(store, contact('ann'))],
  ])('cannot be %s where a part of the path is a file', async (_, work) => {
    const path = await newPath();
    await writeFile(path, '');
    const open = async () => work(openAt(join(path, 'contacts.json')));
    await expect(open()).rejects.toThrow('a part of the path is not a folder');
  });

  it.runIf(getuid?.() === 0)('stay their owner’s when root writes', async () => {
    const path = await newPath();
    await create(openAt(path), contact('ann'));
    await chown(path, 1234, 4321);
    await create(openAt(path), contact('bob'));
    for (const name of ['', ...(await readdir(`${path}.history`)).slice(1).map((entry) => `.history/${entry}`)]) {
      expect(await stat(`${path}${name}`)).toMatchObject({ uid: 1234, gid: 4321 });
    }
  });
});

describe('another process', () => {
  let writer: string;
  beforeAll(async () => {
    writer = await bundleWriter();
    await chmod(dirname(writer), 0o755);
  });
  /** Whom a folder of mode 500 keeps from writing: root itself is not kept. */
  const user = getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

  it('changes nothing in a folder that it may not write to', async () => {
    const path = await newPath();
    await create(openAt(path), contact('ann'));
    await chmod(path, 0o644);
    await chmod(dirname(path), 0o555);
    const { ended, output } = start(process.execPath, [writer, 'add', path, 'p'], user);
    expect(await ended).toBe(1);
    expect(output()).toBe(`store: ${path}.lock cannot be written: permission denied (EACCES). Nothing was changed.\n`);
    await chmod(dirname(path), 0o700);
    expect(await idsIn(openAt(path))).toEqual(['ann']);
  });

  it('changes nothing where the system lets no file grow so far', async () => {
    const path = await newPath();
    const big = contact('big', { company: 'x'.repeat(20_000) });
    await create(openAt(path), big);
    const before = await readFile(path, 'utf8');
    const command = `ulimit -f 8; exec "$0" "$@"`;
    const { ended, output } = start('sh', ['-c', command, process.execPath, writer, 'add', path, 'p']);
    expect(await ended).toBe(1);
    expect(output()).toContain('cannot be written: the file would be larger than the system allows (EFBIG)');
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await readdir(dirname(path))).toEqual(['contacts.json', 'contacts.json.history']);
    expect(await openAt(path).history({ offset: 0 })).toHaveLength(1);
  });
});

describe('openStore', () => {
  const dependencies = { now: () => new Date(0), newId: () => 'c1', lockTimeout: 1000, warn: () => {} };

  it('opens a JSON file by its path', async () => {
    const path = await newPath();
    const store = await openStore(path, dependencies);
    await create(store, contact('ann'));
    expect(await store.info()).toMatchObject({ kind: 'json', location: path, external: 1 });
    await store.close();
  });

  it.each(['https://ada:secret@example.com/contacts.json', 'S3:bucket'])(
    'does not open %s, and does not repeat it',
    async (location) => {
      const error: unknown = await openStore(location, dependencies).catch((reason) => reason);
      expect(error).toBeInstanceOf(UsageError);
      expect(String(error)).toContain('is no kind of store');
      expect(String(error)).not.toContain('secret');
    },
  );
});
