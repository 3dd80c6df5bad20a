import { type Argument, Command, type Option } from 'commander';
import { fullNames } from '../contacts/contact.js';
import { plainText } from '../contacts/query/plain-text.js';
import type { Query } from '../contacts/query/query.js';
import type { Settings } from '../contacts/settings.js';
import type { Contact } from '../fields/contact.js';
import { fieldsOf } from '../fields/field.js';
import { fold } from '../fields/fold.js';
import { languageName } from '../fields/kinds/language.js';
import { visible } from '../terminal/visible.js';
import { commands } from './program.js';
import type { Session } from './session.js';

/** A word that may stand where the cursor is, and what it stands for. */
export interface Suggestion {
  readonly word: string;
  readonly about?: string | undefined;
}

const mostContacts = 50;
/** With less, a large part of all contacts begins. */
const fewestCharacters = 2;

const withoutQuotes = (word: string): string => word.replaceAll('"', '');

const begins = (word: string, typed: string): boolean => fold(word).startsWith(fold(typed));

const namesAndAddresses = (contact: Contact, typed: string): readonly Suggestion[] => {
  const name = fullNames(contact).find((written) => begins(written, typed));
  const addresses = contact.emails.map(({ address }) => address).filter((address) => begins(address, typed));
  return [
    ...(name === undefined ? [] : [{ word: name, about: contact.company ?? contact.emails[0]?.address }]),
    ...addresses.map((address) => ({ word: address, about: fullNames(contact)[0] ?? contact.company })),
  ];
};

/** The contacts whose name or email address begins with what was typed. */
const contactSuggestions = async (typed: string, session: Session): Promise<readonly Suggestion[]> => {
  if (typed.length < fewestCharacters) return [];
  const store = await session.store();
  const query: Query = { text: typed, root: { is: 'word', forms: [plainText(typed)] } };
  const found: Suggestion[] = [];
  for await (const contact of store.each({ category: 'all', query }, 'stored')) {
    found.push(...namesAndAddresses(contact, typed));
    if (found.length >= mostContacts) break;
  }
  return found;
};

const mappingSuggestions = ({ mappings }: Settings): readonly Suggestion[] =>
  Object.entries(mappings).map(([name, columns]) => ({ word: name, about: Object.keys(columns).join(', ') }));

const labelSuggestions = ({ labels }: Settings): readonly Suggestion[] => labels.map(({ name }) => ({ word: name }));

const queryTermSuggestions = async (typed: string, session: Session): Promise<readonly Suggestion[]> => {
  const { querySuggestions } = await import('./query-suggestions.js');
  return querySuggestions(typed, await (await session.store()).settings());
};

/** What may follow an option that takes a value. */
const valueSuggestions = async (option: Option, typed: string, session: Session): Promise<readonly Suggestion[]> => {
  if (option.argChoices) return option.argChoices.map((word) => ({ word }));
  if (option.long === '--where') return queryTermSuggestions(typed, session);
  const fields = (['external', 'internal'] as const).flatMap((category) => fieldsOf(category, []));
  const field = fields.find(({ flag }) => option.long === `--${flag}`);
  if (field?.kind === 'label') return labelSuggestions(await (await session.store()).settings());
  if (field?.kind === 'language') return (field.choices ?? []).map((tag) => ({ word: tag, about: languageName(tag) }));
  if (option.long === '--mapping') return mappingSuggestions(await (await session.store()).settings());
  if (field) return (field.choices ?? []).map((word) => ({ word }));
  if (!/^--(set|unset)$/.test(option.long ?? '')) return [];
  const custom = (await (await session.store()).settings()).fields;
  return custom.map(({ key, label }) => ({ word: option.long === '--set' ? `${key}=` : key, about: label }));
};

const argumentSuggestions = async (
  argument: Argument,
  command: Command,
  typed: string,
  session: Session,
): Promise<readonly Suggestion[]> => {
  if (argument.argChoices) return argument.argChoices.map((word) => ({ word }));
  if (argument.name() === 'ref') return contactSuggestions(typed, session);
  if (argument.name() === 'query') {
    if (typed.length < fewestCharacters) return [];
    return [...(await queryTermSuggestions(typed, session)), ...(await contactSuggestions(typed, session))];
  }
  if (command.parent?.name() === 'mapping') return mappingSuggestions(await (await session.store()).settings());
  const isOfLabels = command.parent?.name() === 'label' && command.name() !== 'add';
  return isOfLabels ? labelSuggestions(await (await session.store()).settings()) : [];
};

/** What stands before the cursor, as far as it was understood. */
interface Place {
  readonly command: Command;
  /** The option whose value is awaited. */
  readonly option: Option | undefined;
  /** How many arguments the command has been given. */
  readonly given: number;
}

const takesValue = (option: Option | undefined): boolean => option?.required === true || option?.optional === true;

const placeAfter = async (words: readonly string[], program: Command, session: Session): Promise<Place> => {
  let command = program;
  let given = 0;
  let option: Option | undefined;
  for (const word of words) {
    if (option) {
      // The contacts of the store that the line names are wanted.
      if (program.options.includes(option)) program.setOptionValue(option.attributeName(), word);
      option = undefined;
    } else if (word.startsWith('--')) {
      const named = [...command.options, ...program.options].find(({ long }) => long === word);
      if (takesValue(named)) option = named;
    } else if (!/^-[yqhV]$/.test(word)) {
      const inner = given === 0 ? await innerCommand(word, command, program, session) : undefined;
      if (inner) command = inner;
      else given += 1;
    }
  }
  return { command, option, given };
};

const innerCommand = async (
  word: string,
  command: Command,
  program: Command,
  session: Session,
): Promise<Command | undefined> => {
  if (command !== program) return command.commands.find((candidate) => candidate.name() === word);
  const entry = Object.entries(commands).find(([name]) => name === word)?.[1];
  if (entry === undefined) return undefined;
  // Declared on a program of its own: the one that runs has the command by its name alone.
  const whole = new Command();
  (await entry.load()).declare(whole, session);
  return whole.commands.at(-1);
};

const visibleCommands = (command: Command): readonly Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((inner) => inner.name() !== 'help');

const commandSuggestions = (command: Command, program: Command): readonly Suggestion[] =>
  command === program
    ? Object.entries(commands).map(([word, { summary }]) => ({ word, about: summary }))
    : visibleCommands(command).map((inner) => ({ word: inner.name(), about: inner.description() }));

/**
 * The words that may stand where the cursor is: commands, options, the choices of a field, labels, custom fields, and
 * contacts by name and email address.
 *
 * @param words those of the command line after the program's name; the last is the one under the cursor, perhaps empty
 * @param program with the global options
 */
export const suggestionsFor = async (
  words: readonly string[],
  program: Command,
  session: Session,
): Promise<readonly Suggestion[]> => {
  const typed = words.at(-1) ?? '';
  const { command, option, given } = await placeAfter(words.slice(0, -1), program, session);
  const candidates = async (): Promise<readonly Suggestion[]> => {
    if (option) return valueSuggestions(option, typed, session);
    if (typed.startsWith('-')) {
      const options = command === program ? program.options : [...command.options, ...program.options];
      return options.flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : []));
    }
    const named = given === 0 ? commandSuggestions(command, program) : [];
    if (named.length > 0) return named;
    const { registeredArguments } = command;
    const last = registeredArguments.at(-1);
    const argument = registeredArguments[given] ?? (last?.variadic ? last : undefined);
    return argument ? argumentSuggestions(argument, command, typed, session) : [];
  };
  return (await candidates()).filter(({ word }) => begins(withoutQuotes(word), withoutQuotes(typed)));
};

/** A suggestion in a line: the word, a tab, and what it stands for. Shells split at line ends. */
export const lineOf = ({ word, about }: Suggestion): string =>
  about === undefined || about === '' ? visible(word) : `${visible(word)}\t${visible(about)}`;
