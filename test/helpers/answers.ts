import { InterruptedError } from '../../src/errors.js';
import type { Ask } from '../../src/terminal/ask.js';

/** Answers to questions in their order, and what was asked. */
export interface Answers {
  readonly ask: Ask;
  /** Each question with its choices: `Company: Acme | Beta`. */
  readonly asked: string[];
}

/**
 * Answers choices with the values or names that are given, `confirm` with `yes` or `no`; `interrupt` is Ctrl-C. Another
 * kind of question is an error, and so is one for which no answer is left.
 */
export const answering = (answers: readonly string[]): Answers => {
  const asked: string[] = [];
  const left = [...answers];
  const next = (question: string): string => {
    asked.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`There is no answer left to "${question}".`);
    if (answer === 'interrupt') throw new InterruptedError();
    return answer;
  };
  const unasked = async (): Promise<never> => {
    throw new Error('This is not to be asked.');
  };
  const ask: Ask = {
    text: unasked,
    chooseSeveral: unasked,
    search: unasked,
    longText: unasked,
    confirm: async ({ message }) => next(message) === 'yes',
    chooseOne: async ({ message, choices }) => {
      const answer = next(`${message}: ${choices.map(({ name }) => name).join(' | ')}`);
      const chosen = choices.find(({ value, name }) => value === answer || name === answer);
      if (chosen === undefined) throw new Error(`"${message}" has no choice "${answer}".`);
      return chosen.value;
    },
  };
  return { ask, asked };
};
