import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../src/fields/contact.js';

const program = join(import.meta.dirname, '..', 'bin', 'contacts.js');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-bin-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const environment = (store: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  CONTACTS_STORE: join(folder, store),
  CONTACTS_USER: 'tester',
  ...more,
});

const run = (store: string, argv: readonly string[], more?: NodeJS.ProcessEnv): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { env: environment(store, more), maxBuffer: 1 << 28 };
    const child = execFile(process.execPath, [program, ...argv], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
    child.stdin?.end();
  });

/** Runs a line of the shell in which `contacts` is the program. */
const shell = (store: string, line: string, more?: NodeJS.ProcessEnv): Promise<Outcome> =>
  new Promise((resolve) => {
    const script = `contacts() { '${process.execPath}' '${program}' "$@"; }\n${line}`;
    const options = { env: environment(store, more), maxBuffer: 1 << 28 };
    const child = execFile('bash', ['-c', script], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
    child.stdin?.end();
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('close', (code) => resolve(code)));

describe('the built program', () => {
  it('tells its version', async () => {
    const manifest = JSON.parse(await readFile(join(program, '..', '..', 'package.json'), 'utf8'));
    expect(await run('v.json', ['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it.each([
    [['--help'], 0],
    [['help', 'add'], 0],
    [['add', '--help'], 0],
    [[], 2],
    [['add'], 2],
    [['edit', 'x'], 2],
    [['search'], 2],
    [['frobnicate'], 2],
    [['show', 'nobody'], 3],
  ])('%j ends with %i, and asks nothing where there is no terminal', async (argv, code) => {
    const outcome = await run('exit.json', argv);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).not.toMatch(/\bat .*:\d+:\d+/);
    if (code === 0) expect(outcome.stdout).toMatch(/^Usage: contacts/);
  });

  it('does not load the prompts where it cannot ask', async () => {
    const hook = join(folder, 'hook.cjs');
    const code = `const fs = require('node:fs'); const { readFileSync } = fs;
      fs.readFileSync = (path, ...rest) => { process.stderr.write('read ' + path + '\\n'); return readFileSync(path, ...rest); };`;
    await writeFile(hook, code);
    const { code: exitCode, stderr } = await run('load.json', ['add'], { NODE_OPTIONS: `--require ${hook}` });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('dist/app.cjs');
    expect(stderr).not.toContain('inquirer-ask');
  });
});

describe('standard output', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `Name${index},Company of some length ${index}`);
    await writeFile(join(folder, 'many.csv'), ['First Name,Company', ...rows, ''].join('\n'));
    expect((await run('many.json', ['import', join(folder, 'many.csv')])).code).toBe(0);
  });

  it('may be closed by its reader: the end is quiet, and 0', async () => {
    const { stdout, stderr } = await shell('many.json', 'contacts list | head -1; echo "${PIPESTATUS[0]}"');
    expect(stdout.split('\n')[1]).toBe('0');
    expect(stderr).toBe('');
  });

  it('may be full: exit 7', async () => {
    const { code, stderr } = await shell('many.json', 'contacts list > /dev/full');
    expect(code).toBe(7);
    expect(stderr).toContain('error: The output cannot be written: the disk is full.');
  });

  it('is whole, however long', async () => {
    const { stdout } = await shell('many.json', 'contacts list --json | cat');
    expect(JSON.parse(stdout)).toHaveLength(3000);
  });
});

describe('colours', () => {
  it.each([
    [['list', '--limit', '1'], {}, false],
    [['frobnicate'], { FORCE_COLOR: '1' }, true],
    [['frobnicate'], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [['frobnicate', '--no-color'], { FORCE_COLOR: '1' }, false],
    [['frobnicate'], { FORCE_COLOR: '0' }, false],
  ])('of %j with %j: %s', async (argv, more, coloured) => {
    const { stdout, stderr } = await run('colour.json', argv, more as NodeJS.ProcessEnv);
    expect((stdout + stderr).includes('\u001b[')).toBe(coloured);
  });
});

describe('writers at the same time', () => {
  it('lose nothing: 40 additions give 40 contacts', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    const outcomes = await Promise.all(numbers.map((n) => run('parallel.json', ['add', '--first-name', `Name${n}`])));
    expect(outcomes.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(numbers.map(() => '0'));
    const { stdout } = await run('parallel.json', ['list', '--json']);
    const names = (JSON.parse(stdout) as Contact[]).map(({ firstName }) => firstName);
    expect(names.sort()).toEqual(numbers.map((n) => `Name${n}`).sort());
    expect((await run('parallel.json', ['store', 'check'])).stdout).toBe('The store is sound.\n');
  });

  it('may be killed at any moment: what was acknowledged is there, and the store is whole', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 24; round += 1) {
      const name = `Round${round}`;
      const argv = [program, 'add', '--first-name', name];
      const child = spawn(process.execPath, argv, {
        env: environment('killed.json'),
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      child.stdout?.on('data', () => acknowledged.push(name));
      const timer = setTimeout(() => child.kill('SIGKILL'), 60 + round * 12);
      await ended(child);
      clearTimeout(timer);
    }
    expect((await run('killed.json', ['add', '--first-name', 'Last'])).code).toBe(0);
    const { stdout } = await run('killed.json', ['list', '--json']);
    const names = (JSON.parse(stdout) as Contact[]).map(({ firstName }) => firstName);
    expect(names).toEqual(expect.arrayContaining([...acknowledged, 'Last']));
    expect((await run('killed.json', ['store', 'check'])).code).toBe(0);
  });
});
