import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InvalidError } from '../errors.js';
import type { Source } from '../formats/encoding.js';
import { formats } from '../formats/index.js';
import { openInput } from './files.js';
import type { Session } from './session.js';

/** How people know what comes on standard input. */
export const standardInput = 'standard input';

/** A file to import. */
export interface ImportInputFile extends Source {
  /** `-` is standard input. */
  readonly path: string;
}

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
 * @throws NotFoundError, StoreError where one cannot be read
 * @throws InvalidError where a folder has no vCards
 */
export const openInputs = async (paths: readonly string[], session: Session): Promise<readonly ImportInputFile[]> => {
  const files: ImportInputFile[] = [];
  for (const path of paths) {
    for (const file of (await isFolder(path)) ? await cardsIn(path) : [path]) {
      const { open } = await openInput(file, session);
      files.push({ path: file, name: file === '-' ? standardInput : file, open });
    }
  }
  return files;
};
