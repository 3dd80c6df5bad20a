import type { Command, Option } from 'commander';
import {
  argumentTerm,
  type CommandTree,
  choicesOf,
  fieldFlagsOf,
  isFieldFlag,
  leavesOf,
  presetOf,
  wordsOf,
} from './command-tree.js';
import { exampleLines, exampleSession } from './examples.js';
import { anchorOf, capitalised, code, codes, table } from './markdown.js';
import { type SessionStart, startSessions } from './session.js';

/** Lines of an example that are shown; of a longer one the rest is left out. */
const mostLines = 40;

const shortened = (text: string): string => {
  const lines = text.split('\n');
  return lines.length <= mostLines ? text : `${lines.slice(0, mostLines).join('\n')}\n…\n`;
};

const exampleOf = async (command: Command, start: SessionStart): Promise<string> =>
  `\`\`\`\n${shortened(await start.run(exampleLines(command)))}\`\`\`\n`;

const optionRow = (option: Option): readonly string[] => {
  const preset = presetOf(option);
  return [
    code(option.flags),
    capitalised(option.description),
    codes(choicesOf(option)),
    preset === undefined ? '' : code(preset),
  ];
};

const optionTable = (options: readonly Option[]): string =>
  table(['option', 'what it does', 'one of', 'where it is not given'], options.map(optionRow));

const usageOf = (command: Command): string =>
  ['contacts', wordsOf(command), ...command.registeredArguments.map(argumentTerm), '[options]'].join(' ');

const headingOf = (command: Command): string => `contacts ${wordsOf(command)}`;

const commandSection = async (command: Command, level: string, start: SessionStart): Promise<string> => {
  const own = command.options.filter((option) => !isFieldFlag(option));
  const parts = [
    `${level} ${headingOf(command)}\n`,
    `${command.description()}\n`,
    `\`\`\`\n${usageOf(command)}\n\`\`\`\n`,
  ];
  if (command.registeredArguments.length > 0) {
    const rows = command.registeredArguments.map((argument) => [
      code(argumentTerm(argument)),
      capitalised(argument.description),
      codes(argument.argChoices ?? []),
    ]);
    parts.push(table(['argument', 'what it is', 'one of'], rows));
  }
  if (own.length > 0) parts.push(optionTable(own));
  if (own.length < command.options.length) parts.push('Besides, the [field flags](#field-flags).\n');
  parts.push(await exampleOf(command, start));
  return parts.join('\n');
};

const sectionsOf = async (command: Command, start: SessionStart): Promise<string> => {
  const leaves = leavesOf(command);
  if (leaves[0] === command) return commandSection(command, '##', start);
  const sections: string[] = [`## ${headingOf(command)}\n\n${command.description()}\n`];
  for (const leaf of leaves) sections.push(await commandSection(leaf, '###', start));
  return sections.join('\n');
};

/** `docs/commands.md`: every command with its arguments, its flags and an example that is run. */
export const commandsPage = async (tree: CommandTree): Promise<string> => {
  const sections: string[] = [];
  const start = await startSessions(exampleSession);
  try {
    for (const command of tree.commands) sections.push(await sectionsOf(command, start));
  } finally {
    await start.remove();
  }
  const contents = tree.commands.map(
    (command) => `- [${headingOf(command)}](#${anchorOf(headingOf(command))}): ${command.summary()}`,
  );
  return [
    '# Commands\n',
    '<!-- Made by `npm run docs` out of the program. Do not edit. -->\n',
    'The examples are run on a small store; their output is what a terminal of 100 columns shows. A **ref** is an id or the',
    'start of one (four characters), an email address, a phone number in any form, or a full name that one contact alone',
    'bears. A **field** is a flag without its dashes, a JSON key or a label: [fields.md](fields.md) lists them.\n',
    `${contents.join('\n')}\n`,
    '## Options of every command\n',
    'They stand before the command or after it.\n',
    optionTable([...tree.globalOptions, helpOption(tree)]),
    '## Field flags\n',
    'Of `add` and `edit`. A flag may be given several times where its field keeps several values.\n',
    optionTable(fieldFlagsOf(tree)),
    sections.join('\n'),
  ].join('\n');
};

/** Commander has it beside the other options. */
const helpOption = ({ commands }: CommandTree): Option => {
  const [first] = commands;
  const help = first?.parent?.createHelp().visibleOptions(first).at(-1);
  if (help?.long !== '--help') throw new Error('The program has no --help.');
  return help;
};

/** The table of the README: what there is, in a line each. */
export const commandsTable = ({ commands }: CommandTree): string => {
  const rows = commands.map((command) => {
    const subcommands = leavesOf(command).filter((leaf) => leaf !== command);
    const rest =
      subcommands.length > 0
        ? [subcommands.map((subcommand) => subcommand.name()).join('|')]
        : command.registeredArguments.map(argumentTerm);
    const link = `[\`${headingOf(command)}\`](docs/commands.md#${anchorOf(headingOf(command))})`;
    return [rest.length > 0 ? `${link} ${code(rest.join(' '))}` : link, command.description()];
  });
  return table(['command', 'does'], rows);
};
