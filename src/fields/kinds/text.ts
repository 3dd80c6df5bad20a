import { accepted, cleanText, type Kind } from './kind.js';

/** Any text, several lines too. */
export const text: Kind = {
  valueName: 'text',
  schema: () => ({ type: 'string', minLength: 1 }),
  read: (given) => accepted(cleanText(given)),
  show: (value) => value,
};

/** A note's text: white space around it is the writer's own. */
export const note: Kind = { ...text, read: (given) => accepted(given.toWellFormed()) };

/** The name of a label; whether there is such a label is the store's to know. */
export const label: Kind = {
  ...text,
  valueName: 'label',
  schema: () => ({ type: 'string', minLength: 1, pattern: '^[^;]*$' }),
};
