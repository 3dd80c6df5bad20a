import { access } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { Command } from 'commander';
import { type CommandTree, subcommandsOf, wordsOf } from './command-tree.js';
import { wordsOfLine } from './session.js';

/** A page of the documentation: its path from the root of the project, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** A path in the project, as the pages name files: `src/store/store.ts`, `test/store/json/`. */
const projectPath = /^(?:\.ci|bench|bin|docs|fixtures|man|scripts|src|test)\/[\w./-]*$/;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const codeSpans = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);

/** The files that a page names or links to, and that are neither there nor made. */
const missingFiles = async ({ path, text }: Page, made: ReadonlySet<string>): Promise<readonly string[]> => {
  const named = codeSpans(text).filter((span) => projectPath.test(span));
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) =>
    normalize(join(dirname(path), target)),
  );
  const missing: string[] = [];
  for (const file of new Set([...named, ...linked])) if (!made.has(file) && !(await exists(file))) missing.push(file);
  return missing.map((file) => `${path}: there is no ${file}`);
};

/** The functions that a page names, as `readDraft` or `each()`, and that no source has. */
const missingNames = ({ path, text }: Page, sources: string): readonly string[] => {
  const named = codeSpans(text).flatMap(
    (span) => /^([a-z]\w*[A-Z]\w*|[a-z]\w*(?=\(\)$))(?:\(\))?$/.exec(span)?.[1] ?? [],
  );
  return [...new Set(named)]
    .filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))
    .map((name) => `${path}: no source has ${name}`);
};

/** The command that words call, with the words before its arguments taken off. */
const commandOf = (words: readonly string[], { commands }: CommandTree): Command | undefined => {
  const command = commands.find((candidate) => candidate.name() === words[0]);
  return (
    command && (subcommandsOf(command).find((sub) => sub.parent === command && sub.name() === words[1]) ?? command)
  );
};

/** The command lines in the blocks of a page that name a command or a flag which there is not. */
const wrongCommandLines = ({ path, text }: Page, tree: CommandTree): readonly string[] => {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) =>
    [...block.matchAll(/^\$ (?:.*\| )?(contacts .*)$/gm)].map(([, line = '']) => line),
  );
  return lines.flatMap((line) => {
    const words = wordsOfLine(line.split(' | ')[0] ?? '').slice(1);
    const command = commandOf(words, tree);
    if (command === undefined) return [`${path}: there is no command: ${line}`];
    const known = [...command.options, ...tree.globalOptions].map(({ long }) => long);
    const flags = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*$/s, ''));
    return flags
      .filter((flag) => !known.includes(flag))
      .map((flag) => `${path}: ${wordsOf(command)} has no ${flag}: ${line}`);
  });
};

/**
 * What pages name and the project does not have: files, functions, commands and flags.
 *
 * @param made the paths of the files that are made
 * @param sources the text of all sources
 */
export const pageFaults = async (
  pages: readonly Page[],
  made: ReadonlySet<string>,
  sources: string,
  tree: CommandTree,
): Promise<readonly string[]> => {
  const faults = await Promise.all(
    pages.map(async (page) => [
      ...(await missingFiles(page, made)),
      ...missingNames(page, sources),
      ...wrongCommandLines(page, tree),
    ]),
  );
  return faults.flat();
};
