import { InvalidError } from '../../errors.js';

/** A JSON object of a file, as its text. */
export interface ObjectText {
  readonly text: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
}

const hint = 'Give one JSON object, an array of objects, or one object on each line.';

/** The length of a piece up to the end of the object that it is in the middle of; nothing where it does not end there. */
interface Depth {
  braces: number;
  isText: boolean;
  isEscaped: boolean;
}

/** Far more than a contact has; what walks through objects recursively bears it. */
const mostLevels = 200;

const endOfObject = (piece: string, from: number, depth: Depth): number | 'too deep' | undefined => {
  for (let index = from; index < piece.length; index += 1) {
    const character = piece[index];
    if (depth.isEscaped) depth.isEscaped = false;
    else if (depth.isText) {
      if (character === '\\') depth.isEscaped = true;
      else if (character === '"') depth.isText = false;
    } else if (character === '"') depth.isText = true;
    else if (character === '{' || character === '[') {
      depth.braces += 1;
      if (depth.braces > mostLevels) return 'too deep';
    } else if (character === '}' || character === ']') {
      depth.braces -= 1;
      if (depth.braces === 0) return index + 1;
    }
  }
  return undefined;
};

/**
 * The objects of a JSON text one by one, holding no more than one: those of an array (RFC 8259), or those that follow
 * each other as in NDJSON.
 *
 * @throws InvalidError, naming the line, where something else than an object stands, or the text ends within one
 */
export async function* objectsOf(texts: AsyncIterable<string>): AsyncGenerator<ObjectText, void> {
  let place: 'start' | 'array' | 'after comma' | 'after object' | 'lines' | 'end' = 'start';
  let line = 1;
  let object: { text: string; readonly line: number; readonly depth: Depth } | undefined;
  const unexpected = (character: string): InvalidError =>
    new InvalidError(`Line ${line}: ${JSON.stringify(character)} stands where a JSON object is expected.`, hint);

  for await (const piece of texts) {
    let index = 0;
    while (index < piece.length) {
      if (object !== undefined) {
        const end = endOfObject(piece, index, object.depth);
        if (end === 'too deep') {
          throw new InvalidError(`Line ${object.line}: the object that begins there is nested too deeply.`, hint);
        }
        const part = piece.slice(index, end);
        object.text += part;
        line += part.split('\n').length - 1;
        index += part.length;
        if (end === undefined) continue;
        yield { text: object.text, line: object.line };
        place = place === 'lines' ? 'lines' : 'after object';
        object = undefined;
        continue;
      }
      const character = piece[index] ?? '';
      index += 1;
      if (character === '\n') line += 1;
      else if (/[ \t\r]/.test(character)) continue;
      else if (character === '{' && place !== 'after object' && place !== 'end') {
        if (place === 'start') place = 'lines';
        object = { text: '{', line, depth: { braces: 1, isText: false, isEscaped: false } };
      } else if (character === '[' && place === 'start') place = 'array';
      else if (character === ']' && (place === 'array' || place === 'after object')) place = 'end';
      else if (character === ',' && place === 'after object') place = 'after comma';
      else throw unexpected(character);
    }
  }
  if (object !== undefined) {
    throw new InvalidError(
      `Line ${object.line}: the object that begins there does not end.`,
      'The file may be cut off.',
    );
  }
  if (place === 'start') throw new InvalidError('The JSON text is empty.', hint);
  if (place !== 'end' && place !== 'lines') {
    throw new InvalidError(`Line ${line}: the array ends without a closing bracket.`, 'The file may be cut off.');
  }
}
