import type { Style } from './style.js';

/**
 * The looks of all prompts. Inquirer colours through Node's `styleText`, which knows nothing of the colour level that
 * was decided, so every look that it has is given anew here.
 */
export const createPromptTheme = (style: Style) => {
  const same = (text: string): string => text;
  return {
    prefix: { idle: style.accent('?'), done: style.success('✔') },
    spinner: { interval: 80, frames: [style.accent('?')] },
    keybindings: [],
    icon: {
      cursor: '❯',
      checked: style.success('◉'),
      unchecked: '◯',
      disabledChecked: '◉',
      disabledUnchecked: '-',
    },
    style: {
      answer: style.accent,
      message: style.heading,
      error: (text: string) => style.error(`✗ ${text}`),
      defaultAnswer: (text: string) => style.dim(`(${text})`),
      help: style.dim,
      highlight: style.accent,
      key: style.heading,
      disabled: style.dim,
      description: same,
      searchTerm: same,
      confirmDefault: (text: string) => text.toUpperCase(),
      keysHelpTip: (keys: readonly (readonly [string, string])[]) =>
        style.dim(keys.map(([key, action]) => `${key} ${action}`).join(' · ')),
    },
  };
};

export type PromptTheme = ReturnType<typeof createPromptTheme>;
