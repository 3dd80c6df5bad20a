import { asTyped } from '../../../fields/characters.js';

/** What stands between the addresses of one cell, outside of quotes and angle brackets. */
const separator = /[;,|\n\r]|:::|\s\/\s/;
const token = /"[^"]*"|<[^<>]*>|:::|\s\/\s|[\s\S]/g;

const piecesOf = (text: string): readonly string[] => {
  const pieces: string[] = [''];
  for (const [part] of text.matchAll(token)) {
    if (!part.startsWith('"') && !part.startsWith('<') && separator.test(part)) pieces.push('');
    else pieces[pieces.length - 1] += part;
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
};

/** Puts the halves of names such as `Lovelace, Ada <ada@example.com>` together again. */
const withNames = (pieces: readonly string[]): readonly string[] => {
  const joined: string[] = [];
  let name = '';
  for (const piece of pieces) {
    if (!piece.includes('@')) {
      name = `${name}${piece} `;
      continue;
    }
    joined.push(piece.includes('<') ? `${name.replace(/["<>]/g, '')}${piece}` : piece);
    if (name !== '' && !piece.includes('<')) joined.push(name.trim());
    name = '';
  }
  return name === '' ? joined : [...joined, name.trim()];
};

const areAllAddresses = (words: readonly string[]): boolean => words.every((word) => word.includes('@'));

/** The addresses of a cell that holds several, each with what stands around it. What is no address is a piece too. */
export const addressesIn = (cell: string): readonly string[] =>
  withNames(piecesOf(asTyped(cell))).flatMap((piece) => {
    const words = piece.split(/[\s/]+/);
    return !piece.includes('<') && words.length > 1 && areAllAddresses(words) ? words : [piece];
  });
