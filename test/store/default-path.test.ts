import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { defaultStorePath } from '../../src/store/default-path.js';

const nobody = (): string => {
  throw new Error('uv_os_homedir returned ENOENT');
};

const cases: readonly (readonly [NodeJS.Platform, NodeJS.ProcessEnv, home: string, path: string])[] = [
  ['linux', {}, '/home/ann', '/home/ann/.local/share/contacts/contacts.json'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/ann', '/data/contacts/contacts.json'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ann', '/home/ann/.local/share/contacts/contacts.json'],
  ['linux', { XDG_DATA_HOME: 'data' }, '/home/ann', '/home/ann/.local/share/contacts/contacts.json'],
  ['darwin', {}, '/Users/ann', '/Users/ann/Library/Application Support/contacts/contacts.json'],
];

describe("the path of the user's own store", () => {
  test.each(cases)('%s %j %s', (platform, env, home, path) => {
    expect(defaultStorePath({ platform, env, home: () => home })).toBe(path);
  });

  test('needs no home folder where the data folder is named', () => {
    const env = { XDG_DATA_HOME: '/data' };
    expect(defaultStorePath({ platform: 'linux', env, home: nobody })).toBe('/data/contacts/contacts.json');
  });

  test.each([nobody, () => ''])('is a usage error for a user without a home folder', (home) => {
    const find = () => defaultStorePath({ platform: 'linux', env: {}, home });
    expect(find).toThrow(UsageError);
    expect(find).toThrow('This user has no home folder to keep contacts in.');
  });
});
