import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConflictError, StoreError } from '../../../src/errors.js';
import type { Contact } from '../../../src/fields/contact.js';
import { type Files, systemFiles } from '../../../src/store/json/files.js';
import { systemProcesses } from '../../../src/store/json/process-identity.js';
import type { ContactStore, Landing } from '../../../src/store/store.js';
import { all, apply, contact, create, settings } from '../sample.js';
import { Death, faultyFiles, systemError } from './faulty-files.js';
import { newPath, openAt } from './place.js';

const before = [contact('ann'), contact('bob'), contact('cid')];
const after = [contact('ann', { company: 'Acme' }), contact('cid'), contact('dan')];

const prepare = async (...more: readonly Contact[]) => {
  const path = await newPath();
  await create(openAt(path), ...before, ...more);
  return path;
};

/** The change under test: an update, a deletion, a creation, and the settings. */
const change = (store: ContactStore) =>
  apply(
    store,
    [
      { before: contact('ann'), after: contact('ann', { company: 'Acme' }) },
      { before: contact('bob') },
      { after: contact('dan') },
    ],
    { settings: settings({ country: 'HK' }) },
  );

/** A process that runs no more when the next one looks: its pid is larger than Linux gives any. */
const processes = { ...systemProcesses, own: () => ({ ...systemProcesses.own(), pid: 4_194_305 }) };

/** What a store holds in all, after somebody else has written to it. */
const stateOf = async (path: string) => {
  const store = openAt(path);
  await create(store, contact('later'));
  expect(await store.check()).toEqual([]);
  const contacts = await all(store);
  const log = await store.history({ offset: 0 });
  return { contacts: contacts.slice(0, -1), country: (await store.settings()).country, changes: log.length - 1 };
};
/** Files that should be gone when a change is over, whether it was made or not. */
const leftAside = async (path: string) => (await readdir(dirname(path))).filter((name) => name.includes('.tmp-'));
const oldState = { contacts: before, country: undefined, changes: 1 };
const newState = { contacts: after, country: 'HK', changes: 2 };
const clean = ['contacts.json', 'contacts.json.bak', 'contacts.json.history'];

const { calls } = await (async () => {
  const faulty = faultyFiles(() => {});
  await change(openAt(await prepare(), { files: faulty.files, processes }));
  return faulty;
})();
const steps = calls.map((call, index) => [index + 1, call] as const);

describe('one change', () => {
  it('makes the calls that the protocol wants, in its order', () => {
    const wanted = [
      'link',
      'write',
      'sync',
      'sync',
      'write',
      'startSync',
      'link',
      'rename',
      'rename',
      'sync',
      'remove',
    ];
    const positions = wanted.reduce<number[]>(
      (found, call) => [...found, calls.indexOf(call, (found.at(-1) ?? -1) + 1)],
      [],
    );
    expect(positions).not.toContain(-1);
  });

  it.each(steps)('whose call %i (%s) fails, changes nothing or is made whole', async (number, call) => {
    const path = await prepare();
    const { files } = faultyFiles((_, at) => {
      if (at === number) throw systemError('EIO', call);
    });
    const landings: Landing[] = [];
    const landed = (landing: Landing) => void landings.push(landing);
    const outcome = await (async () => change(openAt(path, { files, processes, landed })))().then(
      () => 'made' as const,
      (error: unknown) => error,
    );
    expect(await leftAside(path)).toEqual([]);
    const contacts = await all(openAt(path));
    expect(contacts).toEqual(landings.length === 1 ? after : before);
    if (outcome === 'made') expect(landings).toHaveLength(1);
    else expect(outcome).toBeInstanceOf(StoreError);
    const expected = contacts.length === after.length && contacts[0]?.company === 'Acme' ? newState : oldState;
    expect(await stateOf(path)).toEqual(expected);
    expect(await readdir(dirname(path))).toEqual(clean);
  });

  it.each(steps)('whose process dies before call %i (%s), is made whole or not at all', async (number) => {
    const path = await prepare();
    const { files } = faultyFiles((_, at) => {
      if (at >= number) throw new Death();
    });
    await expect((async () => change(openAt(path, { files, processes })))()).rejects.toThrow(Death);
    const contacts = await all(openAt(path));
    const made = contacts[0]?.company === 'Acme';
    expect(contacts).toEqual(made ? after : before);
    expect(await stateOf(path)).toEqual(made ? newState : oldState);
    expect(await readdir(dirname(path))).toEqual(clean);
  });

  it('is made in spite of short writes and reads', async () => {
    const path = await prepare(contact('big', { company: 'x'.repeat(1_200_000) }));
    const files: Files = {
      ...systemFiles,
      read: (file, buffer, offset, length, position) =>
        systemFiles.read(file, buffer, offset, Math.min(length, 100_003), position),
      write: (file, buffer, offset, length) => systemFiles.write(file, buffer, offset, Math.min(length, 100_003)),
    };
    await change(openAt(path, { files }));
    const [, , big, dan] = await all(openAt(path));
    expect([big?.company?.length, dan]).toEqual([1_200_000, contact('dan')]);
    expect(await openAt(path).check()).toEqual([]);
  });

  it.each([
    ['ENOSPC', 'the disk is full (ENOSPC)'],
    ['EDQUOT', 'the disk quota is used up (EDQUOT)'],
    ['EFBIG', 'the file would be larger than the system allows (EFBIG)'],
    ['EROFS', 'the file system is read-only (EROFS)'],
    ['EWEIRD', 'EWEIRD: write'],
  ])('is refused whole where a write is cut short and then fails with %s', async (code, reason) => {
    const path = await prepare();
    const text = await readFile(path, 'utf8');
    const room = text.length - 10;
    let written = 0;
    const files: Files = {
      ...systemFiles,
      open: (name, ...rest) => {
        written = name.includes('.tmp-') ? 0 : Number.NEGATIVE_INFINITY;
        return systemFiles.open(name, ...rest);
      },
      write: (file, buffer, offset, length) => {
        if (written >= room) throw systemError(code, 'write');
        const done = systemFiles.write(file, buffer, offset, Math.min(length, room - written));
        written += done;
        return done;
      },
    };
    const error: unknown = await change(openAt(path, { files })).catch((reason) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toBe(`StoreError: ${path} cannot be written: ${reason}. Nothing was changed.`);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await stateOf(path)).toEqual(oldState);
    expect(await readdir(dirname(path))).toEqual(clean);
  });

  it('is refused whole where fewer bytes arrive than were written', async () => {
    const path = await prepare();
    let lost = 0;
    const files: Files = {
      ...systemFiles,
      open: (name, ...rest) => {
        lost = name.includes('.tmp-') ? 1 : 0;
        return systemFiles.open(name, ...rest);
      },
      write: (file, buffer, offset, length) => systemFiles.write(file, buffer, offset, length - lost) + lost,
    };
    const error: unknown = await change(openAt(path, { files })).catch((reason) => reason);
    expect(String(error)).toMatch(/\d+ of \d+ bytes arrived\. Nothing was changed\.$/);
    expect(await all(openAt(path))).toEqual(before);
    expect(await leftAside(path)).toEqual([]);
  });

  it('is refused whole where the disk fails while its index is being told, and only then', async () => {
    const path = await prepare();
    const options = { indexedFrom: 1 };
    await all(openAt(path, options));
    let isSyncing = false;
    const files: Files = {
      ...systemFiles,
      startSync: async () => {
        isSyncing = true;
        await new Promise(setImmediate);
        throw systemError('EIO', 'fsync');
      },
      remove: (name) => {
        if (name.includes('.tmp-')) isSyncing = false;
        systemFiles.remove(name);
      },
      read: (...values) => {
        if (isSyncing) readsMeanwhile += 1;
        return systemFiles.read(...values);
      },
    };
    let readsMeanwhile = 0;
    await expect(change(openAt(path, { ...options, files }))).rejects.toThrow('cannot be written: EIO: fsync');
    expect(readsMeanwhile).toBeGreaterThan(0);
    expect(await stateOf(path)).toEqual(oldState);
    expect(await leftAside(path)).toEqual([]);
  });

  it('that cannot be unlocked is made, and told of', async () => {
    const path = await prepare();
    const files = {
      ...systemFiles,
      remove: (name: string) => {
        if (name.endsWith('.lock')) throw systemError('EIO', 'unlink');
        systemFiles.remove(name);
      },
    };
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    expect(await change(openAt(path, { files, warn }))).toBeDefined();
    expect(warnings).toEqual([`${path}.lock could not be removed; later commands see that it is left over.`]);
    await expect(create(openAt(path, { lockTimeout: 50 }), contact('eve'))).rejects.toThrow(ConflictError);
  });
});
