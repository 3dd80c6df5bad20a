import { fold } from '../fold.js';
import { accepted, cleanText, type Kind, refused } from './kind.js';

/** A decimal number; kept as JavaScript writes it, and only where that says the same. */
export const number: Kind = {
  valueName: 'number',
  mostLength: 400,
  schema: () => ({ type: 'number' }),
  read: (given) => {
    const digits = cleanText(given).normalize('NFKC').replace('−', '-');
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return refused('is not a number such as 12 or -3.5');
    const value = Number(digits);
    const significant = digits
      .replace(/e.*$/i, '')
      .replace(/^[+-]?0*\.?0*|\./g, '')
      .replace(/0+$/, '');
    if (!Number.isFinite(value) || significant.length > 15) {
      return refused('has more digits than a number field keeps (15): use a text field');
    }
    return accepted(String(value === 0 ? 0 : value));
  },
  show: (value) => value,
};

const yes = ['yes', 'y', 'true', '1', 'on', 'x', '✓', '✔', '是', 'はい'];
const no = ['no', 'n', 'false', '0', 'off', '否', 'いいえ'];

/** Yes or no. */
export const checkbox: Kind = {
  valueName: 'yes|no',
  mostLength: 100,
  schema: () => ({ type: 'boolean' }),
  read: (given) => {
    const word = fold(cleanText(given));
    if (yes.includes(word)) return accepted('true');
    return no.includes(word) ? accepted('false') : refused('is neither yes nor no');
  },
  show: (value) => (value === 'true' ? 'Yes' : 'No'),
};
