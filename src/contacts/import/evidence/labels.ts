import { withoutInvisible } from '../../../fields/characters.js';
import { fold } from '../../../fields/fold.js';

/** What programs put between the labels of one cell, and input methods of East Asia instead of it. */
const separators = /\s*(?:[;,|；，、\n\r\t]|:::)\s*/g;

/** A list as Python prints it: `['VIP', 'News']`. */
const listOfPython = /^\[\s*'[^'"\\]*'(?:\s*,\s*'[^'"\\]*')*\s*\]$/;

const jsonList = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  try {
    const list: unknown = JSON.parse(listOfPython.test(text) ? text.replaceAll("'", '"') : text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
};

const withoutQuotes = (text: string): string => /^["“”„](.*)["“”]$/s.exec(text)?.[1] ?? text;

const separatorsIn = (text: string): number => text.match(separators)?.length ?? 0;

/** A piece of a cell between two separators, by where it stands. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

const piecesOf = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: separator } of text.matchAll(separators)) {
    pieces.push({ from, to: index });
    from = index + separator.length;
  }
  return [...pieces, { from, to: text.length }];
};

/**
 * Makes the function that parts the labels of one cell: at `;` `,` `|` `:::`, tabs and line ends, or as a list of
 * JSON or Python. A label
 * that is defined with one of these in its name stays whole.
 *
 * @param defined the names of the labels, or choices, that there are
 */
export const createLabelParter = (defined: readonly string[]): ((cell: string) => readonly string[]) => {
  const joined = new Set(defined.filter((name) => separatorsIn(name) > 0).map(fold));
  const most = Math.max(0, ...defined.map(separatorsIn));

  return (cell) => {
    const text = withoutInvisible(cell).trim();
    const list = jsonList(text);
    if (list !== undefined) return list;
    const pieces = piecesOf(text);
    if (pieces.length === 1) return [withoutQuotes(text)];
    const labels: string[] = [];
    for (let at = 0; at < pieces.length; ) {
      const { from, to } = pieces[at] as Piece;
      let end = Math.min(at + most, pieces.length - 1);
      while (end > at && !joined.has(fold(text.slice(from, pieces[end]?.to)))) end -= 1;
      labels.push(end > at ? text.slice(from, pieces[end]?.to) : withoutQuotes(text.slice(from, to)));
      at = end + 1;
    }
    return labels.filter((label) => label.trim() !== '');
  };
};
