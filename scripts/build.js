import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { bundleProgram } from './bundle.js';

const chunks = await bundleProgram();

/** Other characters as escapes. esbuild leaves them in regular expressions alone, where an escape means the same. */
const inAscii = (code) =>
  code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

await rm('dist', { recursive: true, force: true });
await mkdir('dist');
for (const { fileName, code } of chunks) {
  // In ASCII, which is read faster.
  const options = { minify: true, charset: 'ascii', target: 'node20.17', legalComments: 'none' };
  const { code: minified } = await transform(code, options);
  // As the function that `bin/load.js` calls, which would take time to put around it at every start.
  await writeFile(join('dist', fileName), `(function (exports, require, module) {${inAscii(minified)}})\n`);
}

await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'warm-up.js')]);
