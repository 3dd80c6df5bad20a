// What is measured: the program, and each peer that does the same work.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commonWord, contacts, rareName, writeData, writeKhard } from './data.js';
import { isInstalled } from './measure.js';

/** Above this plain lowdb cannot read its own file: Node holds no longer string. */
const mostOfLowdb = 400_000;

/** Above this jq takes many gigabytes for a file of contacts, and Miller more than most machines have. */
const mostInMemory = 400_000;

/** Above this a folder of files would be no address book that anybody keeps with khard. */
const mostOfKhard = 100_000;

const program = (...args) => ['node', 'bin/contacts.js', ...args];

/** Makes the files that the tasks work on, and the address of one of the contacts. */
export const prepare = (count, folder) => {
  mkdirSync(folder, { recursive: true });
  const at = (name) => join(folder, name);
  const files = {
    store: at('contacts.json'),
    ofTen: at('ten.json'),
    csv: at('contacts.csv'),
    lines: at('contacts.ndjson'),
    imported: at('imported.json'),
    lowdb: at('lowdb.json'),
    lowdbImported: at('lowdb-imported.json'),
    sqlite: at('contacts.db'),
    exported: at('exported.csv'),
    abook: at('abook.addressbook'),
    abookCsv: at('abook.csv'),
    abookImported: at('abook-imported.addressbook'),
    abookExported: at('abook.exported.csv'),
    khard: at('khard.conf'),
  };
  writeData(count, files);
  writeData(10, { store: files.ofTen });
  if (isInstalled('khard') && count <= mostOfKhard) writeKhard(count / 10, at('khard'), files.khard);
  copyFileSync(files.store, files.lowdb);
  let address = '';
  let number = 0;
  for (const contact of contacts(count)) if (number++ === count >> 1) address = contact.emails[0].address;
  if (isInstalled('sqlite3')) {
    const script = `.mode csv\n.import ${files.csv} contacts\nCREATE INDEX names ON contacts("First Name", "Last Name");`;
    spawnSync('sqlite3', [files.sqlite], { input: script });
  }
  return { count, files, address };
};

const erase = (path) => {
  for (const end of ['', '.index', '.index-changes', '.bak', '.history']) {
    rmSync(path + end, { recursive: true, force: true });
  }
};

/**
 * The tasks, each with the argument lists of those who do it.
 *
 * `goal` is the ratio to a bare start of Node that is aimed at for 100,000 contacts; `heavy` tasks are done less often;
 * `before` puts things right before each run of `ours`.
 */
export const tasksOf = ({ count, files, address }) => {
  const lowdb = (...args) => (count > mostOfLowdb ? {} : { 'plain lowdb': ['node', 'bench/lowdb.js', ...args] });
  const isTooLarge = (program) => count > mostInMemory && ['jq', 'mlr'].includes(program);
  const peer = (name, argv) => (isInstalled(argv[0]) && !isTooLarge(argv[0]) ? { [name]: argv } : {});
  const abook = (...args) => peer('abook', ['abook', ...args]);
  const khard = (...args) =>
    count > mostOfKhard || !isInstalled('khard') ? {} : { 'khard, of a tenth': ['khard', '-c', files.khard, ...args] };
  const sql = (query) => peer('sqlite3', ['sqlite3', files.sqlite, query]);
  const like = (text) =>
    sql(`SELECT * FROM contacts WHERE "Last Name" LIKE '%${text}%' OR "Company" LIKE '%${text}%' LIMIT 20`);
  const env = { CONTACTS_STORE: files.store };
  const intoCopy = { CONTACTS_STORE: files.imported };
  const first = ['--limit', '20', '--json'];
  const search = (text) => ({
    ...lowdb('search', files.lowdb, text),
    ...peer('ripgrep', ['rg', '-i', text, files.store]),
    ...peer('grep', ['grep', '-i', text, files.store]),
    ...peer('jq', [
      'jq',
      '-c',
      `.contacts[] | select(.lastName == "${text}" or (.company // "" | contains("${text}")))`,
      files.store,
    ]),
    ...like(text),
    ...abook('--datafile', files.abook, '--mutt-query', text),
    ...khard('list', text),
  });
  return [
    { name: 'start (`--version`)', goal: 1.2, env, ours: program('--version'), peers: {} },
    {
      name: '`list` of ten contacts',
      goal: 1.3,
      env: { CONTACTS_STORE: files.ofTen },
      ours: program('list'),
      peers: {},
    },
    {
      name: 'search a rare name',
      goal: 1.4,
      env,
      ours: program('search', rareName, ...first),
      peers: search(rareName),
    },
    {
      name: 'search a common word, first page',
      goal: 1.6,
      env,
      ours: program('search', commonWord, ...first),
      peers: search(commonWord),
    },
    {
      name: '`show` by email',
      goal: 1.35,
      env,
      ours: program('show', address, '--json'),
      peers: {
        ...lowdb('show', files.lowdb, address),
        ...sql(`SELECT * FROM contacts WHERE "Work Email" = '${address}'`),
      },
    },
    {
      name: 'first page of `list`, by name',
      goal: 1.5,
      env,
      ours: program('list', ...first),
      peers: {
        ...lowdb('list', files.lowdb),
        ...khard('list'),
        ...sql('SELECT * FROM contacts ORDER BY "First Name", "Last Name" LIMIT 20'),
        ...peer('Miller', [
          'mlr',
          '--icsv',
          '--ojson',
          'sort',
          '-f',
          'First Name',
          'then',
          'head',
          '-n',
          '20',
          files.csv,
        ]),
      },
    },
    {
      name: 'add one, durable',
      goal: 2.3,
      env,
      ours: program('add', '--first-name', 'Ann', '--last-name', 'Berg', '--json'),
      peers: {
        ...lowdb('add', files.lowdb),
        ...sql(`INSERT INTO contacts("First Name") VALUES ('Ann')`),
        ...(isInstalled('abook') && {
          'abook, not durable': [
            'sh',
            '-c',
            `printf 'From: Ann Berg <ann@berg.example>\\n\\n' | abook --datafile "$1" --add-email-quiet`,
            'sh',
            files.abook,
          ],
        }),
      },
    },
    {
      name: 'export as CSV',
      goal: 15,
      heavy: true,
      env,
      ours: program('export', files.exported, '--force'),
      beforePeer: () => erase(files.abookExported),
      peers: {
        ...lowdb('export', files.lowdb, files.exported),
        ...peer('jq', ['jq', '-r', '.contacts[] | [.id, .firstName, .lastName, .company] | @csv', files.store]),
        ...peer('Miller', ['mlr', '--ijson', '--ocsv', 'unsparsify', files.lines]),
        ...abook(
          '--convert',
          '--informat',
          'abook',
          '--infile',
          files.abook,
          '--outformat',
          'csv',
          '--outfile',
          files.abookExported,
        ),
      },
    },
    {
      name: 'import into an empty store',
      goal: 26,
      heavy: true,
      env: intoCopy,
      before: () => erase(files.imported),
      ours: program('import', files.csv, '--quiet', '--json'),
      peers: {
        ...lowdb('import', files.lowdbImported, files.lines),
        ...peer('Miller', ['mlr', '--icsv', '--ojson', 'cat', files.csv]),
        ...abook(
          '--convert',
          '--informat',
          'csv',
          '--infile',
          files.abookCsv,
          '--outformat',
          'abook',
          '--outfile',
          files.abookImported,
        ),
      },
      beforePeer: () => [files.lowdbImported, files.abookImported].forEach(erase),
    },
    {
      name: 'the first search after it, which builds the index',
      heavy: true,
      env: intoCopy,
      before: () => {
        for (const end of ['.index', '.index-changes']) rmSync(files.imported + end, { force: true });
      },
      ours: program('search', rareName, ...first),
      peers: {},
    },
    {
      name: 'import the same file again',
      goal: 26,
      heavy: true,
      env: intoCopy,
      ours: program('import', files.csv, '--quiet', '--json'),
      peers: {},
    },
  ];
};
