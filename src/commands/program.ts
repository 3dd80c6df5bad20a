import { Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../errors.js';
import { commandWords, unshield } from './arguments.js';
import type { GlobalOptions, Session } from './session.js';

/** Adds a command to the program: its arguments and flags, and what it runs. */
export type Declare = (program: Command, session: Session) => void;

interface CommandEntry {
  readonly summary: string;
  /** The module with the declaration, loaded when the command line names the command. */
  readonly load: () => Promise<{ readonly declare: Declare }>;
}

/** Every command, in the order of the help. */
export const commands = {
  list: { summary: 'list contacts', load: () => import('./list.js') },
  search: { summary: 'find contacts, best match first', load: () => import('./search.js') },
  show: { summary: 'show everything about a contact', load: () => import('./show.js') },
  add: { summary: 'add a contact: from flags, a form, or JSON', load: () => import('./add.js') },
  edit: { summary: 'change contacts', load: () => import('./edit.js') },
  rm: { summary: 'delete contacts', load: () => import('./rm.js') },
  merge: { summary: 'make one contact of several', load: () => import('./merge.js') },
  duplicates: { summary: 'find contacts that look like one person', load: () => import('./duplicates.js') },
  note: { summary: 'add, list, edit and delete notes', load: () => import('./note.js') },
  call: { summary: 'call a contact', load: async () => (await import('./reach.js')).reachCommands.call },
  sms: { summary: 'text a contact', load: async () => (await import('./reach.js')).reachCommands.sms },
  email: { summary: 'write a mail to a contact', load: async () => (await import('./reach.js')).reachCommands.email },
  chat: { summary: 'open a chat with a contact', load: async () => (await import('./reach.js')).reachCommands.chat },
  share: { summary: 'print the vCard of a contact, or its QR code', load: () => import('./share.js') },
  stats: { summary: 'count contacts, as bars', load: () => import('./stats.js') },
  import: { summary: 'take contacts in from CSV, vCard or JSON', load: () => import('./import.js') },
  export: { summary: 'write contacts out as CSV, vCard or JSON', load: () => import('./export.js') },
  mapping: { summary: 'list, show and delete saved column mappings', load: () => import('./mapping.js') },
  label: { summary: 'define the labels that contacts may bear', load: () => import('./label.js') },
  field: { summary: 'define custom fields', load: () => import('./field.js') },
  log: { summary: 'show the changes, newest first', load: () => import('./log.js') },
  undo: { summary: 'take a change back', load: () => import('./undo.js') },
  store: { summary: 'look after the store', load: () => import('./store.js') },
  schema: { summary: 'print the JSON Schema of a contact', load: () => import('./schema.js') },
  completion: { summary: 'print the completion script of a shell', load: () => import('./completion.js') },
} as const satisfies Record<string, CommandEntry>;

type CommandName = keyof typeof commands;

const isCommand = (word: string | undefined): word is CommandName =>
  word !== undefined && Object.hasOwn(commands, word);

/** Reads an option's value as a whole number that is not negative. */
export const wholeNumber = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
};

/** Takes the query of `--where`, which counts once: of two, the first would be lost in silence, and more be changed. */
export const onlyQuery = (text: string, before: string | undefined): string => {
  if (before === undefined) return text;
  throw new UsageError('--where is given twice.', 'Combine the queries: --where "(ONE) AND (OTHER)".');
};

/** Reads an option's value as a number of seconds. */
const seconds = (text: string): number => {
  if (!/^\d{1,9}(\.\d+)?$/.test(text)) throw new InvalidArgumentError('It takes a number of seconds.');
  return Number(text);
};

/** An action that gets its arguments and options as they were typed. */
export const action =
  <Arguments extends readonly unknown[]>(run: (...given: Arguments) => Promise<void>) =>
  (...given: readonly unknown[]): Promise<void> =>
    run(...(given.map(unshield) as unknown as Arguments));

/**
 * Refuses a group such as `label` by itself, with its help.
 *
 * @throws UsageError where a group does not have the command that is named
 */
const refuseUnknownInner = async (group: Command, named: string | undefined): Promise<void> => {
  const inner = group.commands.map((command) => command.name());
  const isGroup = inner.length > 0 && group.registeredArguments.length === 0;
  if (!isGroup) return;
  group.helpCommand(true).action(() => {
    throw new UsageError(group.helpInformation().trimEnd());
  });
  if (named === undefined || named === 'help' || inner.includes(named)) return;
  const { unknownInGroup } = await import('./unknown-command.js');
  throw unknownInGroup(group.name(), named, inner);
};

/**
 * The program, with the command that the line names declared whole and the others by name.
 *
 * @param createSession makes the session out of the global options, which are read when they are needed
 * @param onHelp takes the help texts that were asked for, and what commander says of errors
 */
export const createProgram = async (
  argv: readonly string[],
  createSession: (globals: () => GlobalOptions) => Session,
  version: string,
  output: { readonly writeOut: (text: string) => void; readonly width: number },
): Promise<{ readonly program: Command; readonly session: Session }> => {
  const program = new Command('contacts');
  const session = createSession(() => unshield(program.opts<GlobalOptions>()));
  program
    .description("A contacts manager for a company's customers and staff.")
    .exitOverride()
    .configureOutput({
      writeOut: output.writeOut,
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => output.width,
      getErrHelpWidth: () => output.width,
    })
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(true)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .option('--store <path|url>', 'the store (else CONTACTS_STORE, else your own)')
    .option('--country-code <code>', 'country of phone numbers without one: +852 or HK')
    .option('--no-input', 'never ask')
    .option('-y, --yes', 'answer every question with yes')
    .option('-q, --quiet', 'results and errors alone')
    .option('--no-color', 'no colours')
    .option('--lock-timeout <seconds>', 'how long to wait for other writers (30)', seconds)
    .usage('[options] <command>')
    .action(async () => {
      if (!session.mayAsk || !session.io.stdoutIsTerminal) throw new UsageError(program.helpInformation().trimEnd());
      const { runPicker } = await import('./picker.js');
      await runPicker({ category: 'all' }, session);
    });
  const words = commandWords(argv);
  const named = words[0] === 'help' ? words[1] : words[0];
  // Told before the options are read: it is not an option of an unknown command that is wrong.
  if (named !== undefined && !isCommand(named)) {
    const { unknownCommand } = await import('./unknown-command.js');
    throw unknownCommand(words[0] === 'help' ? words.slice(1) : words, Object.keys(commands));
  }
  for (const [name, { summary, load }] of Object.entries(commands)) {
    if (name === named) {
      const { declare } = await load();
      declare(program, session);
      const command = program.commands.at(-1)?.summary(summary);
      if (command && words[0] === name) await refuseUnknownInner(command, words[1]);
    } else {
      program.command(name).description(summary);
    }
  }
  return { program, session };
};
