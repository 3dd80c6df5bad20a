import { InvalidError } from '../../errors.js';
import { goesOn } from './property.js';

/** An unfolded line of a card. */
export interface CardLine {
  readonly text: string;
  /** The file's line on which it begins, from 1. */
  readonly line: number;
}

/** A card of a file. */
export interface Card {
  /** The file's line of its BEGIN, from 1. */
  readonly line: number;
  /** Its lines between BEGIN and END, those of cards within it not among them. */
  readonly lines: readonly CardLine[];
  /** As it came, with `\n` at the ends of lines. */
  readonly text: string;
}

/** A line without its end, and without the byte order mark of a file that was joined to others. */
const bare = (line: string): string => line.replace(/^\ufeff|\r$/g, '');

async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield bare(line);
  }
  if (rest !== '') yield bare(rest);
}

const begin = /^BEGIN\s*:\s*VCARD\s*$/i;
const end = /^END\s*:\s*VCARD\s*$/i;

/**
 * The cards of a file one by one, in bounded memory: with folded lines (RFC 6350, section 3.2) and those of
 * quoted-printable text joined.
 *
 * @throws InvalidError where something stands outside the cards, or a card does not end
 */
export async function* cardsOf(texts: AsyncIterable<string>): AsyncGenerator<Card, void> {
  let number = 0;
  let line = 0;
  let depth = 0;
  let began = 0;
  let raw: string[] = [];
  let lines: { text: string; readonly line: number }[] = [];
  for await (const text of linesOf(texts)) {
    line += 1;
    if (depth === 0 && text.trim() === '') continue;
    if (begin.test(text)) {
      depth += 1;
      if (depth === 1) {
        number += 1;
        began = line;
        raw = [];
        lines = [];
      }
    } else if (depth === 0) {
      throw new InvalidError(`Line ${line} stands outside any vCard.`, 'A vCard goes from BEGIN:VCARD to END:VCARD.');
    }
    raw.push(text);
    if (end.test(text)) {
      depth -= 1;
      if (depth === 0) yield { line: began, lines, text: `${raw.join('\n')}\n` };
    } else if (depth === 1 && !begin.test(text)) {
      const last = lines.at(-1);
      if (last !== undefined && goesOn(last.text)) last.text = last.text.slice(0, -1) + text;
      else if (last !== undefined && /^[ \t]/.test(text)) last.text += text.slice(1);
      else if (text.trim() !== '') lines.push({ text, line });
    }
  }
  if (depth > 0) {
    throw new InvalidError(`Card ${number}, which begins on line ${began}, does not end.`, 'The file may be cut off.');
  }
}
