import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/errors.js';
import { contact, create, idsIn } from '../sample.js';
import { newPath, openAt } from './place.js';
import { bundleWriter, type Running, start } from './program.js';

let writer: string;
beforeAll(async () => {
  writer = await bundleWriter();
});

const run = (...values: readonly string[]): Running => start(process.execPath, [writer, ...values]);
const acknowledged = (running: Running): readonly string[] =>
  [...running.output().matchAll(/^made (\S+)$/gm)].map(([, id]) => id ?? '');
const clean = ['contacts.json', 'contacts.json.bak', 'contacts.json.history'];

describe('several processes', () => {
  it('add to one store at the same time, and nothing is lost', async () => {
    const path = await newPath();
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    const writers = names.map((name) => run('add', path, name, '5'));
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual(names.map(() => 0));
    const store = openAt(path);
    expect((await idsIn(store)).toSorted()).toEqual(writers.flatMap(acknowledged).toSorted());
    expect(await store.info()).toMatchObject({ external: 40, revision: 40, changes: 40 });
    expect(await store.check()).toEqual([]);
    expect(await readdir(dirname(path))).toEqual(clean);
  });

  it('take over from one that was killed while it held the lock', async () => {
    const path = await newPath();
    const holder = run('hold', path);
    await holder.said('held');
    holder.child.kill('SIGKILL');
    expect(await holder.ended).toBe('SIGKILL');
    await create(openAt(path), contact('ann'));
    expect(await readdir(dirname(path))).toEqual(['contacts.json', 'contacts.json.history']);
  });

  it('do not take over from one that was stopped, and do when it was killed', async () => {
    const path = await newPath();
    const holder = run('hold', path);
    await holder.said('held');
    holder.child.kill('SIGSTOP');
    const error: unknown = await create(openAt(path, { lockTimeout: 300 }), contact('ann')).catch((reason) => reason);
    expect(error).toBeInstanceOf(ConflictError);
    expect(String(error)).toContain(`The store is held by \`contacts add\`, process ${holder.child.pid} on `);
    const waiting = create(openAt(path), contact('ann'));
    holder.child.kill('SIGKILL');
    await waiting;
    expect(await idsIn(openAt(path))).toEqual(['ann']);
  });

  it('killed at any moment leave a sound store that holds whatever they said was made', async () => {
    const path = await newPath();
    const kept: string[] = [];
    for (let round = 0; round < 8; round++) {
      const pair = ['a', 'b'].map((name) => run('add', path, `r${round}${name}`, '1000'));
      // After another number of changes in each round; where in the next one the signal arrives is left to chance.
      const made = Promise.all(pair.map((writer, index) => writer.said(`n${1 + ((round + index) % 4)}\n`)));
      await Promise.race([made, ...pair.map(({ said }) => said(`n${3 + (round % 3)}\n`))]);
      for (const { child } of pair) child.kill('SIGKILL');
      expect(await Promise.all(pair.map(({ ended }) => ended))).toEqual(['SIGKILL', 'SIGKILL']);
      await made.catch(() => {});
      kept.push(...pair.flatMap(acknowledged));
    }
    const store = openAt(path);
    await create(store, contact('last'));
    const ids = new Set(await idsIn(store));
    expect(kept.filter((id) => !ids.has(id))).toEqual([]);
    // Each of the killed may have made one more, and had no time to say so.
    expect(ids.size - kept.length - 1).toBeLessThanOrEqual(16);
    expect(await store.check()).toEqual([]);
    expect(await readdir(dirname(path))).toEqual(clean);
  });
});
