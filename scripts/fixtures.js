import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

// Node 20 reads no TypeScript: what makes the files is bundled in memory, and loaded from there.
const { outputFiles } = await build({
  entryPoints: ['scripts/fixtures/files.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  write: false,
  logLevel: 'warning',
});
const [module] = outputFiles;
const { fixtureFiles } = await import(`data:text/javascript;base64,${Buffer.from(module.contents).toString('base64')}`);

await mkdir('fixtures', { recursive: true });
for (const [name, text] of fixtureFiles()) {
  await writeFile(`fixtures/${name}`, text);
  console.log(`fixtures/${name}`);
}
