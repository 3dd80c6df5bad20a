import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { rolldown } from 'rolldown';

/**
 * What is loaded at every start, and what the commands import that must answer at once. Each is in one file, since each
 * file that is loaded costs time; what they do not need (forms, CSV, phone numbers) is in others, which are loaded when
 * they are wanted.
 */
const groups = [
  { name: 'start', roots: ['app'] },
  {
    name: 'quick',
    roots: ['commands/list', 'commands/search', 'commands/show', 'store/open', 'store/json/json-store'],
  },
  { name: 'queries', roots: ['contacts/query/parse', 'contacts/query/matcher', 'contacts/query/highlight'] },
].map(({ name, roots }) => ({ name, roots: roots.map((root) => join('src', `${root}.ts`)), modules: new Set() }));

const findGroups = {
  name: 'find-groups',
  buildEnd() {
    const known = new Set();
    for (const { roots, modules } of groups) {
      const follow = (id) => {
        if (known.has(id)) return;
        known.add(id);
        modules.add(id);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) follow(imported);
      };
      for (const id of this.getModuleIds()) if (roots.includes(relative('.', id))) follow(id);
    }
  },
};

/** Commander can run programs of its own for subcommands, and loads for that what this program never uses. */
const withoutSubprocesses = {
  name: 'without-subprocesses',
  transform(code, id) {
    if (!id.endsWith(join('commander', 'lib', 'command.js'))) return null;
    return code.replace("require('node:child_process')", '{}');
  },
};

const bundle = await rolldown({
  input: { app: 'src/app.ts' },
  platform: 'node',
  plugins: [withoutSubprocesses, findGroups],
  // The quick commands are loaded late in the code, and are in the first file all the same.
  checks: { ineffectiveDynamicImport: false },
});
const { output } = await bundle.generate({
  // CommonJS starts sooner than modules do.
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  codeSplitting: { groups: groups.map(({ name, modules }) => ({ name, test: (id) => modules.has(id) })) },
});
await bundle.close();

/** Other characters as escapes. esbuild leaves them in regular expressions alone, where an escape means the same. */
const inAscii = (code) =>
  code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

await rm('dist', { recursive: true, force: true });
await mkdir('dist');
for (const { fileName, code } of output) {
  // In ASCII, which is read faster.
  const options = { minify: true, charset: 'ascii', target: 'node20.17', legalComments: 'none' };
  await writeFile(join('dist', fileName), inAscii((await transform(code, options)).code));
}

await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'warm-up.js')]);
