import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createIdSource } from '../../src/contacts/id.js';
import { createWorkspace, type Workspace } from '../../test/helpers/run.js';
import { createRandom } from '../fixtures/random.js';

/** What a session is given besides its command lines. */
export interface SessionOptions {
  /** Files in the session's folder, by their names; `fixtures/` is there too. */
  readonly files?: Readonly<Record<string, string>>;
  /** Command lines that are run before, and not shown. */
  readonly before?: readonly string[];
}

const columns = 100;

/** The words of a command line, as a shell splits them; what follows a `#` is a comment. */
export const wordsOfLine = (line: string): readonly string[] =>
  (line.match(/#.*|(?:'[^']*'|"[^"]*"|[^\s'"#])+/g) ?? [])
    .filter((word) => !word.startsWith('#'))
    .map((word) =>
      word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
    );

/** Ids that look as they do in use, and are the same in each session. */
const sameIds = (): (() => string) => {
  const random = createRandom(1);
  return createIdSource((count) => Uint8Array.from({ length: count }, () => random.below(256)));
};

/** What a progress bar draws and takes away again. */
const erasedLine = /[^\n]*\r\x1b\[K/g;

interface LineOutcome {
  readonly text: string;
  readonly code: number;
}

const runLine = async (line: string, workspace: Workspace): Promise<LineOutcome> => {
  const [, input, command = line] = /^printf '([^']*)' \| (.*)$/.exec(line) ?? [];
  const [program, ...words] = wordsOfLine(command);
  if (program !== 'contacts') throw new Error(`A session runs contacts alone, and not: ${line}`);
  const { code, stdout, stderr } = await workspace.run(words, {
    terminal: true,
    columns,
    user: 'ann',
    ...(input !== undefined && { stdin: input.replaceAll('\\n', '\n') }),
  });
  const text = (stdout + stderr)
    .replace(erasedLine, '')
    .replaceAll(`${workspace.folder}/`, '')
    .replace(/[^\S\n]+$/gm, '');
  return { text, code };
};

/** Runs what follows in a folder, and comes back. */
const within = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
};

const runLines = async (lines: readonly string[], workspace: Workspace): Promise<string> => {
  const shown: string[] = [];
  let last: LineOutcome = { text: '', code: 0 };
  for (const [index, given] of lines.entries()) {
    const line = given.replace(/\bID\b/, /\b[2-9b-df-hj-np-tv-z]{12}\b/.exec(last.text)?.[0] ?? 'ID');
    last = line === 'echo $?' ? { text: `${last.code}\n`, code: 0 } : await runLine(line, workspace);
    const { text, code } = last;
    if (code !== 0 && lines[index + 1] !== 'echo $?') throw new Error(`$ ${line}\n${text}ends with ${code}`);
    shown.push(`$ ${line}\n${text.trimEnd() === '' ? '' : `${text.trimEnd()}\n`}`);
  }
  return shown.join('\n');
};

/**
 * Runs command lines as a terminal of 100 columns would, in a folder and on a store of their own, with a clock that
 * stands still.
 *
 * Besides `contacts …`, a line may be `printf '…' | contacts …`, and `echo $?` after a command that fails. `ID` is
 * the first id in what the command before it printed.
 *
 * @returns the lines as they were given, each after a `$` and before what it printed
 * @throws Error where a command fails and no `echo $?` follows it
 */
export const runSession = async (
  lines: readonly string[],
  { files = {}, before = [] }: SessionOptions = {},
): Promise<string> => {
  const workspace = await createWorkspace(sameIds());
  try {
    await symlink(join(process.cwd(), 'fixtures'), join(workspace.folder, 'fixtures'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(workspace.folder, name), text);
    return await within(workspace.folder, async () => {
      await runLines(before, workspace);
      return runLines(lines, workspace);
    });
  } finally {
    await workspace.remove();
  }
};
