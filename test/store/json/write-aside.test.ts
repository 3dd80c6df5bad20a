import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../../src/contacts/settings.js';
import { Document } from '../../../src/store/json/document.js';
import { type Files, systemFiles } from '../../../src/store/json/files.js';
import { writeAside } from '../../../src/store/json/write-aside.js';
import { contact } from '../sample.js';
import { faultyFiles, systemError } from './faulty-files.js';
import { newPath } from './place.js';

const large = contact('ann', { company: 'x'.repeat(3 << 20) });
const document = new Document({ revision: 1, settings: emptySettings }, [large, contact('bob')]);

const write = async (files: Files) => {
  const path = await newPath();
  const aside = { temporary: path, path, replaced: undefined, time: 0, syncEvery: 1 << 20 };
  const placed: number[] = [];
  const written = await writeAside(files, document, aside, async (parts) => {
    placed.push(...parts.map(({ position }) => position));
    return 'prepared';
  });
  return { ...written, placed, text: await readFile(path, 'utf8') };
};

describe('a large state that is written aside', () => {
  it('is synced while it is written, and at the end, when all is there', async () => {
    const { files, calls } = faultyFiles(() => {});
    const { size, prepared, placed, text } = await write(files);
    expect(JSON.parse(text)).toMatchObject({ revision: 1, contacts: [large, contact('bob')] });
    expect([Number(size), prepared, placed]).toEqual([text.length, 'prepared', [0, 1]]);
    const disturbing = calls.filter((call) => !['statusOf', 'changeTime'].includes(call));
    const writes = ['write', 'write', 'startSync', 'write', 'startSync', 'write', 'startSync', 'write'];
    expect(disturbing).toEqual(['open', ...writes, 'startSync', 'close']);
  });

  it.each([
    ['an early sync fails', (call: string, syncs: number) => call === 'startSync' && syncs === 1, 'EIO: startSync'],
    ['the last sync fails', (call: string, syncs: number) => call === 'startSync' && syncs === 4, 'EIO: startSync'],
    [
      'a write fails after an early sync',
      (call: string, syncs: number) => call === 'write' && syncs === 1,
      'EIO: write',
    ],
  ])('is refused where %s, and closed when no sync goes on', async (_, isFault, message) => {
    let [syncs, goingOn, goingOnAtClose] = [0, 0, undefined as number | undefined];
    const files: Files = {
      ...systemFiles,
      write: (...values) => {
        if (isFault('write', syncs)) throw systemError('EIO', 'write');
        return systemFiles.write(...values);
      },
      startSync: async (file) => {
        syncs += 1;
        const isFailing = isFault('startSync', syncs);
        goingOn += 1;
        await systemFiles.startSync(file);
        goingOn -= 1;
        if (isFailing) throw systemError('EIO', 'startSync');
      },
      close: (file) => {
        goingOnAtClose = goingOn;
        systemFiles.close(file);
      },
    };
    await expect(write(files)).rejects.toThrow(message);
    expect(goingOnAtClose).toBe(0);
  });
});
