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
import { environment } from './environment.js';
import { exampleLine } from './examples.js';
import { exitCodeRows } from './exit-codes.js';
import { capitalised } from './markdown.js';

/** Characters that roff would typeset as others, or take for its own, by their names (groff_char(7)). */
const namedCharacters: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '"': '\\(dq',
  '^': '\\(ha',
  '~': '\\(ti',
  '`': '',
};

const codePoint = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

/** Text as roff takes it: in ASCII, nothing in it a request, and typeset such that it can be copied. */
export const roff = (text: string): string =>
  text
    .replace(/[\\\-'"^~`]/g, (character) => namedCharacters[character] ?? character)
    .replace(/^\./gm, '\\&.')
    .replace(/[^\0-\x7f]/gu, (character) => `\\[u${codePoint(character)}]`);

const bold = (text: string): string => `.B ${roff(text)}\n`;
const term = (name: string, text: string): string => `.TP\n${bold(name)}${roff(text)}\n`;
const section = (title: string, body: string): string => `.SH ${title}\n${body}`;

/** A text as a sentence. */
const sentence = (text: string): string => `${capitalised(text)}${/[.!?]$/.test(text) ? '' : '.'}`;

const meaningOf = (option: Option): string => {
  const preset = presetOf(option);
  const choices = choicesOf(option);
  return [
    sentence(option.description),
    ...(choices.length === 0 ? [] : [`One of: ${choices.join(', ')}.`]),
    ...(preset === undefined ? [] : [`Where it is not given: ${preset}.`]),
  ].join('\n');
};

const options = (list: readonly Option[]): string =>
  list.map((option) => term(option.flags, meaningOf(option))).join('');

const commandText = (command: Command): string => {
  const usage = ['contacts', wordsOf(command), ...command.registeredArguments.map(argumentTerm)].join(' ');
  const given = command.registeredArguments.map((argument) =>
    term(argumentTerm(argument), sentence(argument.description)),
  );
  return [
    `.SS ${roff(usage)}\n`,
    `${roff(command.description())}\n`,
    ...given,
    options(command.options.filter((option) => !isFieldFlag(option))),
    command.options.some(isFieldFlag) ? '.PP\nBesides, the field flags.\n' : '',
  ].join('');
};

/** `man/contacts.1` (groff_man(7)). */
export const manPage = (tree: CommandTree, version: string): string => {
  const leaves = tree.commands.flatMap(leavesOf);
  return [
    `.\\" Made by npm run docs out of the program. Do not edit.\n.TH CONTACTS 1 "" "contacts ${version}" "User Commands"\n`,
    section('NAME', 'contacts \\- a contacts manager for a company\\(aqs customers and staff\n'),
    section('SYNOPSIS', '.B contacts\n.RI [ options ]\n.I command\n.RI [ arguments ]\n'),
    section(
      'DESCRIPTION',
      roff(`Keeps a company's external contacts (leads, prospects, customers) and its staff, in one file or in a PostgreSQL database.
Without a command, at a terminal, it opens a picker that narrows while you type.
Results go to standard output, all else to standard error; a question is asked only at a terminal.
`) +
        `.PP\n${roff(`A ref is an id or the start of one (four characters), an email address, a phone number in any form, or a full name that one contact alone bears.
A field is a flag of a field without its dashes, its JSON key or its label.
`)}`,
    ),
    section('OPTIONS', `They stand before the command or after it.\n${options(tree.globalOptions)}`),
    section('COMMANDS', leaves.map(commandText).join('')),
    section('FIELD FLAGS', `Of add and edit.\n${options(fieldFlagsOf(tree))}`),
    section(
      'QUERIES',
      [
        term('garcia madrid', 'Both words, anywhere in a contact, whatever their case and accents.'),
        term('"key account"', 'The phrase.'),
        term('-garcia', 'Those without the word.'),
        term('9123 4567', 'A phone number, however it is grouped.'),
        term('type:lead company:"two words"', 'By field.'),
        term('created:>2026-01-01, birth-date:1980..1990', 'By date or number.'),
        term('has:email, missing:phone', 'By what is there.'),
        term('(acme OR beta) -type:lead', 'Either, groups, not.'),
      ].join(''),
    ),
    section('EXIT STATUS', exitCodeRows.map(({ exit, meaning }) => term(exit, sentence(meaning))).join('')),
    section(
      'ENVIRONMENT',
      Object.entries(environment)
        .map(([name, meaning]) => term(name, sentence(meaning)))
        .join(''),
    ),
    section('FILES', term('~/.local/share/contacts/contacts.json', 'The store on Linux, unless another is named.')),
    section('EXAMPLES', `.nf\n${leaves.map((command) => `${roff(exampleLine(command))}\n`).join('')}.fi\n`),
  ].join('');
};
