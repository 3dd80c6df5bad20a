import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';

interface Loader {
  createLoader(onScript?: (path: string, script: Script) => void): (path: string) => unknown;
  stampedCache(code: Buffer): Buffer;
}

const { createLoader, stampedCache }: Loader = createRequire(import.meta.url)('../bin/load.js');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-load-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const loaded = (path: string): { readonly exports: unknown; readonly script: Script | undefined } => {
  let script: Script | undefined;
  const exports = createLoader((_, compiled) => {
    script = compiled;
  })(path);
  return { exports, script };
};

test('the code that this Node made is taken up, that of another Node is not looked at', async () => {
  const path = join(folder, 'a.cjs');
  await writeFile(path, '(function (exports, require, module) {module.exports = 42})\n');
  const first = loaded(path);
  expect([first.exports, first.script?.cachedDataRejected]).toEqual([42, undefined]);

  const cache = stampedCache(first.script?.createCachedData() ?? Buffer.alloc(0));
  await writeFile(`${path}.cache`, cache);
  const second = loaded(path);
  expect([second.exports, second.script?.cachedDataRejected]).toEqual([42, false]);

  await writeFile(`${path}.cache`, Buffer.concat([Buffer.from('v20.17.1 x64'.padEnd(32)), cache.subarray(32)]));
  const third = loaded(path);
  expect([third.exports, third.script?.cachedDataRejected]).toEqual([42, undefined]);
});
