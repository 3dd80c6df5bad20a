import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { StoreError } from '../../src/errors.js';
import { createDescriptorOutput } from '../../src/terminal/descriptor-output.js';
import { createOutput, OutputClosed } from '../../src/terminal/io.js';

const systemError = (code: string): Error => Object.assign(new Error(code), { code });

/** A descriptor that takes a few bytes at a time, and throws once it has taken so many. */
const descriptor = (most: number, code: string) => {
  const taken: number[] = [];
  const writeSync = (bytes: Uint8Array, offset: number): number => {
    if (taken.length >= most) throw systemError(code);
    const part = bytes.subarray(offset, offset + Math.min(3, most - taken.length));
    taken.push(...part);
    return part.length;
  };
  return { writeSync, text: () => Buffer.from(taken).toString() };
};

const noStream = () => expect.fail('a stream was made');

test('writes all of a text, however little the system takes at once', async () => {
  const { writeSync, text } = descriptor(1000, 'EIO');
  const output = createOutput(createDescriptorOutput(writeSync, noStream));
  await output.write('Zoë and 李雨桐\n');
  await output.write(Buffer.from('bytes\n'));
  await output.write('');
  expect(text()).toBe('Zoë and 李雨桐\nbytes\n');
});

test('where it would have to wait, a stream takes over what is left and all that follows', async () => {
  const { writeSync, text } = descriptor(5, 'EAGAIN');
  const stream = new PassThrough();
  let made = 0;
  const makeStream = () => {
    made += 1;
    return stream;
  };
  const output = createOutput(createDescriptorOutput(writeSync, makeStream));
  await output.write('one two ');
  await output.write('three');
  expect(text() + String(stream.read())).toBe('one two three');
  expect(made).toBe(1);
  stream.emit('error', systemError('EPIPE'));
});

test.each([
  ['EPIPE', OutputClosed, 'The reader of the output went away.'],
  ['ENOSPC', StoreError, 'The output cannot be written: the disk is full.'],
])('%s fails the write', async (code, error, message) => {
  const output = createOutput(createDescriptorOutput(descriptor(5, code).writeSync, noStream));
  const outcome = output.write('longer than that');
  await expect(outcome).rejects.toBeInstanceOf(error);
  await expect(outcome).rejects.toThrow(message);
});
