import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InvalidError } from '../errors.js';
import type { Source } from '../formats/encoding.js';
import { formats } from '../formats/index.js';
import { openInput } from './files.js';
import type { Session } from './session.js';

/** How people know what comes on standard input. */
export const standardInput = 'standard input';

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return path !== '-' && (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

/**
 * The vCards of a folder, by their names: its own files, and no hidden ones, which programs write aside.
 *
 * @throws InvalidError where there are none
 */
const cardsIn = async (folder: string): Promise<readonly string[]> => {
  const extensions: readonly string[] = formats.vcard.extensions;
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => extensions.includes(extname(name).toLowerCase()))
    .sort();
  if (names.length > 0) return names.map((name) => join(folder, name));
  throw new InvalidError(`The folder "${folder}" has no .vcf files.`, 'Name a folder of vCards, or files.');
};

/**
 * The files that are named, and those of folders that are.
 *
 * @throws InvalidError where a folder has no vCards
 */
export const inputPaths = async (paths: readonly string[]): Promise<readonly string[]> => {
  const files: string[] = [];
  for (const path of paths) files.push(...((await isFolder(path)) ? await cardsIn(path) : [path]));
  return files;
};

/** @throws NotFoundError, StoreError where one cannot be read */
export const openInputs = async (paths: readonly string[], session: Session): Promise<readonly Source[]> => {
  const inputs: Source[] = [];
  for (const path of paths) {
    const { open } = await openInput(path, session);
    inputs.push({ name: path === '-' ? standardInput : path, open });
  }
  return inputs;
};
