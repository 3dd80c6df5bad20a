import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { describeHistory } from '../helpers/history-cases.js';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describe('in a file', () => {
  describeHistory(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'contacts-test-'));
    folders.push(folder);
    return join(folder, 'contacts.json');
  }, null);
});
