import { type CommandTree } from './command-tree.js';
import { commandsTable } from './commands-page.js';
import { environment } from './environment.js';
import { exampleSession } from './examples.js';
import { exitCodeRows } from './exit-codes.js';
import { code, table } from './markdown.js';
import { runSession, type SessionOptions } from './session.js';

/** A part of a page that is made, between its markers. */
const part = /(<!-- docs: ([a-z-]+) -->\n)([\s\S]*?)(<!-- docs: end -->)/g;

/** What the command lines of a block print today; the block itself says which they are. */
const session = async (block: string, options: SessionOptions): Promise<string> => {
  const lines = block.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
  return `\`\`\`\n${await runSession(lines, options)}\`\`\`\n`;
};

/**
 * A page with the parts between markers made anew: `commands`, `environment`, `exit-codes`, and `session`, whose command
 * lines are run.
 *
 * @param start what each session begins with
 * @throws Error for another name
 */
export const fillParts = async (
  page: string,
  tree: CommandTree,
  start: SessionOptions = { files: exampleSession.files ?? {} },
): Promise<string> => {
  const makers: Readonly<Record<string, (block: string) => string | Promise<string>>> = {
    commands: () => commandsTable(tree),
    environment: () =>
      table(
        ['variable', 'what it says'],
        Object.entries(environment).map(([name, meaning]) => [code(name), meaning]),
      ),
    'exit-codes': () =>
      table(
        ['exit code', '`error.code`', 'meaning'],
        exitCodeRows.map(({ exit, code: name, meaning }) => [exit, name === '' ? '' : code(name), meaning]),
      ),
    session: (block) => session(block, start),
  };
  let made = '';
  let at = 0;
  for (const { 0: whole, 1: begin = '', 2: name = '', 3: block = '', 4: end = '', index } of page.matchAll(part)) {
    const make = makers[name];
    if (make === undefined) throw new Error(`There is no part "${name}" to be made.`);
    made += `${page.slice(at, index)}${begin}\n${await make(block)}\n${end}`;
    at = index + whole.length;
  }
  return made + page.slice(at);
};
