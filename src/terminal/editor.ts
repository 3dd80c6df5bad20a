import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidError, UsageError } from '../errors.js';
import { Unfinished } from '../unfinished.js';

/** Runs an editor on a file, in the terminal of this process, and gives how it ended: undefined where all is well. */
const runEditor = (command: string, path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    // Editors are set with arguments and quotes (`code --wait`), which are the shell's to read.
    const editor = spawn(`${command} "${path}"`, { shell: true, stdio: 'inherit' });
    editor.once('error', (error) => resolve(error.message));
    editor.once('exit', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${signal ?? code}`));
  });

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidError('The text that the editor saved is not UTF-8.', 'Set the editor to UTF-8, and try again.');
  }
};

/**
 * Lets the user edit a text in an editor, in a file that nobody else can read and that is gone afterwards.
 *
 * @param what the name of the file, without its extension
 * @param command the editor with its arguments, as `VISUAL` and `EDITOR` hold it
 * @param unfinished takes what a signal removes
 * @returns the text with `\n` for line ends, and none at its end
 * @throws UsageError where the editor cannot be run or ends with an error
 * @throws InvalidError where what it saved is not UTF-8
 */
export const editText = async (
  text: string,
  what: string,
  command: string,
  unfinished = new Unfinished(),
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-'));
  const takeOff = unfinished.add(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const path = join(folder, `${what}.txt`);
    await writeFile(path, text === '' ? '' : `${text}\n`, { mode: 0o600, flag: 'wx' });
    const failure = await runEditor(command, path);
    if (failure !== undefined) {
      throw new UsageError(
        `The editor "${command}" did not do its work: ${failure}. Nothing was changed.`,
        'Set VISUAL or EDITOR to an editor that is there, or give the text on the command line.',
      );
    }
    const edited = decode(await readFile(path));
    return edited.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  } finally {
    takeOff();
    await rm(folder, { recursive: true, force: true });
  }
};
