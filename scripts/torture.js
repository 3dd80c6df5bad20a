import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: {
    part: { type: 'string', multiple: true, default: ['faults', 'processes', 'input'] },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    rounds: { type: 'string', default: '1' },
    commands: { type: 'string', default: '200' },
    cases: { type: 'string', default: '2000' },
    minutes: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(`npm run torture -- [--part faults|processes|input]… [--seed N] [--rounds N] [--minutes N] [--commands N] [--cases N]

faults     every call of the store fails, the process dies and the power fails, under each command that writes
processes  8 writers with so many commands each (200), some killed; so many rounds, and at least so many minutes
input      random files, stores, queries and command lines: so many cases of each`);
} else {
  // Node 20 reads no TypeScript, and the program under test is loaded from where it lies.
  const folder = await mkdtemp(join(tmpdir(), 'contacts-torture-'));
  try {
    const outfile = join(folder, 'torture.mjs');
    await build({
      entryPoints: ['test/proof/torture.ts'],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.17',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'warning',
    });
    const { runTorture } = await import(outfile);
    const sound = await runTorture({
      parts: values.part,
      program: join(import.meta.dirname, '..', 'bin', 'contacts.js'),
      folder,
      seed: Number(values.seed),
      rounds: Number(values.rounds),
      commands: Number(values.commands),
      cases: Number(values.cases),
      minutes: Number(values.minutes),
      say: console.log,
    });
    process.exitCode = sound ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
