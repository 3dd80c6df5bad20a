import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * The commands that must answer at once. All that they import is in one file, since each file that is loaded costs time;
 * what they do not need (forms, CSV, phone numbers) is in others, which are loaded when they are wanted.
 */
const quick = ['app', 'commands/list', 'commands/search', 'commands/show', 'store/open', 'store/json/json-store'].map(
  (name) => join('src', `${name}.ts`),
);

const quickModules = new Set();

const findQuickModules = {
  name: 'find-quick-modules',
  buildEnd() {
    const follow = (id) => {
      if (quickModules.has(id)) return;
      quickModules.add(id);
      for (const imported of this.getModuleInfo(id)?.importedIds ?? []) follow(imported);
    };
    for (const id of this.getModuleIds()) if (quick.includes(relative('.', id))) follow(id);
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

await rm('dist', { recursive: true, force: true });
const bundle = await rolldown({
  input: { app: 'src/app.ts' },
  platform: 'node',
  plugins: [withoutSubprocesses, findQuickModules],
  // The quick commands are loaded late in the code, and are in the first file all the same.
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({
  dir: 'dist',
  format: 'esm',
  minify: true,
  chunkFileNames: '[name]-[hash].js',
  codeSplitting: { groups: [{ name: 'quick', test: (id) => quickModules.has(id) }] },
});
await bundle.close();
