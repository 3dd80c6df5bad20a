import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { textIn } from '../../../src/contacts/scratch.js';
import { systemFiles } from '../../../src/store/json/files.js';
import { ScratchFile } from '../../../src/store/json/scratch-file.js';
import { systemError } from './faulty-files.js';

const folder = mkdtempSync(join(tmpdir(), 'contacts-scratch-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'scratch');

const large = 'Zoë '.repeat(60_000);
const huge = '李'.repeat(360_000);

const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', large, huge)), { maxLength: 10 });

const isKept = (scratch: ScratchFile, given: readonly string[]): void => {
  const kept = given.map((text) => scratch.add(text));
  for (const [index, text] of kept.entries()) expect(textIn(scratch, text)).toBe(given[index]);
  for (const [index, text] of [...kept.entries()].reverse()) expect(textIn(scratch, text)).toBe(given[index]);
};

test('gives back every text as it is, and leaves no file behind', () => {
  fc.assert(
    fc.property(texts, (given) => {
      const scratch = new ScratchFile(systemFiles, path);
      isKept(scratch, given);
      expect(readdirSync(folder)).toEqual([]);
      scratch.close();
    }),
    { numRuns: 30 },
  );
});

test('makes no file for a little', () => {
  const scratch = new ScratchFile({ ...systemFiles, open: () => expect.fail('a file was opened') }, path);
  isKept(scratch, ['Ada', 'Bob']);
});

describe('where the system refuses', () => {
  const refusal = (code: string) => () => {
    throw systemError(code, 'call');
  };

  test('to make the file, all stays in memory', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const scratch = new ScratchFile({ ...systemFiles, open: refusal('EROFS') }, path);
        isKept(scratch, given);
        scratch.close();
      }),
      { numRuns: 30 },
    );
  });

  test('to write, it says so', () => {
    const scratch = new ScratchFile({ ...systemFiles, write: refusal('ENOSPC') }, path);
    expect(() => isKept(scratch, [large, large, large, large, large, large, large])).toThrow(
      /cannot be written: the disk is full/,
    );
    scratch.close();
    expect(existsSync(path)).toBe(false);
  });

  test('to read, or where the file was cut, it says so', () => {
    const given = [large, large, large, large, large, large, large];
    const refusing = new ScratchFile({ ...systemFiles, read: refusal('EIO') }, path);
    expect(() => isKept(refusing, given)).toThrow(/cannot be read/);
    refusing.close();
    const cut = new ScratchFile({ ...systemFiles, read: () => 0 }, path);
    expect(() => isKept(cut, given)).toThrow(/was cut/);
    cut.close();
  });
});
