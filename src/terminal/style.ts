import { Chalk, type ChalkInstance } from 'chalk';
import { displayName } from '../contacts/contact.js';
import type { Contact } from '../fields/contact.js';
import { fold } from '../fields/fold.js';
import type { ColourLevel } from './io.js';
import { isColourName, isLabelColour, type LabelColour, labelColours } from './label-colours.js';
import { badgeLetters } from './looks.js';

/** Gives a text its looks; without colours it is given back as it is. */
export type Paint = (text: string) => string;

/** The looks of things, named by what they mean. */
export interface Style {
  readonly level: ColourLevel;
  readonly heading: Paint;
  readonly dim: Paint;
  readonly error: Paint;
  readonly warning: Paint;
  readonly success: Paint;
  /** The part of a text that a query hit. */
  readonly match: Paint;
  /** What the cursor is on, and what was answered. */
  readonly accent: Paint;
  /** Black on white, whatever the colours of the terminal. */
  readonly paper: Paint;
  /** Text in a label's colour: a name of `labelColours` or `#rrggbb`; what is neither is gray. */
  label(colour: string): Paint;
  /** Text in the colour of a choice's value, such as a contact's type or availability. */
  choice(value: string): Paint;
  /** A text on a ground of the colour, two cells wider than the text; without colours in brackets: `[VIP]`. */
  chip(text: string, ground: Paint): string;
  /** A contact's initials as a badge whose colour is always the same for the same name. */
  badge(contact: Contact): string;
}

/** Each colour for terminals of 16 colours, and for all others. */
const shades = {
  gray: ['gray', '#8a8f98'],
  red: ['red', '#e5484d'],
  orange: ['yellowBright', '#f0803c'],
  yellow: ['yellow', '#c9a227'],
  green: ['green', '#30a46c'],
  teal: ['cyan', '#12a594'],
  blue: ['blue', '#4a7fe8'],
  purple: ['magenta', '#9a5cd0'],
  pink: ['magentaBright', '#e0549b'],
} as const satisfies Record<LabelColour, readonly [keyof ChalkInstance, string]>;

const choiceColours: Readonly<Record<string, LabelColour>> = {
  Lead: 'blue',
  Prospect: 'purple',
  Customer: 'green',
  Primary: 'orange',
  Secondary: 'teal',
  Active: 'green',
  Busy: 'red',
  Idle: 'yellow',
};

const badgeColours = labelColours.filter((colour) => colour !== 'gray');

/** The same number, below `count`, for the same text. */
const bucket = (text: string, count: number): number => {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % count;
};

/** The looks at a colour level; at 0 nothing is coloured. */
export const createStyle = (level: ColourLevel): Style => {
  const chalk = new Chalk({ level });
  const paint =
    (look: ChalkInstance): Paint =>
    (text) =>
      look(text);
  const colour = (name: string): ChalkInstance => {
    if (!isColourName(name)) return isLabelColour(name) ? chalk.hex(name) : colour('gray');
    const [ofSixteen, hex] = shades[name];
    return level === 1 ? chalk[ofSixteen] : chalk.hex(hex);
  };
  const chip = (text: string, ground: Paint): string =>
    level === 0 ? `[${text}]` : chalk.inverse(ground(` ${text} `));
  return {
    level,
    heading: paint(chalk.bold),
    dim: paint(chalk.dim),
    error: paint(chalk.red),
    warning: paint(chalk.yellow),
    success: paint(chalk.green),
    match: paint(chalk.bold.yellow),
    accent: paint(chalk.cyan),
    paper: paint(chalk.hex('#000000').bgHex('#ffffff')),
    label: (name) => paint(colour(name)),
    choice: (value) => paint(colour(choiceColours[value] ?? 'gray')),
    chip,
    badge: (contact) => {
      const letters = badgeLetters(contact);
      const ground = badgeColours[bucket(fold(displayName(contact)), badgeColours.length)] ?? 'blue';
      return level === 0 ? letters : chip(letters, paint(colour(ground)));
    },
  };
};
