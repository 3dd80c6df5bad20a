// Packs the program, installs it globally where nothing else is, and uses it there: node scripts/try-package.js [VERSION…]
// Each VERSION is a version of Node that comes from the npm registry; without any, it is this one.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

process.chdir(join(import.meta.dirname, '..'));
const place = await mkdtemp(join(tmpdir(), 'contacts-package-'));
const prefix = join(place, 'prefix');

const execute = promisify(execFile);
const npm = (args, env = process.env) => execute('npm', ['--silent', '--no-audit', '--no-fund', ...args], { env });

/** What must be so. */
const assure = (isSo, what) => {
  if (!isSo) throw new Error(`In the installed program: ${what}.`);
};

/** The folder of the binary of a version of Node, which is installed first. */
const nodeFolder = async (version) => {
  if (version === undefined) return dirname(process.execPath);
  const folder = join(place, `node-${version}`);
  await npm(['install', '--prefix', folder, `node@${version}`]);
  return join(folder, 'node_modules', 'node', 'bin');
};

/** Uses the program as somebody does who has never used it before. */
const use = async (path) => {
  const home = await mkdtemp(join(place, 'home-'));
  const env = { HOME: home, PATH: `${path}:/usr/bin:/bin` };
  const contacts = async (...args) => (await execute(join(prefix, 'bin', 'contacts'), args, { env, cwd: home })).stdout;
  const { stdout: version } = await execute('node', ['--version'], { env });

  assure(/^\d+\.\d+\.\d+\n$/.test(await contacts('--version')), '--version prints a version');
  await contacts('import', join(process.cwd(), 'fixtures', 'contacts.csv'));
  const found = JSON.parse(await contacts('search', '9123 4567', '--json'));
  assure(
    found.some(({ lastName }) => lastName === 'García'),
    'a search finds what was imported',
  );
  const before = await contacts('export');
  await contacts('edit', 'maria.garcia@example.com', '--company', 'Beta');
  assure((await contacts('export')) !== before, 'an edit shows in an export');
  await contacts('undo');
  assure((await contacts('export')) === before, 'an undo takes it back to the byte');
  const refused = await contacts('lst').catch((error) => error);
  assure(refused.code === 2 && refused.stderr.includes('list'), 'an unknown command ends with 2 and a hint');

  const store = join(home, '.local', 'share', 'contacts', 'contacts.json');
  assure(((await stat(store)).mode & 0o777) === 0o600, 'the store is where it belongs, and private');
  assure((await readdir(home)).join() === '.local', 'nothing else is left in the home folder');
  process.stdout.write(`Node ${version.trim()}: installed, imports, searches, edits, exports and undoes.\n`);
};

try {
  await npm(['pack', '--pack-destination', place]);
  const [archive] = (await readdir(place)).filter((name) => name.endsWith('.tgz'));
  const { size } = await stat(join(place, archive));
  process.stdout.write(`${archive}: ${(size / 1000).toFixed(0)} kB\n`);
  await mkdir(prefix);
  await npm(['install', '--global', '--prefix', prefix, join(place, archive)], { PATH: process.env.PATH, HOME: place });
  await stat(join(prefix, 'share', 'man', 'man1', 'contacts.1'));

  const versions = process.argv.slice(2);
  for (const version of versions.length > 0 ? versions : [undefined]) await use(await nodeFolder(version));
} finally {
  await rm(place, { recursive: true, force: true });
}
