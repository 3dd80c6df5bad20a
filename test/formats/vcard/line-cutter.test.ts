import { afterEach, expect, test, vi } from 'vitest';
import { type FoldedLine, LineCutter } from '../../../src/formats/vcard/line-cutter.js';

afterEach(() => vi.restoreAllMocks());

/** A photo of so many lines, which comes in pieces as a file is read. */
const photo = (lines: number): Buffer =>
  Buffer.from(`PHOTO:${'A'.repeat(68)}\r\n${` ${'A'.repeat(74)}\r\n`.repeat(lines)}`);

interface Work {
  readonly searches: number;
  /** Bytes that were put together. */
  readonly copied: number;
}

const workOf = (bytes: Buffer): Work => {
  const found: FoldedLine[] = [];
  const cutter = new LineCutter((line) => void found.push(line));
  const search = vi.spyOn(Buffer.prototype, 'indexOf');
  const concat = vi.spyOn(Buffer, 'concat');
  for (let at = 0; at < bytes.length; at += 1 << 16) cutter.push(bytes.subarray(at, at + (1 << 16)));
  cutter.end();
  const searches = search.mock.calls.length;
  const copied = concat.mock.results.reduce((sum, { value }) => sum + (value as Buffer).length, 0);
  vi.restoreAllMocks();
  expect(found).toMatchObject([{ number: 1 }]);
  return { searches, copied };
};

test.each([
  ['1 MB', 14_000],
  ['10 MB', 140_000],
])('a folded photo of %s takes a few searches a line, and each byte is copied a few times', (_size, lines) => {
  const bytes = photo(lines);
  const { searches, copied } = workOf(bytes);
  expect(searches).toBeLessThanOrEqual(3 * lines);
  expect(searches).toBeGreaterThan(lines);
  expect(copied).toBeLessThanOrEqual(3 * bytes.length);
});
