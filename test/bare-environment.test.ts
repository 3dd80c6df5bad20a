import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
/** A user id without an account; only root can become it, others are tested as they are. */
const nobody = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {};
const isNobody = 'uid' in nobody;

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-bare-'));
  await chmod(folder, 0o777);
  for (const part of ['bin', 'dist']) await cp(join(root, part), join(folder, part), { recursive: true });
  program = join(folder, 'bin', 'contacts.js');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [program, ...argv],
      { ...nobody, env: { PATH: process.env.PATH, ...env }, cwd: folder },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });

describe('a user without account and HOME', () => {
  test('gets the version', async () => {
    expect(await run(['--version'], {})).toMatchObject({ code: 0, stderr: '' });
  });

  test('is told to name a store', async () => {
    const { code, stderr } = await run(['list'], { HOME: '' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: This user has no home folder to keep contacts in.\n' +
        'hint: Name the store with --store PATH or CONTACTS_STORE, or set HOME.\n',
    });
  });

  test('writes to the store that is named', async () => {
    const store = join(folder, 'named', 'contacts.json');
    const env = { CONTACTS_STORE: store };
    expect(await run(['add', '--first-name', 'Ada'], env)).toMatchObject({ code: 0, stderr: '' });
    const [change] = JSON.parse((await run(['log', '--json'], env)).stdout);
    if (isNobody) expect(change.by).toBe('uid 54321');
    expect((await run(['undo', '--yes'], env)).code).toBe(0);
  });
});

describe('a time zone that is empty or unknown', () => {
  test.each(['', 'Nowhere/Town', 'UTC+3'])('TZ=%s: times are in UTC', async (zone) => {
    const env = { CONTACTS_STORE: join(folder, `zone${zone.replace('/', '')}`, 'contacts.json'), TZ: zone };
    await run(['add', '--first-name', 'Ada'], env);
    const { code, stdout } = await run(['show', 'ada'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Created {5}\d{4}-\d\d-\d\d \d\d:\d\d UTC by /);
  });
});
