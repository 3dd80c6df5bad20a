import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoreError } from '../../src/errors.js';
import { createMessages, createOutput, OutputClosed, readAll } from '../../src/terminal/io.js';

const failing = (code: string): Writable =>
  new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })) });

describe('createOutput', () => {
  test('waits until the stream has taken the text', async () => {
    const taken: (() => void)[] = [];
    const stream = new Writable({ write: (_chunk, _encoding, done) => void taken.push(done) });
    let written = false;
    const writing = createOutput(stream)
      .write('text')
      .then(() => {
        written = true;
      });
    await new Promise(setImmediate);
    expect([taken.length, written]).toEqual([1, false]);
    taken[0]?.();
    await writing;
    expect(written).toBe(true);
  });

  test('raises OutputClosed where the reader has gone, also on the next write', async () => {
    const output = createOutput(failing('EPIPE'));
    await expect(output.write('a')).rejects.toBeInstanceOf(OutputClosed);
    await expect(output.write('b')).rejects.toBeInstanceOf(OutputClosed);
  });

  test.each([
    ['ENOSPC', 'The output cannot be written: the disk is full.'],
    ['EDQUOT', 'The output cannot be written: the disk quota is used up.'],
    ['EBADF', 'The output cannot be written: write EBADF.'],
  ])('raises a StoreError for %s', async (code, message) => {
    const error = await createOutput(failing(code))
      .write('a')
      .catch((raised) => raised);
    expect(error).toBeInstanceOf(StoreError);
    expect(error.message).toBe(message);
    expect(error.hint).toContain('run the command again');
  });
});

test('messages that nobody reads are no failure', async () => {
  const messages = createMessages(failing('EPIPE'));
  await messages.write('a');
  await expect(messages.write('b')).resolves.toBeUndefined();
});

describe('readAll', () => {
  test('gives all bytes, whatever they are', async () => {
    const chunks = [Buffer.from([0xef, 0xbb]), Buffer.from([0xbf, 0x00, 0xff])];
    expect([...(await readAll(Readable.from(chunks)))]).toEqual([0xef, 0xbb, 0xbf, 0x00, 0xff]);
  });

  test('gives no bytes of an input that is empty', async () => {
    const input = new PassThrough();
    input.end();
    expect((await readAll(input)).length).toBe(0);
  });

  test('raises a StoreError where the input cannot be read', async () => {
    const input = new Readable({
      read() {
        this.destroy(Object.assign(new Error('read EISDIR'), { code: 'EISDIR' }));
      },
    });
    await expect(readAll(input)).rejects.toThrow('Standard input cannot be read: it is a folder.');
  });
});

describe.skipIf(process.platform === 'win32')('in a process of its own', () => {
  let folder = '';
  let program = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contacts-io-'));
    program = join(folder, 'program.mjs');
    await build({
      stdin: {
        resolveDir: import.meta.dirname,
        loader: 'ts',
        contents: `
          import { createOutput, OutputClosed } from '../../src/terminal/io.js';
          const output = createOutput(process.stdout);
          try {
            for (let line = 1; line <= Number(process.argv[2]); line++) await output.write('line ' + line + '\\n');
            process.stderr.write('all written');
          } catch (error) {
            process.exitCode = error instanceof OutputClosed ? 0 : 7;
            process.stderr.write(error.name + ': ' + error.message);
          }`,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
    });
  });

  afterAll(() => rm(folder, { recursive: true }));

  const run = (command: string): Promise<{ out: string; err: string; code: number | null }> =>
    new Promise((resolve) => {
      const child = spawn('bash', ['-c', `set -o pipefail; ${command}`], {
        env: { ...process.env, NODE: process.execPath, PROGRAM: program },
      });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => (out += chunk));
      child.stderr.on('data', (chunk) => (err += chunk));
      child.on('close', (code) => resolve({ out, err, code }));
    });

  test('a reader that goes away ends it quietly', async () => {
    expect(await run('"$NODE" "$PROGRAM" 1000000 | head -1')).toEqual({
      out: 'line 1\n',
      err: 'OutputClosed: The reader of the output went away.',
      code: 0,
    });
  });

  test('a full disk is an error', async () => {
    expect(await run('"$NODE" "$PROGRAM" 10 > /dev/full')).toEqual({
      out: '',
      err: 'StoreError: The output cannot be written: the disk is full.',
      code: 7,
    });
  });

  test('all of a long output arrives', async () => {
    expect(await run('"$NODE" "$PROGRAM" 20000 | tail -1')).toEqual({
      out: 'line 20000\n',
      err: 'all written',
      code: 0,
    });
  });
});
