import type { Argument, Command, Option } from 'commander';
import { commands, createProgram } from '../../src/commands/program.js';
import type { Session } from '../../src/commands/session.js';
import type { FieldSpec } from '../../src/fields/catalogue.js';
import { fieldsOf } from '../../src/fields/field.js';

/** The program as commander has it, with every command declared whole. */
export interface CommandTree {
  readonly globalOptions: readonly Option[];
  /** In the order of the help; subcommands are in their commands. */
  readonly commands: readonly Command[];
}

/** Commands are declared, none is run: nothing asks the session for anything. */
const noSession = {} as Session;

/** @param version what `--version` prints */
export const readCommandTree = async (version: string): Promise<CommandTree> => {
  const output = { writeOut: () => {}, width: 80 };
  const programs = await Promise.all(
    Object.keys(commands).map((name) => createProgram([name], () => noSession, version, output)),
  );
  return {
    globalOptions: programs[0]?.program.options ?? [],
    commands: programs.flatMap(({ program }, index) => program.commands[index] ?? []),
  };
};

/** The words that call a command: `note add`. */
export const wordsOf = (command: Command): string =>
  command.parent?.parent ? `${wordsOf(command.parent)} ${command.name()}` : command.name();

/** The subcommands that users are told of. */
export const subcommandsOf = (command: Command): readonly Command[] => command.createHelp().visibleCommands(command);

/** The commands that do something: those without subcommands, and the subcommands of the others. */
export const leavesOf = (command: Command): readonly Command[] => {
  const subcommands = subcommandsOf(command).filter(({ parent }) => parent === command);
  return subcommands.length === 0 ? [command] : subcommands.flatMap(leavesOf);
};

/** An argument as usage lines write it: `<ref...>`, `[file]`. */
export const argumentTerm = (argument: Argument): string => {
  const name = argument.variadic ? `${argument.name()}...` : argument.name();
  return argument.required ? `<${name}>` : `[${name}]`;
};

const fields: readonly FieldSpec[] = (['external', 'internal'] as const)
  .flatMap((category) => fieldsOf(category, []))
  .filter(({ kind }) => kind !== 'note');

const fieldOf = (option: Option): FieldSpec | undefined => fields.find(({ flag }) => option.long === `--${flag}`);

/** Whether an option sets a field of the catalogue. */
export const isFieldFlag = (option: Option): boolean => fieldOf(option) !== undefined;

/** The flags of fields that any command has, each once. */
export const fieldFlagsOf = ({ commands }: CommandTree): readonly Option[] => [
  ...new Map(
    commands.flatMap(({ options }) => options.filter(isFieldFlag).map((option) => [option.flags, option])),
  ).values(),
];

/** The values that an option takes, where they are set; a field's choices too. */
export const choicesOf = (option: Option): readonly string[] => option.argChoices ?? fieldOf(option)?.choices ?? [];

/** The value that an option has where it is not given, as one would type it; nothing where it has none. */
export const presetOf = ({ defaultValue, negate }: Option): string | undefined => {
  if (negate || defaultValue === undefined || typeof defaultValue === 'boolean') return undefined;
  const text = Array.isArray(defaultValue) ? defaultValue.join(',') : String(defaultValue);
  return text === '' ? undefined : text;
};
