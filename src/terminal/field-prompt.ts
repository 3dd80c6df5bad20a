import {
  createPrompt,
  isEnterKey,
  isTabKey,
  makeTheme,
  useEffect,
  useKeypress,
  usePrefix,
  useState,
} from '@inquirer/core';
import type { TextQuestion } from './ask.js';
import type { PromptTheme } from './prompt-theme.js';
import { lineEndSign, visible } from './visible.js';

export interface FieldConfig extends TextQuestion {
  readonly theme: PromptTheme;
}

/**
 * A field to be filled in: its value stands in it and is edited in place. Inquirer's own input gives the old value back
 * when the text is erased; here an emptied field gives an empty text.
 *
 * Control characters of the value stand in the field as escapes; a value that is left as it was comes back to the byte,
 * and in one that is edited `⏎` is a line end again.
 */
export const fieldPrompt = createPrompt<string, FieldConfig>(({ initial = '', check, ...config }, done) => {
  const theme = makeTheme(config.theme);
  const shown = visible(initial);
  const [status, setStatus] = useState<'idle' | 'done'>('idle');
  const [line, setLine] = useState(shown);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const prefix = usePrefix({ status, theme });
  const meant = (text: string): string => (text === shown ? initial : text.replaceAll(lineEndSign, '\n'));

  useEffect((readline) => {
    // While a pasted text arrives, Node 20's readline has this off, and appends to the line wherever the cursor stands.
    Object.defineProperty(readline, 'isCompletionEnabled', { get: () => true, set: () => {} });
    readline.write(shown);
  }, []);
  useKeypress((key, readline) => {
    if (status === 'done') return;
    if (isEnterKey(key)) {
      const found = check?.(meant(line));
      setProblem(found);
      if (found === undefined) {
        setStatus('done');
        done(meant(line));
      } else {
        // Readline empties its line on Enter.
        readline.write(line);
      }
    } else if (isTabKey(key)) {
      readline.clearLine(0);
      readline.write(line);
    } else {
      setLine(readline.line);
      if (problem !== undefined) setProblem(check?.(meant(readline.line)));
    }
  });

  const message = theme.style.message(visible(config.message), status);
  const hint = config.hint === undefined || status === 'done' ? [] : [theme.style.defaultAnswer(visible(config.hint))];
  const value = status === 'done' ? theme.style.answer(visible(line)) : visible(line);
  return [
    [prefix, message, ...hint, value].join(' '),
    problem === undefined ? undefined : theme.style.error(visible(problem)),
  ];
});
