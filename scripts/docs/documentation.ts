import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCommandTree } from './command-tree.js';
import { commandsPage } from './commands-page.js';
import { environmentFaults } from './environment.js';
import { exampleSession } from './examples.js';
import { pageFaults } from './faults.js';
import { fieldsPage } from './fields-page.js';
import { manPage } from './man-page.js';
import { fillParts } from './readme.js';
import { runSession } from './session.js';

/** The documentation as it is to be. */
export interface Documentation {
  /** The text of each file that is made, by its path from the root of the project. */
  readonly files: ReadonlyMap<string, string>;
  /** What written pages say and what is not so, a line each. */
  readonly faults: readonly string[];
}

const written = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/guarantees.md',
  'docs/mail.md',
  'docs/release.md',
  'docs/teams.md',
];

const sourcesIn = async (folder: string): Promise<string> => {
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.[jt]s$/.test(file));
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
};

const schemaText = async (): Promise<string> => (await runSession(['contacts schema'])).replace(/^.*\n/, '');

/** Makes the documentation out of the program; called in the root of the project. */
export const makeDocumentation = async (): Promise<Documentation> => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const tree = await readCommandTree(version);
  const files = new Map([
    ['README.md', await fillParts(await readFile('README.md', 'utf8'), tree)],
    ['docs/commands.md', await commandsPage(tree)],
    ['docs/fields.md', fieldsPage()],
    ['docs/queries.md', await fillParts(await readFile('docs/queries.md', 'utf8'), tree, exampleSession)],
    ['docs/contact.schema.json', await schemaText()],
    ['man/contacts.1', manPage(tree, version)],
  ]);
  const pages = [
    ...['README.md', 'docs/queries.md'].map((path) => ({ path, text: files.get(path) ?? '' })),
    ...(await Promise.all(written.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))),
  ];
  const sources = (await Promise.all(['src', 'scripts', 'test'].map(sourcesIn))).join('\n');
  const faults = await pageFaults(pages, new Set(files.keys()), sources, tree);
  return { files, faults: [...environmentFaults(await readFile('src/app.ts', 'utf8')), ...faults] };
};
