import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { bundleProgram } from './bundle.js';

/** Packages out of whose data files of src/ are made (scripts/han-tables.js). */
const sourcesOfData = ['node_modules/opencc-js', 'node_modules/pinyin-pro'];

/** The folder of the package that a bundled module is of; nothing for the program's own. */
const packageFolder = (id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(relative('.', id))?.[0];

/** The texts of a package's licences, which some packages leave out. */
const licenceText = async (folder) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((path) => /^(third.party.)?(licen[cs]es?|copying|notice)\b/i.test(path))
    .sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
};

const rule = '='.repeat(80);

const personOf = (author) => (typeof author === 'string' ? author : author?.name);

const noticeOf = async (folder) => {
  const { name, version, license, author, contributors } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  if (typeof license !== 'string') throw new Error(`${folder} does not say under which licence it is.`);
  const text = await licenceText(folder);
  const holders = [author, ...(contributors ?? [])].map(personOf).filter((person) => person !== undefined);
  const body = text === '' ? `By ${holders.join(', ')}. The package has no text of its licence in it.` : text;
  return `${rule}\n${name} ${version}, licence: ${license}\n${rule}\n\n${body}\n`;
};

/** The folders of all packages of which code or data is in the program, by their names. */
const bundledPackages = async () => {
  const ids = (await bundleProgram()).flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
  );
  const folders = ids.map(packageFolder).filter((folder) => folder !== undefined);
  const nameOf = (folder) => folder.slice(folder.lastIndexOf('node_modules/'));
  return [...new Set([...folders, ...sourcesOfData])].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
};

/** `THIRD-PARTY-NOTICES.txt`: the licence of each package of which the program has code or data in it. */
export const thirdPartyNotices = async () => {
  const notices = await Promise.all((await bundledPackages()).map(noticeOf));
  return `The program has in it code or data of these packages, under the licences that stand with them.
Made by "npm run docs" out of what is bundled.

${notices.join('\n')}`;
};
