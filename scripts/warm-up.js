// Runs the commands that must answer at once on a small store, and keeps the code that V8 has made by then beside the
// files, so that the program need not make it at every start.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import loader from '../bin/load.js';

const scripts = new Map();
const load = loader.createLoader((path, script) => scripts.set(path, script));
const folder = await mkdtemp(join(tmpdir(), 'contacts-build-'));

process.env.CONTACTS_STORE = join(folder, 'contacts.json');
Object.defineProperty(process, 'stdout', {
  value: Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { isTTY: false }),
});
try {
  const { run } = load(join(import.meta.dirname, '..', 'dist', 'app.cjs'));
  for (const argv of [
    ['--version'],
    ['add', '--first-name', 'Ada', '--mobile', '+85291234567'],
    ['list'],
    ['search', 'ada'],
    ['show', '+85291234567'],
    ['completion', 'suggest', '--', 'show', 'ad'],
    ['export'],
  ]) {
    process.argv = [process.argv[0], 'contacts', ...argv];
    await run();
    if (process.exitCode !== 0) throw new Error(`contacts ${argv.join(' ')} ended with ${process.exitCode}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const [path, script] of scripts) await writeFile(`${path}.cache`, loader.stampedCache(script.createCachedData()));
