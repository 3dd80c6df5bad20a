import { cp, symlink, writeFile } from 'node:fs/promises';
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

/** Ids that look as they do in use, and are the same each time. */
const sameIds = (seed: number): (() => string) => {
  const random = createRandom(seed);
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

/** A store and files that any number of sessions begin with, each on a copy of its own. */
export interface SessionStart {
  /**
   * Runs command lines as a terminal of 100 columns would, with a clock that stands still.
   *
   * Besides `contacts …`, a line may be `printf '…' | contacts …`, and `echo $?` after a command that fails. `ID` is the
   * first id in what the command before it printed.
   *
   * @returns the lines as they were given, each after a `$` and before what it printed
   * @throws Error where a command fails and no `echo $?` follows it
   */
  run(lines: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export const startSessions = async ({ files = {}, before = [] }: SessionOptions = {}): Promise<SessionStart> => {
  const start = await createWorkspace(sameIds(1));
  try {
    await symlink(join(process.cwd(), 'fixtures'), join(start.folder, 'fixtures'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(start.folder, name), text);
    await within(start.folder, () => runLines(before, start));
  } catch (error) {
    await start.remove();
    throw error;
  }
  return {
    run: async (lines) => {
      const workspace = await createWorkspace(sameIds(2));
      try {
        // The backup's age is its file's.
        await cp(start.folder, workspace.folder, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
        return await within(workspace.folder, () => runLines(lines, workspace));
      } finally {
        await workspace.remove();
      }
    },
    remove: start.remove,
  };
};

/** Runs the command lines of one session; see `SessionStart.run`. */
export const runSession = async (lines: readonly string[], options?: SessionOptions): Promise<string> => {
  const start = await startSessions(options);
  try {
    return await start.run(lines);
  } finally {
    await start.remove();
  }
};
