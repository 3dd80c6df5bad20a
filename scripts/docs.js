// Makes the documentation out of the program: npm run docs. With --check it writes nothing, tells what differs, and fails.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { thirdPartyNotices } from './notices.js';

process.chdir(join(import.meta.dirname, '..'));

/** Node 20 reads no TypeScript: what makes the documentation is bundled into a file, and loaded from there. */
const loadMaker = async () => {
  const bundle = resolve(`node_modules/.cache/docs/documentation-${process.pid}.cjs`);
  await build({
    entryPoints: ['scripts/docs/documentation.ts'],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.17',
    external: ['pg-native'],
    outfile: bundle,
    logLevel: 'warning',
  });
  try {
    return createRequire(import.meta.url)(bundle);
  } finally {
    await rm(bundle);
  }
};

const { makeDocumentation } = await loadMaker();
const { files: pages, faults } = await makeDocumentation();
const files = new Map([...pages, ['THIRD-PARTY-NOTICES.txt', await thirdPartyNotices()]]);

/** The number of the first line in which two texts differ, from 1. */
const firstDifference = (one, other) => {
  const lines = one.split('\n');
  const others = other.split('\n');
  return lines.findIndex((line, index) => line !== others[index]) + 1 || lines.length + 1;
};

for (const [path, text] of files) {
  const present = await readFile(path, 'utf8').catch(() => '');
  if (present === text) continue;
  if (process.argv.includes('--check')) {
    faults.push(`${path}:${firstDifference(present, text)} is not what the program says: run "npm run docs"`);
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    process.stdout.write(`${path}\n`);
  }
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
}
