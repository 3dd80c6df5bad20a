import { type Readable, Writable } from 'node:stream';
import { AbortPromptError, ExitPromptError } from '@inquirer/core';
import { checkbox, confirm, password, search, select } from '@inquirer/prompts';
import { InterruptedError, UsageError } from '../errors.js';
import { Unfinished } from '../unfinished.js';
import type { Ask, Choice } from './ask.js';
import { editText } from './editor.js';
import { fieldPrompt } from './field-prompt.js';
import type { Io } from './io.js';
import { createPromptTheme } from './prompt-theme.js';
import { createStyle } from './style.js';
import { visible } from './visible.js';
import { fit } from './width.js';

/** What a prompt of Inquirer is given besides its question. */
interface Context {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/** A stream of its own for each question, since Inquirer ends the one that it is given. */
const outputFor = (io: Io): Writable => {
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      io.stderr.write(chunk);
      done();
    },
  });
  return Object.defineProperties(output, { columns: { get: () => io.columns }, rows: { get: () => io.rows } });
};

/**
 * An answer, or InterruptedError on Ctrl-C, on Ctrl-D, and where standard input ends; Inquirer itself would wait for ever
 * on the last two.
 *
 * @param controller aborted with an error by whoever wants the question to end with that error
 */
const answerOf = async <Value>(
  io: Io,
  prompt: (context: Context) => Promise<Value>,
  controller = new AbortController(),
): Promise<Value> => {
  const { stdin } = io;
  if (stdin.readableEnded || stdin.destroyed) throw new InterruptedError();
  let open = true;
  const interrupt = (): void => controller.abort(new InterruptedError());
  const listeners = {
    end: interrupt,
    close: interrupt,
    keypress: (_text: unknown, key: { readonly ctrl?: boolean; readonly name?: string }): void => {
      // Readline takes Ctrl-D in an empty line for the end of the input: it stops reading, and tells nobody.
      if (key.ctrl && key.name === 'd' && stdin.isPaused()) interrupt();
    },
    pause: (): void => {
      // Readline stops reading when the program comes back from Ctrl-Z, too.
      setImmediate(() => {
        if (open) stdin.resume();
      });
    },
  };
  try {
    const answer = prompt({ input: stdin, output: outputFor(io), signal: controller.signal });
    for (const [event, listener] of Object.entries(listeners)) stdin.on(event, listener);
    return await answer;
  } catch (error) {
    if (error instanceof AbortPromptError) throw error.cause;
    if (error instanceof ExitPromptError) throw new InterruptedError();
    throw error;
  } finally {
    open = false;
    for (const [event, listener] of Object.entries(listeners)) stdin.off(event, listener);
    // An input that is read keeps the process alive.
    stdin.pause();
  }
};

/**
 * The questions, asked with Inquirer on the streams of `io`.
 *
 * @param editor the command of the editor for long texts, as `VISUAL` and `EDITOR` hold it
 * @param unfinished takes what a signal undoes
 */
export const createAsk = (io: Io, editor = 'vi', unfinished = new Unfinished()): Ask => {
  const style = createStyle(io.colourLevel);
  const theme = createPromptTheme(style);
  const pageSize = Math.max(3, Math.min(10, io.rows - 10));
  const previewLines = Math.max(0, io.rows - pageSize - 5);

  const room = io.columns - 4;

  const shown = <Value>(choice: Choice<Value>) => {
    const name = visible(choice.name);
    const short = fit(name, room);
    const whole = choice.hint === undefined ? name : fit(`${name} ${visible(choice.hint)}`, room);
    const hint = whole.startsWith(`${name} `) ? whole.slice(name.length) : '';
    return { value: choice.value, name: hint === '' ? short : short + style.dim(hint), short };
  };

  const ask: Ask = {
    text: (question) => answerOf(io, (context) => fieldPrompt({ ...question, theme }, context)),

    chooseOne: ({ message, choices, initial }) =>
      answerOf(io, (context) =>
        select(
          {
            message: visible(message),
            choices: choices.map(shown),
            ...(initial !== undefined && { default: initial }),
            pageSize,
            loop: false,
            theme,
          },
          context,
        ),
      ),

    chooseSeveral: async ({ message, choices, initial = [] }) => {
      if (choices.length === 0) return [];
      const ticked = choices.map((choice) => ({ ...shown(choice), checked: initial.includes(choice.value) }));
      return answerOf(io, (context) =>
        checkbox({ message: visible(message), choices: ticked, pageSize, loop: false, theme }, context),
      );
    },

    confirm: ({ message, initial = false }) =>
      answerOf(io, (context) => confirm({ message: visible(message), default: initial, theme }, context)),

    password: (message) => answerOf(io, (context) => password({ message: visible(message), theme }, context)),

    search: ({ message, initial, find, preview }) => {
      const controller = new AbortController();
      const source = async (text: string | undefined, { signal }: { signal: AbortSignal }) => {
        try {
          const found = await find(text ?? '', signal);
          return found.map((choice) => ({
            ...shown(choice),
            ...(preview && { description: preview(choice.value).split('\n').slice(0, previewLines).join('\n') }),
          }));
        } catch (error) {
          if (error instanceof UsageError) throw new Error(visible(error.message));
          if (!signal.aborted) controller.abort(error);
          return [];
        }
      };
      return answerOf(
        io,
        (context) =>
          search(
            {
              message: visible(message),
              source,
              pageSize,
              theme,
              ...(initial !== undefined && { initialValue: initial }),
            },
            context,
          ),
        controller,
      );
    },

    longText: async ({ what, initial = '', check }) => {
      let text = await editText(initial, what, editor, unfinished);
      for (let problem = check?.(text); problem !== undefined; problem = check?.(text)) {
        const again = await ask.confirm({ message: `${problem} Edit it again?`, initial: true });
        if (!again) throw new InterruptedError();
        text = await editText(text, what, editor, unfinished);
      }
      return text;
    },
  };
  return ask;
};
