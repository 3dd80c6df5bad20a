import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

// The common commands start from one small file; what they do not need (prompts, CSV, phone numbers) is in chunks that
// are loaded when it is wanted.
await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/app.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  chunkNames: 'chunk-[name]-[hash]',
  // Packages in CommonJS ask for Node's own modules with require(), which a module does not have.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
});
