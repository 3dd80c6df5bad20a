import { utimesSync, writeFileSync } from 'node:fs';
import { appendFile, copyFile, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/errors.js';
import { type Files, systemFiles } from '../../../src/store/json/files.js';
import { systemBeats } from '../../../src/store/json/heartbeat.js';
import { acquireLock } from '../../../src/store/json/lock.js';
import type { Processes, ProcessIdentity } from '../../../src/store/json/process-identity.js';
import { Unfinished } from '../../../src/unfinished.js';
import { contact, create, idsIn, why } from '../sample.js';
import { newPath, openAt } from './place.js';

const own: ProcessIdentity = { pid: 100, started: '5000', host: 'desk 1', boot: 'boot-1', namespace: 'pid:[1]' };
/** This process and one other run here. */
const processes: Processes = {
  own: () => own,
  startOf: (pid) =>
    new Map([
      [100, '5000'],
      [200, '6000'],
      [300, ''],
    ]).get(pid),
};
const since = '2026-11-24T08:00:00.000Z';
const lockOf = (holder: Partial<ProcessIdentity>, token = 'token-1') =>
  JSON.stringify({ ...own, pid: 200, started: '6000', ...holder, token, command: 'import', since });

const acquire = async (path: string, timeout = 150, files = systemFiles, beats = systemBeats) =>
  acquireLock({
    files,
    path,
    processes,
    command: 'add',
    now: () => new Date(since),
    timeout,
    unfinished: new Unfinished(),
    beats,
  });

describe('the lock', () => {
  it.each<[string, Partial<ProcessIdentity>]>([
    ['whose process is gone', { pid: 201 }],
    ['whose pid another process has now', { pid: 200, started: '5999' }],
    ['from before the last start of the machine', { boot: 'boot-0' }],
    ['from before the last start, of a container', { boot: 'boot-0', namespace: 'pid:[2]' }],
  ])('is taken from a holder %s', async (_, holder) => {
    const path = `${await newPath()}.lock`;
    await writeFile(path, lockOf(holder));
    const lock = await acquire(path);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ ...own, token: lock.token, command: 'add', since });
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
    lock.release();
    expect(await readdir(dirname(path))).toEqual([]);
  });

  const held = 'The store is held by `contacts import`, process';
  const wait = 'Try again when it has ended, or wait longer with --lock-timeout.';
  const elsewhere =
    'It runs on another machine or in another container. If it has died, a command that waits 20 seconds or longer (--lock-timeout) takes over from it.';
  it.each<[string, Partial<ProcessIdentity>, string, string]>([
    ['that lives', {}, `${held} 200 on desk, since ${since}.`, wait],
    ['whose start the system does not tell', { pid: 300 }, `${held} 200 on desk, since ${since}.`, wait],
    ['of another machine', { host: 'other 2', pid: 201 }, `${held} 201 on other, since ${since}.`, elsewhere],
    [
      'of another machine of the same name',
      { host: 'desk 2', boot: 'boot-0' },
      `${held} 200 on desk, since ${since}.`,
      elsewhere,
    ],
    ['of another container', { namespace: 'pid:[2]', pid: 201 }, `${held} 201 on desk, since ${since}.`, elsewhere],
    ['that does not know its boot', { boot: '', pid: 201 }, `${held} 201 on desk, since ${since}.`, elsewhere],
  ])('is not taken from a holder %s', async (_, holder, message, hint) => {
    const path = `${await newPath()}.lock`;
    const text = lockOf(holder);
    await writeFile(path, text);
    const error = await acquire(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      message: message.replace(/process \d+/, `process ${holder.pid ?? 200}`),
      hint,
    });
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
  });

  it.each(['', '{', 'null', '{"pid": 201}'])('is not taken where its file says %j', async (text) => {
    const path = `${await newPath()}.lock`;
    await writeFile(path, text);
    await expect(acquire(path)).rejects.toThrow(`The store is locked, and ${path} does not tell by whom.`);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('is not taken from the dead while a living process is about to do so', async () => {
    const path = `${await newPath()}.lock`;
    await writeFile(path, lockOf({ pid: 201 }));
    await writeFile(`${path}.guard-token-1`, lockOf({ pid: 200 }, 'token-2'));
    await expect(acquire(path)).rejects.toThrow(ConflictError);
    expect(await readFile(path, 'utf8')).toBe(lockOf({ pid: 201 }));
  });

  it('is taken where one after the other died who would have taken it', async () => {
    const path = `${await newPath()}.lock`;
    await writeFile(path, lockOf({ pid: 201 }));
    await writeFile(`${path}.guard-token-1`, lockOf({ pid: 202 }, 'token-2'));
    await writeFile(`${path}.guard-token-2`, lockOf({ pid: 203 }, 'token-3'));
    const lock = await acquire(path, 10_000);
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
    lock.release();
  });

  it('is not taken from a living process that was quicker to take it from the dead', async () => {
    const path = `${await newPath()}.lock`;
    await writeFile(path, lockOf({ pid: 201 }));
    const files: Files = {
      ...systemFiles,
      link: (existing, name) => {
        if (name.includes('.guard-')) writeFileSync(path, lockOf({ pid: 200 }, 'token-2'));
        systemFiles.link(existing, name);
      },
    };
    await expect(acquire(path, 50, files)).rejects.toThrow('process 200');
    expect(await readFile(path, 'utf8')).toBe(lockOf({ pid: 200 }, 'token-2'));
    expect(await readdir(dirname(path))).toEqual([basename(path)]);
  });

  describe('of a holder that cannot be looked at', () => {
    const beats = { every: 20, silence: 200 };
    const waiting = (path: string, files = systemFiles) => acquire(path, 10_000, files, beats);

    it.each<[string, Partial<ProcessIdentity>]>([
      ['on another machine', { host: 'other 2' }],
      ['in another container', { namespace: 'pid:[2]' }],
    ])('is taken from one %s that gives no sign of life', async (_, holder) => {
      const path = `${await newPath()}.lock`;
      await writeFile(path, lockOf(holder));
      const lock = await waiting(path);
      expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ token: lock.token });
      lock.release();
      expect(await readdir(dirname(path))).toEqual([]);
    });

    it('is not taken as long as it gives one', async () => {
      const path = `${await newPath()}.lock`;
      await writeFile(path, lockOf({ host: 'other 2' }));
      let looks = 0;
      const files: Files = {
        ...systemFiles,
        status: (name) => {
          if (name === path) utimesSync(path, 1, looks++);
          return systemFiles.status(name);
        },
      };
      await expect(acquire(path, 1000, files, beats)).rejects.toThrow('process 200 on other');
      expect(looks).toBeGreaterThan(5);
      expect(await readFile(path, 'utf8')).toBe(lockOf({ host: 'other 2' }));
    });

    it('is taken though one died elsewhere that was about to take it', async () => {
      const path = `${await newPath()}.lock`;
      await writeFile(path, lockOf({ pid: 201 }));
      await writeFile(`${path}.guard-token-1`, lockOf({ host: 'other 2' }, 'token-2'));
      const lock = await waiting(path);
      expect(await readdir(dirname(path))).toEqual([basename(path)]);
      lock.release();
    });

    it('gives signs of life while its holder works, and none of them to the lock of another', async () => {
      const path = `${await newPath()}.lock`;
      const lock = await acquire(path, 150, systemFiles, beats);
      const timeOf = () => systemFiles.status(path).mtimeNs;
      const changed = async (from: bigint) => {
        while (timeOf() === from) await new Promise(setImmediate);
      };
      await changed(timeOf());
      // The thread is busy: the signs come from another.
      const before = timeOf();
      while (timeOf() === before);
      await rename(path, `${path}.away`);
      await writeFile(path, lockOf({}));
      const other = timeOf();
      const away = systemFiles.status(`${path}.away`).mtimeNs;
      while (systemFiles.status(`${path}.away`).mtimeNs === away);
      expect(timeOf()).toBe(other);
      lock.release();
    });
  });

  it('is known to be lost, and then left to whom it belongs', async () => {
    const path = `${await newPath()}.lock`;
    const lock = await acquire(path);
    lock.assertHeld();
    await writeFile(path, lockOf({}));
    expect(() => lock.assertHeld()).toThrow(ConflictError);
    lock.release();
    expect(await readFile(path, 'utf8')).toBe(lockOf({}));
  });
});

describe('a store under its lock', () => {
  it('writes nothing where the lock was lost', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    const change = store.change(why, async () => {
      await writeFile(`${path}.lock`, lockOf({}));
      return { edits: [{ after: contact('bob') }] };
    });
    await expect(change).rejects.toThrow('was removed by another program; nothing was written');
    expect(await idsIn(store)).toEqual(['ann']);
    expect(await store.history({ offset: 0 })).toHaveLength(1);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['cut the file short', (path) => truncate(path, 300)],
    ['emptied the file', (path) => truncate(path)],
    ['wrote to the file', (path) => appendFile(path, ' ')],
    ['put another in its place', (path) => copyFile(path, `${path}.copy`).then(() => rename(`${path}.copy`, path))],
    ['removed the file', (path) => rm(path)],
  ])('writes nothing where another program %s meanwhile', async (_, meddle) => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    let meddled: Buffer | undefined;
    const change = store.change(why, async () => {
      await meddle(path);
      meddled = await readFile(path).catch(() => undefined);
      return { edits: [{ after: contact('bob') }] };
    });
    const error = await change.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConflictError);
    expect(String(error)).toContain(`${path} was changed by another program, nothing was written.`);
    expect(await readFile(path).catch(() => undefined)).toEqual(meddled);
    const left = await readdir(dirname(path));
    expect(left).toEqual(
      ['contacts.json', 'contacts.json.history'].filter((name) => meddled || name !== 'contacts.json'),
    );
    expect(await readdir(`${path}.history`)).toHaveLength(1);
  });

  it('writes nothing where another program made the file meanwhile', async () => {
    const path = await newPath();
    const change = openAt(path).change(why, async () => {
      await writeFile(path, 'other');
      return { edits: [{ after: contact('bob') }] };
    });
    await expect(change).rejects.toThrow(`${path} was changed by another program, nothing was written.`);
    expect(await readFile(path, 'utf8')).toBe('other');
  });

  it('is read while somebody holds it', async () => {
    const path = await newPath();
    const store = openAt(path);
    await create(store, contact('ann'));
    await writeFile(`${path}.lock`, lockOf({}));
    const reader = openAt(path, { processes });
    expect(await idsIn(reader)).toEqual(['ann']);
    const dry = await reader.change(why, async () => ({ edits: [{ before: contact('ann') }] }), { dryRun: true });
    expect(dry?.edits).toHaveLength(1);
  });

  it('sweeps what the dead left behind, and nothing else', async () => {
    const path = await newPath();
    const left = {
      'contacts.json.tmp-token-1': 'half a sto',
      'contacts.json.tmp-token-1-old': 'the store',
      'contacts.json.lock-201-token-1': lockOf({ pid: 201 }),
      'contacts.json.lock-201-token-2': '',
      'contacts.json.lock.guard-token-0': lockOf({ pid: 201 }),
    };
    const kept = {
      'contacts.json.lock-200-token-3': lockOf({ pid: 200 }, 'token-3'),
      'contacts.json.lock-200-token-4': '',
      'contacts.json.lock.guard-token-9': lockOf({ host: 'other 2', pid: 201 }),
      'contacts.json.txt': 'notes',
      'other.json.tmp-1': 'another store',
    };
    for (const [name, text] of Object.entries({ ...left, ...kept })) {
      await writeFile(`${dirname(path)}/${name}`, text);
    }
    await create(openAt(path, { processes }), contact('ann'));
    expect(await readdir(dirname(path))).toEqual(
      [...Object.keys(kept), 'contacts.json', 'contacts.json.history'].toSorted(),
    );
  });
});
