import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type JsonStoreOptions, openJsonStore } from '../../../src/store/json/json-store.js';
import type { ContactStore } from '../../../src/store/store.js';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A new empty folder, removed after the tests of the file. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-store-'));
  folders.push(folder);
  return folder;
};

/** The path of a store that is not there yet, in a new folder. */
export const newPath = async (): Promise<string> => join(await newFolder(), 'contacts.json');

let changes = 0;
const time = Date.parse('2026-11-24T10:00:00.000Z');

/** A store whose changes are one second apart, and whose lock is waited for a short time only. */
export const openAt = (path: string, options: Partial<JsonStoreOptions> = {}): ContactStore =>
  openJsonStore({
    path,
    now: () => new Date(time + changes * 1000),
    newId: () => `c${String(++changes).padStart(6, '0')}`,
    lockTimeout: 10_000,
    warn: () => {},
    ...options,
  });
