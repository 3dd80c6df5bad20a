import { Argument, type Command } from 'commander';
import { completionScripts, type Shell } from './completion-scripts.js';
import { action } from './program.js';
import type { Session } from './session.js';

export interface CompletionOptions {
  readonly shell: Shell;
}

export interface SuggestOptions {
  /** The words of the command line after the program's name; the last is the one under the cursor. */
  readonly words: readonly string[];
  readonly program: Command;
}

export const runCompletion = ({ shell }: CompletionOptions, session: Session): Promise<void> =>
  session.out.write(completionScripts[shell]);

/** Prints what may stand where the cursor is, for the script of a shell. */
export const runSuggest = async ({ words, program }: SuggestOptions, session: Session): Promise<void> => {
  const { lineOf, suggestionsFor } = await import('./suggestions.js');
  const found = await suggestionsFor(words, program, session);
  await session.out.write(found.map((suggestion) => `${lineOf(suggestion)}\n`).join(''));
};

export const declare = (
  program: Command,
  session: Session,
  runs = { script: runCompletion, suggest: runSuggest },
): void => {
  const completion = program
    .command('completion')
    .description('Print the script with which a shell completes commands, flags, choices and contacts.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(completionScripts)))
    .action(action((shell: Shell) => runs.script({ shell }, session)));
  completion
    .command('suggest', { hidden: true })
    .argument('[words...]')
    .action(action((words: readonly string[]) => runs.suggest({ words, program }, session)));
};
