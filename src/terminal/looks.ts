import { initials, isEastAsian } from '../contacts/contact.js';
import type { Contact } from '../fields/contact.js';
import type { ColourLevel } from './io.js';
import type { Paint, Style } from './style.js';

/** A contact's initials, two cells wide. Widths are not measured here: whoever prints no table need not load what does. */
export const badgeLetters = (contact: Contact): string => {
  const letters = initials(contact);
  return letters.length === 1 && !isEastAsian(letters) ? `${letters} ` : letters;
};

const asItIs: Paint = (text) => text;

/** The looks where nothing is coloured. */
export const plainStyle: Style = {
  level: 0,
  heading: asItIs,
  dim: asItIs,
  error: asItIs,
  warning: asItIs,
  success: asItIs,
  match: asItIs,
  accent: asItIs,
  label: () => asItIs,
  choice: () => asItIs,
  paper: asItIs,
  chip: (text) => `[${text}]`,
  badge: badgeLetters,
};

/** The looks at a colour level; what colours texts is loaded where there are colours. */
export const loadStyle = async (level: ColourLevel): Promise<Style> =>
  level === 0 ? plainStyle : (await import('./style.js')).createStyle(level);
